"""What is worth knowing of an input of which something was counted: what may be missing, and why.

A sink keeps what the input showed until its end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from repcount.core.geometry import difference_2d, middle_2d
from repcount.core.guide import Posture
from repcount.core.kinds import NAN, Note
from repcount.core.skeleton import INDEX
from repcount.pipeline.missed_movements import QUICK_S, least_deg, quick_swings, too_fast, uncounted_period_s

if TYPE_CHECKING:
    from repcount.core.records import Frame, InputSummary, Pose, Snapshot
    from repcount.exercises.spec import Exercise
    from repcount.pipeline.missed_movements import Watched
    from repcount.session.session import SessionOptions

MOST_KEPT: Final = 12_000
"""The most frames that are examined again: the first thirteen minutes at 15 a second."""
MOST_TIMES: Final = 900
FEW: Final = 2
"""Repetitions: if no more than this were counted, most of them may have been missed."""
LEAST_PER_S: Final = 6.0
"""Frames a second: with this many no exercise loses a repetition (docs/performance.md)."""
LYING_DEG: Final = 60.0
"""If the head of a standing person is further than this from straight up, the picture is not upright."""

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


def notes_on(summary: InputSummary, kept: KeptPoses, watched: Watched) -> tuple[Note, ...]:
    """What is worth knowing beside what was counted; nothing where nothing was."""
    if not any(one.repetitions or one.holds for one in summary.exercises):
        return ()
    per_s = per_second(kept.times_s)
    if per_s < LEAST_PER_S:
        return (Note("few_pictures", per_s, LEAST_PER_S),)
    turn_deg = max((_turn_deg(exercise, kept) for exercise, _ in watched), default=0)
    if turn_deg:
        return (Note("turned", turn_deg),)
    fast = too_fast(kept.poses, watched) if kept.poses else None  # where only a few were counted
    missed_s = [period_s for each in watched if math.isfinite(period_s := _missed_s(*each, kept, summary))]
    if fast is None and not missed_s:
        return ()
    return (Note("too_fast", missed_s[0] if fast is None else fast.value, QUICK_S),)


def _missed_s(exercise: Exercise, options: SessionOptions, kept: KeptPoses, summary: InputSummary) -> float:
    """How long each of many movements took that were too quick to be counted; NaN where there were none."""
    done = (one for one in summary.exercises if one.exercise == exercise.name)
    peaks_s = [rep.peak_s for one in done for rep in one.repetitions]
    followed = [(each.time_s, each.drive) for each in kept.followed.get(exercise.name, ())]
    return uncounted_period_s(quick_swings(followed, least_deg(exercise, options)), peaks_s)


def _turn_deg(exercise: Exercise, kept: KeptPoses) -> int:
    """By how much to turn, clockwise, the picture of somebody who stands; 0 where they stand in it."""
    followed: Sequence[Followed] = kept.followed.get(exercise.name, ())
    heads_deg = [each.head_deg for each in followed if each.head_deg == each.head_deg]
    if exercise.place is None or exercise.place.posture is not Posture.STANDING or not heads_deg:
        return 0
    lying = [deg for deg in heads_deg if abs(deg) > LYING_DEG]
    if 2 * len(lying) < len(heads_deg):
        return 0
    upside_down = [deg for deg in lying if abs(deg) > 180 - LYING_DEG / 2]
    if 2 * len(upside_down) > len(lying):
        return 180
    return 90 if median(lying) < 0 else 270
