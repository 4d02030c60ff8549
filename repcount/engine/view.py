"""The camera's angle to the body over a session."""

from __future__ import annotations

from repcount.core.model import NAN


class ViewMeter:
    """Median of the view angle in flat memory: a count for each whole degree from 0 to 90."""

    def __init__(self) -> None:
        self._counts = [0] * 91
        self._total = 0

    def add(self, view_deg: float) -> None:
        """Take one frame's angle; NaN is left out."""
        if view_deg == view_deg:
            self._counts[max(0, min(90, round(view_deg)))] += 1
            self._total += 1

    @property
    def median_deg(self) -> float:
        """The middle of all angles so far, whole degrees; NaN before the first."""
        seen = 0
        for degrees, count in enumerate(self._counts):
            seen += count
            if count and 2 * seen >= self._total:
                return float(degrees)
        return NAN
