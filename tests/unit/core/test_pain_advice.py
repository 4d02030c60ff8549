"""What pain and load say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from repcount.core.history_records import KeptSession
from repcount.core.pain_advice import (
    Light,
    after_session,
    before_session,
    light_of,
    over_sessions,
    rises,
    weeks_ago,
)
from tests.keeping import MONDAY, a_session, a_set


def answered(before: int | None, after: int | None, morning: int | None = None, days: int = 0) -> KeptSession:
    return a_session(days=days, pain_before=before, pain_after=after, pain_morning=morning)


def test_the_light_turns_at_four_and_six() -> None:
    lights = [light_of(level) for level in range(11)]
    assert lights == [Light.GREEN] * 4 + [Light.AMBER] * 2 + [Light.RED] * 5
    assert before_session(6).light is Light.RED


@pytest.mark.parametrize(
    ("answers", "light"),
    [
        ((1, 2, 1), Light.GREEN),
        ((None, None, None), Light.GREEN),
        ((3, 3, None), Light.GREEN),
        ((1, 4, 1), Light.AMBER),
        ((1, 2, 2), Light.AMBER),
        ((3, 2, 2), Light.GREEN),
        ((2, 6, 2), Light.RED),
        ((2, 2, 7), Light.RED),
    ],
)
def test_the_answers_about_a_session_make_a_light(
    answers: tuple[int | None, int | None, int | None], light: Light
) -> None:
    assert after_session(answered(*answers)).light is light


def test_what_does_not_settle_over_three_sessions_belongs_to_a_doctor() -> None:
    amber = [answered(2, 4, days=day) for day in range(3)]
    advice = over_sessions(amber)
    assert advice is not None
    assert advice.light is Light.RED
    assert "doctor" in advice.text
    assert over_sessions(amber[:2]) is None
    assert over_sessions([*amber[:2], answered(1, 1, days=3)]) is None
    assert over_sessions([answered(2, 5), answered(2, 5, days=1), answered(2, 4, days=2)]) is None


def test_a_load_that_rises_by_more_than_a_tenth_is_pointed_out() -> None:
    now = MONDAY + timedelta(days=13)
    last = replace(a_session(days=2), sets=(a_set(reps=10),))
    same = replace(a_session(days=9), sets=(replace(a_set(reps=10), reps=11),))
    more = replace(a_session(days=9), sets=(replace(a_set(reps=10), reps=12),))
    assert rises([last, same], now) == ()
    (rise,) = rises([last, more], now)
    assert (rise.exercise, rise.unit, rise.last_week, rise.this_week) == (
        "straight-leg-raise",
        "reps",
        10,
        12,
    )
    assert rise.share == pytest.approx(0.2)
    (planned,) = rises([last, same], now, planned=replace(more, started_at=now))
    assert planned.this_week == 23


def test_the_same_days_of_each_week_are_the_same_load_whatever_the_hour() -> None:
    """Monday, Wednesday, Friday; the newest Monday an hour before the one of the week before."""
    sessions = [replace(a_session(days=day), sets=(a_set(reps=10),)) for day in (0, 2, 4, 7, 9, 11)]
    early = MONDAY + timedelta(days=14, hours=-1)
    sessions.append(replace(sessions[0], started_at=early))
    assert rises(sessions, early) == ()
    assert [weeks_ago(session, early) for session in sessions] == [2, 1, 1, 1, 0, 0, 0]


def test_a_first_week_and_seconds_held_are_measured_rightly() -> None:
    now = MONDAY + timedelta(days=13)
    first = replace(a_session(days=9), sets=(replace(a_set(), hold_s=45.0),))
    assert rises([first], now) == ()
    before = replace(a_session(days=1), sets=(replace(a_set(), hold_s=30.0),))
    assert [(rise.unit, rise.this_week) for rise in rises([before, first], now)] == [("s", 45.0)]
