"""Snapshots and summaries as the sinks are given them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.stick import pose, squatting
from repcount.core.records import (
    Cue,
    ExerciseSummary,
    Fault,
    Hold,
    InputSummary,
    LegAngles,
    Phase,
    Rep,
    SetProgress,
    SetSummary,
    Side,
    Snapshot,
    Status,
)

GREY = 120


def picture(size_px: tuple[int, int] = (640, 480), grey: int = GREY) -> NDArray[np.uint8]:
    """A plain picture of (width, height)."""
    return np.full((size_px[1], size_px[0], 3), grey, np.uint8)


def snapshot(size_px: tuple[int, int] = (640, 480), **changes: object) -> Snapshot:
    """The bottom of a wall squat, left leg judged."""
    now = Snapshot(
        time_s=4.0,
        exercise="wall-squat",
        pose=pose(squatting(90.0), size_px),
        phase=Phase.PEAK,
        side=Side.LEFT,
        left=LegAngles(90.0, 90.0),
        right=LegAngles(90.0, 90.0),
        drive_deg=90.0,
        view_deg=0.0,
        count=3,
        reps=3,
        holds=0,
        holding_s=0.0,
        progress=SetProgress(2, 3, 7, 12),
    )
    return replace(now, **changes)  # type: ignore[arg-type]


def cue(text: str = "Keep your back on the wall") -> Cue:
    return Cue(4.0, "back_off_wall", text)


def rep(number: int = 1, **changes: object) -> Rep:
    one = Rep(
        number=number,
        side=Side.LEFT,
        start_s=1.0,
        peak_s=2.2,
        end_s=4.0,
        announced_s=4.1,
        rom_deg=78.0,
        peak_deg=80.0,
        up_s=1.2,
        hold_s=0.5,
        down_s=1.3,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def hold(number: int = 1, **changes: object) -> Hold:
    one = Hold(number=number, side=Side.LEFT, start_s=1.0, end_s=16.5, valid_s=15.1, breaks=1)
    return replace(one, **changes)  # type: ignore[arg-type]


def fault(code: str = "knee_bends", time_s: float = 2.0, worst: float = 34.5678) -> Fault:
    return Fault(code, worst, "deg", time_s)


def summary(
    repetitions: tuple[Rep, ...] = (), holds: tuple[Hold, ...] = (), source: str = "film.mp4"
) -> InputSummary:
    exercise = ExerciseSummary(
        exercise="wall-squat",
        start_s=0.0,
        end_s=30.0,
        view_deg=12.3456,
        not_judged=("knees_cave_in",),
        counted=sum(one.status is not Status.SHORT for one in repetitions),
        repetitions=repetitions,
        holds=holds,
        cues=(cue(),),
        sets=(SetSummary(1, 1.0, 16.5, len(repetitions), len(holds), range_fade=-0.1),),
    )
    return InputSummary(source, None, 30.0, 900, 899, 890, (exercise,))
