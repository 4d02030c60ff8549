"""Where one signal is counted and another one reported: what the reported one did in a movement."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from repcount.core.model import NAN
from repcount.counting.excursion import Excursion
from repcount.counting.shape import shape_of
from repcount.features.candidate import Shape
from repcount.features.windows import BEFORE_S


def _middle(excursion: Excursion, begin_s: float, end_s: float) -> float:
    inside = (s.told for s in excursion.samples if begin_s <= s.time_s <= end_s)
    known = [value for value in inside if value == value]
    return median(known) if known else NAN


def told_peak(excursion: Excursion, shape: Shape) -> float:
    """The peak in the reported signal."""
    peak = _middle(excursion, shape.peak_start_s, shape.peak_end_s)
    return excursion.top if peak != peak else peak


def told_ways(excursion: Excursion, shape: Shape) -> Shape:
    """The shape, its ways as slow as in the reported signal where they are slower there.

    A leg that is dropped falls in both: where one signal takes over from the other, the counted one only
    seems to.
    """
    samples = tuple(s._replace(value=s.told) for s in excursion.samples if s.told == s.told)
    rest = _middle(excursion, shape.start_s - BEFORE_S, shape.start_s)
    top = max((s.value for s in samples if s.time_s >= excursion.noticed_s), default=NAN)
    if not top > rest:
        return shape
    other = shape_of(replace(excursion, samples=samples, rest=rest, top=top))
    return replace(shape, up_s=max(shape.up_s, other.up_s), down_s=max(shape.down_s, other.down_s))
