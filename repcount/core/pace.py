"""The pace of a live session: times of its last minutes, gathered by two threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from repcount.core.live import LiveStatus
from repcount.core.model import NAN

REMEMBERED: Final = 9000
"""Figures kept: five minutes at 30 frames a second."""


class Meter:
    """Figures of the last minutes, seconds each. Appending to a deque is safe from any thread.

    Attributes
    ----------
    stamps_s : when the judging of a frame began.
    pose_s, draw_s : how long judging and painting one took.
    delay_s : from the taking of a picture to its being shown or, without a screen, judged.
    unshown : frames that were judged and not shown.
    """

    def __init__(self) -> None:
        self.stamps_s, self.pose_s, self.draw_s, self.delay_s = (
            deque[float](maxlen=REMEMBERED) for _ in range(4)
        )
        self.unshown = 0

    def status(self, waiting: str, dropped: int, losses: int, last: int) -> LiveStatus:
        """Return how it runs over the ``last`` frames; see :class:`LiveStatus` for the others."""
        stamps = list(self.stamps_s)[-last:]
        return LiveStatus(
            waiting=waiting,
            fps=(len(stamps) - 1) / (stamps[-1] - stamps[0]) if len(stamps) > 1 else NAN,
            pose_ms=1000 * quantile(list(self.pose_s)[-last:], 0.5),
            draw_ms=1000 * quantile(list(self.draw_s)[-last:], 0.5),
            delay_ms=1000 * quantile(list(self.delay_s)[-last:], 0.95),
            dropped=dropped,
            unshown=self.unshown,
            losses=losses,
        )


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value below which that share of the values lies; NaN where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else NAN
