"""Positions on the way: standing anywhere, crouching, sitting on the floor, kneeling, on all fours."""

from __future__ import annotations

import numpy as np

from tools.figure.motions.curl import prone
from tools.figure.motions.leg_raise import MAT_M, bent_leg, supine
from tools.figure.motions.score import ease
from tools.figure.motions.stage import UP, Act, Draft, Stage
from tools.figure.rotation import frame, rx, ry
from tools.figure.skeleton import SIDES, Pose, blend

Keys = tuple[tuple[float, Pose], ...]


def standing_at(
    stage: Stage, x: float, yaw_deg: float, time_s: float = 0.0, lifts: tuple[float, float] = (0, 0)
) -> Pose:
    """Standing at a place; yaw 90 faces the picture's right. ``lifts``: height of left and right foot."""
    sk, turn = stage.skeleton, ry(yaw_deg)
    forward, lateral = turn[:, 2], turn[:, 0]
    hips = np.array([x, sk.ankle_m + sk.leg_m(7.0), 0])
    draft = Draft(stage, turn @ rx(2 + stage.sway(time_s, 0.5)), hips)
    for (side, sign), lift in zip(SIDES, lifts, strict=True):
        ankle = np.array([x, sk.ankle_m + lift, 0]) + lateral * sign * 0.10 - forward * 0.02
        draft.leg(side, ankle, forward, lateral)
        draft.foot(side, turn @ rx(200 * lift))
    draft.turn("neck", rx(stage.sway(time_s, 1.2, 1)))
    draft.arms()
    return draft.pose()


def bent_over(stage: Stage, x: float, way: float, height_m: float, lean_deg: float) -> Pose:
    """Feet flat at ``x``, hips low and behind them, trunk leaning forwards: a crouch."""
    sk, turn = stage.skeleton, ry(90 * way)
    forward, lateral = turn[:, 2], turn[:, 0]
    draft = Draft(stage, turn @ rx(lean_deg), np.array([x, height_m, 0]) - forward * 0.26)
    for side, sign in SIDES:
        ankle = np.array([x, sk.ankle_m, 0]) + lateral * sign * 0.11
        draft.leg(side, ankle, forward - lateral * -sign * 0.2, lateral)
        draft.foot(side, turn)
    draft.trunk(rx(10), rx(8), rx(-12), rx(-6))
    draft.arms(flex=55, elbow=14)
    return draft.pose()


def sitting_on_floor(stage: Stage, x: float, way: float, lean_deg: float = -8.0) -> Pose:
    """Sitting on the floor at ``x`` with bent knees, facing ``way``, hands behind."""
    sk, turn = stage.skeleton, ry(90 * way)
    forward, lateral = turn[:, 2], turn[:, 0]
    draft = Draft(stage, turn @ rx(lean_deg), np.array([x, MAT_M - stage.body.back_m * 0.72, 0]))
    for side, sign in SIDES:
        ankle = np.array([x, sk.ankle_m + MAT_M, 0]) + forward * 0.52 + lateral * sign * 0.1
        draft.leg(side, ankle, UP, lateral)
        draft.foot(side, turn)
    draft.trunk(rx(8), rx(6), rx(0), rx(0))
    draft.arms(flex=-35, abduct=16, elbow=4)
    return draft.pose()


def kneeling(stage: Stage, x: float, way: float, lean_deg: float) -> Pose:
    """Knees on the floor at ``x``; ``lean_deg`` 0 is upright, about 85 on all fours."""
    sk, turn = stage.skeleton, ry(90 * way)
    forward, lateral = turn[:, 2], turn[:, 0]
    share = lean_deg / 90
    height = 0.055 + MAT_M + sk.thigh_m * (1 - 0.04 * share)
    draft = Draft(stage, turn @ rx(lean_deg), np.array([x, height, 0]) + forward * 0.05 * share)
    for side, sign in SIDES:
        knee = np.array([x, 0.055 + MAT_M, 0]) + lateral * sign * 0.11
        draft.orient(f"thigh.{side}", frame(knee - draft.hip(side), lateral))
        draft.orient(f"shin.{side}", frame(-forward - [0, 0.02, 0], lateral))
        draft.turn(f"foot.{side}", rx(50))
    draft.turn("neck", rx(-20 * share))
    draft.arms(flex=12 + 70 * share, elbow=6)
    return draft.pose()


def on_back(stage: Stage, time_s: float = 0.0) -> Pose:
    """Supine with both knees bent."""
    draft = supine(stage, time_s)
    for side, _ in SIDES:
        bent_leg(draft, stage, side)
    return draft.pose()


def on_front(stage: Stage, time_s: float = 0.0) -> Pose:
    """Prone with straight legs."""
    return prone(stage, time_s).pose()


def keyed(label: str, posture: str, keys: Keys) -> Act:
    """An act that goes smoothly from one pose to the next, each given with its time."""
    times = [time for time, _ in keys]

    def pose_at(t: float) -> Pose:
        i = int(np.clip(np.searchsorted(times, t, side="right") - 1, 0, len(keys) - 2))
        share = float(ease((t - times[i]) / (times[i + 1] - times[i])))
        return blend(keys[i][1], keys[i + 1][1], share)

    return Act(label, posture, times[-1], pose_at)
