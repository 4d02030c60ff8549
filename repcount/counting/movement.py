"""A movement of one leg or of both: what was measured of it, and how likely it is a repetition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from repcount.core.model import Side
from repcount.counting.holds import Held
from repcount.features.candidate import Shape


@dataclass(frozen=True)
class Movement:
    """A candidate as it was measured and scored; values in the signal's own sense.

    Attributes
    ----------
    visibility : of its leg, median, 0..1 as the network says it.
    ended_s : when it was clear that it is over.
    log_odds : that it is a repetition, by what it shows in itself.
    features : what it shows; see :mod:`repcount.features.describe`.
    needs_both : whether the other leg stands where it has to go along.
    too_small : whether its range is below the smallest that was asked for.
    """

    side: Side
    shape: Shape
    rest: float
    peak: float
    rom: float
    held: Held | None
    visibility: float
    ended_s: float
    log_odds: float
    features: Mapping[str, float] = field(default_factory=dict, repr=False)
    needs_both: bool = False
    too_small: bool = False
