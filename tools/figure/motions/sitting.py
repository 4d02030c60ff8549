"""Sitting down on a chair and getting up, and sitting down to stay."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo, ease
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.rotation import rx
from tools.figure.scenery import chair
from tools.figure.skeleton import SIDES, Pose
from tools.figure.solids import Box

SEAT_M: Final = 0.46
CHAIR_M: Final = -0.30
"""Middle of the seat, behind the ankles."""


def chair_behind(stage: Stage) -> tuple[Box, ...]:
    """A chair behind the person, its back away from them."""
    boxes = chair(0.0, 0.0)
    if stage.way > 0:
        boxes = tuple(Box((-b.high[0], *b.low[1:]), (-b.low[0], *b.high[1:]), b.material) for b in boxes)
    return tuple(box.moved(np.array([CHAIR_M * stage.way, 0, 0])) for box in boxes)


def seated_pose(stage: Stage, share: float, time_s: float) -> Pose:
    """A share of the way from standing before the chair (0) to sitting on it (1)."""
    sk, turn = stage.skeleton, stage.upright()
    forward, lateral = turn[:, 2], turn[:, 0]
    stand = sk.ankle_m + sk.leg_m(7.0)
    seat = SEAT_M + 0.095 * stage.body.girth
    hips = np.array([0, stand + (seat - stand) * share, 0]) + forward * (CHAIR_M - 0.02) * share
    bow = 34 * float(np.sin(np.pi * np.clip(share, 0, 1)) ** 1.5)
    draft = Draft(stage, turn @ rx(2 + bow - 6 * share + stage.sway(time_s, 0.6)), hips)
    draft.trunk(rx(0.25 * bow), rx(0.15 * bow), rx(-0.5 * bow + stage.sway(time_s, 2.5, 1)), rx(2))
    for side, sign in SIDES:
        ankle = np.array([0, sk.ankle_m, 0]) + lateral * sign * 0.11
        draft.leg(side, ankle, forward, lateral)
        draft.foot(side, turn)
    draft.arms(flex=4 + 0.8 * bow + 28 * share, elbow=12 + 40 * share)
    return draft.pose()


def sit_to_stand(stage: Stage) -> Act:
    """Sits down and gets up again, as often as there are repetitions."""
    score = Score(stage.part, Tempo(1.5, 1.2, 1.4, 1.4), stage.seed)
    return Act(
        stage.part.exercise,
        "standing",
        score.duration_s,
        lambda t: seated_pose(stage, score.level(t), t),
        score,
        drive="knee",
        boxes=chair_behind(stage),
    )


def sitting_down(stage: Stage) -> Act:
    """Stands, sits down and stays."""
    begin = stage.part.motion.lead_s

    def pose_at(t: float) -> Pose:
        return seated_pose(stage, float(ease((t - begin) / 1.6)), t)

    return Act(stage.part.exercise, "seated", begin + 14.0, pose_at, boxes=chair_behind(stage))
