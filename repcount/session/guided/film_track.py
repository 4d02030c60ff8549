"""The poses of a guided film: begun once a person keeps still in a good place, cut where it was interrupted.

Nobody knows the exercise yet: its start posture is the one that is kept.
"""

from __future__ import annotations

from math import hypot, isfinite
from statistics import mean
from typing import Final

from repcount.core.geometry import Point2, middle_2d
from repcount.core.guide import Surroundings
from repcount.core.records import NAN, Pose
from repcount.core.skeleton import INDEX
from repcount.session.guided.framing import (
    ANY_VIEW,
    FINE,
    STEADY_S,
    FramingAdvice,
    FramingCheck,
    extent_px,
    framing_advice,
)

MOVED_SHARE: Final = 0.04
"""Of the body's extent, mean of the joints: who moves less keeps still. The network's own trembling reaches
0.03 in the recordings of people who rest."""
SAME_POSTURE: Final = 0.12
"""Of the body's extent, mean of the joints: nearer postures are the same one."""
STILL_S: Final = 1.5  # the posture must be kept this long
SETTLES_S: Final = 6.0  # the least time to hear the instruction and to lie or sit down
PATIENCE_S: Final = 20.0  # the longest wait for a person to keep still, or to come back
SEAM_S: Final = 0.5  # between what was before an interruption and what is after it

_START: Final = FramingAdvice("keep_still")
_JOINTS: Final = [
    INDEX[f"{side}_{joint}"]
    for side in ("left", "right")
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
]
_HIPS: Final = (INDEX["left_hip"], INDEX["right_hip"])

Track = tuple[tuple[float, Pose | None], ...]
"""The time of each frame, media seconds, and the pose in it."""


class SettlingCheck:
    """Streams looks in; asks for a good place, then for the start posture, until it is kept still.

    Attributes
    ----------
    placed : whether the place is good.
    ready : whether the posture is kept still as well.
    """

    def __init__(self) -> None:
        self._framing, self._still = FramingCheck(), StillnessWatch()
        self._began_s = self._placed_s = NAN
        self.placed = self.ready = False

    def update(self, time_s: float, pose: Pose | None, around: Surroundings) -> FramingAdvice:
        """Take one look; return what is to be told."""
        still_s = self._still.update(time_s, pose)
        advice = self._framing.update(time_s, framing_advice(pose, around, NAN, ANY_VIEW))
        self._began_s = time_s if self._began_s != self._began_s else self._began_s
        self.placed = advice == FINE and time_s - self._began_s >= STEADY_S
        if not self.placed:
            self._placed_s = NAN
            return advice
        self._placed_s = time_s if self._placed_s != self._placed_s else self._placed_s
        placed_s = time_s - self._placed_s
        self.ready = (still_s >= STILL_S and placed_s >= SETTLES_S) or placed_s >= PATIENCE_S
        return FINE if self.ready else _START


class FilmTrack:
    """Collects poses; its clock stands still while nothing is collected."""

    def __init__(self) -> None:
        self._poses: list[tuple[float, Pose | None]] = []
        self._marks: list[int] = []
        self._kept = 0
        self._shift_s: float | None = None

    def add(self, time_s: float, pose: Pose | None) -> None:
        """Take the newest pose, None where nobody was found; times must increase."""
        if self._shift_s is None:
            self._shift_s = time_s - (self._poses[-1][0] + SEAM_S if self._poses else 0.0)
        self._poses.append((time_s - self._shift_s, pose))

    @property
    def begun(self) -> int:
        """How many repetitions have been begun."""
        return len(self._marks)

    def mark(self) -> None:
        """The next repetition begins here."""
        self._marks.append(len(self._poses))

    def cut(self, repetitions: int) -> None:
        """Keep so many repetitions, and nothing that came after them."""
        if repetitions < len(self._marks):
            self._kept = self._marks[repetitions] if repetitions else 0
        del self._marks[repetitions:]
        del self._poses[self._kept :]
        self._shift_s = None

    def poses(self) -> Track:
        """The film, with times from 0 on. It begins where the body first has the posture of the end.

        So lying or sitting down before the first repetition is not in the film, if the person does not get up
        before the end.
        """
        last = next((pose for _, pose in reversed(self._poses) if pose is not None), None)
        if last is None:
            return ()
        alike = (
            i
            for i, (_, pose) in enumerate(self._poses)
            if pose is not None and postures_apart(last, pose) <= SAME_POSTURE
        )
        found = self._poses[next(alike, 0) :]
        return tuple((time_s - found[0][0], pose) for time_s, pose in found)


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
