"""Upright doings that are none of the five exercises."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from tools.figure.motions.score import Score, Tempo
from tools.figure.motions.stage import Act, Draft, Stage
from tools.figure.motions.tracks import Bump, Upright, upright_pose
from tools.figure.rotation import rx
from tools.figure.skeleton import SIDES, Pose

_FLOOR: Final = (10.3, 11.6, 12.3, 13.5)
_SHELF: Final = (14.3, 15.3, 16.1, 17.0)


def _bump(times: tuple[float, float, float, float], height: float, later: float = 0.0) -> Bump:
    a, b, c, d = (t + later for t in times)
    return (a, b, c, d, height)


STANDING_ABOUT: Final = Upright(
    shift=(
        (1.6, 2.6, 3.8, 4.6, 0.045),
        (4.9, 5.9, 6.8, 7.6, -0.05),
        (18.9, 19.8, 21.2, 22.0, 0.04),
        (23.0, 23.8, 24.4, 25.2, -0.04),
    ),
    step_left=(
        (7.9, 8.1, 8.12, 8.35, 0.035),
        (9.2, 9.4, 9.42, 9.65, 0.03),
        (22.3, 22.5, 22.52, 22.75, 0.035),
    ),
    step_right=((8.55, 8.75, 8.77, 9.0, 0.035), (22.9, 23.1, 23.12, 23.4, 0.03)),
    lean=(_bump(_FLOOR, 66),),
    spine=(_bump(_FLOOR, 26),),
    back=(_bump(_FLOOR, 0.16),),
    drop=(_bump(_FLOOR, 0.075),),
    arm_left=(_bump(_FLOOR, 80), _bump(_SHELF, 152), (17.6, 18.2, 18.3, 18.9, 20)),
    arm_right=(_bump(_FLOOR, 72), (17.2, 18.0, 19.4, 20.1, 118)),
    elbow_left=(_bump(_FLOOR, -8), (17.6, 18.2, 18.3, 18.9, 50)),
    elbow_right=((17.2, 18.0, 19.4, 20.1, 118),),
    yaw=(
        (0.6, 1.2, 1.5, 2.1, 30),
        (7.7, 8.3, 9.0, 9.7, -35),
        (20.2, 20.8, 21.4, 22.0, 45),
        (22.2, 22.7, 23.2, 23.9, -25),
    ),
    nod=(_bump(_FLOOR, 8), _bump(_SHELF, -18), (20.4, 21.0, 21.6, 22.2, 7)),
)

STRETCHING: Final = Upright(
    arm_left=((1.0, 2.2, 4.2, 5.2, 172), (6.5, 7.5, 9.5, 10.5, 165), (17.5, 19.0, 22.0, 23.5, 80)),
    arm_right=((1.0, 2.2, 4.2, 5.2, 172), (12.0, 13.0, 15.0, 16.0, 165), (17.5, 19.0, 22.0, 23.5, 76)),
    aside=((6.8, 7.8, 9.4, 10.4, 26), (12.3, 13.3, 14.9, 15.9, -26)),
    lean=((17.5, 19.0, 22.0, 23.5, 78),),
    spine=((17.5, 19.0, 22.0, 23.5, 30),),
    back=((17.5, 19.0, 22.0, 23.5, 0.15),),
    drop=((17.5, 19.0, 22.0, 23.5, 0.03),),
    nod=((1.2, 2.2, 4.2, 5.0, -12), (17.5, 19.0, 22.0, 23.5, 10)),
)


def standing_about(stage: Stage) -> Act:
    """Shifts weight, steps in place, bends to the floor, reaches up, scratches, looks around."""
    return Act(stage.part.exercise, "standing", 25.6, lambda t: upright_pose(stage, STANDING_ABOUT, t))


def stretching(stage: Stage) -> Act:
    """Reaches up, bends to both sides, and hangs forwards."""
    return Act(stage.part.exercise, "standing", 24.6, lambda t: upright_pose(stage, STRETCHING, t))


def picking_up(stage: Stage) -> Act:
    """Crouches, picks something up and straightens, as often as there are repetitions."""
    score = Score(stage.part, Tempo(1.3, 0.7, 1.4, 2.2), stage.seed)
    down = tuple((b.start_s, b.top_s, b.leave_s, b.end_s) for b in score.beats)

    def bumps(height: float) -> tuple[Bump, ...]:
        return tuple(_bump(times, height) for times in down)

    tracks = Upright(
        lean=bumps(42), spine=bumps(14), back=bumps(0.22), drop=bumps(0.36), nod=bumps(6),
        arm_left=bumps(62), arm_right=bumps(58), elbow_left=bumps(-8), elbow_right=bumps(-8),
    )  # fmt: skip
    return Act(stage.part.exercise, "standing", score.duration_s, lambda t: upright_pose(stage, tracks, t))


def lunge(stage: Stage) -> Act:
    """Steps apart and sinks down between both feet, without a wall; the left foot is ahead unless named."""
    score = Score(stage.part, Tempo(1.3, 0.6, 1.3, 0.8), stage.seed)
    end = score.duration_s
    side = stage.part.side
    stride = ((0.2, 1.1, end - 1.1, end - 0.2, -0.34 if side == "right" else 0.34),)
    sink: tuple[Bump, ...] = tuple(
        (b.start_s, b.top_s, b.leave_s, b.end_s, 0.27 * b.amplitude) for b in score.beats
    )
    tracks = Upright(ahead=stride, drop=((0.2, 1.1, end - 1.1, end - 0.2, 0.085), *sink))
    step = ((0.2, 0.6, 0.7, 1.1, 0.05), (end - 1.1, end - 0.7, end - 0.6, end - 0.2, 0.05))
    steps = replace(tracks, step_right=step) if side == "right" else replace(tracks, step_left=step)
    return Act(
        stage.part.exercise, "standing", end, lambda t: upright_pose(stage, steps, t), score, side, "knee"
    )


def marching(stage: Stage) -> Act:
    """Lifts one knee after the other, or the named one, to the height of the hips."""
    score = Score(stage.part, Tempo(0.5, 0.1, 0.5, 0.12), stage.seed)
    sk, turn = stage.skeleton, stage.upright()

    def pose_at(t: float) -> Pose:
        beat, level = score.beat_at(t), score.level(t)
        active = stage.turn_of(beat)
        hips = np.array([0, sk.ankle_m + sk.leg_m(5.0), 0])
        sign = 1 if active == "L" else -1
        draft = Draft(stage, turn @ rx(2 - 3 * level), hips - turn[:, 0] * sign * 0.02 * level)
        for side, m in SIDES:
            if side == active:
                draft.turn(f"thigh.{side}", rx(-78 * level))
                draft.turn(f"shin.{side}", rx(5 + 80 * level))
                draft.turn(f"foot.{side}", rx(12 * level))
            else:
                ankle = np.array([0, sk.ankle_m, 0]) + turn[:, 0] * m * 0.09
                draft.leg(side, ankle, turn[:, 2], turn[:, 0])
                draft.foot(side, turn)
            draft.arm(side, flex=-18 * level if side == active else 34 * level, elbow=40)
        return draft.pose()

    return Act(
        stage.part.exercise,
        "standing",
        score.duration_s,
        pose_at,
        score,
        stage.part.side,
        "hip",
        alternates=True,
    )
