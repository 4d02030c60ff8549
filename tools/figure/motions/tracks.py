"""Courses of single joints over time, for doings that have no repetitions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.figure.motions.score import ease, sway
from tools.figure.motions.stage import Draft, Stage
from tools.figure.rotation import rx, ry, rz
from tools.figure.skeleton import SIDES, Pose

Bump = tuple[float, float, float, float, float]
"""Begins, is there, leaves, is back (seconds), and its height."""


def course(bumps: tuple[Bump, ...], time_s: float) -> float:
    """Height of a course of bumps at a time; 0 between them."""
    found = 0.0
    for begin, there, leave, back, height in bumps:
        up, down = ease((time_s - begin) / (there - begin)), ease((time_s - leave) / (back - leave))
        found += height * float(min(up, 1 - down))
    return found


@dataclass(frozen=True)
class Upright:
    """The bumps of everything that moves in an upright person; degrees, and metres for the first six.

    Attributes
    ----------
    shift, back, drop : the hips' way to the left, backwards and down.
    step_left, step_right : height of the feet.
    ahead : how far the left foot stands forwards (the right one backwards); negative: the right one forwards.
    """

    shift: tuple[Bump, ...] = ()
    back: tuple[Bump, ...] = ()
    drop: tuple[Bump, ...] = ()
    step_left: tuple[Bump, ...] = ()
    step_right: tuple[Bump, ...] = ()
    ahead: tuple[Bump, ...] = ()
    lean: tuple[Bump, ...] = ()
    spine: tuple[Bump, ...] = ()
    aside: tuple[Bump, ...] = ()
    yaw: tuple[Bump, ...] = ()
    nod: tuple[Bump, ...] = ()
    arm_left: tuple[Bump, ...] = ()
    arm_right: tuple[Bump, ...] = ()
    elbow_left: tuple[Bump, ...] = ()
    elbow_right: tuple[Bump, ...] = ()

    def length_s(self) -> float:
        """When the last bump is over."""
        return max((b[3] for name in self.__dataclass_fields__ for b in getattr(self, name)), default=0.0)


def upright_pose(stage: Stage, tracks: Upright, time_s: float) -> Pose:
    """Standing with what the tracks add at a time."""

    def at(name: str) -> float:
        return course(getattr(tracks, name), time_s)

    sk, turn = stage.skeleton, stage.upright()
    forward, lateral = turn[:, 2], turn[:, 0]
    shift, bend = at("shift"), at("spine")
    aside = at("aside")
    hips = np.array([0, sk.ankle_m + sk.leg_m(6.0) - at("drop") - 2.2 * shift**2, 0])
    hips = hips + lateral * shift - forward * (at("back") - 0.03 - sway(time_s, 0.004, stage.seed + 5))
    lean = 2 + at("lean") + stage.sway(time_s, 0.7)
    draft = Draft(stage, turn @ rx(lean) @ rz(-60 * shift - 0.4 * aside), hips)
    look = rx(at("nod")) @ ry(at("yaw") * 0.5)
    draft.trunk(rx(bend) @ rz(55 * shift - 0.4 * aside), rx(0.6 * bend) @ rz(-0.4 * aside), look, look)
    for (side, sign), foot in zip(SIDES, ("left", "right"), strict=True):
        lift = at(f"step_{foot}")
        ankle = np.array([0, sk.ankle_m + lift, 0]) + lateral * sign * 0.105
        ankle = ankle + forward * (0.02 * sign + 0.5 * lift + sign * at("ahead"))
        draft.leg(side, ankle, forward, lateral)
        pitch = 260 * lift + 70 * max(-sign * at("ahead"), 0)
        draft.foot(side, turn @ rx(pitch), turn @ rx(0.4 * pitch))
        wander = stage.sway(time_s, 2.0, 3 + sign)
        draft.arm(side, flex=4 + at(f"arm_{foot}") + wander, elbow=14 + at(f"elbow_{foot}"))
    return draft.pose()
