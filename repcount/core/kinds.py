"""The kinds that records speak of, such as side, phase and status; and what was decided of a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

NAN: Final = float("nan")
"""An unknown number."""


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
    PRAISE = "praise"  # a fault that was told before is gone


class Why(str, Enum):
    """Why a movement was not counted."""

    UNLIKELY = "unlikely"
    TOO_SMALL = "too_small"
    TAKEN = "taken"
    OTHER_LEG = "other_leg"
    STAYED = "stayed"
    OTHER_EXERCISE = "other_exercise"
    NOT_NAMED = "not_named"
    TAKEN_BACK = "taken_back"


class Doubt(str, Enum):
    """Why a repetition that counts is uncertain."""

    START_UNSEEN = "start_unseen"
    LEG_HIDDEN = "leg_hidden"
    UNSURE = "unsure"


@dataclass(frozen=True)
class NothingCounted:
    """The likeliest reason why nothing was counted.

    Attributes
    ----------
    code : ``nobody``, ``nobody_dark``, ``nobody_far``, ``few_pictures``, ``seldom``, ``still``,
        ``too_small``, ``too_fast``, ``turned``, ``other_exercise``, ``other_leg``, ``stayed``,
        ``not_named`` or ``unlike``.
    value, least : what was measured, and what it needs: pictures a second, degrees or seconds; of
        ``seldom`` the share of the frames in percent, of ``turned`` the degrees for ``--turn``.
    exercise : the name of the other exercise.
    """

    code: str
    value: float = NAN
    least: float = NAN
    exercise: str = ""


@dataclass(frozen=True)
class Note:
    """Something worth knowing of an input, beside what was counted.

    Attributes
    ----------
    code : ``few_pictures``, ``too_fast`` or ``turned``, so that repetitions may be missing,
        ``another_person``, or ``guessed_rate``: of a raw stream, all times hang on it.
    value, least : pictures a second, or seconds from one movement to the next, and what it needs; of
        ``turned`` the degrees for ``--turn``; of ``another_person`` the time at which they came, s.
    """

    code: str
    value: float = NAN
    least: float = NAN


@dataclass(frozen=True)
class Reason:
    """What one feature of a movement adds to the log-odds that it is a repetition.

    Attributes
    ----------
    feature : its name, as ``repcount signals --features`` lists it.
    value : what was measured, in ``unit``; NaN where it was not seen.
    """

    feature: str
    value: float
    unit: str
    log_odds: float


@dataclass(frozen=True)
class CandidateSummary:
    """A movement that might have been a repetition, and what was decided of it (see docs/json.md).

    Attributes
    ----------
    probability : 0..1, with the movements around it; of one that was not counted, the best it ever had.
    log_odds : the same as log-odds; ``set_log_odds`` is what of it the movements around it added.
    reasons : what spoke most for it where it was counted, against it where not; the strongest first.
    why : None where it was counted.
    doubt : why the repetition that it is is uncertain; None where it is not.
    """

    exercise: str
    side: Side
    start_s: float
    peak_s: float
    end_s: float
    rom_deg: float
    probability: float
    log_odds: float
    set_log_odds: float
    counted: bool
    reasons: tuple[Reason, ...] = ()
    why: Why | None = None
    doubt: Doubt | None = None
