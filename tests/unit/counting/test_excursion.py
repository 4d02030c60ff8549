from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from bench.stick import Course, ease
from repcount.counting.excursion import Excursion, ExcursionDetector, ExcursionPhase, Sample
from repcount.counting.holds import HoldClock
from repcount.counting.shape import shape_of


def run(values: Iterable[tuple[float, float]], min_rom: float = 20.0) -> list[Excursion]:
    detector = ExcursionDetector(min_rom)
    found = [detector.update(Sample(t, v)) for t, v in values]
    last = detector.flush()
    return [excursion for excursion in (*found, last) if excursion is not None]


def course(c: Course, fps: float = 30) -> list[tuple[float, float]]:
    return [(t, c.at(t)) for t in c.times(fps)]


def test_an_excursion_knows_its_rest_its_top_and_its_five_moments() -> None:
    c = Course(reps=1, hold_s=1.0)
    (found,) = run(course(c))
    assert (found.rest, found.top) == pytest.approx((10.0, 80.0), abs=0.5)
    shape = shape_of(found)
    assert shape.start_s == pytest.approx(c.lead_s, abs=0.2)
    assert shape.peak_s == pytest.approx(c.peak_times_s[0], abs=0.02)
    assert shape.peak_start_s == pytest.approx(c.lead_s + c.up_s, abs=0.2)
    assert shape.peak_end_s == pytest.approx(c.lead_s + c.up_s + c.hold_s, abs=0.2)
    assert shape.end_s == pytest.approx(c.lead_s + c.period_s - c.pause_s, abs=0.2)


def test_repetitions_without_a_pause_keep_their_own_moments() -> None:
    c = Course(reps=4, pause_s=0.0, hold_s=0.0, up_s=0.7, down_s=0.7)
    found = run(course(c))
    assert [shape_of(e).peak_s for e in found] == pytest.approx(c.peak_times_s, abs=0.05)


def test_less_than_the_smallest_range_is_nothing() -> None:
    assert run(course(Course(rest=10.0, peak=28.0))) == []


def test_rest_follows_the_person_who_settles_elsewhere() -> None:
    low, high = Course(reps=2, rest=5.0, tail_s=0.0), Course(reps=2, rest=20.0, lead_s=2.0)
    later = [(t + low.end_s, v) for t, v in course(high)]
    found = run(course(low) + later)
    assert [e.rest for e in found] == pytest.approx([5.0, 5.0, 20.0, 20.0], abs=1.0)


def test_a_leg_that_has_landed_and_goes_on_sinking_is_not_waited_for() -> None:
    detector = ExcursionDetector(20.0)
    c = Course(reps=1, rest=20.0)
    landed_s = c.lead_s + c.up_s + c.hold_s + c.down_s
    times = [i / 30 for i in range(int(30 * (landed_s + 5.0)))]
    sunk = [c.at(t) - 8.0 * max(0.0, t - landed_s) for t in times]
    over_s = next(t for t, v in zip(times, sunk, strict=True) if detector.update(Sample(t, v)) is not None)
    assert over_s - landed_s < 1.0


def test_a_pause_half_way_down_is_part_of_the_repetition() -> None:
    ramp = [(i / 30, 10 + 70 * min(1.0, max(0.0, i / 30 - 1))) for i in range(75)]
    halt = [(2.5 + i / 30, 80 - 30 * min(1.0, i / 30)) for i in range(75)]
    down = [(5 + i / 30, 50 - 40 * min(1.0, i / 30)) for i in range(75)]
    assert len(run(ramp + halt + down)) == 1


def test_someone_who_stops_on_the_way_back_is_at_a_new_rest_after_a_while() -> None:
    detector = ExcursionDetector(20.0)
    for t, v in course(Course(reps=1)):
        detector.update(Sample(t, 10 + (v - 10) if t < 3.0 else max(v, 60.0)))
    for i in range(200):
        detector.update(Sample(6 + i / 30, 60.0))
    assert detector.stage is ExcursionPhase.REST


def hold_clock(values: Iterable[tuple[float, float]], floor: float = 80.0) -> HoldClock:
    clock = HoldClock(floor)
    for t, v in values:
        clock.update(Sample(t, v))
    return clock


def held_at(seconds: float, dip: tuple[float, float] | None = None) -> list[tuple[float, float]]:
    times = np.arange(0.0, seconds, 1 / 30)
    return [(float(t), 50.0 if dip and dip[0] <= t < dip[1] else 100.0) for t in times]


def test_a_hold_is_as_long_as_it_is_within_the_band() -> None:
    held = hold_clock(held_at(10.0)).held(99.0)
    assert held is not None
    assert held.valid_s == pytest.approx(10.0, abs=0.1)
    assert held.breaks == 0


def test_a_short_dip_is_bridged_and_a_long_one_is_a_break_that_stops_the_clock() -> None:
    bridged = hold_clock(held_at(10.0, (4.0, 4.3))).held(99.0)
    broken = hold_clock(held_at(10.0, (4.0, 6.0))).held(99.0)
    assert bridged is not None
    assert broken is not None
    assert (bridged.breaks, broken.breaks) == (0, 1)
    assert bridged.valid_s == pytest.approx(10.0, abs=0.1)
    assert broken.valid_s == pytest.approx(8.0, abs=0.3)


def test_drift_and_tremor_are_measured() -> None:
    rng = np.random.default_rng(1)
    times = np.arange(0.0, 15.0, 1 / 30)
    sagging = [(float(t), 110.0 - t + float(rng.normal(0, 0.5))) for t in times]
    held = hold_clock(sagging).held(99.0)
    assert held is not None
    assert held.drift_deg == pytest.approx(-14.0, abs=1.0)
    assert held.tremor_deg == pytest.approx(0.5, abs=0.15)


def test_passing_through_the_band_is_no_hold() -> None:
    swing = [(i / 30, 60.0 + 120.0 * i / 30) for i in range(20)]
    assert hold_clock(swing).held(99.0) is None


def dipping(depth: float, way_s: float) -> list[tuple[float, float]]:
    """A movement of 80 with a dip in its middle, as fast down as up."""

    def at(t: float) -> float:
        ways = ((1.0, 1.0), (3.0 - way_s, -depth), (3.0, depth), (5.0, -1.0))
        spans = (1.0, way_s, way_s, 1.0)
        return sum(80.0 * s * float(ease((t - t0) / w)) for (t0, s), w in zip(ways, spans, strict=True))

    return [(i / 30, at(i / 30)) for i in range(210)]


def test_who_is_quick_touches_the_ground_and_goes_on() -> None:
    assert len(run(dipping(0.85, 0.5), min_rom=30.0)) == 2


@pytest.mark.parametrize(("depth", "way_s"), [(0.85, 0.06), (0.45, 0.5)], ids=["a leap", "a shallow dip"])
def test_neither_a_leap_of_the_network_nor_a_shallow_dip_makes_two_of_one(depth: float, way_s: float) -> None:
    assert len(run(dipping(depth, way_s), min_rom=30.0)) == 1


def test_what_is_first_seen_on_its_way_has_its_range_from_where_it_comes_back_to() -> None:
    """A leg that is found half-way up, flickers there and comes down: most of its range lies below."""
    flicker = [88 + 4 * (-1) ** (i // 5) for i in range(40)]
    values = [75, 78, 84, 88, 80, 66, 60, 62, 70, 82, *flicker, *(90 - 88 * ease(np.arange(60) / 36))]
    (found,) = run([(i / 30, float(value)) for i, value in enumerate(values)], min_rom=35.0)
    assert found.top - found.samples[-1].value > 80.0


def test_the_time_at_the_top_does_not_hang_on_when_the_movement_is_called_over() -> None:
    c = Course(reps=1, hold_s=2.0)
    (found,) = run(course(c))
    brief = Excursion(found.samples[:-12], found.noticed_s, found.rest, found.top)
    assert shape_of(brief).end_s < shape_of(found).end_s
    assert shape_of(brief).hold_s == shape_of(found).hold_s == pytest.approx(2.0, abs=0.3)
