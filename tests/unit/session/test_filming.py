"""A guided film, made of the network's landmarks of a rendered person who moves to its beat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from repcount.core.errors import InputError
from repcount.core.guide import Command, GuideEvent, Part, Stage, Surroundings, Tempo
from repcount.core.records import Pose, Snapshot
from repcount.learning.film import CAMERA, watch
from repcount.learning.lesson import learn
from repcount.learning.unfit import check_person, check_repetitions
from repcount.session.guided.filming import PATIENCE_S, REACH_S, Filming, FilmingOptions
from repcount.session.guided.framing import LOST_S
from tests.unit.learning.lessons import recording
from tests.unit.session.test_gestures import raising

STEP_S = 1 / 15
LIGHT = Surroundings(brightness=0.5, people=1)
BEAT = Tempo(1.5, 0.5, 1.5, 0.5)
Doing = Callable[[Snapshot | None, float], Pose | None]


def bridge() -> list[Pose]:
    """One way up, from rest to the peak."""
    found = recording("learn-bridge")
    rep = found.truth["reps"][0]
    rows = zip(found.time_s.tolist(), found.poses(), strict=True)
    return [pose for time_s, pose in rows if rep["start_s"] <= time_s <= rep["peak_s"] and pose is not None]


def standing() -> Pose:
    """Another posture: upright."""
    return next(pose for pose in recording("learn-good-morning").poses() if pose is not None)


UP = bridge()


def by_the_beat(last: Snapshot | None, time_s: float) -> Pose:
    """Who does as the beat says."""
    beat = None if last is None or last.guide is None else last.guide.beat
    return UP[0 if beat is None else round(beat.level * (len(UP) - 1))]


class Studio:
    """Runs a film and remembers what was told."""

    def __init__(self, reps: int = 4, gestures: bool = True) -> None:
        self.filming = Filming("bridge", "Bridge", FilmingOptions(reps, BEAT, gestures))
        self.time_s = 0.0
        self.last: Snapshot | None = None
        self.told: list[GuideEvent] = []
        self.stages: list[Stage] = []

    def run(self, seconds: float, doing: Doing = by_the_beat, around: Surroundings = LIGHT) -> Studio:
        end_s = self.time_s + seconds
        while self.time_s < end_s and not self.over:
            self.last = self.filming.step(self.time_s, doing(self.last, self.time_s), around)
            self.told += self.guide.happened
            if self.stages[-1:] != [self.stage]:
                self.stages.append(self.stage)
            self.time_s += STEP_S
        return self

    def until(self, reached: Callable[[Studio], bool], doing: Doing = by_the_beat) -> Studio:
        for _ in range(3000):
            if reached(self):
                return self
            self.run(STEP_S / 2, doing)
        raise AssertionError(self.told)

    @property
    def guide(self):  # type: ignore[no-untyped-def]
        assert self.last is not None
        return self.last.guide

    @property
    def stage(self) -> Stage:
        return self.guide.stage  # type: ignore[no-any-return]

    @property
    def over(self) -> bool:
        return self.last is not None and self.guide.over

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.told]

    def found(self, reps: int) -> tuple[int, ...]:
        """What an exercise counts that was learned from the film."""
        film = watch(CAMERA, self.filming.poses)
        check_person(film)
        check_repetitions(film, reps)
        lesson = learn("bridge", [film], [reps], ())
        assert lesson is not None
        return lesson.counted


def in_beat(number: int, part: Part = Part.UP) -> Callable[[Studio], bool]:
    def reached(studio: Studio) -> bool:
        beat = None if studio.last is None else studio.guide.beat
        return beat is not None and beat.number == number and beat.part is part

    return reached


def test_a_set_is_led_from_the_place_to_the_end_and_can_be_learned_from() -> None:
    studio = Studio().run(60)
    assert studio.over
    assert studio.stages == [Stage.FRAMING, Stage.COUNTDOWN, Stage.SET, Stage.DONE]
    beats = [text for number in range(1, 5) for text in (f"{number}: go", "And back")]
    assert studio.texts == [
        "Bridge: 4 slow repetitions to the beat",
        "Take the start posture and keep still",
        *beats,
        "Now the start posture, once more still",
        "That was it",
    ]
    assert studio.found(4) == (4,)
    assert not studio.filming.stopped
    assert not studio.filming.left


def test_who_leaves_one_out_is_told_how_many_were_seen() -> None:
    def lazy(last: Snapshot | None, time_s: float) -> Pose:
        beat = None if last is None or last.guide is None else last.guide.beat
        return UP[0] if beat is not None and beat.number == 5 else by_the_beat(last, time_s)

    with pytest.raises(InputError, match=r"camera: 4 repetitions were found, not 5 \(peaks at"):
        Studio(reps=5).run(90, lazy).found(5)


def test_who_lies_down_first_has_no_part_of_that_in_the_film() -> None:
    studio = Studio().run(3, lambda last, time_s: standing()).run(60)
    assert studio.filming.poses[0][0] == 0.0
    assert all(pose is not standing() for _, pose in studio.filming.poses)
    assert studio.filming.poses[0][1] is UP[0]
    assert studio.found(4) == (4,)


@pytest.mark.parametrize("gestures", [True, False])
def test_a_raised_hand_pauses_and_the_repetition_begins_again(gestures: bool) -> None:
    studio = Studio(gestures=gestures).until(in_beat(4))
    studio.run(2.5, lambda last, time_s: raising("left"))
    assert (studio.stage is Stage.PAUSED) == gestures
    if gestures:
        studio.run(1).run(2.5, lambda last, time_s: raising("left")).run(60)
        assert studio.stages[3:] == [Stage.PAUSED, Stage.FRAMING, Stage.COUNTDOWN, Stage.SET, Stage.DONE]
        assert studio.texts.count("4: go") == 2
        assert studio.found(4) == (4,)


def test_a_pause_goes_back_to_the_repetition_that_was_left_for_the_key() -> None:
    studio = Studio().until(in_beat(4, Part.DOWN))
    studio.filming.apply(Command.TOGGLE_PAUSE)
    studio.run(30, lambda last, time_s: None)
    assert studio.stage is Stage.PAUSED
    studio.filming.apply(Command.TOGGLE_PAUSE)
    studio.run(60)
    assert BEAT.whole_s <= REACH_S
    assert studio.texts.count("3: go") == 2
    assert studio.found(4) == (4,)


def test_who_is_lost_for_a_while_is_waited_for() -> None:
    studio = Studio().until(in_beat(3)).run(LOST_S + 1, lambda last, time_s: None)
    assert studio.stage is Stage.FRAMING
    assert studio.guide.code == "step_in"
    assert studio.run(60).found(4) == (4,)


def test_who_does_not_come_back_ends_it() -> None:
    studio = Studio().until(in_beat(3)).run(LOST_S + PATIENCE_S + 5, lambda last, time_s: None)
    assert studio.over
    assert studio.filming.left
    assert "That was it" not in studio.texts


def test_pictures_that_stay_out_are_no_beat() -> None:
    studio = Studio().until(in_beat(3))
    studio.time_s += 20.0  # the camera was lost
    assert studio.run(STEP_S / 2).stage is Stage.FRAMING
    assert studio.run(60).found(4) == (4,)


def test_quitting_is_told_from_the_end() -> None:
    studio = Studio().until(in_beat(2))
    studio.filming.apply(Command.QUIT)
    assert studio.run(STEP_S / 2).over
    assert studio.filming.stopped
    early = Studio().filming
    early.apply(Command.QUIT)
    assert early.stopped
    early = Studio().until(in_beat(2)).filming
    early.apply(Command.QUIT)
    early.finish(60.0)
    assert early.stopped
    done = Studio().until(lambda each: each.last is not None and each.stage is Stage.DONE)
    done.filming.apply(Command.QUIT)
    assert done.run(STEP_S / 2).over
    assert not done.filming.stopped


def test_a_key_begins_at_once() -> None:
    studio = Studio().run(1)
    studio.filming.apply(Command.NEXT)
    assert studio.run(STEP_S / 2).stage is Stage.COUNTDOWN


def test_several_people_and_a_dark_room_are_told_before_it_begins() -> None:
    crowd = Studio().run(30, around=replace(LIGHT, people=2))
    assert crowd.stages == [Stage.FRAMING]
    assert crowd.filming.complaint == "Only one person, please"
    assert crowd.filming.poses == ()
    dark = Studio().run(30, around=replace(LIGHT, brightness=0.05))
    assert dark.filming.complaint == "More light, please"


def test_a_camera_that_ends_early_leaves_what_was_seen() -> None:
    studio = Studio().until(in_beat(4))
    studio.filming.finish(studio.time_s)
    assert studio.found(3) == (3,)
    assert studio.filming.summaries() == ()
