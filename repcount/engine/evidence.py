"""What a movement showed, read in hindsight: whether it is a repetition at all, and where its peak was."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from repcount.core.model import NAN
from repcount.engine.excursion import Excursion
from repcount.engine.shape import Shape, shape_of
from repcount.exercises.spec import Measure, Requirement
from repcount.exercises.terms import Moment

BEFORE_S = 0.4  # what a signal was at rest is what it was this long before a movement
REST_SHARE = 0.3  # of the range: the first moment above it is none at rest
ENOUGH_SEEN = 0.6  # of the moments looked at must show a signal that is to rule a movement out
BRIEF_SHARE = 0.15  # of a repetition to either end: what lasts no longer is a leap of the network, no swing


def middle(excursion: Excursion, i: int, begin_s: float, end_s: float) -> float:
    """Median of the extra signal ``i`` between two moments; NaN where it was not seen."""
    inside = (s.extra[i] for s in excursion.samples if begin_s <= s.time_s <= end_s)
    known = [value for value in inside if value == value]
    return median(known) if known else NAN


def _at_rest(excursion: Excursion, shape: Shape, i: int) -> float:
    """The extra signal ``i`` at rest before the movement; after it, where the picture began in its midst."""
    first = excursion.samples[0]
    if first.time_s > shape.start_s - BEFORE_S and first.value > excursion.rest + REST_SHARE * excursion.rom:
        return middle(excursion, i, shape.end_s, shape.end_s + BEFORE_S)
    return middle(excursion, i, shape.start_s - BEFORE_S, shape.start_s)


def in_both(excursion: Excursion, shape: Shape, i: int) -> Shape:
    """The shape, its ways as slow as in the extra signal ``i`` where they are slower there.

    A leg that is dropped falls in both: where one signal takes over from the other, the counted one only
    seems to.
    """
    samples = tuple(s._replace(value=s.extra[i]) for s in excursion.samples if s.extra[i] == s.extra[i])
    rest = middle(excursion, i, shape.start_s - BEFORE_S, shape.start_s)
    top = max((s.value for s in samples if s.time_s >= excursion.noticed_s), default=NAN)
    if not top > rest:
        return shape
    other = shape_of(replace(excursion, samples=samples, rest=rest, top=top))
    return replace(shape, up_s=max(shape.up_s, other.up_s), down_s=max(shape.down_s, other.down_s))


def shown(excursion: Excursion, shape: Shape, requirement: Requirement, i: int) -> bool:
    """Whether a movement shows what makes it a repetition of this exercise."""
    if requirement.at is Moment.PEAK:
        begin, end = shape.peak_start_s, shape.peak_end_s
    else:
        begin, end = shape.start_s, shape.end_s
    known = [(s.time_s, s.extra[i]) for s in excursion.samples if s.extra[i] == s.extra[i]]
    inside = [value for time_s, value in known if begin <= time_s <= end]
    looked_at = sum(begin <= s.time_s <= end for s in excursion.samples)
    if len(inside) < ENOUGH_SEEN * looked_at or not inside:
        return True  # what was hardly seen speaks neither for nor against
    value = median(inside)
    if requirement.measure is Measure.SWING:
        ranked, out = sorted(inside), int(BRIEF_SHARE * len(inside))
        value = ranked[-1 - out] - ranked[out]
    elif requirement.measure is not Measure.VALUE:
        rest = _at_rest(excursion, shape, i)
        if rest != rest:
            return True
        value -= rest
        if requirement.measure is Measure.SHARE:
            value /= excursion.rom
    return requirement.span[0] <= value <= requirement.span[1]
