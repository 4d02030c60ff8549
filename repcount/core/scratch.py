"""Temporary folders that nobody finds later: what a killed program left is removed with the next one."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from repcount.core.files import is_free

_PREFIX: Final = "repcount-scratch-"
_LOCK: Final = ".lock"


class ScratchFolder:
    """A new empty folder, for its owner alone, among the system's temporary ones; a context manager.

    Attributes
    ----------
    path : where it is. It holds a lock that tells other programs that this one lives.
    """

    def __init__(self) -> None:
        remove_abandoned_folders()
        self._lock: int | None = None
        while self._lock is None:
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._lock = _locked(self.path)

    def close(self) -> None:
        """Remove it; may be called twice."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> ScratchFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def remove_abandoned_folders() -> list[Path]:
    """Remove the temporary folders of programs that were killed, and return them."""
    if os.name != "posix":
        return []
    found = []
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        handle = _locked(folder) if _is_own(folder) else None
        if handle is not None:
            with suppress(OSError):
                shutil.rmtree(folder)
                found.append(folder)
            os.close(handle)
    return found


def _is_own(folder: Path) -> bool:
    with suppress(OSError):  # it is gone already
        about = folder.lstat()
        return stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid()
    return False


def _locked(folder: Path) -> int | None:
    """The open lock of a folder, now held by this process; None where another one has it or removed it."""
    lock = folder / _LOCK
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError:
        return None
    if is_free(handle) and lock.exists():
        return handle
    os.close(handle)
    return None
