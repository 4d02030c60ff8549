"""Hamstring curls: prone, one heel or both brought to the buttocks and held there."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.leg_raise import MAT_M, breath, mat
from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.rotation import rx, ry, rz
from tools.figure.skeleton import SIDES, Pose
from tools.figure.solids import Box, Material, beside

TEMPO: Final = Tempo(up=1.6, hold=15.0, down=1.6, rest=1.6)
BENCH_M: Final = 0.45
RANGES: Final = {"gentle": 80.0, "standard": 105.0, "full": 118.0}


def prone(stage: Stage, time_s: float, lift_deg: float = 0.0, arch_deg: float = 0.0) -> Draft:
    """Face down, forehead near the hands, looking to the camera; the legs are still to be placed."""
    turn, rest = stage.lying(prone=True), stage.skeleton.rest
    height = MAT_M + stage.body.front_m - (rest["thigh.L"][2] - rest["pelvis"][2]) - 0.01
    lift = stage.skeleton.thigh_m * np.sin(np.radians(lift_deg / 2))
    draft = Draft(stage, turn, np.array([-0.10 * stage.way, height + lift, 0]))
    toward = stage.way
    draft.trunk(
        rx(-3 + lift_deg / 2 - arch_deg / 2),
        rx(-4 + 0.4 * breath(time_s) - arch_deg / 2),
        rx(-6) @ ry(-35 * toward),
        rx(-2) @ ry(-32 * toward),
    )
    for side, sign in SIDES:
        draft.turn(f"uarm.{side}", rx(-8) @ rz(sign * 122))
        draft.turn(f"farm.{side}", rz(sign * 118))
        draft.turn(f"thigh.{side}", rx(-3 - lift_deg / 2))
        draft.turn(f"shin.{side}", rx(3))
        draft.turn(f"foot.{side}", rx(55))
    return draft


def bench(stage: Stage) -> tuple[Box, ...]:
    """A padded bench under trunk and thighs; the shins are free."""
    top = BENCH_M + MAT_M
    legs = [(x, z) for x in (-0.5, 0.6) for z in (-0.2, 0.2)]
    return (
        beside(stage.way, (-0.60, top - 0.09, -0.27), (0.80, top, 0.27), Material.PADDING),
        *(
            beside(stage.way, (x - 0.03, 0, z - 0.03), (x + 0.03, top - 0.09, z + 0.03), Material.METAL)
            for x, z in legs
        ),
    )


def act(stage: Stage) -> Act:
    """Curls of the leg that the part names, or of both; every repetition is a hold."""
    score = Score(stage.part, TEMPO, stage.seed)
    asked = stage.part.motion.range
    target = float(RANGES[asked] if isinstance(asked, str) else asked)

    def knee_deg(t: float) -> float:
        level, beat = score.level(t), score.beat_at(t)
        top = target - score.fault("not_far_enough", t)
        knee = 3 + (top - 3) * level + score.tremor_deg(t)
        if beat is None:
            return knee
        held = np.clip((t - beat.top_s) / (beat.leave_s - beat.top_s), 0, 1)
        return knee - float(held) * score.fault("leg_sags", t) * min(level, 1) + stage.sway(t, 1.0) * level

    def pose_at(t: float) -> Pose:
        draft = prone(stage, t, score.faulty("hips_lift", t), score.faulty("back_arches", t))
        for side in stage.legs():
            draft.turn(f"shin.{side}", rx(knee_deg(t)))
            draft.turn(f"foot.{side}", rx(55 - 45 * min(1, 1.5 * score.level(t))))
        return draft.pose().moved(np.array([0, BENCH_M if stage.part.motion.bench else 0.0, 0]))

    return Act(
        "hamstring-curl",
        "prone",
        score.duration_s,
        pose_at,
        score,
        stage.part.side,
        "knee",
        bench(stage) if stage.part.motion.bench else mat(),
        holds=True,
        target_deg=target,
    )
