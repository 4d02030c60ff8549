"""Straight leg raises: supine, one leg bent with its foot flat, the other lifted straight."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import CHEST_SWING, UP, Act, Draft, Stage
from tools.figure.rotation import Array, rx, rz
from tools.figure.skeleton import SIDES, Pose
from tools.figure.solids import Box, Material

TEMPO: Final = Tempo(up=1.3, hold=1.0, down=1.4, rest=0.9)
RANGES: Final = {"gentle": 13.0, "standard": 45.0, "full": 60.0}
MAT_M: Final = 0.015


def mat() -> tuple[Box, ...]:
    """An exercise mat on the floor."""
    return (Box((-1.05, 0, -0.36), (1.05, MAT_M, 0.36), Material.MAT),)


def breath(time_s: float) -> float:
    """The chest's rise and fall, -1..1."""
    return float(np.sin(2 * np.pi * CHEST_SWING * time_s))


def supine(stage: Stage, time_s: float, arch_deg: float = 0.0, lift_m: float = 0.0) -> Draft:
    """On the back with the arms beside the body; the legs are still to be placed."""
    turn, rest = stage.lying(prone=False), stage.skeleton.rest
    height = MAT_M - stage.body.back_m + rest["thigh.L"][2] - rest["pelvis"][2] + lift_m
    hips = np.array([-0.10 * stage.way, height + 0.0008 * breath(time_s) + 0.0012 * arch_deg, 0])
    draft = Draft(stage, turn @ rx(0.6 * arch_deg), hips)
    draft.trunk(
        rx(2 - arch_deg),
        rx(-1 + 0.5 * breath(time_s) + 0.5 * arch_deg),
        rx(4 + stage.sway(time_s, 0.8)),
        rx(6),
    )
    for side, sign in SIDES:
        draft.turn(f"uarm.{side}", rx(9) @ rz(sign * 14))
        draft.turn(f"farm.{side}", rx(-6))
    return draft


def flat_foot(stage: Stage) -> Array:
    """Orientation of a foot flat on the floor while lying on the back: its toes away from the head."""
    lateral = stage.lying(prone=False)[:, 0]
    return np.asarray(np.stack([lateral, UP, np.cross(lateral, UP)], 1))


def bent_leg(draft: Draft, stage: Stage, side: str, knee_deg: float = 97.0) -> None:
    """One leg bent with its foot flat on the mat."""
    hip, reach = draft.hip(side), stage.skeleton.leg_m(knee_deg)
    height = stage.skeleton.ankle_m + MAT_M
    ankle = hip + np.array([-stage.way * np.sqrt(reach**2 - (hip[1] - height) ** 2), 0, 0])
    ankle[1] = height
    draft.leg(side, ankle, UP, stage.lying(prone=False)[:, 0])
    draft.foot(side, flat_foot(stage))


def straight_leg(draft: Draft, side: str, hip_deg: float, knee_deg: float, toes: float = 12.0) -> None:
    """One leg lifted by its hip: flexion of hip and knee in degrees."""
    draft.turn(f"thigh.{side}", rx(-hip_deg - knee_deg * 0.5))
    draft.turn(f"shin.{side}", rx(knee_deg))
    draft.turn(f"foot.{side}", rx(toes))


def resting_deg(draft: Draft, stage: Stage, side: str) -> float:
    """Hip flexion of a straight leg whose heel lies on the mat."""
    drop = 0.052 + MAT_M - draft.hip(side)[1]
    return float(np.degrees(np.arcsin(drop / (stage.skeleton.thigh_m + stage.skeleton.shin_m))))


def target_deg(stage: Stage) -> float:
    """Hip flexion at the top of a full repetition."""
    asked = stage.part.motion.range
    return float(RANGES[asked] if isinstance(asked, str) else asked)


def act(stage: Stage) -> Act:
    """Straight leg raises of the leg that the part names (the near one for ``both``)."""
    score = Score(stage.part, TEMPO, stage.seed)
    near = "L" if stage.part.heading == "right" else "R"
    raised = {"left": "L", "right": "R", "both": near}[stage.part.side]
    other, target = ("R" if raised == "L" else "L"), target_deg(stage)

    def pose_at(t: float) -> Pose:
        draft = supine(stage, t, score.faulty("back_arches", t))
        bent_leg(draft, stage, other, 97.0 - score.faulty("other_knee_straightens", t))
        lift = score.faulty("other_foot_lifts", t)
        for bone in ("thigh", "shin", "foot", "toe"):
            draft.swing(f"{bone}.{other}", rz(stage.way * -lift))
        rest = resting_deg(draft, stage, raised)
        top = target + score.fault("too_high", t) - score.fault("not_high_enough", t)
        level, knee = score.level(t), 2 + score.faulty("knee_bends", t)
        straight_leg(
            draft,
            raised,
            rest + (top - rest) * level + score.tremor_deg(t),
            knee,
            12 - 14 * min(1, level * 2),
        )
        return draft.pose()

    side = {"L": "left", "R": "right"}[raised]
    return Act(
        "straight-leg-raise",
        "supine",
        score.duration_s,
        pose_at,
        score,
        side,
        "hip",
        mat(),
        target_deg=target,
    )
