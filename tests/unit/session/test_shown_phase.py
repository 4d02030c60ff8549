"""Which part of a repetition, and which leg, a snapshot shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.stick import Body, Course, Leg, film, lying_raise, pose
from repcount.core.records import Phase, Side
from repcount.exercises import catalog
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions
from tests.samples import recorded
from tests.unit.session.test_session import CASES


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
def test_the_way_to_the_peak_is_shown_as_such_and_of_the_right_leg(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side
) -> None:
    session = Session(catalog.get(exercise))
    to_peak = course.hold_s / 2 + course.up_s / 2
    for time_s, seen in film(course, body):
        now = session.step(time_s, seen)
        if any(peak_s - to_peak <= time_s <= peak_s for peak_s in course.peak_times_s):
            assert now.phase in (Phase.OUT, Phase.PEAK)
            assert now.side is side


def test_a_leg_that_is_still_being_bent_is_not_shown_beside_the_one_that_is_raised() -> None:
    """The first raise begins while the other knee is on its way up, without a peak yet to be judged by."""
    raises = Course(reps=1, rest=2.0, peak=48.0, up_s=1.5, lead_s=3.0)
    session, seen = Session(catalog.get("straight-leg-raise")), set()
    for time_s in raises.times(30):
        share = min(1.0, max(0.0, (time_s - 2.0) / 2.5))
        bent = Leg(knee_deg=2 + 120 * share, hip_deg=2 + 60 * share)
        now = session.step(time_s, pose(Body(Leg(0.0, raises.at(time_s)), bent, lie_deg=-90.0)))
        if 3.4 < time_s < 6.0:
            seen.add(now.side)
    assert seen <= {Side.LEFT, None}


def test_without_a_named_exercise_a_leg_lights_up_once_a_first_repetition_was_seen() -> None:
    course = Course(reps=3, rest=2.0, peak=48.0)
    session, shown = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()]), []
    for time_s, seen in film(course, lying_raise):
        now = session.step(time_s, seen)
        shown.append((time_s, now.phase, now.side))
    first_s = course.peak_times_s[0]
    assert {(phase, side) for time_s, phase, side in shown if time_s < first_s} == {(Phase.READY, None)}
    later = {(phase, side) for time_s, phase, side in shown if time_s > course.peak_times_s[1] - 1.0}
    assert later <= {(phase, Side.LEFT) for phase in Phase} | {(Phase.READY, None)}
    assert (Phase.OUT, Side.LEFT) in later


def test_a_leg_that_lies_between_two_raises_is_at_rest_though_it_drifts() -> None:
    """Of the film of a rendered person: the network's angle rises by two degrees after a raise."""
    session, shown = Session(catalog.get("straight-leg-raise")), []
    for time_s, seen in recorded("straight_leg_raise"):
        now = session.step(time_s, seen)
        shown.append((time_s, now.phase, now.side))
    reps = session.summary().repetitions
    between = [
        (phase, side)
        for time_s, phase, side in shown
        if not any(rep.start_s - 0.1 <= time_s <= rep.end_s + 0.3 for rep in reps)
    ]
    assert len(between) > 80
    assert {phase for phase, _ in between} <= {Phase.WAITING, Phase.READY}
    assert {side for _, side in between} == {None}
