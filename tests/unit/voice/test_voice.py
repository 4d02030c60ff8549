"""The voice: what is worth saying, real words from the system's engine, and silence that is told."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from statistics import median

import numpy as np
import pytest

from repcount.core.errors import MissingDependencyError
from repcount.core.guide import Beat, Guide, GuideEvent, Part, Stage
from repcount.core.records import NAN, Cue, CueKind, Frame, LegAngles, Phase, SetProgress, Snapshot
from repcount.voice import loudspeaker
from repcount.voice.loudspeaker import Mixer, Voice
from repcount.voice.speech import RATE_HZ, SpeechEngine
from repcount.voice.utterances import Tone, Utterances

needs_engine = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")
FRAME = Frame(0.0, 0)
BASE = Snapshot(
    0.0, "wall-squat", None, Phase.READY, None, LegAngles(), LegAngles(), NAN, NAN, 0, 0, 0, 0.0,
    SetProgress(1, 3, 0, 12),
)  # fmt: skip


def texts(*snapshots: Snapshot) -> list[str]:
    words = Utterances()
    return [each.text for snapshot in snapshots for each in words.update(snapshot)[0]]


def test_each_repetition_is_counted_once_with_its_number_in_the_set() -> None:
    second = replace(BASE, count=14, progress=SetProgress(2, 3, 2, 12))
    assert texts(replace(second, count=13), second, second) == ["2"]


def test_a_cue_is_spoken_and_a_limit_cuts_in() -> None:
    words = Utterances()
    words.update(BASE)
    cues = (Cue(0.0, "a", "Stay above knee height", CueKind.LIMIT), Cue(0.0, "b", "Slide a little lower"))
    said, _ = words.update(replace(BASE, events=cues))
    assert [(each.text, each.urgent) for each in said] == [
        ("Stay above knee height", True),
        ("Slide a little lower", False),
    ]


def test_the_last_seconds_of_hold_countdown_and_rest_are_counted_down() -> None:
    held = [replace(BASE, holding_s=i / 10, progress=SetProgress(1, 3, 0, 1, 15.0)) for i in range(30, 149)]
    assert texts(*held) == ["10", "5", "3", "2", "1"]
    down = [replace(BASE, guide=Guide(Stage.COUNTDOWN, countdown_s=3 - i / 10)) for i in range(30)]
    assert texts(BASE, replace(BASE, guide=Guide(Stage.FRAMING)), *down) == ["3", "2", "1"]
    rest = [replace(BASE, guide=Guide(Stage.REST, rest_left_s=60 - i / 10, rest_s=60)) for i in range(600)]
    assert texts(*rest) == ["10", "3", "2", "1"]


def test_what_happens_in_the_course_of_a_session_is_said_from_the_first_frame_on() -> None:
    guide = Guide(Stage.FRAMING, happened=(GuideEvent("framing", 0.0, "Turn side-on", "wall-squat"),))
    assert texts(replace(BASE, guide=guide), BASE) == ["Turn side-on"]


def test_the_tempo_sounds_low_at_the_beginning_and_high_at_the_peak() -> None:
    parts = (Part.WAIT, Part.UP, Part.UP, Part.HOLD, Part.DOWN, Part.UP, Part.DOWN)
    words, tones = Utterances(), []
    for number, part in enumerate(parts):
        guide = Guide(Stage.SET, beat=Beat(1 + number // 5, part, 0.0, 0.0))
        tones.append(words.update(replace(BASE, guide=guide))[1])
    assert tones == [None, Tone.BOTTOM, None, Tone.TOP, None, Tone.BOTTOM, Tone.TOP]


def test_a_tone_lies_over_words_and_both_come_to_an_end() -> None:
    mixer = Mixer()
    mixer.say(np.full(1000, 0.5, np.float32))
    mixer.sound(Tone.TOP)
    heard = np.concatenate([mixer.take(512) for _ in range(10)])
    assert mixer.speaking is False
    assert heard[:1000].std() > 0.05
    assert np.abs(heard[2000:2600]).max() > 0.2
    assert not heard[3000:].any()


@needs_engine
@pytest.mark.extra("pyttsx3")
def test_the_engine_of_the_system_speaks() -> None:
    with SpeechEngine() as engine:
        short, long = engine.render("seven"), engine.render("Keep your back on the wall")
    assert short is not None
    assert long is not None
    assert 0.2 * RATE_HZ < len(short) < len(long) < 5 * RATE_HZ
    assert short.std() > 0.01


@needs_engine
@pytest.mark.extra("pyttsx3")
def test_an_engine_that_dies_gives_no_words_and_no_crash() -> None:
    with SpeechEngine() as engine:
        engine._process.kill()
        assert engine.render("seven") is None


def test_without_a_loudspeaker_one_line_says_so_and_writing_takes_no_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(mixer: Mixer) -> None:
        raise MissingDependencyError("no sound: plug one in")

    monkeypatch.setattr(loudspeaker, "_loudspeaker", missing)
    told: list[str] = []
    with Voice(told.append) as spoken:
        taken_s = []
        for number in range(1000):
            start_s = time.perf_counter()
            spoken.write(FRAME, replace(BASE, count=number))
            taken_s.append(time.perf_counter() - start_s)
    assert median(taken_s) < 0.001
    assert told == ["no sound: plug one in"]
    assert spoken.dropped > 900
