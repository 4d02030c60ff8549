"""A candidate: an excursion that may be a repetition, before it is described and scored."""

from __future__ import annotations

from dataclasses import dataclass

from repcount.core.records import Side

WAY_FACTOR = 2.0
"""Time of a whole way over the time between its low and its high level: it is 2.4 for a movement of minimum
jerk (Flash and Hogan 1985), 1.4 for one of constant speed."""
ABOVE_SHARE = (1.0 - 1.0 / WAY_FACTOR) / 2  # of a way: the time it takes from the high level to the top


@dataclass(frozen=True)
class Shape:
    """Five moments of an excursion and the time its ways took, media seconds.

    ``peak_s`` is the middle of the time in the upper part of the range: in a hold, noise decides which single
    sample is the highest. ``lowering_s`` is when the leg was let down: later than ``peak_end_s`` where it
    sank before that. ``high_s`` is the time above ``PEAK_LEVEL``.
    """

    start_s: float
    peak_start_s: float
    peak_s: float
    peak_end_s: float
    end_s: float
    up_s: float
    down_s: float
    lowering_s: float
    high_s: float

    @property
    def hold_s(self) -> float:
        """Time at the top: the time above the high level, less the parts of the ways up and down in it."""
        return max(0.0, self.high_s - ABOVE_SHARE * (self.up_s + self.down_s))


@dataclass(frozen=True)
class Candidate:
    """One leg, or both together, away from rest and back: what may be a repetition.

    Attributes
    ----------
    rest, top : of the drive signal, rising towards the peak whatever its direction.
    back : share of the range that the way back has made by the end; less than 1 where it is not done.
    start_held : whether the start posture had been held before; ``start_seen`` whether it was seen at all.
    """

    side: Side
    shape: Shape
    rest: float
    top: float
    back: float
    start_held: bool
    start_seen: bool

    @property
    def rom(self) -> float:
        """Range of motion: from rest to the top."""
        return self.top - self.rest
