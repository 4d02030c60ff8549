"""Every fault that the figure can commit, exercise by exercise: what its severity means and how large it is.

A severity is in degrees beyond good form (unit ``deg``) or the seconds that a movement takes (unit ``s``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class FaultKind:
    """One way to do an exercise badly.

    Attributes
    ----------
    meaning : what the severity says.
    usual : a severity that a therapist would remark on.
    unit : ``deg`` or ``s``.
    stretches : the parts of a repetition whose seconds the severity replaces.
    whole_set : whether it holds for the whole set and not for single repetitions.
    """

    meaning: str
    usual: float
    unit: str = "deg"
    stretches: tuple[str, ...] = ()
    whole_set: bool = False


def _tempo(meaning: str, usual: float, *stretches: str) -> FaultKind:
    return FaultKind(meaning, usual, "s", stretches)


_K = FaultKind

FAULTS: Final[dict[str, dict[str, FaultKind]]] = {
    "straight-leg-raise": {
        "knee_bends": _K("flexion of the raised knee at the top", 35),
        "not_high_enough": _K("hip flexion missing at the top", 20),
        "too_high": _K("hip flexion beyond the target", 40),
        "dropped": _tempo("time the lowering takes", 0.45, "down"),
        "other_foot_lifts": _K("the bent leg's turn about its hip", 20),
        "other_knee_straightens": _K("the bent knee's loss of flexion", 50),
        "back_arches": _K("extension of the lumbar spine", 20),
    },
    "wall-squat": {
        "back_off_wall": _K("the trunk's lean off the wall", 22),
        "head_off_wall": _K("the neck's flexion", 25),
        "knees_past_toes": _K("the shin's lean at the bottom", 26, whole_set=True),
        "knees_cave_in": _K("the knees' turn towards each other", 12),
        "too_deep": _K("knee flexion beyond the target", 20),
        "not_deep_enough": _K("knee flexion missing at the bottom", 25),
        "heels_lift": _K("pitch of the feet", 22),
        "feet_not_shoulder_width": _K("the legs' abduction; negative: too narrow", 10, whole_set=True),
        "too_fast": _tempo("time each way takes", 0.4, "up", "down"),
        "hands_push": _K("the elbows' flexion while pushing", 30),
    },
    "calf-raise": {
        "knees_bend": _K("knee flexion at the top", 25),
        "trunk_leans": _K("the trunk's lean forwards", 18),
        "shallow": _K("plantar flexion missing at the top", 25),
        "bouncing": _tempo("time a repetition takes", 0.75, "up", "hold", "down", "rest"),
        "hands_push": _K("the elbows' straightening on a support", 30),
    },
    "hamstring-curl": {
        "hips_lift": _K("hip flexion", 25),
        "back_arches": _K("extension of the spine", 25),
        "leg_sags": _K("knee flexion lost during the hold", 20),
        "jerked": _tempo("time the curl takes", 0.35, "up"),
        "dropped": _tempo("time the lowering takes", 0.35, "down"),
        "short_hold": _tempo("time the hold takes", 7.0, "hold"),
        "not_far_enough": _K("knee flexion missing at the top", 30),
    },
    "leg-press": {
        "knees_locked": _K("how much straighter than 5 degrees the knees are", 4.5),
        "hips_leave_pad": _K("the trunk's lean off the pad, about the hips", 18),
        "pelvis_tucks": _K("the pelvis's turn off the seat at the bent end", 15, whole_set=True),
        "too_fast": _tempo("time each way takes", 0.45, "up", "down"),
        "knees_cave_in": _K("the knees' turn towards each other", 12),
        "short_range": _K("knee flexion missing at the bent end", 40, whole_set=True),
    },
}

EXERCISES: Final[tuple[str, ...]] = tuple(FAULTS)
"""The five exercises, by the names of the command line."""
