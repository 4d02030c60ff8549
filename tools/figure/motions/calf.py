"""Calf raises: on the floor or on the edge of a step, on both legs or on one."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.rotation import Array, rx
from tools.figure.skeleton import SIDES, Pose
from tools.figure.solids import Box, Material, beside

TEMPO: Final = Tempo(up=1.0, hold=0.8, down=1.1, rest=0.8)
RANGES: Final = {"gentle": 26.0, "standard": 42.0, "full": 48.0}
STEP_M: Final = 0.16
STEP_DROP_DEG: Final = 16.0
RAIL_M: Final = (0.46, 1.02)
"""Where a support stands before the ankles, and how high."""


def ankle_above_ball(stage: Stage, pitch_deg: float) -> Array:
    """Ankle in the sagittal plane (0, up, forwards) from the floor below it, the ball of the foot at rest."""
    ball, ankle = stage.skeleton.rest["toe.L"], stage.skeleton.rest["foot.L"]
    turned = rx(pitch_deg) @ ((ankle - ball) * [0, 1, 1])
    return np.asarray(turned + np.array([0, ball[1], ball[2] - ankle[2]]))


def boxes(stage: Stage, step: bool, rail: bool) -> tuple[Box, ...]:
    """The step under the balls of the feet, and a support to push on."""
    ball = stage.skeleton.rest["toe.L"][2] - stage.skeleton.rest["foot.L"][2]
    found = []
    if step:
        found.append(beside(stage.way, (ball - 0.055, 0, -0.42), (ball + 0.30, STEP_M, 0.42), Material.WOOD))
    if rail:
        x, y = RAIL_M
        up = STEP_M if step else 0.0
        found += [
            beside(stage.way, (x - 0.02, up + y - 0.04, -0.35), (x + 0.02, up + y, 0.35), Material.WOOD),
            beside(stage.way, (x - 0.02, 0, -0.35), (x + 0.02, up + y, -0.31), Material.WOOD),
        ]
    return tuple(found)


def act(stage: Stage) -> Act:
    """Calf raises; one leg where the part names a side, the other then bent behind."""
    score, sk, turn, motion = (
        Score(stage.part, TEMPO, stage.seed),
        stage.skeleton,
        stage.upright(),
        stage.part.motion,
    )
    asked = motion.range
    target = float(RANGES[asked] if isinstance(asked, str) else asked)
    rest = -STEP_DROP_DEG if motion.step else 0.0
    ground = STEP_M if motion.step else 0.0
    lateral, forward = turn[:, 0], turn[:, 2]
    rail = any(fault.code == "hands_push" for fault in stage.part.fault)

    def pose_at(t: float) -> Pose:
        level, bend = score.level(t), 3 + score.faulty("knees_bend", t)
        pitch = rest + (target - score.fault("shallow", t) - rest) * level + score.tremor_deg(t)
        foot = ankle_above_ball(stage, pitch)
        ahead = 0.055 * max(level, 0) + 0.02
        rise = np.sqrt(sk.leg_m(bend) ** 2 - (ahead - foot[2]) ** 2)
        hips = np.array([0, ground + foot[1] + rise, 0]) + forward * ahead
        lean = score.faulty("trunk_leans", t)
        draft = Draft(stage, turn @ rx(2 + lean + stage.sway(t, 0.5)), hips)
        draft.turn("neck", rx(stage.sway(t, 1.2, 1) - 0.5 * lean))
        for side, sign in SIDES:
            if side in stage.legs():
                wide = 0.10 if len(stage.legs()) == 2 else 0.05
                ankle = forward * foot[2] + lateral * sign * wide + [0, ground + foot[1], 0]
                draft.leg(side, ankle, forward, lateral)
                draft.foot(side, turn @ rx(pitch), turn)
            else:
                draft.turn(f"thigh.{side}", rx(-6))
                draft.turn(f"shin.{side}", rx(72))
                draft.turn(f"foot.{side}", rx(15))
        draft.arms()
        if rail:
            _hold_on(draft, stage, ground, score.faulty("hands_push", t))
        return draft.pose()

    side = stage.part.side
    return Act(
        "calf-raise",
        "standing",
        score.duration_s,
        pose_at,
        score,
        side,
        "ankle",
        boxes(stage, motion.step, rail),
        target_deg=target - rest,
    )


def _hold_on(draft: Draft, stage: Stage, ground_m: float, push_deg: float) -> None:
    """Both hands on the support; pushing brings the trunk nearer to it."""
    turn = stage.upright()
    x, y = RAIL_M
    for side, sign in SIDES:
        grip = (
            turn[:, 2] * (x - 0.1) + turn[:, 0] * sign * 0.2 + [0, ground_m + y + 0.03 - 0.001 * push_deg, 0]
        )
        draft.reach(side, grip, -turn[:, 2] - [0, 0.6, 0])
