"""The parts of a movement that features look at: rest, peak, what comes after, and all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

from repcount.core.model import NAN
from repcount.core.signal_names import Signals
from repcount.features.candidate import Shape
from repcount.features.lately import Lately

BEFORE_S: Final = 0.4  # rest is what a signal was this long before the movement
AROUND_S: Final = 0.15  # a peak that is one moment is looked at for so long to either side
ENOUGH_SEEN: Final = 0.6  # of the moments looked at must show a signal that is to say anything
TAIL_SHARE: Final = 0.15  # of the moments to either end: left out of a swing, as leaps of the network


class Windows(NamedTuple):
    """The parts of a movement that features look at, as the signals of their moments."""

    rest: Sequence[Signals]
    peak: Sequence[Signals]
    after: Sequence[Signals]
    during: Sequence[Signals]


def windows(past: Lately, shape: Shape) -> Windows:
    """Cut what was measured by the moments of a movement."""

    def between(start_s: float, end_s: float) -> list[Signals]:
        return [signals for _, signals in past.between(start_s, end_s)]

    rest = between(shape.start_s - BEFORE_S, shape.start_s)
    after = between(shape.end_s, shape.end_s + BEFORE_S)
    peak = between(shape.peak_start_s, shape.peak_end_s) or between(
        shape.peak_s - AROUND_S, shape.peak_s + AROUND_S
    )
    during = between(shape.start_s, shape.end_s)
    return Windows(rest if len(rest) > 1 else after, peak, after, during)


def median_of(values: Iterable[float]) -> float:
    """Median of what was seen; NaN where too little was."""
    known = _seen(values)
    return median(known) if known else NAN


def swing_of(values: Iterable[float]) -> float:
    """Between the highest and lowest value, some at either end left out; NaN where too little was seen."""
    known = sorted(_seen(values))
    if not known:
        return NAN
    out = int(TAIL_SHARE * len(known))
    return known[-1 - out] - known[out]


def _seen(values: Iterable[float]) -> list[float]:
    """The known values; none where they are too few to speak for or against."""
    every = list(values)
    known = [value for value in every if value == value]
    return known if len(known) >= ENOUGH_SEEN * len(every) else []
