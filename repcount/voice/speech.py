"""Words turned into sound by the system's speech engine, in a process of its own.

pyttsx3 hangs now and then and prints; some engines want a main thread. In a process all that harms nobody:
one that does not answer in time is ended. ``python -m repcount.voice.speech`` is that process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import wave
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

import numpy as np

from repcount.core.errors import MissingDependencyError
from repcount.core.scratch import ScratchFolder

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ: Final = 22_050
"""Samples a second of everything that is played."""

_ANSWER_S: Final = 5.0
_START_S: Final = 20.0
_WORDS_A_MINUTE: Final = 165
_FULL: Final = 32_768.0


class SpeechEngine:
    """Renders words; a context manager. Used by one thread.

    Raises
    ------
    MissingDependencyError
        There is no speech engine; the text is one line with what to install.
    """

    def __init__(self, language: str = "en") -> None:
        self._folder = ScratchFolder()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        answer = self._answer(_START_S)
        if answer != "ready":
            self.close()
            raise MissingDependencyError(
                f"nothing will be spoken ({answer or 'the speech engine does not answer'}): "
                "pip install 'repcount[voice]' and, on Linux, apt-get install espeak-ng; or --mute"
            )

    def render(self, text: str) -> NDArray[np.float32] | None:
        """Return the sound of some words, shape (samples,), -1..1 at ``RATE_HZ``; None where that failed."""
        path = self._folder.path / "said.wav"
        try:
            if self._process.stdin is None:
                return None
            self._process.stdin.write(json.dumps({"text": text, "path": str(path)}) + "\n")
            self._process.stdin.flush()
            return _samples(path) if self._answer(_ANSWER_S) == "done" else None
        except (OSError, ValueError, wave.Error, EOFError):
            return None

    def close(self) -> None:
        """End the process; may be called twice."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # the pipe of an engine that died
                    pipe.close()
        self._folder.close()

    def __enter__(self) -> SpeechEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, timeout_s: float) -> str:
        """The next line of the process; one that does not come in time costs it its life."""
        timer = threading.Timer(timeout_s, self._process.kill)
        timer.start()
        try:
            return "" if self._process.stdout is None else self._process.stdout.readline().strip()
        finally:
            timer.cancel()


def _samples(path: Path) -> NDArray[np.float32]:
    with wave.open(str(path), "rb") as file:
        raw, rate_hz = file.readframes(file.getnframes()), file.getframerate()
        channels = file.getnchannels()
    whole = np.frombuffer(raw, "<i2").reshape(-1, channels)
    samples = np.asarray(whole.mean(axis=1) / _FULL, np.float32)
    if rate_hz == RATE_HZ:
        return samples
    moments = np.arange(0, len(samples), rate_hz / RATE_HZ)
    return np.asarray(np.interp(moments, np.arange(len(samples)), samples), np.float32)


def _serve(language: str) -> None:
    """Render what comes on standard input until it ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # pyttsx3 prints

    def answer(line: str) -> None:
        answers.write(line + "\n")
        answers.flush()

    try:
        import pyttsx3

        engine = pyttsx3.init()
        engine.setProperty("rate", _WORDS_A_MINUTE)
        _choose_voice(engine, language)
    except Exception as error:  # whatever an engine of some system raises
        answer(str(error).splitlines()[0] if str(error) else type(error).__name__)
        return
    answer("ready")
    for line in sys.stdin:
        request = json.loads(line)
        try:
            engine.save_to_file(request["text"], request["path"])
            engine.runAndWait()
            answer("done")
        except Exception as error:  # as above
            answer(type(error).__name__)


def _choose_voice(engine: object, language: str) -> None:
    """Take the first voice of the language; the system's own where there is none."""
    for voice in engine.getProperty("voices"):  # type: ignore[attr-defined]
        known = [str(each).strip("\x05b'").lower() for each in voice.languages or ()]
        if any(each.split("-")[0].split("_")[0] == language for each in known):
            engine.setProperty("voice", voice.id)  # type: ignore[attr-defined]
            return


if __name__ == "__main__":
    _serve(sys.argv[1])
