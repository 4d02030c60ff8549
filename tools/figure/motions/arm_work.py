"""Exercises of the arms, done standing: the elbows bend, or the straight arms are lifted sideways."""

from __future__ import annotations

from collections.abc import Callable

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import Act, Draft, Stage, standing_draft
from tools.figure.skeleton import SIDES, Pose


def _act(stage: Stage, tempo: Tempo, drive: str, lift: Callable[[Draft, str, float], None]) -> Act:
    """Standing while the arms that the part names are lifted; the others hang."""
    score = Score(stage.part, tempo, stage.seed)

    def pose_at(t: float) -> Pose:
        draft = standing_draft(stage, t)
        for side, _ in SIDES:
            lift(draft, side, score.level(t) if side in stage.legs() else 0.0)
        return draft.pose()

    return Act(stage.part.exercise, "standing", score.duration_s, pose_at, score, stage.part.side, drive)


def biceps_curl(stage: Stage) -> Act:
    """The elbows bend until the hands are before the shoulders."""

    def lift(draft: Draft, side: str, level: float) -> None:
        draft.arm(side, flex=2 + 8 * level, abduct=7 + 2 * level, elbow=12 + 122 * level)

    return _act(stage, Tempo(1.2, 0.4, 1.4, 0.7), "elbow", lift)


def arm_raise(stage: Stage) -> Act:
    """The straight arms are lifted sideways to the height of the shoulders."""

    def lift(draft: Draft, side: str, level: float) -> None:
        draft.arm(side, flex=4, abduct=8 + 78 * level, elbow=10)

    return _act(stage, Tempo(1.3, 0.5, 1.5, 0.8), "shoulder", lift)
