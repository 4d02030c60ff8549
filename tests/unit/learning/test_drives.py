"""The repetitions of a film are found, at the right times, by a signal of what moves."""

from __future__ import annotations

import pytest

from repcount.exercises.spec import Legs
from repcount.learning.drives import find
from tests.unit.learning.lessons import film, peaks

NEAR_S = 0.6


@pytest.mark.parametrize("name", ["bridge", "heel-slide", "lunge", "arm-raise", "good-morning"])
@pytest.mark.parametrize("is_said", [True, False], ids=["number said", "number found"])
def test_all_repetitions_are_found_where_they_are(name: str, is_said: bool) -> None:
    true = peaks(f"learn-{name}")
    found = find(film(f"learn-{name}"), len(true) if is_said else None)[0]
    assert len(found.times) == len(true)
    assert all(abs(time[1] - peak_s) < NEAR_S for time, peak_s in zip(found.times, true, strict=True))


def test_what_an_arm_does_is_told_by_an_arm() -> None:
    assert find(film("learn-biceps-curl"), 6)[0].signal == "elbow_flexion_deg"
    assert find(film("learn-arm-raise"), 6)[0].signal == "shoulder_elevation_deg"


def test_legs_that_move_in_turn_are_each_counted_on_their_own() -> None:
    assert find(film("learn-marching"), 6)[0].legs is Legs.EACH


def test_legs_that_move_at_once_are_one_signal() -> None:
    assert find(film("learn-double-leg-raise"), 6)[0].legs is Legs.TOGETHER
