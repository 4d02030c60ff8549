"""Everything the figure can do, by name, and which exercises it must not be counted as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from repcount.core.errors import SettingError
from tools.figure.faults import EXERCISES
from tools.figure.motions import (
    arm_work,
    calf,
    curl,
    floor,
    free_squat,
    leg_raise,
    press,
    recorded,
    sitting,
    squat,
    standing,
    upright,
    walking,
)
from tools.figure.motions.arms import with_arms
from tools.figure.motions.stage import Act, Stage

ACTS: Final[dict[str, Callable[[Stage], Act]]] = {
    "straight-leg-raise": leg_raise.act,
    "wall-squat": squat.act,
    "calf-raise": calf.act,
    "hamstring-curl": curl.act,
    "leg-press": press.act,
    "walking-through": walking.walking_through,
    "standing-about": upright.standing_about,
    "stretching": upright.stretching,
    "picking-up": upright.picking_up,
    "lunge": upright.lunge,
    "marching": upright.marching,
    "sit-to-stand": sitting.sit_to_stand,
    "sitting-down": sitting.sitting_down,
    "bridge": floor.bridge,
    "crunch": floor.crunch,
    "knee-hug": floor.knee_hug,
    "double-leg-raise": floor.double_leg_raise,
    "cycling": floor.cycling,
    "side-leg-raise": standing.side_leg_raise,
    "heel-slide": floor.heel_slide,
    "good-morning": standing.good_morning,
    "biceps-curl": arm_work.biceps_curl,
    "arm-raise": arm_work.arm_raise,
}
"""The five exercises, then the negatives: doings that must not be counted as one of the five."""

TAUGHT: Final = (
    "bridge",
    "crunch",
    "lunge",
    "sit-to-stand",
    "marching",
    "knee-hug",
    "double-leg-raise",
    "side-leg-raise",
    "heel-slide",
    "good-morning",
    "biceps-curl",
    "arm-raise",
)
"""Negatives that are exercises of their own: one may learn them, and the truth has their repetitions."""

RECORDED: Final = "recorded"
"""What a part that plays a recording is called where none of the names above fits."""

NOT_JUDGED: Final[dict[str, tuple[str, ...]]] = {
    "double-leg-raise": ("straight-leg-raise",),
    "sit-to-stand": ("wall-squat",),
}
"""Exercises that a negative comes too near to for a verdict."""


def act(stage: Stage) -> Act:
    """What a part asks for.

    Raises
    ------
    SettingError
        The figure cannot do anything of that name.
    InputError
        The part names a recording of motion that is not there.
    """
    name = stage.part.exercise
    if stage.part.motion.recording is not None and name in (*ACTS, RECORDED):
        return recorded.act(stage)
    if name not in ACTS:
        raise SettingError(f"the figure cannot do {name}; choose one of {', '.join(ACTS)}")
    motion = stage.part.motion
    made = free_squat.act if motion.free and name == "wall-squat" else ACTS[name]
    return with_arms(made(stage), motion.arms) if motion.arms else made(stage)


def negative_for(name: str) -> tuple[str, ...]:
    """The exercises that a doing must not be counted as."""
    return tuple(e for e in EXERCISES if e != name and e not in NOT_JUDGED.get(name, ()))
