"""Walking along the room and turning on the spot."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.positions import standing_at
from tools.figure.motions.score import ease
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.rotation import rx, ry
from tools.figure.skeleton import SIDES, Pose

STEP_M: Final = 0.58
STEP_S: Final = 0.56
TURN_S: Final = 1.1


def walk(stage: Stage, start_m: float, end_m: float) -> Act:
    """Walk along x from one place to another and stop with the feet together."""
    distance, way = abs(end_m - start_m), 1.0 if end_m > start_m else -1.0
    steps = max(1, round(distance / STEP_M))
    stride, sk, turn = distance / steps, stage.skeleton, ry(90 * way)

    def place(foot: int, t: float) -> tuple[float, float]:
        """Way that a foot has gone, metres, and its share of the swing that is under way (-1: none)."""
        now = t / STEP_S
        mine = [j for j in range(steps + 1) if j % 2 == foot and j <= now]
        if not mine:
            return 0.0, -1.0
        j = mine[-1]
        begin, goal = (max(j - 1, 0) * stride, min(j + 1, steps) * stride)
        share = min(now - j, 1.0)
        return begin + (goal - begin) * float(ease(share)), share if share < 1 else -1.0

    def trunk_m(t: float) -> float:
        around = t / STEP_S + np.linspace(-0.35, 0.35, 9)
        return float(np.clip((around - 0.5) * stride, 0, distance).mean())

    def pose_at(t: float) -> Pose:
        x = trunk_m(t)
        feet = [place(foot, t) for foot in (0, 1)]
        apart = (
            max(abs(gone - x) for gone, share in feet if share < 0) if any(f[1] < 0 for f in feet) else 0.0
        )
        height = sk.ankle_m + np.sqrt(sk.leg_m(8.0) ** 2 - min(apart, 0.4) ** 2)
        draft = Draft(stage, turn @ rx(4), np.array([start_m + way * x, height, 0]))
        for (side, sign), (gone, share) in zip(SIDES, feet, strict=True):
            swing = np.sin(np.pi * share) if share >= 0 else 0.0
            ankle = np.array([start_m + way * gone, sk.ankle_m + 0.10 * swing, 0]) + turn[:, 0] * sign * 0.075
            draft.leg(side, ankle, turn[:, 2], turn[:, 0])
            draft.foot(side, turn @ rx(32 * swing * np.cos(np.pi * max(share, 0)) + 8 * swing))
            draft.arm(side, flex=-45 * (gone - x), elbow=18)
        return draft.pose()

    return Act("walking", "moving", (steps + 1) * STEP_S, pose_at)


def turn_round(stage: Stage, x: float, start_deg: float, end_deg: float) -> Act:
    """Turn on the spot with four small steps."""

    def pose_at(t: float) -> Pose:
        share = float(ease(t / TURN_S))
        beat = np.sin(4 * np.pi * np.clip(t / TURN_S, 0, 1))
        lifts = (0.035 * max(beat, 0.0), 0.035 * max(-beat, 0.0))
        return standing_at(stage, x, start_deg + (end_deg - start_deg) * share, t, lifts)

    return Act("turning", "moving", TURN_S, pose_at)


def walking_through(stage: Stage) -> Act:
    """Walk through the picture and, after a while outside it, back again."""
    there, back = (
        walk(stage, 3.4 * -stage.way, 3.4 * stage.way),
        walk(stage, 3.4 * stage.way, 3.4 * -stage.way),
    )
    outside = there.duration_s + 1.2

    def pose_at(t: float) -> Pose:
        return there.pose_at(t) if t < outside else back.pose_at(t - outside)

    return Act(stage.part.exercise, "moving", outside + back.duration_s, pose_at)
