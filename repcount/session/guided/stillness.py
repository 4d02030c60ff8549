"""Whether a person keeps still, and whether two poses are the same posture."""

from __future__ import annotations

from math import hypot, isfinite
from statistics import mean
from typing import Final

from repcount.core.geometry import Point2, middle_2d
from repcount.core.records import NAN, Pose
from repcount.core.skeleton import INDEX
from repcount.session.guided.framing import extent_px

MOVED_SHARE: Final = 0.04
"""Of the body's extent, mean of the joints: who moves less keeps still. The network's own trembling reaches
0.03 in the recordings of people who rest."""

_JOINTS: Final = [
    INDEX[f"{side}_{joint}"]
    for side in ("left", "right")
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
]
_HIPS: Final = (INDEX["left_hip"], INDEX["right_hip"])


class StillnessWatch:
    """Streams poses in, tells for how long the person has kept still."""

    def __init__(self) -> None:
        self._kept: Pose | None = None
        self._since_s = NAN

    def update(self, time_s: float, pose: Pose | None) -> float:
        """Take the newest pose; return for how many seconds it has been the same; 0 where there is none."""
        if pose is None:
            self._kept = None
            return 0.0
        if self._kept is None or not apart(self._kept, pose) <= MOVED_SHARE:
            self._kept, self._since_s = pose, time_s
        return time_s - self._since_s


def apart(one: Pose, other: Pose) -> float:
    """How far the joints of two poses are from each other, mean, in extents of the first body."""
    return _apart(one, (0.0, 0.0), other, (0.0, 0.0))


def postures_apart(one: Pose, other: Pose) -> float:
    """As :func:`apart`, wherever in the picture the bodies are: hips on hips."""
    return _apart(one, _hips(one), other, _hips(other))


def _hips(pose: Pose) -> Point2:
    return middle_2d(*(pose.points_px[row] for row in _HIPS))


def _apart(one: Pose, origin: Point2, other: Pose, other_origin: Point2) -> float:
    """NaN where no joint is known in both."""
    moved = [
        hypot(
            (one.points_px[row][0] - origin[0]) - (other.points_px[row][0] - other_origin[0]),
            (one.points_px[row][1] - origin[1]) - (other.points_px[row][1] - other_origin[1]),
        )
        for row in _JOINTS
    ]
    known = [distance for distance in moved if isfinite(distance)]
    return mean(known) / max(1.0, extent_px(one.points_px)) if known else NAN
