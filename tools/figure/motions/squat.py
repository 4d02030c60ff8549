"""Wall squats: the back slides down a wall while the feet stay a step before it."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import UP, Act, Draft, Stage
from tools.figure.rotation import rx
from tools.figure.skeleton import SIDES, Pose
from tools.figure.solids import Box, Material, beside

TEMPO: Final = Tempo(up=1.6, hold=1.2, down=1.5, rest=0.9)
RANGES: Final = {"gentle": 40.0, "standard": 60.0, "full": 90.0}
TOP_DEG: Final = 10.0


def wall(stage: Stage) -> tuple[Box, ...]:
    """A piece of wall that stands into the room, right behind the back."""
    hips_z = float(stage.skeleton.hips_below_pelvis()[2])
    back = stage.body.back_m - hips_z - 0.012
    return (beside(stage.way, (back - 0.5, 0, -2.2), (back, 2.6, 0.42), Material.WALL),)


def step_before_wall_m(stage: Stage, depth_deg: float, shin_deg: float) -> float:
    """How far the ankles are before the hips so that the shins lean by ``shin_deg`` at the bottom."""
    k, lean = np.radians(depth_deg), np.radians(shin_deg)
    return float(stage.skeleton.thigh_m * np.sin(k - lean) - stage.skeleton.shin_m * np.sin(lean))


def act(stage: Stage) -> Act:
    """Wall squats to one of the three ranges or to a knee flexion in degrees."""
    score, sk, turn = Score(stage.part, TEMPO, stage.seed), stage.skeleton, stage.upright()
    asked = stage.part.motion.range
    target = float(RANGES[asked] if isinstance(asked, str) else asked)
    lateral, forward = turn[:, 0], turn[:, 2]
    before = step_before_wall_m(stage, target, 3.0 + score.standing_fault("knees_past_toes"))
    before = float(np.clip(before, -0.05, sk.leg_m(TOP_DEG) * 0.75))
    splay = score.standing_fault("feet_not_shoulder_width")
    aside = sk.rest["thigh.L"][0] * 1.25 + sk.leg_m(TOP_DEG) * np.sin(np.radians(splay)) * 0.9

    def hips_m(t: float) -> float:
        bottom = target + score.fault("too_deep", t) - score.fault("not_deep_enough", t)
        knee = TOP_DEG + (bottom - TOP_DEG) * score.level(t) + score.tremor_deg(t)
        return sk.ankle_m + float(np.sqrt(max(sk.leg_m(knee) ** 2 - before**2, 0.01)))

    def pose_at(t: float) -> Pose:
        lean, pitch = score.faulty("back_off_wall", t), score.faulty("heels_lift", t)
        lift, cave = 0.13 * np.sin(np.radians(pitch)), np.tan(np.radians(score.faulty("knees_cave_in", t)))
        draft = Draft(stage, turn @ rx(lean + stage.sway(t, 0.3)), np.array([0, hips_m(t), 0]))
        nod = score.faulty("head_off_wall", t) - 0.5 * lean
        draft.trunk(rx(0), rx(0), rx(nod * 0.6 + stage.sway(t, 1.5, 1)), rx(4 + nod * 0.4))
        for side, sign in SIDES:
            ankle = forward * before + lateral * sign * aside + np.array([0, sk.ankle_m + lift, 0])
            draft.leg(side, ankle, forward - lateral * sign * cave, lateral)
            draft.foot(side, turn @ rx(pitch), turn)
        draft.arms(flex=8 + 10 * score.level(t), elbow=14)
        push = score.fault("hands_push", t)
        if push and score.level(t) > 0.02:
            _push(draft, stage, min(1.0, 2 * score.level(t)))
        return draft.pose()

    return Act(
        "wall-squat",
        "against-wall",
        score.duration_s,
        pose_at,
        score,
        "both",
        "knee",
        wall(stage),
        target_deg=target,
    )


def _push(draft: Draft, stage: Stage, share: float) -> None:
    """Put the hands on the thighs, a share of the way from hanging."""
    posed = stage.skeleton.pose(draft.pose())
    back = -stage.upright()[:, 2]
    for side, name in (("L", "left"), ("R", "right")):
        hip, knee = posed.joints[f"{name}_hip"], posed.joints[f"{name}_knee"]
        on_thigh = hip + 0.62 * (knee - hip) + 0.075 * UP
        wrist = posed.joints[f"{name}_wrist"]
        draft.reach(side, wrist + share * (on_thigh - wrist), back)
