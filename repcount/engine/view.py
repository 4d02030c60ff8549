"""The camera's angle to the body over a session."""

from __future__ import annotations

from repcount.core.model import NAN


class ViewMeter:
    """Median of the view angle in flat memory: a count for each whole degree from 0 to 90."""

    def __init__(self) -> None:
        self._counts = [0] * 91
        self._total = 0
        self._middle = 0
        self._below = 0  # how many are less than the middle

    def add(self, view_deg: float) -> None:
        """Take one frame's angle; NaN is left out."""
        if view_deg == view_deg:
            degrees = max(0, min(90, round(view_deg)))
            self._counts[degrees] += 1
            self._total += 1
            self._below += degrees < self._middle
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
        return float(self._middle) if self._total else NAN
