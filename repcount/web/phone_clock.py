"""The time of a session that a phone's pictures tell: theirs, less the gaps."""

from __future__ import annotations

from typing import Final

AFTER_GAP_S: Final = 0.1
LONGEST_STEP_S: Final = 2.0
"""Pictures further apart are a gap: the connection stood still, or the page was in the background."""


class PhoneClock:
    """Makes media time of a phone's stamps: after a gap it goes on where it was."""

    def __init__(self) -> None:
        self._offset_s: float | None = None
        self._stamp_s = 0.0
        self._last_s = -AFTER_GAP_S

    def gap(self) -> None:
        """The next stamp follows on the last one, whatever it says."""
        self._offset_s = None

    def update(self, stamp_s: float) -> float:
        """Return the media time of a stamp; it is greater than that of the one before."""
        if self._offset_s is None or not 0 < stamp_s - self._stamp_s <= LONGEST_STEP_S:
            self._offset_s = self._last_s + AFTER_GAP_S - stamp_s
        self._stamp_s = stamp_s
        self._last_s = stamp_s + self._offset_s
        return self._last_s
