from __future__ import annotations

import math

import pytest

from repcount.core.records import CountBy, Hold, Rep, Side, Status
from repcount.exercises.spec import Dose
from repcount.session.set_progress import SetCounter, set_summaries, symmetry


def rep(number: int, rom: float = 60.0, side: Side = Side.BOTH, way_s: float = 1.2, **more: object) -> Rep:
    start = 4.0 * number
    times = (start, start + 1.5, start + 3.0, start + 3.1)
    one = Rep(number, side, *times, rom, rom + 5.0, way_s, 0.5, way_s, **more)  # type: ignore[arg-type]
    return one


def workout(reps: int = 6) -> SetCounter:
    return SetCounter(Dose(reps=reps, holds=2, source="test"), CountBy.REPS)


def test_a_set_ends_when_enough_has_counted_and_short_ones_do_not() -> None:
    reps = [rep(i, status=Status.SHORT if i == 1 else Status.OK) for i in range(9)]
    first, second = set_summaries(workout(), reps, ())
    assert (first.number, first.reps) == (1, 7)
    assert (second.number, second.reps) == (2, 2)
    assert second.start_s == reps[7].start_s


def test_fading_range_and_slowing_pace_are_told_by_thirds() -> None:
    roms = (60.0, 60.0, 55.0, 50.0, 48.0, 48.0)
    reps = [rep(i, rom, way_s=1.0 + 0.1 * (i >= 4)) for i, rom in enumerate(roms)]
    (one,) = set_summaries(workout(12), reps, ())
    assert one.range_fade == pytest.approx(-0.2)
    assert one.tempo_fade == pytest.approx(0.1)


def test_three_repetitions_show_no_trend() -> None:
    (one,) = set_summaries(workout(), [rep(i) for i in range(3)], ())
    assert math.isnan(one.range_fade)
    assert math.isnan(one.symmetry)


def test_the_symmetry_index_is_the_weaker_side_over_the_other_whichever_it_is() -> None:
    left = [rep(i, 45.0, Side.LEFT) for i in range(3)]
    right = [rep(i, 35.0, Side.RIGHT) for i in range(3)]
    assert symmetry([*left, *right]) == pytest.approx(40.0 / 50.0)
    assert math.isnan(symmetry(left))


def test_sides_in_turn_are_compared_each_with_itself() -> None:
    reps = [rep(i, 60.0 if i % 2 else 30.0, Side.RIGHT if i % 2 else Side.LEFT) for i in range(9)]
    (one,) = set_summaries(workout(12), reps, ())
    assert one.range_fade == pytest.approx(0.0)


def test_steadiness_is_over_the_holds() -> None:
    holds = [Hold(i, Side.LEFT, 10.0 * i, 10.0 * i + 8, 8.0, i, -1.0 - i, 0.5) for i in range(2)]
    (one,) = set_summaries(SetCounter(Dose(holds=2, source="test"), CountBy.HOLDS), (), holds)
    assert (one.holds, one.hold_breaks, one.hold_drift_deg) == (2, 1, -1.5)
