"""The signals of the last minutes, and the parts of a movement that features look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from statistics import median
from typing import Final, NamedTuple

from repcount.core.records import NAN
from repcount.core.signal_names import Signals
from repcount.features.candidate import Shape

KEEP_S = 150.0  # a longer movement is judged by its last part
SLACK_S = 1e-9

Moment = tuple[float, Signals]
"""A time in media seconds and what was measured then."""

_TIME = itemgetter(0)


class SignalHistory:
    """Streams signals in; each moment is a reference to what was measured, not a copy.

    Parameters
    ----------
    keep_s : how long it is remembered.
    """

    def __init__(self, keep_s: float = KEEP_S) -> None:
        self._keep_s = keep_s
        self._moments: deque[Moment] = deque()

    def add(self, time_s: float, signals: Signals) -> None:
        """Take the newest signals."""
        moments = self._moments
        moments.append((time_s, signals))
        while moments[0][0] < time_s - self._keep_s:
            moments.popleft()

    def between(self, start_s: float, end_s: float) -> list[Moment]:
        """What was measured from one time to another, both included."""
        moments = self._moments
        first = bisect_left(moments, start_s - SLACK_S, key=_TIME)
        last = bisect_right(moments, end_s + SLACK_S, key=_TIME)
        newest_first = islice(reversed(moments), len(moments) - last, len(moments) - first)
        return list(newest_first)[::-1]  # what is asked for is near the newest end

    @property
    def first_s(self) -> float:
        """The oldest time that is remembered."""
        return self._moments[0][0] if self._moments else 0.0

    @property
    def newest(self) -> Signals:
        """What was measured last."""
        return self._moments[-1][1]

    def take(self) -> list[Moment]:
        """All that is remembered, which is forgotten with that."""
        taken = list(self._moments)
        self._moments.clear()
        return taken


BEFORE_S: Final = 0.4  # rest is what a signal was this long before the movement
AROUND_S: Final = 0.15  # a peak that is one moment is looked at for so long to either side
ENOUGH_SEEN: Final = 0.6  # of the moments looked at must show a signal that is to say anything
TAIL_SHARE: Final = 0.15  # of the moments to either end: left out of a swing, as leaps of the network


class Windows(NamedTuple):
    """The parts of a movement that features look at, as the signals of their moments."""

    rest: Sequence[Signals]
    peak: Sequence[Signals]
    during: Sequence[Signals]


def windows(past: SignalHistory, shape: Shape) -> Windows:
    """Cut what was measured by the moments of a movement."""

    def between(start_s: float, end_s: float) -> list[Signals]:
        return [signals for _, signals in past.between(start_s, end_s)]

    rest = between(shape.start_s - BEFORE_S, shape.start_s)
    if len(rest) <= 1:
        rest = between(shape.end_s, shape.end_s + BEFORE_S)
    peak = between(shape.peak_start_s, shape.peak_end_s) or between(
        shape.peak_s - AROUND_S, shape.peak_s + AROUND_S
    )
    during = between(shape.start_s, shape.end_s)
    return Windows(rest, peak, during)


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
