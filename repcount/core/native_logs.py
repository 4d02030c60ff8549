"""Log lines of native libraries kept off the terminal: MediaPipe's, ALSA's and Qt's."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

STDERR: Final[int] = 2

_NOISE: Final[re.Pattern[bytes]] = re.compile(
    rb"[IWEF]\d{4} \d\d:\d\d:\d\d"  # absl and glog: W0000 00:00:1795402364.731597   14791 file.cc:114] ...
    rb"|INFO: (Created TensorFlow Lite|Initialized TensorFlow Lite|Applying \d+ TensorFlow Lite)"
    rb"|WARNING: All log messages before absl::InitializeLog|ERROR: The model is not a valid Flatbuffer"
    rb"|Matplotlib (is building|created a temporary)|mkdir -p failed for path"  # mediapipe loads matplotlib
    rb"|ALSA lib |Expression '.*' failed in 'src/|jack server is not running|Jack(Shm)?[A-Z]\w+::"  # sound
    rb"|Cannot connect to server (socket|request)|connect\(2\) call to .* failed|attempt to connect to server"
    rb"|qt\.|QFont|QObject|QSocketNotifier|QStandardPaths|QWindow|Note that Qt no longer"  # windows
    rb"|Warning: Ignoring XDG_SESSION_TYPE|libEGL warning|MESA[-:]"
)


class _Diversion:
    """Descriptor 2 led into a file while at least one block wants it so; the last one out restores it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks = 0
        self._terminal: int | None = None
        self._file: IO[bytes] | None = None

    def enter(self) -> None:
        with self._lock:
            self._blocks += 1
            if self._blocks == 1:
                self._divert()

    def leave(self) -> None:
        with self._lock:
            self._blocks -= 1
            if self._blocks == 0:
                self._restore()

    def _divert(self) -> None:
        try:
            self._terminal = os.dup(STDERR)
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed where the last block ends
        except OSError:  # no descriptor 2, or no room for a file: then the lines stay where they go
            return
        _flush()
        os.dup2(self._file.fileno(), STDERR)

    def _restore(self) -> None:
        if self._terminal is None:
            return
        rest = b""
        if self._file is not None:
            _flush()
            os.dup2(self._terminal, STDERR)
            self._file.seek(0)
            rest = without_noise(self._file.read())
            self._file.close()
        with os.fdopen(self._terminal, "wb") as terminal:
            terminal.write(rest)
        self._terminal = self._file = None


_DIVERSION: Final = _Diversion()  # descriptor 2 belongs to the process, so there can be only one


@contextmanager
def quiet_native_logs(quiet: bool = True) -> Iterator[None]:
    """Drop what MediaPipe, PortAudio with ALSA and Qt write to descriptor 2 within the block.

    Blocks may nest and may overlap in several threads. What others write to standard error comes out
    when the last block ends.
    """
    if not quiet:
        yield
        return
    _DIVERSION.enter()
    try:
        yield
    finally:
        _DIVERSION.leave()


def without_noise(text: bytes) -> bytes:
    """Return the lines that none of these libraries wrote, as they were."""
    return b"".join(line for line in text.splitlines(keepends=True) if not _NOISE.match(line))


def _flush() -> None:
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.flush()
