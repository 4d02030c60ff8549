"""A movement of one leg or of both: what was measured of it, and how much it is like another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Final

from repcount.core.records import Side
from repcount.counting.holds import Held
from repcount.features.candidate import Shape


@dataclass(frozen=True)
class Movement:
    """A candidate with its features and its score; values in the signal's own sense.

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


ROM_SCALE: Final = 0.4  # of log(range ratio): two ranges this far apart are less than half as similar
LENGTH_SCALE: Final = 0.7  # the same for how long they take
POSTURES: Final = (
    ("body.trunk_tilt_deg", 15.0),
    ("active.hip_flexion_deg", 20.0),
    ("active.knee_flexion_deg", 20.0),
)
"""Signals by which postures are compared, at rest and at the peak, with how far apart like ones may be."""
SHORTEST_S: Final = 0.1
RIVAL_SHARE: Final = 0.35  # two that share more of the shorter one are rivals, not a set

LIKE_NAMES: Final = tuple(f"{name}.{at}" for name, _ in POSTURES for at in ("rest", "peak"))
"""The features by which movements are compared."""


def overlap(a: Movement, b: Movement) -> float:
    """Share of the shorter movement in which both are under way."""
    shared = min(a.shape.end_s, b.shape.end_s) - max(a.shape.start_s, b.shape.start_s)
    return shared / max(SHORTEST_S, min(_length_s(a), _length_s(b)))


def likeness(a: Movement, b: Movement) -> float:
    """1 for the same movement done twice, towards 0 the less they have in common."""
    if overlap(a, b) > RIVAL_SHARE or not (a.rom > 0.0 and b.rom > 0.0):
        return 0.0
    apart = abs(log(a.rom / b.rom)) / ROM_SCALE + abs(log(_length_s(a) / _length_s(b))) / LENGTH_SCALE
    for name, scale in POSTURES:
        for at in ("rest", "peak"):
            key = f"{name}.{at}"
            between = (a.features[key] - b.features[key]) / scale
            if between == between:
                apart += between * between / 4
    return exp(-apart)


def _length_s(movement: Movement) -> float:
    return max(SHORTEST_S, movement.shape.end_s - movement.shape.start_s)
