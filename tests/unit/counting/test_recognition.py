"""Which exercise is done: one repetition names none, two that are likely do, in hindsight too."""

from __future__ import annotations

import pytest

from repcount.core.kinds import Side
from repcount.core.model import Rep
from repcount.counting.recognition import NAMES_LOG_ODDS, RecognisedRep, Recognizer

SURE, UNSURE = NAMES_LOG_ODDS + 1.0, NAMES_LOG_ODDS - 1.0


def rep(number: int) -> Rep:
    start_s = 4.0 * number
    return Rep(
        number=number,
        side=Side.BOTH,
        start_s=start_s,
        peak_s=start_s + 1.0,
        end_s=start_s + 2.0,
        announced_s=start_s + 2.1,
        rom_deg=60.0,
        peak_deg=70.0,
        up_s=1.0,
        hold_s=0.0,
        down_s=1.0,
    )


def test_two_likely_repetitions_name_an_exercise_and_count_both() -> None:
    recognizer = Recognizer()
    assert recognizer.update("wall-squat", RecognisedRep(rep(1), None, SURE)) == []
    assert [
        done.rep.number for done in recognizer.update("wall-squat", RecognisedRep(rep(2), None, SURE))
    ] == [1, 2]


def test_an_unsure_repetition_names_nothing() -> None:
    recognizer = Recognizer()
    recognizer.update("wall-squat", RecognisedRep(rep(1), None, UNSURE))
    assert recognizer.update("wall-squat", RecognisedRep(rep(2), None, SURE)) == []
    assert recognizer.current is None


def test_a_repetition_that_later_ones_made_likely_names_too() -> None:
    recognizer = Recognizer()
    recognizer.update("wall-squat", RecognisedRep(rep(1), None, UNSURE))
    recognizer.in_hindsight("wall-squat", lambda _: SURE)
    assert len(recognizer.update("wall-squat", RecognisedRep(rep(2), None, SURE))) == 2


@pytest.mark.parametrize("other", [SURE + 1.0, SURE - 0.5])
def test_the_likelier_of_two_exercises_is_named(other: float) -> None:
    recognizer = Recognizer()
    for number in (1, 2):
        recognizer.update("leg-press", RecognisedRep(rep(number), None, other if number == 1 else UNSURE))
        found = recognizer.update("wall-squat", RecognisedRep(rep(number), None, SURE))
    assert bool(found) == (other < SURE)
