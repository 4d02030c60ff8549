"""The shape of an excursion, read in hindsight: when it began, reached its peak, left it and ended."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from repcount.engine.excursion import Excursion, Sample

SPEED_SPAN_S = 0.1  # speeds are differences over this much time to either side
MOVING_SHARE = 0.08  # of the highest speed of the same movement; below it the leg has come to rest
MOVING_DEG_S = 4.0  # but never less than this
PEAK_LEVEL = 0.85  # of the range: where the leg still moves fast enough for an exact crossing


@dataclass(frozen=True)
class Shape:
    """Five moments of an excursion, media seconds.

    ``peak_s`` is the middle between the ways through the upper part of the range: for a held position
    the highest single sample would be a matter of noise.
    """

    start_s: float
    peak_start_s: float
    peak_s: float
    peak_end_s: float
    end_s: float

    @property
    def up_s(self) -> float:
        """Time from rest to the top."""
        return self.peak_start_s - self.start_s

    @property
    def hold_s(self) -> float:
        """Time at the top."""
        return self.peak_end_s - self.peak_start_s

    @property
    def down_s(self) -> float:
        """Time from the top to rest."""
        return self.end_s - self.peak_end_s


def shape_of(excursion: Excursion) -> Shape:
    """Find the moments by walking outward from half height until the leg hardly moves."""
    samples = excursion.samples
    first, last = _upper_part(excursion, 0.5)
    speeds = _speeds(samples)
    start = _walk(speeds, first, -1, 0, sign=1.0)
    peak_start = _walk(speeds, first, 1, last, sign=1.0)
    peak_end = max(peak_start, _walk(speeds, last, -1, peak_start, sign=-1.0))
    end = _walk(speeds, min(last + 1, len(samples) - 1), 1, len(samples) - 1, sign=-1.0)
    return Shape(
        start_s=samples[start].time_s,
        peak_start_s=samples[peak_start].time_s,
        peak_s=_peak_s(excursion),
        peak_end_s=samples[peak_end].time_s,
        end_s=samples[end].time_s,
    )


def _upper_part(excursion: Excursion, share: float) -> tuple[int, int]:
    """First and last sample at or above a share of the range."""
    samples = excursion.samples
    level = excursion.rest + share * excursion.rom
    # the samples from before it was noticed may hold the end of another excursion
    above = [i for i, s in enumerate(samples) if s.value >= level and s.time_s >= excursion.noticed_s]
    highest = max(above, key=lambda i: samples[i].value)
    return _run_start(samples, level, highest, excursion.rest + 0.25 * excursion.rom), above[-1]


def _peak_s(excursion: Excursion) -> float:
    samples = excursion.samples
    level = excursion.rest + PEAK_LEVEL * excursion.rom
    first, last = _upper_part(excursion, PEAK_LEVEL)
    begin = _crossing_s(samples, max(0, first - 1), level)
    return (begin + _crossing_s(samples, last, level)) / 2


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


def _walk(speeds: Sequence[float], begin: int, step: int, stop: int, *, sign: float) -> int:
    """Walk from ``begin`` until the movement in direction ``sign`` has died away."""
    fastest, i = sign * speeds[begin], begin
    while i != stop:
        speed = sign * speeds[i]
        fastest = max(fastest, speed)
        if speed < max(MOVING_SHARE * fastest, MOVING_DEG_S):
            break
        i += step
    return i
