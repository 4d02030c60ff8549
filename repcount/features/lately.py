"""The signals of the last minutes, kept once for all that look back at them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from itertools import islice
from operator import itemgetter

from repcount.core.signal_names import Signals

KEEP_S = 150.0  # a longer movement is judged by its last part
SLACK_S = 1e-9

Moment = tuple[float, Signals]
"""A time in media seconds and what was measured then."""

_TIME = itemgetter(0)


class Lately:
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
        first = bisect_left(self._moments, start_s - SLACK_S, key=_TIME)
        last = bisect_right(self._moments, end_s + SLACK_S, key=_TIME)
        return list(islice(self._moments, first, last))

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
