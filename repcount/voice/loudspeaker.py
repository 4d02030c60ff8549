"""The voice: counts, cues and tones through the loudspeaker, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from repcount.core.errors import MissingDependencyError
from repcount.core.native_logs import quiet_native_logs
from repcount.voice.speech import RATE_HZ, SpeechEngine
from repcount.voice.utterances import Tone, Utterance, Utterances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.records import Frame, Snapshot

_TONE_S: Final = 0.12
_TONE_LEVEL: Final = 0.35
_MOST_WAITING: Final = 3
_LATENCY_S: Final = 0.05


class Voice:
    """Speaks counts and cues of a session; a ``Sink`` and a context manager.

    ``write`` only notes what is to be said. What has waited too long is dropped, and a count cuts off
    what is being said. Without a speech engine or a loudspeaker it is silent, and says so in one line.

    Parameters
    ----------
    tell : takes that line.
    language : of the voice, two letters; the system's own where it has none of it.
    quiet : keep the log lines of the sound libraries off the terminal.
    """

    def __init__(
        self, tell: Callable[[str], None] = lambda line: None, language: str = "en", *, quiet: bool = True
    ) -> None:
        self._tell, self._quiet = tell, quiet
        self._language = language
        self._utterances = Utterances()
        self._change = threading.Condition()
        self._waiting: deque[tuple[Utterance, float]] = deque()
        self._stopped = False
        self._mixer = Mixer()
        self.said: deque[str] = deque(maxlen=100)
        self.dropped = 0
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Note what there is to say; takes no time."""
        words, tone = self._utterances.update(snapshot)
        if tone is not None:
            self._mixer.sound(tone)
        if not words:
            return
        now_s = time.monotonic()
        with self._change:
            for each in words:
                if each.urgent:
                    self.dropped += len(self._waiting)
                    self._waiting.clear()
                self._waiting.append((each, now_s + each.fresh_s))
            while len(self._waiting) > _MOST_WAITING:
                self._waiting.popleft()
                self.dropped += 1
            self._change.notify_all()

    def close(self) -> None:
        """Let what is being said come to its end, a second at most; may be called twice."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        self._thread.join(2.0)

    def discard(self) -> None:
        """As ``close``: words cannot be taken back."""
        self.close()

    def __enter__(self) -> Voice:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        try:
            with ExitStack() as stack:
                with quiet_native_logs(self._quiet):
                    stack.enter_context(_loudspeaker(self._mixer))
                self._speak_all()
        except MissingDependencyError as error:
            self._tell(str(error))

    def _speak_all(self) -> None:
        """Speak until it is stopped; without an engine there still are tones."""
        try:
            engine = SpeechEngine(self._language)
        except MissingDependencyError as error:
            self._tell(str(error))
            with self._change:
                self._change.wait_for(lambda: self._stopped)
            return
        with engine:
            known = {str(number): engine.render(str(number)) for number in range(1, 16)}
            while (utterance := self._next()) is not None:
                if utterance.text not in known:
                    known[utterance.text] = engine.render(utterance.text)
                samples = known[utterance.text]
                if samples is None:
                    self._tell("the speech engine has stopped answering; the session goes on without a voice")
                    return
                self.said.append(utterance.text)
                self._mixer.say(samples)
            self._mixer.finish(1.0)

    def _next(self) -> Utterance | None:
        """Wait for what may be said now; None once it is stopped."""
        while True:
            with self._change:
                while self._waiting and self._waiting[0][1] < time.monotonic():
                    self._waiting.popleft()
                    self.dropped += 1
                if self._waiting and (self._waiting[0][0].urgent or not self._mixer.speaking):
                    return self._waiting.popleft()[0]
                if self._stopped:
                    return None
                self._change.wait(0.05 if self._waiting else None)


class Mixer:
    """The sound of the moment: some words, and a tone over them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words = self._tone = np.zeros(0, np.float32)
        self._tones = {tone: _beep(tone.value) for tone in Tone}

    @property
    def speaking(self) -> bool:
        """Whether words are still to be heard."""
        return len(self._words) > 0

    def say(self, samples: NDArray[np.float32]) -> None:
        """Begin to say something, in place of what is being said."""
        with self._lock:
            self._words = samples

    def sound(self, tone: Tone) -> None:
        """Begin a tone."""
        with self._lock:
            self._tone = self._tones[tone]

    def take(self, count: int) -> NDArray[np.float32]:
        """Return the next samples, shape (count,)."""
        mixed = np.zeros(count, np.float32)
        with self._lock:
            words, self._words = self._words[:count], self._words[count:]
            tone, self._tone = self._tone[:count], self._tone[count:]
        mixed[: len(words)] += words
        mixed[: len(tone)] += tone
        return np.clip(mixed, -1.0, 1.0)

    def finish(self, timeout_s: float) -> None:
        """Wait until nothing is to be heard any more."""
        until_s = time.monotonic() + timeout_s
        while self.speaking and time.monotonic() < until_s:
            time.sleep(0.02)


def _loudspeaker(mixer: Mixer) -> Any:
    """The open stream of the system's loudspeaker.

    Raises
    ------
    MissingDependencyError
        There is none, or nothing to reach it with.
    """
    try:
        import sounddevice

        def fill(out: Any, frames: int, times: Any, status: Any) -> None:
            out[:, 0] = mixer.take(frames)

        return sounddevice.OutputStream(
            samplerate=RATE_HZ, channels=1, dtype="float32", latency=_LATENCY_S, callback=fill
        )
    except ImportError as error:
        raise MissingDependencyError("no sound: pip install 'repcount[voice]'; or --mute") from error
    except OSError as error:
        raise MissingDependencyError(
            "no sound: the PortAudio library is missing; on Linux apt-get install libportaudio2; or --mute"
        ) from error
    except sounddevice.PortAudioError as error:
        raise MissingDependencyError(
            "no sound: there is no loudspeaker that can be used; plug one in, or --mute"
        ) from error


def _beep(pitch_hz: float) -> NDArray[np.float32]:
    """A short tone that begins and ends softly, shape (samples,)."""
    times_s = np.arange(int(_TONE_S * RATE_HZ)) / RATE_HZ
    rim = np.minimum(1.0, np.minimum(times_s, _TONE_S - times_s) / 0.01)
    return (_TONE_LEVEL * rim * np.sin(2 * np.pi * pitch_hz * times_s)).astype(np.float32)
