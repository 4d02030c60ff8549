"""Leg presses: seated on a machine, the legs push a plate away and let it come back."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import UP, Act, Draft, Stage
from tools.figure.rotation import Array, rx, rz
from tools.figure.skeleton import SIDES, Pose
from tools.figure.solids import Box, Material, beside

TEMPO: Final = Tempo(up=1.3, hold=0.6, down=1.5, rest=0.6)
RANGES: Final = {"gentle": 60.0, "standard": 90.0, "full": 105.0}
TOP_DEG: Final = 12.0
SEAT_M: Final = 0.62
RECLINE_DEG: Final = 28.0
SOLE_M: Final = 0.088
FOOT_PITCH_DEG: Final = -75.0


def machine(stage: Stage) -> tuple[Box, ...]:
    """Seat, back pad, frame and tower, and the plate that rides on the rail."""
    way, seat = stage.way, SEAT_M - 0.12 * stage.body.girth
    pad = rz(way * RECLINE_DEG)

    def box(low: tuple[float, float, float], high: tuple[float, float, float], material: Material) -> Box:
        return beside(way, low, high, material)

    back = box((-0.19, seat - 0.02, -0.22), (-0.10, seat + 0.84, 0.22), Material.PADDING)
    back = Box(back.low, back.high, back.material, pad, (-0.10 * way, seat, 0))
    plate = box((SOLE_M, SEAT_M - 0.18, -0.30), (SOLE_M + 0.04, SEAT_M + 0.32, 0.30), Material.METAL)
    tilt = rz(-way * (FOOT_PITCH_DEG + 90))
    sled = box((SOLE_M + 0.04, SEAT_M - 0.05, -0.03), (SOLE_M + 0.45, SEAT_M + 0.03, 0.03), Material.METAL)
    return (
        box((-0.16, seat - 0.09, -0.24), (0.30, seat, 0.24), Material.PADDING),
        back,
        box((-0.55, 0.04, -0.06), (1.5, 0.12, 0.06), Material.METAL),
        box((-0.08, 0.1, -0.06), (0.12, seat - 0.08, 0.06), Material.METAL),
        box((-0.6, 0, -0.3), (-0.5, 0.06, 0.3), Material.METAL),
        box((1.45, 0, -0.3), (1.55, 0.06, 0.3), Material.METAL),
        box((1.3, 0.1, -0.5), (1.5, 1.5, -0.25), Material.METAL),
        box((1.28, 0.2, -0.48), (1.52, 0.9, -0.27), Material.PADDING),
        Box(plate.low, plate.high, plate.material, tilt, (0, SEAT_M, 0), rides=True),
        Box(sled.low, sled.high, sled.material, rides=True),
    )


def act(stage: Stage) -> Act:
    """Leg presses; a repetition's level is 1 where the legs are straightest."""
    score, sk, turn = Score(stage.part, TEMPO, stage.seed), stage.skeleton, stage.upright()
    asked = stage.part.motion.range
    bent = float(RANGES[asked] if isinstance(asked, str) else asked)
    slope = np.radians(12.0)
    push = turn[:, 2] * np.cos(slope) + UP * np.sin(slope)
    lateral = turn[:, 0]

    def knee_deg(t: float) -> float:
        locked = score.fault("knees_locked", t)
        top = 5.0 - locked if locked else TOP_DEG
        base = bent - score.standing_fault("short_range")
        return base + (top - base) * score.level(t) + score.tremor_deg(t)

    def reach_m(t: float) -> Array:
        return np.asarray(push * sk.leg_m(max(knee_deg(t), 0.3)))

    def pose_at(t: float) -> Pose:
        lean = score.faulty("hips_leave_pad", t)
        tuck = score.standing_fault("pelvis_tucks") * (1 - min(score.level(t), 1))
        pushing = np.sin(np.pi * np.clip(score.level(t), 0, 1))
        cave = np.tan(np.radians(score.fault("knees_cave_in", t) * pushing))
        hips = np.array([0, SEAT_M + 0.0015 * tuck, 0])
        draft = Draft(stage, turn @ rx(-RECLINE_DEG + lean * 0.5 - tuck), hips)
        draft.trunk(rx(lean * 0.5 + tuck), rx(0), rx(14 + stage.sway(t, 1.0) - 0.4 * lean), rx(8))
        for side, sign in SIDES:
            ankle = draft.hip(side) + reach_m(t) - [0, 0.0015 * tuck, 0]
            draft.leg(side, ankle, UP - lateral * sign * cave, lateral)
            draft.foot(side, turn @ rx(FOOT_PITCH_DEG))
            draft.turn(f"uarm.{side}", rx(4) @ rz(sign * 14))
            draft.turn(f"farm.{side}", rx(-48))
        return draft.pose()

    return Act(
        "leg-press",
        "seated",
        score.duration_s,
        pose_at,
        score,
        "both",
        "knee",
        machine(stage),
        reach_m,
        target_deg=bent,
    )
