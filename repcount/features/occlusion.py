"""What is shown of a half hidden leg: the network only guesses it, from the other leg.

Where both legs do the same, the guess is as good as a leg in sight. Where they do not, it is often wrong by
tens of degrees and is not shown. docs/accuracy.md has the error of the angles that are shown.
"""

from __future__ import annotations

from dataclasses import replace

from repcount.core.records import NAN, LegAngles, Side
from repcount.core.signal_names import SIDES, LegSignals, Signals, seen_reader
from repcount.features.spans import opposite

VISIBLE = 0.05  # a leg less visible than this is not seen at all
HALF_HIDDEN = 0.65  # visibility; derived from the errors of the figure's far leg
WORSE_SHARE = 0.85  # a leg with less than this share of the other's visibility is the worse seen one
AGREES_DEG = 15.0  # knees that are as alike as this do the same
LIES_DEG = 60.0  # a trunk that is tilted further lies
BENT_DEG = 45.0  # a knee bent further
DOWN_DEG = 12.0  # a heel that is no further up than this, seen from the hip, is down

_KNEE = {side: seen_reader("knee_flexion_deg", side) for side in SIDES}
_HIP = {side: seen_reader("hip_flexion_deg", side) for side in SIDES}


def shown(signals: Signals, side: Side) -> LegAngles:
    """The angles of a leg that are fit to be shown; NaN where they are not."""
    leg, other = signals.leg(side), signals.leg(opposite(side))
    if not leg.visibility >= VISIBLE:
        return LegAngles()
    knee_deg = NAN if _is_guess(leg, other) else _KNEE[side](signals)
    return LegAngles(knee_deg, _HIP[side](signals))


def _is_guess(leg: LegSignals, other: LegSignals) -> bool:
    return (
        _is_half_hidden(leg, other) and not abs(leg.knee_flexion_deg - other.knee_flexion_deg) <= AGREES_DEG
    )


def unfolded(signals: Signals) -> Signals:
    """The signals, corrected for a person who lies with one knee bent and hides the other leg.

    The network draws the hidden leg bent too, though it may lie straight. While its heel is down, its knee is
    unknown, and its hip flexion is taken from the line to the heel.
    """
    if not signals.body.trunk_tilt_deg > LIES_DEG:
        return signals
    left, right = signals.left, signals.right
    if _is_copy(left, right):
        return replace(signals, left=_stretched(left))
    return replace(signals, right=_stretched(right)) if _is_copy(right, left) else signals


def _is_copy(leg: LegSignals, other: LegSignals) -> bool:
    bent = leg.knee_flexion_deg > BENT_DEG and other.knee_flexion_deg > BENT_DEG
    return bent and _is_half_hidden(leg, other) and leg.leg_flexion_deg < DOWN_DEG


def _is_half_hidden(leg: LegSignals, other: LegSignals) -> bool:
    return leg.visibility < HALF_HIDDEN and leg.visibility < WORSE_SHARE * other.visibility


def _stretched(leg: LegSignals) -> LegSignals:
    return replace(leg, knee_flexion_deg=NAN, hip_flexion_deg=leg.leg_flexion_deg)
