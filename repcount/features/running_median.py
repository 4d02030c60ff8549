"""The median of a stream of angles in flat memory: a count for each whole degree."""

from __future__ import annotations

from repcount.core.records import NAN


class RunningMedian:
    """Median of angles between two ends, whole degrees; what lies beyond counts as the end.

    Parameters
    ----------
    lowest_deg, highest_deg : the ends.
    """

    def __init__(self, lowest_deg: int, highest_deg: int) -> None:
        self._lowest = lowest_deg
        self._counts = [0] * (highest_deg - lowest_deg + 1)
        self._total = 0
        self._middle = 0
        self._below = 0  # how many are less than the middle

    def add(self, angle_deg: float) -> None:
        """Take one frame's angle; NaN is left out."""
        if angle_deg == angle_deg:
            place = max(0, min(len(self._counts) - 1, round(angle_deg) - self._lowest))
            self._counts[place] += 1
            self._total += 1
            self._below += place < self._middle
            self._move()

    def _move(self) -> None:
        while 2 * self._below >= self._total:
            self._middle -= 1
            self._below -= self._counts[self._middle]
        while 2 * (self._below + self._counts[self._middle]) < self._total:
            self._below += self._counts[self._middle]
            self._middle += 1

    @property
    def median_deg(self) -> float:
        """The middle of all angles so far, whole degrees; NaN before the first."""
        return float(self._middle + self._lowest) if self._total else NAN
