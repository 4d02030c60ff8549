"""Films from which nothing can be learned are refused in one line that says how to film it."""

from __future__ import annotations

import pytest

from repcount.core.errors import InputError
from repcount.learning.film import Film
from repcount.learning.unfit import HOW, check_person, check_repetitions, refuse_crowd, remedy
from repcount.tracking.identity import Sight
from tests.unit.learning.lessons import film


def test_nobody_in_it() -> None:
    empty = Film("empty.mp4", tuple((0.1 * i, None, Sight.GONE) for i in range(100)))
    with pytest.raises(InputError, match=r"empty\.mp4: nobody was seen") as caught:
        check_person(empty)
    assert HOW in str(caught.value)


def test_nothing_repeats() -> None:
    lying = Film("still.mp4", film("learn-bridge").moments[:25])
    with pytest.raises(InputError, match=r"still\.mp4: nothing repeats"):
        check_repetitions(lying, None)


def test_another_number() -> None:
    with pytest.raises(InputError, match=r"6 repetitions were found, not 9 \(peaks at"):
        check_repetitions(film("learn-bridge"), 9)


@pytest.mark.parametrize("reps", [2, 3, 7, 8])
def test_a_wrong_number_is_not_the_fault_of_the_film(reps: int) -> None:
    with pytest.raises(InputError, match=rf"6 repetitions were found, not {reps} \(peaks at"):
        check_repetitions(film("learn-bridge"), reps)


def test_two_exercises() -> None:
    first, second = film("learn-good-morning"), film("learn-arm-raise")
    gap_s = first.moments[-1][0] + 0.1
    both = Film("both.mp4", (*first.moments, *((gap_s + t, s, Sight.HERE) for t, s, _ in second.moments)))
    with pytest.raises(InputError, match=r"both\.mp4: shows two exercises, from \d+ to \d+ s and from"):
        check_repetitions(both, 6)


def test_more_people() -> None:
    with pytest.raises(InputError, match=r"three\.mp4: more than one person is in the picture; film one"):
        refuse_crowd("three.mp4", 2)


def test_somebody_else_takes_the_place() -> None:
    moments = tuple(
        (t, s, Sight.ELSEWHERE if i % 5 == 0 else Sight.HERE)
        for i, (t, s, _) in enumerate(film("learn-bridge").moments)
    )
    with pytest.raises(InputError, match="more than one person"):
        check_person(Film("crowd.mp4", moments))


def test_somebody_who_was_in_the_way_is_told_where_the_number_is_wrong() -> None:
    moments = [*film("learn-bridge").moments]
    moments[150:160] = [(t, None, Sight.ELSEWHERE) for t, _, _ in moments[150:160]]
    passed = Film("passed.mp4", tuple(moments))
    with pytest.raises(InputError, match=r"not 9 .*; somebody else was in the picture at 10 s; film one"):
        check_repetitions(passed, 9)
    assert remedy([film("learn-bridge")]) == HOW
    assert remedy([film("learn-bridge"), passed]) == f"somebody else was in the picture at 10 s; {HOW}"
