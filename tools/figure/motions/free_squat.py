"""Squats away from any wall: the hips go back, shins and trunk lean forwards, the feet stand as they like."""

from __future__ import annotations

import numpy as np

from tools.figure.motions.score import Score
from tools.figure.motions.squat import RANGES, TEMPO
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.rotation import rx, ry
from tools.figure.skeleton import SIDES, Pose

TOP_DEG = 7.0


def act(stage: Stage) -> Act:
    """Free squats to one of the wall squat's ranges or to a knee flexion in degrees."""
    score, sk, turn = Score(stage.part, TEMPO, stage.seed), stage.skeleton, stage.upright()
    asked = stage.part.motion.range
    target = float(RANGES[asked] if isinstance(asked, str) else asked)
    lateral, forward = turn[:, 0], turn[:, 2]
    habit = np.random.default_rng(stage.seed)
    aside, toes_out = habit.uniform(0.09, 0.19), habit.uniform(0, 28)
    shin_share, bow_share = habit.uniform(0.30, 0.44), habit.uniform(0.32, 0.56)

    def pose_at(t: float) -> Pose:
        bottom = target + score.fault("too_deep", t) - score.fault("not_deep_enough", t)
        knee = TOP_DEG + (bottom - TOP_DEG) * score.level(t) + score.tremor_deg(t)
        pitch = score.faulty("heels_lift", t)
        lift, cave = 0.13 * np.sin(np.radians(pitch)), np.tan(np.radians(score.faulty("knees_cave_in", t)))
        shin = np.radians(min(shin_share * knee + 0.7 * pitch, 42))
        thigh = np.radians(knee) - shin
        hips = forward * (sk.shin_m * np.sin(shin) - sk.thigh_m * np.sin(thigh))
        low = np.sqrt(max(1 - ((aside - 0.09) / (sk.thigh_m + sk.shin_m)) ** 2, 0.5))
        rise = sk.ankle_m + lift + low * (sk.shin_m * np.cos(shin) + sk.thigh_m * np.cos(thigh))
        hips = hips + np.array([0, rise, 0])
        bow = min(bow_share * knee, 55) + score.faulty("back_off_wall", t)
        draft = Draft(stage, turn @ rx(0.75 * bow + stage.sway(t, 0.7)), hips)
        draft.trunk(rx(0.15 * bow), rx(0.10 * bow), rx(-0.35 * bow + stage.sway(t, 1.5, 1)), rx(3))
        for side, sign in SIDES:
            ankle = lateral * sign * aside + np.array([0, sk.ankle_m + lift, 0])
            out = np.tan(np.radians(toes_out * 0.7)) * min(1.0, knee / 40)
            draft.leg(side, ankle, forward + lateral * sign * (out - cave), lateral)
            flat = turn @ ry(sign * toes_out)
            draft.foot(side, flat @ rx(pitch), flat)
        draft.arms(flex=5 + 60 * score.level(t), elbow=12)
        return draft.pose()

    return Act("wall-squat", "standing", score.duration_s, pose_at, score, "both", "knee", target_deg=target)
