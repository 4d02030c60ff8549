"""Every public name as a typed user writes it. mypy checks this file, strictly; it is never run."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import repcount


def a_file(path: str) -> tuple[repcount.Rep, ...]:
    result: repcount.Result = repcount.analyze(
        path, "wall-squat", side="left", range="gentle", limit={"knee": 60}
    )
    counted: int = repcount.count(path)
    summary: repcount.ExerciseSummary = result.exercises[0]
    holds: tuple[repcount.Hold, ...] = summary.holds
    cues: tuple[repcount.Cue, ...] = summary.cues
    faults: list[repcount.Fault] = [fault for hold in holds for fault in hold.faults]
    assert counted + len(cues) + len(faults) + result.count
    document: dict[str, Any] = result.to_dict()
    angles: repcount.JointAngles = result.angles()
    knee_deg: NDArray[np.float64] = angles.left_knee_deg
    assert len(document) + len(knee_deg)
    result.write_angles("squat.mot")
    return summary.repetitions


def a_loop(points_px: NDArray[np.float32], scores: NDArray[np.float32]) -> repcount.Result:
    exercise: repcount.Exercise = repcount.load_exercise("own.toml")
    names: tuple[str, ...] = repcount.exercises()
    counter: repcount.Counter = repcount.Counter(exercise if names else None)
    pose: repcount.Pose = repcount.Pose.from_coco17(points_px, scores, 640, 480)
    now: repcount.Update = counter.update(0.0, pose)
    left: repcount.LegAngles = now.left
    rep: repcount.Rep | None = now.repetition
    if rep is not None and left.knee_deg > 60.0:
        raise repcount.RepcountError(repcount.__version__)
    return counter.finish()
