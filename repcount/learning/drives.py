"""Which signal tells the repetitions of a film best, and when they were.

Every angle of a limb or of the trunk is tried: of each side and of both together, rising and falling. The
best one moves furthest (compared with how much people and the network vary), most alike each time, and from
the posture in which the film begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, median, pstdev
from typing import Final

from repcount.core.records import NAN, Side
from repcount.core.signal_names import BODY_NAMES, SIDES
from repcount.counting.excursion import Sample
from repcount.exercises.spec import Direction, Legs
from repcount.features.candidate import Shape
from repcount.learning.film import Film, FilmMovement, most_alike, movements_in, same_movement, samples_of

DRIVES: Final[Mapping[str, float]] = {
    "knee_flexion_deg": 10.0,
    "hip_flexion_deg": 10.0,
    "leg_flexion_deg": 10.0,
    "thigh_tilt_deg": 10.0,
    "shin_tilt_deg": 10.0,
    "heel_rise_deg": 9.0,
    "elbow_flexion_deg": 14.0,
    "shoulder_elevation_deg": 14.0,
    "trunk_side_bend_deg": 6.0,
    "trunk_tilt_deg": 8.0,
    "chest_elevation_deg": 16.0,
}
"""Signals that an exercise may be counted by, with how far people differ in them, degrees."""
AGAINST_VERTICAL: Final = 0.85
"""How good a tilt is compared with the bend of a joint: a leaning camera changes a tilt."""
CUTS: Final = (0.75, 0.55, 0.4, 0.3)
"""Shares of the whole range of a signal that are tried as the smallest movement."""
SMALLEST_DEG: Final = 6.0
ENOUGH: Final = 8.0  # times how far people differ: moving further than this is no better
TOGETHER: Final = 0.6  # both sides move together if this share of their movements is at the same time
GOES_ALONG: Final = 0.4  # a side moves along if it goes this share of the way of the other side
MISSED: Final = 0.25  # penalty for each repetition more or less than the number that was given


@dataclass(frozen=True)
class DriveSignal:
    """A signal that an exercise may be counted by, and the repetitions of a film as it tells them.

    Attributes
    ----------
    rest_deg, top_deg : medians, in the signal's own sense.
    times : start, peak and end of each, media seconds.
    score : how well this signal tells them; only to be compared with that of others of the same film.
    """

    signal: str
    legs: Legs
    direction: Direction
    rest_deg: float
    top_deg: float
    times: tuple[tuple[float, float, float], ...]
    score: float

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.times)

    @property
    def rom_deg(self) -> float:
        """Range from rest to the top."""
        return abs(self.top_deg - self.rest_deg)


@dataclass(frozen=True)
class _Cut:
    """One signal of one side, cut into movements that are alike.

    Attributes
    ----------
    quality : how well they stand out.
    """

    side: Side
    sign: float
    alike: Sequence[FilmMovement]
    quality: float


@lru_cache(maxsize=16)
def find(film: Film, reps: int | None = None) -> tuple[DriveSignal, ...]:
    """Return what each signal tells of a film, the best first; nothing where nothing repeats.

    It is remembered: films are first checked, then learned from.

    Parameters
    ----------
    reps : how many repetitions it shows, where somebody has said so.
    """
    every = [found for name in DRIVES for found in _by(film, name, reps)]
    return tuple(sorted(every, key=lambda found: -found.score))


def _by(film: Film, name: str, reps: int | None) -> Iterator[DriveSignal]:
    for direction in Direction:
        for cut in _cuts(film, name, Side.BOTH, direction):
            if name in BODY_NAMES or _both_move(film, name, cut):
                yield _found(name, Legs.TOGETHER, direction, (cut,), reps)
        if name not in BODY_NAMES:
            left, right = (_cuts(film, name, side, direction) for side in SIDES)
            for cuts in _of_each(left, right):
                yield _found(name, Legs.EACH, direction, cuts, reps)


def _both_move(film: Film, name: str, cut: _Cut) -> bool:
    """Whether both sides go along in movements of both; yes where one of them is not seen."""
    ways = []
    for side in SIDES:
        samples, _ = samples_of(film, name, side, cut.sign)
        seen = [_way(samples, movement.shape) for movement in cut.alike]
        ways.append([way for way in seen if way == way])
    if not all(ways):
        return True
    left, right = map(median, ways)
    return min(left, right) >= GOES_ALONG * max(left, right)


def _way(samples: Sequence[Sample], shape: Shape) -> float:
    """How far a signal goes between two moments; NaN where it is not seen."""
    values = [sample.value for sample in samples if shape.start_s <= sample.time_s <= shape.end_s]
    return max(values) - min(values) if values else NAN


def _of_each(left: Sequence[_Cut], right: Sequence[_Cut]) -> Iterator[tuple[_Cut, ...]]:
    """One side that moves while the other does not, or both in turn."""
    for mine, others in ((left, right), (right, left)):
        for cut in mine:
            if not any(_go_together(cut, other) for other in others):
                yield (cut,)
    for cut in left:
        for other in right:
            if same_movement(cut.alike[0], other.alike[0]) and not _go_together(cut, other):
                yield cut, other


def _cuts(film: Film, name: str, side: Side, direction: Direction) -> list[_Cut]:
    sign = 1.0 if direction is Direction.RISING else -1.0
    samples, seen = samples_of(film, name, side, sign)
    values = sorted(sample.value for sample in samples)
    if len(values) < 20:
        return []
    span = values[int(0.98 * len(values))] - values[int(0.02 * len(values))]
    found: dict[tuple[float, ...], _Cut] = {}
    for share in CUTS:
        if share * span >= SMALLEST_DEG:
            movements = movements_in(samples, share * span)
            alike = most_alike(movements)
            if alike:
                key = tuple(each.shape.peak_s for each in alike)
                quality = _quality(name, samples, alike, len(movements)) * seen**0.5
                if key not in found or found[key].quality < quality:
                    found[key] = _Cut(side, sign, alike, quality)
    return list(found.values())


def _quality(name: str, samples: Sequence[Sample], alike: Sequence[FilmMovement], every: int) -> float:
    """How well movements that are alike stand out: how far they go, how alike they are, how they begin."""
    roms, times = [each.rom for each in alike], [each.length_s for each in alike]
    worth = AGAINST_VERTICAL if name.endswith("_tilt_deg") else 1.0
    far: float = worth * min(ENOUGH, fmean(roms) / DRIVES[name]) ** 0.5
    steady = 1.0 / (1.0 + 3.0 * pstdev(roms) / fmean(roms) + pstdev(times) / fmean(times))
    return far * steady * (len(alike) / every) * _from_rest(samples, alike)


def _from_rest(samples: Sequence[Sample], alike: Sequence[FilmMovement]) -> float:
    """0.5 to 1: whether the film begins and ends at rest, and how much of it is nearer to rest."""
    rest, top = median(each.rest for each in alike), median(each.top for each in alike)
    middle = (rest + top) / 2
    ends = [samples[0].value < middle, samples[-1].value < middle]
    low = [sample.value < middle for sample in samples]
    return 0.5 + 0.5 * (sum(ends) + fmean(low)) / 3


def _go_together(a: _Cut, b: _Cut) -> bool:
    """Whether the movements of two sides are done at the same time."""
    roms = [median(each.rom for each in cut.alike) for cut in (a, b)]
    if min(roms) < GOES_ALONG * max(roms):
        return False
    shared = sum(any(_shared(one.shape, other.shape) > 0.5 for other in b.alike) for one in a.alike)
    return shared >= TOGETHER * min(len(a.alike), len(b.alike))


def _shared(a: Shape, b: Shape) -> float:
    """Share of the shorter time in which both are under way."""
    both_s = min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
    return both_s / max(0.1, min(a.end_s - a.start_s, b.end_s - b.start_s))


def _found(
    name: str, legs: Legs, direction: Direction, cuts: Sequence[_Cut], reps: int | None
) -> DriveSignal:
    alike = sorted((each for cut in cuts for each in cut.alike), key=lambda each: each.shape.peak_s)
    sign = cuts[0].sign
    quality = fmean(cut.quality for cut in cuts)
    likely = 1.0 - 0.6 ** len(alike) if reps is None else MISSED ** abs(len(alike) - reps)
    return DriveSignal(
        signal=name,
        legs=legs,
        direction=direction,
        rest_deg=sign * median(each.rest for each in alike),
        top_deg=sign * median(each.top for each in alike),
        times=tuple((m.shape.start_s, m.shape.peak_s, m.shape.end_s) for m in alike),
        score=quality * likely,
    )


def merged(found: Sequence[DriveSignal]) -> DriveSignal:
    """The same signal over several films: medians, and all times one after the other."""
    first = found[0]
    return DriveSignal(
        signal=first.signal,
        legs=first.legs,
        direction=first.direction,
        rest_deg=median(each.rest_deg for each in found),
        top_deg=median(each.top_deg for each in found),
        times=tuple(times for each in found for times in each.times),
        score=sum(each.score for each in found),
    )
