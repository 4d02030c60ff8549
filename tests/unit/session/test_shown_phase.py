"""Which part of a repetition, and which leg, a snapshot shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.stick import Body, Course, film
from repcount.core.records import Phase, Side
from repcount.exercises import catalog
from repcount.session.session import Session
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
