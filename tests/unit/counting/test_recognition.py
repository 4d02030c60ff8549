"""Which exercise it is: named by two repetitions in a row or one long hold, and by the likelier of two."""

from __future__ import annotations

import pytest

from repcount.core.records import Hold, Rep, Side
from repcount.counting.recognition import RecognisedRep, Recognizer

SQUAT, PRESS = "wall-squat", "leg-press"
SURE, DOUBTFUL = 3.0, 0.3


def done(start_s: float, log_odds: float = SURE, held_s: float = 0.0) -> RecognisedRep:
    """A repetition of three seconds and the hold in it."""
    end_s = start_s + 3.0 + held_s
    rep = Rep(1, Side.BOTH, start_s, start_s + 1.5, end_s, end_s, 60.0, 70.0, 1.2, 0.5, 1.3, (), 0.9)
    hold = Hold(1, Side.BOTH, start_s + 1.5, end_s - 1.5, held_s, 0, 0.0, 0.0) if held_s else None
    return RecognisedRep(rep, hold, log_odds)


def test_one_repetition_names_nothing_and_two_in_a_row_count_both() -> None:
    recognizer, first, second = Recognizer(), done(0.0), done(5.0)
    assert recognizer.update(SQUAT, first) == []
    assert recognizer.current is None
    assert recognizer.update(SQUAT, second) == [first, second]
    assert recognizer.current == SQUAT


@pytest.mark.parametrize(("pause_s", "named"), [(7.5, True), (8.5, False)])
def test_repetitions_that_are_far_apart_do_not_support_each_other(pause_s: float, named: bool) -> None:
    recognizer = Recognizer()
    recognizer.update(SQUAT, done(0.0))
    assert bool(recognizer.update(SQUAT, done(3.0 + pause_s))) is named


def test_doubtful_repetitions_name_no_exercise() -> None:
    recognizer = Recognizer()
    assert [recognizer.update(SQUAT, done(5.0 * i, DOUBTFUL)) for i in range(3)] == [[], [], []]


@pytest.mark.parametrize(("held_s", "named"), [(3.5, True), (2.5, False)])
def test_one_long_hold_names_an_exercise_and_a_short_one_does_not(held_s: float, named: bool) -> None:
    assert bool(Recognizer().update(SQUAT, done(0.0, held_s=held_s))) is named


def test_the_likelier_of_two_exercises_is_waited_for() -> None:
    recognizer = Recognizer()
    recognizer.update(SQUAT, done(0.0, 4.0))
    recognizer.update(PRESS, done(0.0, 1.0))
    assert recognizer.update(PRESS, done(5.0, 1.0)) == []
    assert len(recognizer.update(SQUAT, done(5.0, 4.0))) == 2
    assert recognizer.current == SQUAT


def test_what_was_named_takes_its_time_from_every_other_exercise() -> None:
    """What another one made of the same moments does not speak for it later."""
    recognizer = Recognizer()
    recognizer.update(PRESS, done(5.0, 1.0))
    recognizer.update(SQUAT, done(0.0))
    recognizer.update(SQUAT, done(5.0))
    assert recognizer.update(PRESS, done(5.5, 9.0)) == []
    assert recognizer.update(PRESS, done(10.0, 1.0)) == []
    assert recognizer.current == SQUAT


def test_an_exercise_that_goes_on_soon_needs_no_second_repetition() -> None:
    recognizer = Recognizer()
    for start_s in (0.0, 5.0):
        recognizer.update(SQUAT, done(start_s))
    assert len(recognizer.update(SQUAT, done(15.0, DOUBTFUL))) == 1
    assert recognizer.update(SQUAT, done(27.0)) == []


def test_a_repetition_that_later_ones_made_likely_names_too() -> None:
    recognizer = Recognizer()
    recognizer.update(SQUAT, done(0.0, DOUBTFUL))
    recognizer.in_hindsight(SQUAT, lambda _: SURE)
    assert len(recognizer.update(SQUAT, done(5.0))) == 2
