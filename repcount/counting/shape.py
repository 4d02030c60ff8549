"""The shape of an excursion, read in hindsight: when it began, reached its peak, left it and ended."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from repcount.core.records import NAN
from repcount.counting.excursion import Excursion, Sample
from repcount.features.candidate import WAY_FACTOR, Shape
from repcount.features.signal_history import BEFORE_S

SPEED_SPAN_S = 0.1  # speeds are differences over this much time to either side
MOVING_SHARE = 0.08  # of the highest speed of the same movement; below it the leg has come to rest
LOWERING_DEG_S = 30.0  # a leg that only sinks in a hold is slower than one that is lowered
MOVING_DEG_S = 4.0  # but never less than this
LOW_LEVEL = 0.15
PEAK_FACTOR = 1.875  # the highest speed of a movement of minimum jerk over its mean (Flash and Hogan 1985)
LOST_S = 0.25  # a leg that is not seen for longer is lost to sight
PEAK_LEVEL = 0.85  # of the range: where the leg still moves fast enough for an exact crossing


def shape_of(excursion: Excursion) -> Shape:
    """Find the moments by walking outward from half height until the leg hardly moves."""
    samples = excursion.samples
    first, last = _upper_part(excursion, 0.5)
    speeds = _speeds(samples)
    start = _walk(speeds, first, -1, 0, sign=1.0)
    peak_start = _walk(speeds, first, 1, last, sign=1.0)
    peak_end = max(peak_start, _walk(speeds, last, -1, peak_start, sign=-1.0))
    lowering = _walk(speeds, last, -1, peak_end, sign=-1.0, slow_deg_s=LOWERING_DEG_S)
    end = _walk(speeds, min(last + 1, len(samples) - 1), 1, len(samples) - 1, sign=-1.0)
    high = _passages(excursion, PEAK_LEVEL)
    up_s, down_s = _ways_s(excursion, high)
    return Shape(
        start_s=samples[start].time_s,
        peak_start_s=samples[peak_start].time_s,
        peak_s=(high[0] + high[1]) / 2,
        peak_end_s=samples[peak_end].time_s,
        end_s=samples[end].time_s,
        up_s=up_s,
        down_s=down_s,
        lowering_s=samples[lowering].time_s,
        high_s=high[1] - high[0],
    )


def _ways_s(excursion: Excursion, high: tuple[float, float]) -> tuple[float, float]:
    """The times of the ways up and down; ``high`` is when the high level was passed on each."""
    low = _passages(excursion, LOW_LEVEL)
    return _way_s(excursion, low[0], high[0], 1.0), _way_s(excursion, high[1], low[1], -1.0)


def _way_s(excursion: Excursion, from_s: float, to_s: float, sign: float) -> float:
    """The time of a whole way: from the time between its levels, or from its speed if the leg was not seen.

    The network may lose a leg that drops until it lies. Then the highest speed that was seen is taken for the
    highest speed of a movement of minimum jerk.
    """
    span = [s for s in excursion.samples if from_s - LOST_S <= s.time_s <= to_s + LOST_S]
    lost = any(b.time_s - a.time_s > LOST_S for a, b in pairwise(span))
    if not lost:
        return WAY_FACTOR * (to_s - from_s)
    speeds = [
        sign * (b.value - a.value) / (b.time_s - a.time_s)
        for a, b in zip(span, span[2:], strict=False)
        if b.time_s - a.time_s <= LOST_S
    ]
    fastest = max(speeds, default=0.0)
    by_speed = PEAK_FACTOR * excursion.rom / fastest if fastest > 0.0 else float("inf")
    return min(by_speed, WAY_FACTOR * (to_s - from_s))


def _upper_part(excursion: Excursion, share: float) -> tuple[int, int]:
    """First and last sample at or above a share of the range."""
    samples = excursion.samples
    level = excursion.rest + share * excursion.rom
    # the samples from before it was noticed may hold the end of another excursion
    above = [i for i, s in enumerate(samples) if s.value >= level and s.time_s >= excursion.noticed_s]
    highest = max(above, key=lambda i: samples[i].value)
    floor = excursion.rest + min(0.25, 0.5 * share) * excursion.rom
    return _run_start(samples, level, highest, floor), above[-1]


def _passages(excursion: Excursion, share: float) -> tuple[float, float]:
    """When a share of the range was passed on the way up and on the way down."""
    samples = excursion.samples
    level = excursion.rest + share * excursion.rom
    first, last = _upper_part(excursion, share)
    return _crossing_s(samples, max(0, first - 1), level), _crossing_s(samples, last, level)


def _crossing_s(samples: Sequence[Sample], i: int, level: float) -> float:
    """When the value passed ``level`` between sample ``i`` and the next."""
    a, b = samples[i], samples[min(i + 1, len(samples) - 1)]
    if a.value == b.value or not min(a.value, b.value) <= level <= max(a.value, b.value):
        return a.time_s
    return a.time_s + (level - a.value) / (b.value - a.value) * (b.time_s - a.time_s)


def _run_start(samples: Sequence[Sample], level: float, inside: int, low: float) -> int:
    """First sample of the excursion above ``level``; dips of a double bump, above ``low``, belong to it."""
    start = inside
    for i in range(inside, -1, -1):
        if samples[i].value < low:
            break
        if samples[i].value >= level:
            start = i
    return start


def _speeds(samples: Sequence[Sample]) -> list[float]:
    times = [s.time_s for s in samples]
    speeds = []
    for i, time_s in enumerate(times):
        a = min(bisect_left(times, time_s - SPEED_SPAN_S - 1e-9), max(0, i - 1))
        b = max(bisect_left(times, time_s + SPEED_SPAN_S + 1e-9) - 1, min(len(times) - 1, i + 1))
        elapsed = times[b] - times[a]
        speeds.append((samples[b].value - samples[a].value) / elapsed if elapsed > 0 else 0.0)
    return speeds


def _walk(
    speeds: Sequence[float],
    begin: int,
    step: int,
    stop: int,
    *,
    sign: float,
    slow_deg_s: float = MOVING_DEG_S,
) -> int:
    """Walk from ``begin`` until the movement in direction ``sign`` has died away."""
    fastest, i = sign * speeds[begin], begin
    while i != stop:
        speed = sign * speeds[i]
        fastest = max(fastest, speed)
        if speed < max(MOVING_SHARE * fastest, slow_deg_s):
            break
        i += step
    return i


def _middle(excursion: Excursion, begin_s: float, end_s: float) -> float:
    inside = (s.reported for s in excursion.samples if begin_s <= s.time_s <= end_s)
    known = [value for value in inside if value == value]
    return median(known) if known else NAN


def reported_peak(excursion: Excursion, shape: Shape) -> float:
    """The peak in the reported signal."""
    peak = _middle(excursion, shape.peak_start_s, shape.peak_end_s)
    return excursion.top if peak != peak else peak


def reported_ways(excursion: Excursion, shape: Shape) -> Shape:
    """The shape, with the slower time of each way: that of the counted or of the reported signal.

    A leg that really drops falls fast in both. Where the counted signal changes from one to the other, it
    only seems to fall fast.
    """
    samples = tuple(s._replace(value=s.reported) for s in excursion.samples if s.reported == s.reported)
    rest = _middle(excursion, shape.start_s - BEFORE_S, shape.start_s)
    top = max((s.value for s in samples if s.time_s >= excursion.noticed_s), default=NAN)
    if not top > rest:
        return shape
    reported = replace(excursion, samples=samples, rest=rest, top=top)
    up_s, down_s = _ways_s(reported, _passages(reported, PEAK_LEVEL))
    return replace(shape, up_s=max(shape.up_s, up_s), down_s=max(shape.down_s, down_s))
