from __future__ import annotations

from dataclasses import replace

import pytest

from bench.stick import Course, film, lying_raise, pressing
from repcount.core.records import PersonalRange, Side, Status
from repcount.counting.ranges import TargetRanges, learn
from repcount.exercises import catalog
from repcount.session.session import SessionOptions
from tests.unit.session.test_session import judge

SQUATS = Course()


def test_two_repetitions_teach_rest_and_peak() -> None:
    exercise = catalog.get("wall-squat")
    own = learn(exercise, judge("wall-squat", film(replace(SQUATS, reps=2, peak=52.0))).repetitions)
    assert own[Side.BOTH].rest_deg == pytest.approx(10.0, abs=1.0)
    assert own[Side.BOTH].peak_deg == pytest.approx(52.0, abs=1.0)


def test_one_repetition_teaches_nothing() -> None:
    found = judge("wall-squat", film(replace(SQUATS, reps=3)))
    assert learn(catalog.get("wall-squat"), found.repetitions[:1]) == {}


def test_for_a_falling_signal_rest_is_the_bent_one() -> None:
    presses = judge("leg-press", film(Course(rest=100.0, peak=12.0), pressing)).repetitions
    own = learn(catalog.get("leg-press"), presses)
    assert own[Side.BOTH].rest_deg == pytest.approx(100.0, abs=1.5)
    assert own[Side.BOTH].peak_deg == pytest.approx(12.0, abs=1.5)


def test_a_person_s_own_range_is_not_short() -> None:
    small = list(film(replace(SQUATS, peak=42.0)))
    assert judge("wall-squat", small).counted == 0
    own = SessionOptions(own={Side.BOTH: PersonalRange(10.0, 42.0)})
    assert {rep.status for rep in judge("wall-squat", small, own).repetitions} == {Status.OK}


def test_each_leg_is_held_to_its_own_range() -> None:
    own = SessionOptions(own={Side.LEFT: PersonalRange(2.0, 20.0), Side.RIGHT: PersonalRange(2.0, 60.0)})
    course = Course(rest=2.0, peak=22.0)
    left = judge("straight-leg-raise", film(course, lying_raise), own)
    right = judge("straight-leg-raise", film(course, lambda deg: lying_raise(deg, active="right")), own)
    assert {rep.status for rep in left.repetitions} == {Status.OK}
    assert {rep.status for rep in right.repetitions} == {Status.SHORT}


def test_the_safe_span_stands_above_what_a_person_can_do() -> None:
    exercise = catalog.get("wall-squat")
    deep = TargetRanges(exercise, None, {Side.BOTH: PersonalRange(5.0, 150.0)})
    assert deep.of(Side.BOTH).target_deg == exercise.drive.safe[1]
