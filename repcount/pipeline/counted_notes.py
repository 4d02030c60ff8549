"""What is worth knowing of an input of which something was counted: what may be missing, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.guide import Posture
from repcount.core.kinds import Note
from repcount.pipeline.kept_poses import LEAST_PER_S, Followed, KeptPoses, per_second
from repcount.pipeline.nothing_counted import too_fast
from repcount.pipeline.quick_movements import QUICK_S, quick_swings, uncounted_period_s

if TYPE_CHECKING:
    from repcount.core.records import InputSummary
    from repcount.exercises.spec import Exercise
    from repcount.pipeline.turned_poses import Watched
    from repcount.session.session import SessionOptions

LYING_DEG: Final = 60.0
"""If the head of a standing person is further than this from straight up, the picture is not upright."""


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
    least_deg = exercise.presets[options.preset or exercise.default_preset].min_rom_deg
    return uncounted_period_s(quick_swings(followed, least_deg), peaks_s)


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
