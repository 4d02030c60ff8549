"""Exercises done standing that are none of the five: a leg lifted sideways, the trunk bowed forwards."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.rotation import rx, rz
from tools.figure.skeleton import INDEX, SIDES, Pose, Skeleton

ASIDE_DEG: Final = 33.0
"""How far a raised leg is off the vertical; the pelvis adds a little."""
HALF_STANCE_M: Final = 0.09
BOW_DEG: Final = 66.0
"""How far the trunk bows forwards."""


def side_leg_raise(stage: Stage) -> Act:
    """One straight leg and then the other, or the named one, is lifted sideways."""
    score = Score(stage.part, Tempo(1.3, 0.5, 1.4, 0.9), stage.seed)
    sk, turn = stage.skeleton, stage.upright()
    forward, lateral = turn[:, 2], turn[:, 0]

    def pose_at(t: float) -> Pose:
        active, level = stage.turn_of(score.beat_at(t)), score.level(t)
        out = dict(SIDES)[active]
        hips = np.array([0, sk.ankle_m + sk.leg_m(6.0), 0]) + forward * 0.02
        hips = hips - lateral * out * 0.055 * min(2 * level, 1) * (2 - min(2 * level, 1))
        draft = Draft(stage, turn @ rx(2 + stage.sway(t, 0.4, 1)) @ rz(3.5 * out * level), hips)
        lean = out * level
        draft.trunk(rz(1.5 * lean + stage.sway(t, 0.5)), rz(-lean), rz(-2 * lean), rx(2))
        for side, sign in SIDES:
            floor = np.array([0, sk.ankle_m, 0]) + lateral * sign * HALF_STANCE_M
            if side != active:
                draft.leg(side, floor, forward, lateral)
                draft.foot(side, turn)
                continue
            swing = turn @ rz(sign * ASIDE_DEG * level) @ turn.T
            draft.leg(side, draft.hip(side) + swing @ (floor - draft.hip(side)), forward, swing @ lateral)
            draft.foot(side, swing @ turn @ rx(4 * level))
        for side, sign in SIDES:
            draft.arm(side, flex=4, abduct=9 + 5 * level + stage.sway(t, 1.0, 3 + sign), elbow=14)
        return draft.pose()

    return Act(
        stage.part.exercise,
        "standing",
        score.duration_s,
        pose_at,
        score,
        stage.part.side,
        "abduction",
        alternates=True,
    )


def good_morning(stage: Stage) -> Act:
    """The trunk bows forwards with a flat back and nearly straight knees, arms crossed; the hips go back."""
    score = Score(stage.part, Tempo(1.7, 0.4, 1.5, 0.8), stage.seed)
    sk, turn = stage.skeleton, stage.upright()
    forward, lateral = turn[:, 2], turn[:, 0]

    def pose_at(t: float) -> Pose:
        level = score.level(t)
        back = 0.17 * level * sk.thigh_m / 0.42
        reach = sk.leg_m(6 + 12 * level)
        hips = np.array([0, sk.ankle_m + np.sqrt(reach**2 - back**2), 0]) - forward * (back - 0.02)
        draft = Draft(stage, turn @ rx(2 + BOW_DEG * level + stage.sway(t, 0.5)), hips)
        draft.trunk(rx(5 * level), rx(2 * level), rx(-14 * level + stage.sway(t, 1.2, 1)), rx(-8 * level))
        for side, sign in SIDES:
            ankle = np.array([0, sk.ankle_m, 0]) + lateral * sign * HALF_STANCE_M
            draft.leg(side, ankle, forward, lateral)
            draft.foot(side, turn)
        _cross_arms(draft, sk)
        return draft.pose()

    return Act(stage.part.exercise, "standing", score.duration_s, pose_at, score, drive="hip")


def _cross_arms(draft: Draft, skeleton: Skeleton) -> None:
    """Each hand on the chest before the other shoulder."""
    posed = skeleton.pose(draft.pose())
    lateral, up, forward = posed.turns[INDEX["chest"]].T
    for side, sign in SIDES:
        other = posed.joints["right_shoulder" if side == "L" else "left_shoulder"]
        hand = other + lateral * sign * 0.07 + forward * (0.13 + 0.02 * sign) - up * 0.09
        draft.reach(side, hand, 0.5 * forward - up + 0.3 * sign * lateral)
