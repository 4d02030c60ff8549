"""What is told of each movement that might have been a repetition: counted or not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from repcount.core.kinds import Side


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
