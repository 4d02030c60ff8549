"""A movement that is slow, or too small to be a repetition, is judged though it is shown at rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.stick import Body, Course, Leg, film, lying_curl, lying_raise
from repcount.core.records import Cue, CueKind
from repcount.exercises import catalog
from repcount.session.session import Session, SessionOptions

SLOWLY = Course(reps=3, rest=45.0, peak=65.0, lead_s=1.5, up_s=2.5, hold_s=5.0, down_s=2.5, pause_s=1.5)


@pytest.mark.parametrize("peak", [60.0, 65.0])
def test_a_limit_is_told_while_a_small_movement_is_held_beyond_it(peak: float) -> None:
    course = replace(SLOWLY, peak=peak)
    session = Session(catalog.get("hamstring-curl"), SessionOptions(limits={"knee": 50.0}))
    told = [
        time_s
        for time_s, seen in film(course, lying_curl)
        for event in session.step(time_s, seen).events
        if isinstance(event, Cue) and event.kind is CueKind.LIMIT
    ]
    for peak_s in course.peak_times_s:
        assert any(abs(time_s - peak_s) < course.hold_s / 2 + course.up_s for time_s in told)


def test_a_fault_early_in_a_slow_raise_is_told_in_it_and_not_praised_in_the_next() -> None:
    """The other leg rises by 25 degrees in the first quarter of the way up."""
    course = Course(reps=3, rest=2.0, peak=48.0, lead_s=1.5, up_s=5.0, hold_s=2.0, down_s=2.0, pause_s=1.5)

    def body(deg: float) -> Body:
        lift = 25.0 * min(1.0, 4.0 * (deg - 2.0) / 46.0)
        return Body(Leg(hip_deg=deg), Leg(knee_deg=95.0, hip_deg=45.0 + lift), lie_deg=-90.0)

    session = Session(catalog.get("straight-leg-raise"))
    cues = [
        (time_s, event)
        for time_s, seen in film(course, body)
        for event in session.step(time_s, seen).events
        if isinstance(event, Cue) and event.code == "other_foot_lifts"
    ]
    assert {cue.kind for _, cue in cues} == {CueKind.FAULT}
    for peak_s in course.peak_times_s:
        assert any(peak_s - course.up_s - 1.0 < time_s < peak_s + 1.5 for time_s, _ in cues)


def test_a_limit_of_the_hip_is_told_in_a_small_raise() -> None:
    course = replace(SLOWLY, rest=25.0, peak=38.0)
    session = Session(catalog.get("straight-leg-raise"), SessionOptions(limits={"hip": 30.0}))
    told = [
        time_s
        for time_s, seen in film(course, lying_raise)
        for event in session.step(time_s, seen).events
        if isinstance(event, Cue) and event.kind is CueKind.LIMIT
    ]
    assert told
    assert told[0] < course.peak_times_s[0] + 1.0
