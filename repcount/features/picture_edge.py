"""Joints outside the picture: the network invents a place for them, with a visibility of 0.3 or even 0.9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from repcount.core.records import Pose
from repcount.core.signal_names import JOINTS, SIDES, Signals
from repcount.core.skeleton import INDEX

EDGE_SHARE: Final = 0.03
"""Of the picture's shorter side: a joint further than this beyond the edge is outside. A joint nearer to the
edge, within or beyond, is outside if its visibility is below ``DOUBTED``."""
DOUBTED: Final = 0.5
"""Below this visibility a joint is in doubt; most joints in sight have 0.9."""

_NAMES = sorted({joint for joints in JOINTS.values() for joint in joints})
_ROWS = tuple((f"{side}_{name}", INDEX[f"{side}_{name}"]) for side in ("left", "right") for name in _NAMES)
_NONE: frozenset[str] = frozenset()


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


PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "head": ("ear",),
    "trunk": ("shoulder", "hip"),
    "knees": ("knee",),
    "feet": ("ankle", "heel", "foot_index"),
}
"""Parts of the body by the joints that show them."""


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
