"""The loop: what it counts, and that nothing half-written stays behind."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from repcount.core.errors import OutputError
from repcount.core.records import Frame, Pose, Snapshot
from repcount.exercises import catalog
from repcount.pipeline.loop import run
from repcount.session.session import Session


@dataclass
class Frames:
    """A source of empty frames, ten a second; may end by an error."""

    count: int = 10
    frame_count: int | None = None
    duration_s: float | None = None
    damage: str | None = None
    stops_with: BaseException | None = None
    name: str = "clip.mp4"
    size_px: tuple[int, int] = (640, 480)

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self.count):
            yield Frame(index / 10.0, index)
        if self.stops_with is not None:
            raise self.stops_with

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class EveryOther:
    """Finds a person in every frame of an even number."""

    def estimate(self, frame: Frame) -> Pose | None:
        points = np.zeros((33, 3), np.float32)
        return Pose(points, points[:, 0], points, (640, 480)) if frame.index % 2 == 0 else None

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Log:
    """A sink that remembers what was done with it."""

    fails_at: str = ""
    done: list[str] = field(default_factory=list)

    def _do(self, what: str) -> None:
        if what == self.fails_at:
            raise OutputError("disk full; free some space")
        self.done.append(what)

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        self._do("write")

    def close(self) -> None:
        self._do("close")

    def discard(self) -> None:
        self._do("discard")


def session() -> Session:
    return Session(catalog.get("wall-squat"))


def test_frames_are_counted_as_held_tracked_and_with_a_person() -> None:
    heard: list[int] = []
    summary = run(
        Frames(9, frame_count=12, duration_s=1.2),
        EveryOther(),
        session(),
        (),
        heard.append,
    )
    assert (summary.frames, summary.frames_tracked, summary.frames_with_pose) == (12, 9, 5)
    assert (summary.source, summary.error, summary.duration_s) == ("clip.mp4", None, 1.2)
    assert heard == list(range(1, 10))


def test_without_a_known_length_the_frames_seen_are_what_there_is() -> None:
    summary = run(Frames(4), EveryOther(), session())
    assert summary.frames == 4
    assert summary.duration_s == pytest.approx(0.4)
    assert math.isnan(run(Frames(1), EveryOther(), session()).duration_s)  # a still picture has none


def test_damage_becomes_the_error_and_the_rest_is_judged() -> None:
    sink = Log()
    summary = run(Frames(4, damage="clip.mp4: breaks off at 0.30 s"), EveryOther(), session(), (sink,))
    assert summary.error == "clip.mp4: breaks off at 0.30 s"
    assert len(summary.exercises) == 1
    assert sink.done == ["write"] * 4 + ["close"]


def test_nobody_at_all_is_an_error_that_says_how_many_frames() -> None:
    class Blind(EveryOther):
        def estimate(self, frame: Frame) -> Pose | None:
            return None

    summary = run(Frames(7), Blind(), session())
    assert summary.error is not None
    assert summary.error.startswith("clip.mp4: nobody was found in any of its 7 frames; ")
    assert summary.exercises[0].repetitions == ()


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OutputError("full; free"), ZeroDivisionError()])
def test_whatever_ends_a_run_early_discards_all_sinks(stop: BaseException) -> None:
    sinks = (Log(), Log())
    with pytest.raises(type(stop)):
        run(Frames(2, stops_with=stop), EveryOther(), session(), sinks)
    assert [sink.done for sink in sinks] == [["write", "write", "discard"]] * 2


@pytest.mark.parametrize(
    ("fails_at", "done"),
    [("write", ["discard"]), ("close", ["write", "write", "discard"])],
)
def test_a_sink_that_fails_is_taken_away_alone_and_told(fails_at: str, done: list[str]) -> None:
    failing, sound = Log(fails_at=fails_at), Log()
    summary = run(Frames(2), EveryOther(), session(), (failing, sound))
    assert failing.done == done
    assert sound.done == ["write", "write", "close"]
    assert summary.error == "disk full; free some space"
    assert len(summary.exercises) == 1


def test_a_sink_that_cannot_even_discard_does_not_hide_the_first_error() -> None:
    sinks = (Log(fails_at="discard"), Log())
    with pytest.raises(KeyboardInterrupt):
        run(Frames(1, stops_with=KeyboardInterrupt()), EveryOther(), session(), sinks)
    assert sinks[1].done == ["write", "discard"]
