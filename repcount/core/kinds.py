"""The kinds that records speak of: sides, phases, status, pace, what counts, why something is said."""

from __future__ import annotations

from enum import Enum


class Side(str, Enum):
    """The person's own left or right, or both together."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Phase(str, Enum):
    """Where in a repetition the person is."""

    WAITING = "waiting"  # the start posture has not been taken yet
    READY = "ready"  # armed, at rest
    OUT = "out"  # from rest towards the peak
    PEAK = "peak"  # at the peak
    BACK = "back"  # from the peak towards rest


class Status(str, Enum):
    """How a repetition or hold was judged."""

    OK = "ok"
    SHORT = "short"  # seen, but below the range or hold time asked for
    FORM = "form"  # complete, with at least one fault
    UNCERTAIN = "uncertain"  # what was seen cannot be trusted


class Pace(str, Enum):
    """A part of a repetition against the tempo asked for."""

    FAST = "fast"
    OK = "ok"
    SLOW = "slow"
    UNKNOWN = "unknown"


class CountBy(str, Enum):
    """What moves the set on."""

    REPS = "reps"
    HOLDS = "holds"


class CueKind(str, Enum):
    """Why something is said, the most urgent first."""

    LIMIT = "limit"  # a limit of safety was passed: said at once, whatever else is being said
    FAULT = "fault"  # what to do better
    PRAISE = "praise"  # a fault that was told of is gone
