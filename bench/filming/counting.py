"""Scenes of repetitions done well: every range, side, view and habit."""

from __future__ import annotations

from typing import Final

from bench.filming.deck import SHORT, Deck
from bench.filming.pools import Values

HABITS: Final[tuple[Values, ...]] = (
    {"reps": 4},
    {"reps": 4, "range": "gentle"},
    {"reps": 5, "fade": 0.38, "jitter": 0.15},
    {"reps": 4, "double_bumps": (2, 3)},
    {"reps": 4, "jitter": 0.25, "pauses": ({"after": 2, "seconds": 2.5},)},
    {"reps": 3, "tremor_deg": 2.0},
    {"reps": 3, "slow": True},
    {"reps": 7, "quick": True},
    {"reps": 3, "lead_s": 0.1, "tail_s": 0.2},
    {"reps": 4, "range": "full"},
    {"reps": 5, "amplitude": (1.0, 0.8, 1.08, 0.72, 0.95), "jitter": 0.3},
    {"reps": 3, "range": "gentle", "tremor_deg": 1.2},
)
"""What differs between clips, the same for all exercises; ``slow`` and ``quick`` are in TEMPI."""

TEMPI: Final[dict[str, dict[str, Values]]] = {
    "straight-leg-raise": {
        "slow": {"up_s": 2.4, "hold_s": 1.8, "down_s": 2.8},
        "quick": {"up_s": 1.0, "hold_s": 0.3, "down_s": 1.3, "rest_s": 0.4},
    },
    "wall-squat": {
        "slow": {"up_s": 2.5, "hold_s": 4.0, "down_s": 2.4},
        "quick": {"up_s": 1.2, "hold_s": 0.2, "down_s": 1.1, "rest_s": 0.3},
    },
    "calf-raise": {
        "slow": {"up_s": 1.8, "hold_s": 2.0, "down_s": 2.4},
        "quick": {"up_s": 0.7, "hold_s": 0.2, "down_s": 0.75, "rest_s": 0.25},
    },
    "hamstring-curl": {
        "slow": {"up_s": 2.5, "hold_s": 6.0, "down_s": 2.5},
        "quick": {"up_s": 1.2, "hold_s": 1.3, "down_s": 1.2, "rest_s": 0.7},
    },
    "leg-press": {
        "slow": {"up_s": 2.3, "hold_s": 1.5, "down_s": 2.6},
        "quick": {"up_s": 1.0, "hold_s": 0.2, "down_s": 1.1, "rest_s": 0.25},
    },
}

SIDE_ON: Final = (0.0, 10.0, -10.0, 5.0, -15.0, 20.0, 0.0, 14.0, -20.0, 35.0, -35.0, 45.0)
AZIMUTHS: Final[dict[str, tuple[float, ...]]] = {
    "straight-leg-raise": SIDE_ON,
    "wall-squat": (0.0, 10.0, -5.0, 90.0, 15.0, 20.0, 0.0, 35.0, 80.0, 5.0, 50.0, 90.0),
    "calf-raise": (0.0, 10.0, -10.0, 40.0, 90.0, -20.0, 15.0, 60.0, 0.0, -40.0, 80.0, 20.0),
    "hamstring-curl": SIDE_ON,
    "leg-press": (0.0, 10.0, -10.0, 5.0, -15.0, 20.0, 0.0, -20.0, 15.0, 35.0, -35.0, 25.0),
}
SIDES: Final[dict[str, tuple[str, ...]]] = {
    "straight-leg-raise": ("left", "right", "right", "left"),
    "wall-squat": ("both",),
    "calf-raise": ("both", "both", "left", "both", "right"),
    "hamstring-curl": ("left", "right", "both", "right", "left"),
    "leg-press": ("both",),
}
HEADINGS: Final = ("left", "right", "left", "left", "right", "right")
SKIPPED: Final = {"build": (0, 3, 4, 7, 9, 11), "test": (2, 7)}
"""Habits that a part leaves out, shifted by one for each exercise; less is filmed for building."""


def _motion(exercise: str, habit: Values, i: int) -> Values:
    motion = {key: value for key, value in habit.items() if key not in ("slow", "quick")}
    for tempo in ("slow", "quick"):
        if habit.get(tempo):
            motion |= TEMPI[exercise][tempo]
    if exercise == "hamstring-curl" and "hold_s" not in motion:
        motion["hold_s"] = (3.0, 2.0, 4.0)[i % 3]
    if exercise == "straight-leg-raise" and motion.get("range") == "gentle":
        motion["range"] = (12.0, "gentle")[i % 2]
    if exercise == "wall-squat" and i % 4 == 1 and motion.get("range") == "gentle":
        motion["range"] = 40.0
    if exercise == "calf-raise":
        motion["step"] = i % 3 == 1
    if exercise == "calf-raise" and motion.get("range") == "gentle":
        motion["range"] = "standard"
    return motion


def deal_counting(deck: Deck) -> None:
    """Deal the well-done sets of all five exercises."""
    for e, exercise in enumerate(SHORT):
        for i, habit in enumerate(HABITS):
            if (i - e) % len(HABITS) in SKIPPED[deck.part]:
                continue
            turn = i + 2 * e + (0 if deck.part == "build" else 1)
            doing: Values = {
                "exercise": exercise,
                "side": SIDES[exercise][turn % len(SIDES[exercise])],
                "heading": HEADINGS[turn % len(HEADINGS)],
                "motion": _motion(exercise, habit, i),
            }
            azimuth = AZIMUTHS[exercise][(i + (5 if deck.part == "build" else 0)) % 12]
            deck.deal(f"{SHORT[exercise]}-{i + 1:02d}", doing, azimuth)


RATES: Final = (30.0, 60.0)
RATED: Final[dict[str, tuple[str, ...]]] = {
    "build": ("slr-09", "ws-03", "cr-08", "hc-09", "lp-10"),
    "test": ("slr-09", "ws-08", "cr-08", "hc-08", "lp-08"),
}
"""Scenes that are filmed again at 30 and 60 frames a second."""


def deal_rates(deck: Deck) -> None:
    """Deal some sets again at other rates, three repetitions of each."""
    for name in RATED[deck.part]:
        for fps in RATES:
            scene = dict(deck.scenes[name])
            motion = scene["motion"]
            assert isinstance(motion, dict)
            scene["motion"] = {**motion, "reps": 3}
            deck.scenes[f"{name}-{fps:g}fps"] = {**scene, "fps": fps}
