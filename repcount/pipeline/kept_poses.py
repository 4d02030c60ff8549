"""What an input showed, kept until its end for what is to be said of it then; a sink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from repcount.core.geometry import difference_2d, middle_2d
from repcount.core.kinds import NAN
from repcount.core.skeleton import INDEX

if TYPE_CHECKING:
    from repcount.core.records import Frame, Pose, Snapshot

MOST_KEPT: Final = 12_000
"""The most frames that are examined again: the first thirteen minutes at 15 a second."""
MOST_TIMES: Final = 900
FEW: Final = 2
"""Repetitions: if no more than this were counted, most of them may have been missed."""
LEAST_PER_S: Final = 6.0
"""Frames a second: with this many no exercise loses a repetition (docs/performance.md)."""

_SHOULDERS = (INDEX["left_shoulder"], INDEX["right_shoulder"])
_HIPS = (INDEX["left_hip"], INDEX["right_hip"])


class Followed(NamedTuple):
    """A frame of an exercise: the counted signal, and where the head is, clockwise from straight up, deg."""

    time_s: float
    drive: float
    head_deg: float


class KeptPoses:
    """Remembers how the counted signal went, and all poses until more than a few repetitions are counted.

    Attributes
    ----------
    poses : with their times; none where they are not wanted any more.
    times_s : of the first frames.
    followed : of each exercise by its name.
    """

    def __init__(self) -> None:
        self.poses: list[tuple[float, Pose | None]] = []
        self.times_s: list[float] = []
        self.followed: dict[str, list[Followed]] = {}
        self._wanted = True

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        if len(self.times_s) < MOST_TIMES:
            self.times_s.append(frame.time_s)
        self._follow(snapshot)
        if snapshot.reps > FEW:
            self._wanted = False
            self.poses.clear()
        elif self._wanted and len(self.poses) < MOST_KEPT:
            self.poses.append((frame.time_s, snapshot.pose))

    def _follow(self, snapshot: Snapshot) -> None:
        kept = self.followed.setdefault(snapshot.exercise, [])
        if snapshot.pose is not None and len(kept) < MOST_KEPT:
            kept.append(Followed(snapshot.time_s, snapshot.drive_deg, _head_deg(snapshot.pose)))

    def close(self) -> None:
        """Nothing is written."""

    def discard(self) -> None:
        """Nothing is written."""


def per_second(times_s: Sequence[float]) -> float:
    """Pictures a second; infinite where there are too few to say."""
    steps_s = [after - before for before, after in pairwise(times_s)]
    return 1.0 / median(steps_s) if steps_s else math.inf


def _head_deg(pose: Pose) -> float:
    """Where the head is, clockwise from straight up; NaN where the trunk is not in the picture."""
    points, (width_px, height_px) = pose.points_px, pose.size_px
    trunk = [points[row] for row in (*_SHOULDERS, *_HIPS)]
    if not all(0 <= x < width_px and 0 <= y < height_px for x, y in trunk):
        return NAN
    right, down = difference_2d(middle_2d(*trunk[:2]), middle_2d(*trunk[2:]))
    return math.degrees(math.atan2(right, -down))
