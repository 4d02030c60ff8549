"""Doings on the floor that are none of the five exercises, though they may look like them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from tools.figure.motions.leg_raise import MAT_M, bent_leg, flat_foot, mat, resting_deg, straight_leg, supine
from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import UP, Act, Draft, Stage
from tools.figure.rotation import rx, rz
from tools.figure.skeleton import SIDES, Pose

CYCLE_S: Final = 1.9
HEEL_M: Final = 0.052
"""Height of an ankle whose heel lies on the floor with the toes up."""
HEEL_KNEE_DEG: Final = 100.0
"""How far a knee bends while its heel slides."""


def _act(
    stage: Stage,
    score: Score,
    pose_at: Callable[[float], Pose],
    drive: str = "hip",
    alternates: bool = False,
) -> Act:
    side = stage.part.side if alternates else "both"
    length = score.duration_s
    return Act(
        stage.part.exercise, "supine", length, pose_at, score, side, drive, mat(), alternates=alternates
    )


def bridge(stage: Stage) -> Act:
    """Both feet flat; the hips are lifted until trunk and thighs are in line."""
    score = Score(stage.part, Tempo(1.4, 1.6, 1.4, 1.0), stage.seed)
    turn, sk = stage.lying(prone=False), stage.skeleton

    def pose_at(t: float) -> Pose:
        flat = supine(stage, t)
        ankles = {}
        for side, _ in SIDES:
            hip, reach = flat.hip(side), sk.leg_m(97.0)
            height = sk.ankle_m + MAT_M
            ankles[side] = hip + np.array([-stage.way * np.sqrt(reach**2 - (hip[1] - height) ** 2), 0, 0])
            ankles[side][1] = height
        tilt = 27.0 * score.level(t)
        trunk = 0.47
        up = np.array(
            [stage.way * trunk * (1 - np.cos(np.radians(tilt))), trunk * np.sin(np.radians(tilt)), 0]
        )
        middle = (flat.hip("L") + flat.hip("R")) / 2
        draft = Draft(stage, rz(-stage.way * tilt) @ turn, middle + up)
        draft.trunk(rx(2), rx(-2), rx(4 + tilt * 0.8), rx(4))
        for side, sign in SIDES:
            draft.leg(side, ankles[side], UP, turn[:, 0])
            draft.foot(side, flat_foot(stage))
            draft.orient(f"uarm.{side}", turn @ rx(9) @ rz(sign * 14))
            draft.turn(f"farm.{side}", rx(-6))
        return draft.pose()

    return _act(stage, score, pose_at)


def crunch(stage: Stage) -> Act:
    """Both feet flat; head and shoulders curl up."""
    score = Score(stage.part, Tempo(1.0, 0.5, 1.1, 0.6), stage.seed)

    def pose_at(t: float) -> Pose:
        curl = 27.0 * score.level(t)
        draft = supine(stage, t)
        draft.trunk(rx(2 + 0.6 * curl), rx(-1 + 0.6 * curl), rx(4 + 0.3 * curl), rx(6))
        for side, sign in SIDES:
            bent_leg(draft, stage, side)
            draft.turn(f"uarm.{side}", rx(-30 - 0.3 * curl) @ rz(sign * 18))
            draft.turn(f"farm.{side}", rx(-100))
        return draft.pose()

    return _act(stage, score, pose_at)


def knee_hug(stage: Stage) -> Act:
    """One knee and then the other, or the named one, is drawn to the chest."""
    score = Score(stage.part, Tempo(1.5, 2.0, 1.5, 1.0), stage.seed)

    def pose_at(t: float) -> Pose:
        draft, beat, level = supine(stage, t), score.beat_at(t), score.level(t)
        active = stage.turn_of(beat)
        for side, sign in SIDES:
            share = level if side == active else 0.0
            rest = resting_deg(draft, stage, side)
            draft.turn(f"thigh.{side}", rx(-rest - (112 - rest) * share))
            draft.turn(f"shin.{side}", rx(3 + 120 * share))
            draft.turn(f"foot.{side}", rx(12))
            draft.turn(f"uarm.{side}", rx(9 - 55 * level) @ rz(sign * (14 - 8 * level)))
            draft.turn(f"farm.{side}", rx(-6 - 40 * level))
        return draft.pose()

    return _act(stage, score, pose_at, alternates=True)


def double_leg_raise(stage: Stage) -> Act:
    """Both straight legs are lifted together."""
    score = Score(stage.part, Tempo(1.5, 0.8, 1.7, 1.0), stage.seed)

    def pose_at(t: float) -> Pose:
        draft, level = supine(stage, t), score.level(t)
        for side, _ in SIDES:
            rest = resting_deg(draft, stage, side)
            straight_leg(draft, side, rest + (58 - rest) * level, 3)
        return draft.pose()

    return _act(stage, score, pose_at)


def heel_slide(stage: Stage) -> Act:
    """One heel and then the other, or the named one, slides along the floor towards the seat and back."""
    score = Score(stage.part, Tempo(1.6, 0.7, 1.6, 0.9), stage.seed)
    turn, sk = stage.lying(prone=False), stage.skeleton

    def pose_at(t: float) -> Pose:
        draft, level = supine(stage, t), score.level(t)
        active = stage.turn_of(score.beat_at(t))
        for side, _ in SIDES:
            if side != active:
                straight_leg(draft, side, resting_deg(draft, stage, side), 3)
                continue
            hip, reach = draft.hip(side), sk.leg_m(3 + HEEL_KNEE_DEG * level)
            height = HEEL_M + (0.6 * sk.ankle_m + 0.4 * HEEL_M - HEEL_M) * min(level, 1) + MAT_M
            ankle = hip + np.array([-stage.way * np.sqrt(reach**2 - (hip[1] - height) ** 2), 0, 0])
            ankle[1] = height
            draft.leg(side, ankle, UP, turn[:, 0])
            draft.foot(side, turn @ rx(14 + 52 * level))
        return draft.pose()

    return _act(stage, score, pose_at, "knee", alternates=True)


def cycling(stage: Stage) -> Act:
    """Both legs in the air, pedalling."""
    score = Score(stage.part, Tempo(CYCLE_S, 0.1, CYCLE_S, 0.1), stage.seed)
    begin, end = 1.0, score.duration_s - 1.0

    def pose_at(t: float) -> Pose:
        draft = supine(stage, t)
        share = float(np.clip(min(t - begin, end - t) / 1.2, 0, 1))
        for i, (side, _) in enumerate(SIDES):
            turn = 2 * np.pi * t / CYCLE_S + np.pi * i
            bent_leg(draft, stage, side)
            rest = resting_deg(draft, stage, side)
            hip, knee = 68 + 32 * np.sin(turn), 62 + 45 * np.sin(turn + 0.6)
            draft.turn(f"thigh.{side}", rx(-rest - (hip - rest) * share))
            draft.turn(f"shin.{side}", rx(3 + (knee - 3) * share))
            draft.turn(f"foot.{side}", rx(8))
            draft.turn(f"toe.{side}", rx(0))
        return draft.pose()

    return Act(stage.part.exercise, "supine", score.duration_s, pose_at, boxes=mat())
