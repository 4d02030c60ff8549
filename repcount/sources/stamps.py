"""Media times as a container gives them, made strictly increasing."""

from __future__ import annotations

NUDGE = 0.01  # of a frame interval: enough to be later, too little to change any tempo
RESTART_S = 1.0  # a step back longer than this is a clock that began anew, not a frame out of order


class StampRepair:
    """Strictly increasing times from stamps that may be missing, repeated or running backward.

    A sound stamp passes unchanged. A missing one is the one before plus the nominal interval. One that
    repeats or steps back a little is nudged just past the one before. Where the clock of the file began
    anew, all later stamps are moved so that they go on from there. A first stamp before 0 moves all
    stamps so that it becomes 0.

    Parameters
    ----------
    interval_s : nominal time from frame to frame.
    """

    def __init__(self, interval_s: float) -> None:
        self._interval_s = interval_s
        self.reset()

    def reset(self) -> None:
        """Begin anew, as for the first frame."""
        self._last_s: float | None = None
        self._shift_s = 0.0

    def update(self, stamp_s: float | None) -> float:
        """Return the time of the newest frame, later than the one before; None is a missing stamp."""
        time_s = self._first(stamp_s) if self._last_s is None else self._next(self._last_s, stamp_s)
        self._last_s = time_s
        return time_s

    def _first(self, stamp_s: float | None) -> float:
        if stamp_s is None:
            return 0.0
        self._shift_s = max(0.0, -stamp_s)
        return stamp_s + self._shift_s

    def _next(self, last_s: float, stamp_s: float | None) -> float:
        if stamp_s is None:
            return last_s + self._interval_s
        if stamp_s + self._shift_s < last_s - RESTART_S:
            self._shift_s = last_s + self._interval_s - stamp_s
        time_s = stamp_s + self._shift_s
        return time_s if time_s > last_s else last_s + NUDGE * self._interval_s
