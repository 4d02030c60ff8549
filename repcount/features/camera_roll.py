"""How far the camera leans to a side: gravity is then not the picture's vertical.

A person who stands with straight legs and an upright trunk shows it: the median lean of the trunk is that of
the camera. From a few degrees on, form is judged as a level camera would see it; the rules of form allow for
less. Counting needs no vertical: up to 20 degrees it counts as well without.
"""

from __future__ import annotations

from dataclasses import replace
from math import atan2, cos, degrees, radians, sin
from typing import Final

from repcount.core.geometry import middle_2d
from repcount.core.records import Pose
from repcount.core.signal_names import Signals
from repcount.core.skeleton import INDEX
from repcount.features.foreshortening import PoseMeasurer
from repcount.features.running_median import RunningMedian

LEARN_S: Final = 0.5  # of standing that must have been seen
LEAST_DEG: Final = 4.0  # the rules about form leave 5 degrees for the camera's error
MOST_DEG: Final = 22.0  # a trunk that leans further is bent
STRAIGHT_DEG: Final = (
    45.0  # knees, and the legs against the trunk, of somebody who stands; a step from a wall too
)
FOLLOW_DEG_S: Final = 2.0  # the correction changes no faster than this: a jump would look like a movement
LONGEST_S: Final = 0.2  # a longer gap between two frames does not count as standing

_SHOULDERS = (INDEX["left_shoulder"], INDEX["right_shoulder"])
_HIPS = (INDEX["left_hip"], INDEX["right_hip"])


class CameraRoll:
    """Streams poses and their signals in; gives the signals with what a level camera would have measured."""

    def __init__(self) -> None:
        self._leans = RunningMedian(-round(MOST_DEG), round(MOST_DEG))
        self._stood_s = 0.0
        self._last_s: float | None = None
        self._turned_deg: float | None = None
        self._measurer = PoseMeasurer()

    @property
    def roll_deg(self) -> float:
        """How far the camera leans as far as is known; positive where upright people lean to the right."""
        return self._leans.median_deg if self._stood_s >= LEARN_S else 0.0

    def update(self, time_s: float, pose: Pose, signals: Signals) -> Signals:
        """Take a pose as the camera saw it, and its signals; return these with ``level`` where it leans."""
        elapsed_s = time_s - self._last_s if self._last_s is not None else 0.0
        self._last_s = time_s
        self._learn(min(elapsed_s, LONGEST_S), pose, signals)
        roll_deg = self._turn(elapsed_s)
        if roll_deg is None:
            return signals
        level = self._measurer.update(time_s, turned(pose, -roll_deg))
        return replace(signals, level=replace(level, unseen=signals.unseen))

    def _learn(self, stood_s: float, pose: Pose, signals: Signals) -> None:
        if _stands(signals):
            lean_deg = _lean_deg(pose)
            if abs(lean_deg) <= MOST_DEG:
                self._leans.add(lean_deg)
                self._stood_s += stood_s

    def _turn(self, elapsed_s: float) -> float | None:
        """By how much the picture is to be turned now; None while the camera is level as far as is known."""
        wanted, now = self.roll_deg, self._turned_deg
        if now is None and abs(wanted) < LEAST_DEG:
            return None
        most = FOLLOW_DEG_S * elapsed_s
        self._turned_deg = wanted if now is None else now + max(-most, min(most, wanted - now))
        return self._turned_deg


def _stands(signals: Signals) -> bool:
    left, right = signals.left, signals.right
    return (
        max(left.knee_flexion_deg, right.knee_flexion_deg) < STRAIGHT_DEG
        and max(left.leg_flexion_deg, right.leg_flexion_deg) < STRAIGHT_DEG
    )


def _lean_deg(pose: Pose) -> float:
    """The trunk's lean in the picture, to the right positive; NaN where it is not known."""
    points = pose.points_px
    shoulder = middle_2d(*(points[row] for row in _SHOULDERS))
    hip = middle_2d(*(points[row] for row in _HIPS))
    return degrees(atan2(shoulder[0] - hip[0], hip[1] - shoulder[1]))


def turned(pose: Pose, angle_deg: float) -> Pose:
    """The pose turned clockwise about the middle of the picture, in the picture and in space."""
    a = radians(angle_deg)
    middle_x, middle_y = pose.size_px[0] / 2, pose.size_px[1] / 2
    marks, world = pose.landmarks_px.copy(), pose.world_m.copy()
    for points, x, y in ((marks, middle_x, middle_y), (world, 0.0, 0.0)):
        right, down = points[:, 0] - x, points[:, 1] - y
        points[:, 0] = cos(a) * right - sin(a) * down + x
        points[:, 1] = sin(a) * right + cos(a) * down + y
    return Pose(marks, pose.visibility, world, pose.size_px)
