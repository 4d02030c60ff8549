"""What a guided session shows of its programme: the range asked for, and the summary at the end."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from repcount.core.guide import Achieved, Joint, TargetRange
from repcount.core.model import CountBy, ExerciseSummary, Status
from repcount.counting.ranges import Ranges
from repcount.engine.bout import Block, Sets

WIDE_DEG = 10.0  # how far beyond its target the range is drawn

_JOINTS = {"knee_flexion_deg": Joint.KNEE, "hip_flexion_deg": Joint.HIP}


def target_of(block: Block) -> TargetRange:
    """The range asked for: from where a repetition is no longer short, to a little beyond the target."""
    exercise, options = block.exercise, block.options
    preset = Ranges(exercise, options.preset, options.own).of(options.side)
    rest_deg = max(0.0, sum(exercise.drive.rest) / 2)
    margin = exercise.short.below_target_deg or WIDE_DEG
    lo = max(exercise.drive.safe[0], preset.target_deg - margin)
    hi = min(exercise.drive.safe[1], preset.target_deg + WIDE_DEG)
    return TargetRange(_JOINTS.get(exercise.drive.signal), lo, hi, rest_deg)


def achieved(parts: Sequence[tuple[Sets, tuple[ExerciseSummary, ...]]]) -> tuple[Achieved, ...]:
    """The summary, a line for each exercise of which anything was done."""
    return tuple(
        _line(sets, summary)
        for sets, summaries in parts
        for summary in summaries
        if summary.repetitions or not sets.block.is_open
    )


def _line(sets: Sets, summary: ExerciseSummary) -> Achieved:
    names = {exercise.name: exercise for exercise, _ in sets.block.exercises}
    dose = names[summary.exercise].dose
    by_holds = (sets.block.options.count_by or dose.count) is CountBy.HOLDS
    counted = summary.holds if by_holds else summary.repetitions
    return Achieved(
        exercise=summary.exercise,
        title=names[summary.exercise].title,
        sets_done=sets.completed,
        sets=0 if sets.block.is_open else sets.whole,
        counted=summary.counted,
        hold_s=fsum(hold.valid_s for hold in summary.holds) if by_holds else 0.0,
        faulty=sum(done.status is not Status.OK for done in counted),
    )
