"""The counted signal through each repetition and hold, kept small for a report to draw."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from repcount.core.history_records import SignalCurve
from repcount.core.records import NAN, Side

if TYPE_CHECKING:
    from repcount.core.records import ExerciseSummary, Frame, Hold, Rep, Snapshot

STEP_S = 0.05
MOST_STEPS = 120


class CurveSink:
    """Remembers the counted signal of a whole session: 32 bytes a frame."""

    def __init__(self) -> None:
        self._time_s: dict[str, array[float]] = {}
        self._drive_deg: dict[tuple[str, Side], array[float]] = {}

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take the next moment."""
        self.add(snapshot)

    def add(self, snapshot: Snapshot) -> None:
        """Take the next moment."""
        self._time_s.setdefault(snapshot.exercise, array("d")).append(snapshot.time_s)
        left_deg, right_deg = snapshot.leg_drives_deg
        for side, deg in ((Side.BOTH, snapshot.drive_deg), (Side.LEFT, left_deg), (Side.RIGHT, right_deg)):
            self._drive_deg.setdefault((snapshot.exercise, side), array("d")).append(deg)

    def close(self) -> None:
        """Nothing to do."""

    def discard(self) -> None:
        """Nothing to do."""

    def curve(self, exercise: str, event: Rep | Hold) -> SignalCurve | None:
        """The signal of its leg through a repetition or hold; None where nothing of it was seen."""
        times_s = self._time_s.get(exercise, array("d"))
        first, last = bisect_left(times_s, event.start_s), bisect_right(times_s, event.end_s)
        if last - first < 2 or not math.isfinite(event.end_s - event.start_s):
            return None
        values = self._drive_deg[exercise, event.side][first:last]
        if not any(map(math.isfinite, values)):
            return None
        return _even(times_s[first:last], values, event.start_s, event.end_s)

    def curves(self, summaries: Sequence[ExerciseSummary]) -> dict[Rep | Hold, SignalCurve]:
        """The signal through all repetitions and holds of a session."""
        found: dict[Rep | Hold, SignalCurve] = {}
        for summary in summaries:
            events: tuple[Rep | Hold, ...] = (*summary.repetitions, *summary.holds)
            for event in events:
                curve = self.curve(summary.exercise, event)
                if curve is not None:
                    found[event] = curve
        return found


def _even(times_s: Sequence[float], values: Sequence[float], start_s: float, end_s: float) -> SignalCurve:
    """The nearest value seen at each of even steps; NaN where none was seen for two steps."""
    step_s = max(STEP_S, (end_s - start_s) / MOST_STEPS)
    count = int((end_s - start_s) / step_s) + 1
    steps_s = [start_s + i * step_s for i in range(count)]
    return SignalCurve(
        start_s, step_s, tuple(_nearest(times_s, values, time_s, step_s) for time_s in steps_s)
    )


def _nearest(times_s: Sequence[float], values: Sequence[float], time_s: float, step_s: float) -> float:
    after = min(bisect_left(times_s, time_s), len(times_s) - 1)
    before = max(after - 1, 0)
    near = before if time_s - times_s[before] < times_s[after] - time_s else after
    return values[near] if abs(times_s[near] - time_s) <= 2 * step_s else NAN
