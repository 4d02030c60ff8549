"""Scenes of what is none of the exercises, of what gets in the way, and of whole sessions."""

from __future__ import annotations

from typing import Final

from bench.filming.deck import SHORT, Deck
from bench.filming.pools import Values

NEGATIVES: Final[dict[str, tuple[int, tuple[float, ...]]]] = {
    "walking-through": (0, (0.0, 20.0, -15.0, 0.0)),
    "standing-about": (0, (0.0, 40.0, 85.0, -25.0)),
    "stretching": (0, (10.0, 90.0, -20.0, 50.0)),
    "picking-up": (4, (0.0, 15.0, -35.0, 60.0)),
    "lunge": (5, (0.0, -10.0, 30.0, 5.0)),
    "marching": (20, (0.0, 90.0, 20.0, -20.0)),
    "sit-to-stand": (4, (0.0, 15.0, -12.0, 40.0)),
    "sitting-down": (0, (0.0, 30.0, -15.0, 10.0)),
    "bridge": (5, (0.0, 12.0, -20.0, 30.0)),
    "crunch": (9, (0.0, -10.0, 25.0, 10.0)),
    "knee-hug": (4, (0.0, 15.0, -15.0, 35.0)),
    "double-leg-raise": (4, (0.0, 10.0, -20.0, 5.0)),
    "cycling": (6, (0.0, -12.0, 20.0, 8.0)),
}
"""What is none of the exercises: repetitions, and the azimuths of its four clips."""


def deal_negatives(deck: Deck) -> None:
    """Deal two clips of each doing that must not be counted."""
    mine = (0, 2) if deck.part == "build" else (1, 3)
    for turn, (doing, (reps, azimuths)) in enumerate(NEGATIVES.items()):
        for i, which in enumerate(mine):
            table: Values = {
                "exercise": doing,
                "heading": ("left", "right")[(turn + i) % 2],
                "motion": {"reps": reps, "jitter": 0.15, "amplitude": (1.0, 0.85)[i]},
            }
            deck.deal(f"none-{doing}-{i + 1}", table, azimuths[which])


_WALK: Final = ("walks_in", "walks_out")
_LIE: Final = ("lies_down", "gets_up")
Hindrance = tuple[str, str, float, tuple[Values, ...]]

DISTURBED: Final[dict[str, tuple[Hindrance, ...]]] = {
    "build": (
        ("wall-squat", "walked", 10.0, tuple({"kind": kind} for kind in _WALK)),
        ("straight-leg-raise", "lay", 5.0, tuple({"kind": kind} for kind in _LIE)),
        ("calf-raise", "passer", 0.0, ({"kind": "passer_by", "at_s": 3.0, "depth_m": -0.8},)),
        ("wall-squat", "passer", 5.0, ({"kind": "passer_by", "at_s": 4.0, "depth_m": 0.9},)),
        ("hamstring-curl", "bystander", -8.0, ({"kind": "bystander", "place_m": 1.3, "depth_m": -0.6},)),
        ("straight-leg-raise", "chair", 0.0, ({"kind": "chair", "at_s": 5.0, "joint": "ankle"},)),
        ("wall-squat", "arm", 8.0, ({"kind": "arm", "at_s": 5.0, "joint": "knee"},)),
        ("leg-press", "nudge", 0.0, ({"kind": "nudge", "at_s": 5.0, "shift": 0.07},)),
        ("calf-raise", "chair", 12.0, ({"kind": "chair", "at_s": 4.5, "joint": "knee"},)),
    ),
    "test": (
        ("calf-raise", "walked", 8.0, tuple({"kind": kind} for kind in _WALK)),
        ("hamstring-curl", "lay", -6.0, tuple({"kind": kind} for kind in _LIE)),
        ("wall-squat", "passer", 0.0, ({"kind": "passer_by", "at_s": 3.5, "depth_m": 0.8},)),
        ("straight-leg-raise", "passer", 10.0, ({"kind": "passer_by", "at_s": 3.0, "depth_m": -0.75},)),
        ("calf-raise", "bystander", 0.0, ({"kind": "bystander", "place_m": -1.2, "depth_m": -0.7},)),
        ("hamstring-curl", "chair", 5.0, ({"kind": "chair", "at_s": 5.0, "joint": "knee"},)),
        ("straight-leg-raise", "arm", 0.0, ({"kind": "arm", "at_s": 6.0, "joint": "hip"},)),
        ("straight-leg-raise", "nudge", -10.0, ({"kind": "nudge", "at_s": 6.0, "shift": 0.06},)),
        ("leg-press", "bystander", 6.0, ({"kind": "bystander", "place_m": 1.4, "depth_m": -0.8},)),
        ("wall-squat", "chair", 4.0, ({"kind": "chair", "at_s": 6.0, "joint": "knee"},)),
    ),
}


def deal_disturbed(deck: Deck) -> None:
    """Deal sets in which something gets in the way."""
    for turn, (exercise, what, azimuth, hindrances) in enumerate(DISTURBED[deck.part]):
        motion: Values = {"reps": 3 if what in ("walked", "lay") else 4}
        if exercise == "hamstring-curl":
            motion["hold_s"] = 2.5
        sides = ("left", "right") if exercise in ("straight-leg-raise", "hamstring-curl") else ("both",)
        table: Values = {
            "exercise": exercise,
            "side": sides[turn % len(sides)],
            "heading": ("right", "left")[turn % 2],
            "motion": motion,
            "disturbance": [_with_stranger(deck, hindrance) for hindrance in hindrances],
        }
        deck.deal(f"{SHORT[exercise]}-{what}", table, azimuth, portrait=False)


def _with_stranger(deck: Deck, hindrance: Values) -> Values:
    if hindrance["kind"] in ("passer_by", "bystander"):
        return {**hindrance, "body": deck.stranger()}
    return hindrance


def _part(exercise: str, side: str, heading: str, at_m: float, **motion: object) -> Values:
    rest: Values = {"lead_s": 1.2, "tail_s": 0.8}
    return {
        "exercise": exercise,
        "side": side,
        "heading": heading,
        "at_m": at_m,
        "motion": {**rest, **motion},
    }


SESSIONS: Final[dict[str, tuple[tuple[Values, ...], ...]]] = {
    "build": (
        (
            _part("straight-leg-raise", "left", "left", 0.0, reps=3),
            _part("straight-leg-raise", "right", "left", 0.0, reps=3),
            _part("hamstring-curl", "left", "left", 0.0, reps=2, hold_s=3.0),
            _part("calf-raise", "both", "right", 0.3, reps=4),
        ),
        (
            _part("calf-raise", "both", "left", -0.4, reps=4),
            _part("wall-squat", "both", "left", 0.9, reps=3, range="gentle"),
            _part("standing-about", "both", "left", 0.0),
        ),
    ),
    "test": (
        (
            _part("calf-raise", "both", "right", 0.3, reps=4),
            _part("straight-leg-raise", "right", "right", 0.0, reps=3),
            _part("straight-leg-raise", "left", "right", 0.0, reps=3),
            _part("hamstring-curl", "both", "right", 0.0, reps=2, hold_s=3.5),
        ),
        (
            _part("wall-squat", "both", "right", -0.9, reps=3),
            _part("calf-raise", "both", "right", 0.4, reps=4),
            _part("lunge", "both", "right", 0.2, reps=3),
        ),
    ),
}


def deal_sessions(deck: Deck) -> None:
    """Deal whole sessions: walk in, several exercises with the ways between, walk out."""
    for i, parts in enumerate(SESSIONS[deck.part]):
        table: Values = {"part": parts, "disturbance": [{"kind": kind} for kind in _WALK]}
        deck.deal(f"session-{i + 1}", table, (0.0, 6.0)[i], portrait=False)
