"""Features in plain words: made of what their names say, whose signal is looked at, which one and how."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from repcount.core.model import Side
from repcount.core.signal_names import SIGNALS
from repcount.features.describe import MOVEMENT, SPANS, feature_names

SIGNAL_UNITS: Final[Mapping[str, str]] = {info.name: info.unit for info in SIGNALS}
_DOCS: Final = {info.name: info.doc for info in SIGNALS}
SPOKEN: Final[Mapping[str, str]] = {
    "thigh_tilt_deg": "tilt of the thigh",
    "shin_tilt_deg": "tilt of the shin",
    "leg_flexion_deg": "hip flexion by the whole leg",
    "heel_rise_deg": "rise of the heel",
    "hip_height_ratio": "height of the hip",
    "hip_over_toe_ratio": "place of the hip over the toes",
    "reach_ratio": "distance from hip to ankle",
    "foot_lift_ratio": "lift of the foot",
    "knee_over_toe_ratio": "knee past the toes",
    "trunk_tilt_deg": "tilt of the trunk",
    "chest_elevation_deg": "facing of the chest",
    "view_deg": "camera's angle to the body",
    "knee_asymmetry_deg": "difference of the knees",
    "hip_asymmetry_deg": "difference of the hips",
    "stance_ratio": "width of the stance",
    "ankle_gap_ratio": "gap of the ankles",
    "feet_place_ratio": "place of the feet in the picture",
    "stride_ratio": "length of the stride",
    "knee_gap_ratio": "gap of the knees",
    "hip_below_knee_ratio": "hips below the knees",
    "hand_to_thigh_ratio": "distance of hand and thigh",
    "head_ahead_ratio": "head ahead of the shoulders",
}
"""Signals whose name alone would not be understood; the others are called what their name says."""
OF_THE_WHOLE: Final[Mapping[str, str]] = {
    "movement.rom": "range",
    "movement.rest": "counted angle, rising to the peak, at rest",
    "movement.top": "counted angle, rising to the peak, at the top",
    "movement.up_s": "way to the peak",
    "movement.down_s": "way back",
    "movement.hold_s": "time at the peak",
    "movement.length_s": "time from start to end",
    "movement.up_share": "share of the way to the peak in both ways",
    "movement.back": "share of the way back that was made",
    "movement.lead_s": "time seen before it",
    "movement.start_held": "start posture held before",
    "movement.start_seen": "start posture seen",
    "spans.require": "outside what its file asks of a repetition",
    "spans.posture": "outside the posture of its file",
    "spans.rest": "outside the rest of its file",
    "spans.length": "shorter than its file asks",
}
"""Features of the whole movement, and those of the spans of the exercise's file."""
_INSIDE: Final = {
    "spans.require": "inside all that its file asks of a repetition",
    "spans.posture": "inside the posture of its file",
    "spans.rest": "inside the rest of its file",
    "spans.length": "as long as its file asks",
}
TOLD_MARGINS: Final = 0.05
"""Outside a span by less than this is as good as inside."""
_MEASURED: Final = {"rest": "at rest", "peak": "at the peak", "change": "change", "swing": "swing"}


def unit_of(feature: str) -> str:
    """The unit of a feature's value."""
    whose, name, *_ = feature.split(".")
    if whose in ("movement", "spans"):
        return (MOVEMENT if whose == "movement" else SPANS)[name][0]
    return SIGNAL_UNITS[name]


def words_of(feature: str) -> str:
    """What a feature is, in a few plain words: ``the other leg's knee flexion, change``."""
    if feature in OF_THE_WHOLE:
        return OF_THE_WHOLE[feature]
    whose, signal, measure = feature.split(".")
    name = SPOKEN.get(signal) or signal.removesuffix("_deg").removesuffix("_ratio").replace("_", " ")
    return f"{_whose(whose)}{name}, {_MEASURED[measure]}"


def meaning_of(feature: str) -> str:
    """What a feature means, in full: for the list of all of them."""
    whose, name, *_ = feature.split(".")
    if whose in ("movement", "spans"):
        return (MOVEMENT if whose == "movement" else SPANS)[name][1]
    return f"{words_of(feature)}: {_DOCS[name]}"


def value_text(value: float, unit: str, signed: bool = False) -> str:
    """A value with its unit, rounded for reading; ``not seen`` where it is unknown."""
    if value != value:
        return "not seen"
    if unit == "0 or 1":
        return "yes" if value else "no"
    if unit == "0..1":
        return f"{value:.0%}"
    digits = {"deg": 0, "s": 1, "margins": 1}.get(unit, 2)
    number = round(value, digits) + 0.0  # + 0.0: no minus zero
    text = f"{number:{'+' if signed and number else ''}.{digits}f}"
    return f"{text}°" if unit == "deg" else f"{text} {unit}"


def values_text(low: float, high: float, unit: str) -> str:
    """A span of values in words; an infinite end is open."""
    if unit == "0 or 1":
        return "yes" if high == math.inf else "no"
    if low == -math.inf:
        return f"below {value_text(high, unit)}"
    if high == math.inf:
        return f"from {value_text(low, unit)} on"
    return f"{value_text(low, unit)} to {value_text(high, unit)}"


def said(feature: str, value: float, unit: str | None = None) -> str:
    """A feature with what was measured: ``knee flexion, change +27°``."""
    if feature in _INSIDE:
        return f"{words_of(feature)}, by {value:.1f} margins" if value >= TOLD_MARGINS else _INSIDE[feature]
    shown = value_text(value, unit_of(feature) if unit is None else unit, feature.endswith(".change"))
    gap = ": " if feature in OF_THE_WHOLE else " "
    return f"{words_of(feature)}{gap}{shown}"


def listed() -> tuple[tuple[str, str, str], ...]:
    """Name, unit and meaning of every feature that a score may look at."""
    names = feature_names(Side.LEFT)
    return tuple((name, unit_of(name), meaning_of(name)) for name in names)


def _whose(whose: str) -> str:
    return "the other leg's " if whose == "other" else ""
