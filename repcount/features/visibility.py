"""What of the body is seen: legs that hide each other, and joints outside the picture.

The network only guesses a half hidden leg, from the other leg. Where both legs do the same, the guess is as
good as a leg in sight. Where they do not, it is often wrong by tens of degrees and is not shown.
docs/accuracy.md has the error of the angles that are shown. For a joint outside the picture it invents a
place, with a visibility of 0.3 or even 0.9.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from repcount.core.records import NAN, LegAngles, Pose, Side
from repcount.core.signal_names import JOINTS, SIDES, LegSignals, Signals, seen_reader
from repcount.core.skeleton import INDEX
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

EDGE_SHARE: Final = 0.03
"""Of the picture's shorter side: a joint further than this beyond the edge is outside. A joint nearer to the
edge, within or beyond, is outside if its visibility is below ``DOUBTED``."""
DOUBTED: Final = 0.5
"""Below this visibility a joint is in doubt; most joints in sight have 0.9."""

_NAMES = sorted({joint for joints in JOINTS.values() for joint in joints})
_ROWS = tuple((f"{side}_{name}", INDEX[f"{side}_{name}"]) for side in ("left", "right") for name in _NAMES)
_NONE: frozenset[str] = frozenset()

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "head": ("ear",),
    "trunk": ("shoulder", "hip"),
    "knees": ("knee",),
    "feet": ("ankle", "heel", "foot_index"),
}
"""Parts of the body by the joints that show them."""


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


def stretch_hidden_leg(signals: Signals) -> Signals:
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


def unseen_joints(pose: Pose) -> frozenset[str]:
    """Names of the joints, such as ``left_ankle``, that are outside the picture."""
    width, height = pose.size_px
    edge = EDGE_SHARE * min(width, height)
    points = pose.points_px
    near = [
        (name, row, x, y)
        for name, row in _ROWS
        for x, y in (points[row],)
        if x < edge or y < edge or x > width - edge or y > height - edge
    ]
    if not near:
        return _NONE
    return frozenset(
        name
        for name, row, x, y in near
        if pose.visibility[row] < DOUBTED or x < -edge or y < -edge or x > width + edge or y > height + edge
    )


class PictureEdge:
    """Streams signals in; says which parts of the body were outside the picture most of the time."""

    def __init__(self) -> None:
        self._moments = 0
        self._outside: Counter[str] = Counter()

    def add(self, signals: Signals) -> None:
        """Take the newest signals."""
        self._moments += 1
        if signals.unseen:
            self._outside.update(part for part, joints in PARTS.items() if _is_out(joints, signals.unseen))

    @property
    def outside(self) -> tuple[str, ...]:
        """Names of :data:`PARTS`, from head to feet."""
        return tuple(part for part in PARTS if 2 * self._outside[part] > self._moments)


def _is_out(joints: Sequence[str], unseen: frozenset[str]) -> bool:
    """Whether at least half of a part's joints are outside, of both sides together."""
    out = sum(f"{side.value}_{joint}" in unseen for side in SIDES for joint in joints)
    return out >= len(joints)
