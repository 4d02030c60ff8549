"""What counts: like movements support each other, a lone one needs more."""

from __future__ import annotations

from dataclasses import replace

from repcount.core.records import Side
from repcount.counting.decision import FOLLOWS, FOLLOWS_LESS, KEEP_S, SetDecision, SetWeights
from repcount.counting.movement import LIKE_NAMES, Movement, likeness
from repcount.features.candidate import Shape

WEIGHTS = SetWeights(base=-1.0, own=1.0, like=2.0, support=1.0, own_in_set=0.0, least=0.0)


def movement(peak_s: float, log_odds: float, *, rom: float = 60.0, at_deg: float = 10.0) -> Movement:
    shape = Shape(peak_s - 1, peak_s - 0.2, peak_s, peak_s + 0.2, peak_s + 1, 0.8, 0.8, peak_s, 0.4)
    features = dict.fromkeys(LIKE_NAMES, at_deg)
    return Movement(Side.BOTH, shape, 5.0, 5.0 + rom, rom, None, 0.9, peak_s + 1, log_odds, features)


def counted(movements: list[Movement], weights: SetWeights = WEIGHTS) -> list[list[float]]:
    """Which peaks began to count with each movement."""
    decision = SetDecision(weights)
    return [[d.movement.shape.peak_s for d in decision.update(m)] for m in movements]


def test_a_lone_movement_needs_more_than_one_of_a_set() -> None:
    assert counted([movement(2.0, 0.6)]) == [[]]
    assert counted([movement(2.0, 1.5)]) == [[2.0]]
    assert counted([movement(2.0 + 3 * i, 0.6) for i in range(3)])[-1] != []


def test_one_that_was_doubted_counts_in_hindsight_and_none_is_taken_back() -> None:
    found = counted([movement(2.0 + 3 * i, 0.6) for i in range(5)])
    assert found[0] == []
    assert sorted(peak for some in found for peak in some) == [2.0, 5.0, 8.0, 11.0, 14.0]


def test_a_set_that_counts_goes_on_with_one_that_is_a_little_less_sure() -> None:
    weak = movement(5.0, -FOLLOWS_LESS + 1.1)
    no_support = replace(WEIGHTS, like=0.0, support=0.0)
    assert likeness(movement(2.0, 3.0), weak) > FOLLOWS
    assert counted([movement(2.0, 3.0), weak], no_support) == [[2.0], [5.0]]
    assert counted([movement(2.0, 0.8), weak], no_support) == [[], []]
    assert counted([movement(2.0, 3.0), movement(5.0, -FOLLOWS_LESS + 0.9)], no_support) == [[2.0], []]


def test_what_is_unlike_does_not_support() -> None:
    other = movement(5.0, 3.0, rom=15.0, at_deg=60.0)
    assert likeness(movement(2.0, 0.6), other) < 0.05
    assert counted([movement(2.0, 0.6), other]) == [[], [5.0]]


def test_unlikely_movements_do_not_make_each_other_likely() -> None:
    assert counted([movement(2.0 + 3 * i, -4.0) for i in range(6)]) == [[]] * 6


def test_a_rival_at_the_same_time_is_no_support_and_does_not_count_beside() -> None:
    assert likeness(movement(2.0, 2.0), movement(2.5, 2.0)) == 0.0
    assert counted([movement(2.0, 2.0), movement(2.5, 2.0)]) == [[2.0], []]


def test_what_lies_long_ago_does_not_speak() -> None:
    assert counted([movement(2.0, 0.6), movement(2.0 + KEEP_S + 1, 0.6)]) == [[], []]


def test_what_is_smaller_than_asked_for_never_counts() -> None:
    small = Movement(**{**movement(2.0, 5.0).__dict__, "too_small": True})
    assert counted([small]) == [[]]
