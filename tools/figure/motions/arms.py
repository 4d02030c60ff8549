"""Arms that do something else than the exercise needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from tools.figure.motions.stage import Act
from tools.figure.rotation import rx, rz
from tools.figure.skeleton import SIDES, Pose

Turns = tuple[float, float, float]
"""Forwards, sideways and the elbow's bend, degrees."""


def _wave(time_s: float, hz: float, shift: float = 0.0) -> float:
    return float(np.sin(2 * np.pi * (hz * time_s + shift)))


HABITS: Final[dict[str, Callable[[float, int], Turns]]] = {
    "forward": lambda t, sign: (86 + 3 * _wave(t, 0.3), 4, 6),
    "overhead": lambda t, sign: (168 + 4 * _wave(t, 0.25), 8, 10),
    "folded": lambda t, sign: (52, -22, 108),
    "swinging": lambda t, sign: (38 * _wave(t, 0.55, 0.25 * sign), 8, 18),
    "phone": lambda t, sign: (46, 10, 138) if sign > 0 else (4, 8, 14),
    "curling": lambda t, sign: (6, 8, 70 + 62 * _wave(t, 0.45)),
    "raising": lambda t, sign: (80 + 78 * _wave(t, 0.33), 8, 8),
    "aside": lambda t, sign: (4, 82 + 4 * _wave(t, 0.3), 8),
}


def with_arms(act: Act, habit: str) -> Act:
    """An act whose arms follow a habit of their own."""

    def pose_at(time_s: float) -> Pose:
        pose = act.pose_at(time_s)
        for side, sign in SIDES:
            flex, abduct, elbow = HABITS[habit](time_s, sign)
            pose = pose.turned(f"uarm.{side}", rx(-flex) @ rz(sign * abduct))
            pose = pose.turned(f"farm.{side}", rx(-elbow))
        return pose

    return replace(act, pose_at=pose_at)
