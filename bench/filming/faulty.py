"""Scenes in which repetitions carry faults at several severities beside clean ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bench.filming.deck import SHORT, Deck
from bench.filming.pools import Values


@dataclass(frozen=True)
class Grade:
    """How severe a fault is to be filmed.

    Attributes
    ----------
    at_limit : the figure's severity that just reaches the exercise's limit; the steps come on top of it.
    build, test : steps beyond the limit, or severities where ``at_limit`` is 0; one set each.
    """

    at_limit: float
    build: tuple[tuple[float, ...], ...]
    test: tuple[tuple[float, ...], ...]

    def sets(self, part: str) -> tuple[tuple[float, ...], ...]:
        """The severities of each clip of a part."""
        steps = self.build if part == "build" else self.test
        return tuple(tuple(round(self.at_limit + step, 2) for step in one) for one in steps)


def _deg(at_limit: float) -> Grade:
    return Grade(at_limit, ((6, 14),), ((4, 10, 16), (11, 22)))


def _some(build: tuple[float, ...], first: tuple[float, ...], second: tuple[float, ...]) -> Grade:
    return Grade(0.0, (build,), (first, second))


GRADES: Final[dict[str, dict[str, Grade]]] = {
    "straight-leg-raise": {
        "knee_bends": _deg(20),
        "not_high_enough": Grade(12, ((5, 12),), ((4, 10, 12), (11, 14))),
        "too_high": _deg(25),
        "dropped": _some((0.7, 0.4), (0.85, 0.5, 0.4), (0.45, 0.35)),
        "other_foot_lifts": _deg(10),
        "other_knee_straightens": Grade(35, ((8, 20),), ((5, 12, 20), (11, 30))),
        "back_arches": Grade(0, ((15,),), ((12, 25),)),
    },
    "wall-squat": {
        "back_off_wall": _deg(15),
        "heels_lift": _deg(12),
        "head_off_wall": _deg(15),
        "not_deep_enough": _deg(10),
        "too_deep": Grade(8, ((5, 13),), ((5, 10, 14), (11, 18))),
        "knees_cave_in": _some((6, 12), (4, 8, 12), (10, 16)),
        "knees_past_toes": Grade(17, ((5,), (11,)), ((4,), (10,), (16,))),
        "feet_not_shoulder_width": Grade(0, ((-5,), (-8,), (12,)), ((-4,), (-7,), (-9,), (8,), (16,))),
        "too_fast": Grade(0, ((0.6, 0.45),), ((0.7, 0.5, 0.4),)),
        "hands_push": Grade(0, ((30, 30),), ((30, 30),)),
    },
    "calf-raise": {
        "knees_bend": _deg(15),
        "trunk_leans": _deg(12),
        "shallow": Grade(8.4, ((6, 13),), ((4, 10, 15), (11, 14))),
        "bouncing": _some((0.72, 0.6), (0.74, 0.64, 0.6), (0.7, 0.56)),
        "hands_push": Grade(0, ((30, 30),), ((30, 30),)),
    },
    "hamstring-curl": {
        "hips_lift": _deg(15),
        "leg_sags": _deg(10),
        "back_arches": _deg(15),
        "not_far_enough": _deg(25),
        "jerked": _some((0.6, 0.4), (0.7, 0.45, 0.35), (0.5, 0.3)),
        "dropped": _some((0.6, 0.4), (0.7, 0.45, 0.35), (0.5, 0.3)),
        "short_hold": Grade(0, ((5.0,),), ((7.0, 10.0),)),
    },
    "leg-press": {
        "knees_locked": _some((3.0, 4.6), (2.5, 4.0, 4.7), (4.3, 4.7)),
        "hips_leave_pad": _deg(12),
        "too_fast": _some((0.7, 0.45), (0.8, 0.6, 0.4), (0.5, 0.45)),
        "pelvis_tucks": Grade(12, ((10,),), ((5,), (12,))),
        "short_range": Grade(13, ((12,),), ((6,), (12,), (20,))),
        "knees_cave_in": Grade(0, ((20, 25),), ((15, 25),)),
    },
}

TOGETHER: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "straight-leg-raise": (
        ("knee_bends", "not_high_enough"),
        ("too_high", "dropped"),
        ("other_foot_lifts", "other_knee_straightens"),
        ("back_arches",),
    ),
    "wall-squat": (
        ("back_off_wall", "heels_lift"),
        ("head_off_wall", "not_deep_enough"),
        ("too_deep",),
        ("knees_cave_in",),
        ("hands_push",),
    ),
    "calf-raise": (("knees_bend", "trunk_leans"), ("shallow", "bouncing"), ("hands_push",)),
    "hamstring-curl": (
        ("hips_lift", "leg_sags"),
        ("back_arches", "not_far_enough"),
        ("jerked", "dropped"),
        ("short_hold",),
    ),
    "leg-press": (("knees_locked", "hips_leave_pad"), ("too_fast",), ("knees_cave_in",)),
}
"""Faults that share a clip, each in repetitions of its own."""

WHOLE_SET: Final[dict[str, tuple[str, ...]]] = {
    "wall-squat": ("knees_past_toes", "feet_not_shoulder_width"),
    "leg-press": ("pelvis_tucks", "short_range"),
}
FRONT: Final = frozenset(("knees_cave_in", "feet_not_shoulder_width"))
DEEP: Final = frozenset(("too_deep", "not_deep_enough"))
TEMPO: Final[dict[str, Values]] = {
    "straight-leg-raise": {"up_s": 1.3, "hold_s": 0.6, "down_s": 1.6, "rest_s": 0.5},
    "wall-squat": {"up_s": 1.4, "hold_s": 0.6, "down_s": 1.4, "rest_s": 0.5},
    "calf-raise": {"up_s": 0.9, "hold_s": 0.6, "down_s": 1.0, "rest_s": 0.6},
    "hamstring-curl": {"up_s": 1.4, "hold_s": 1.6, "down_s": 1.5, "rest_s": 0.9},
    "leg-press": {"up_s": 1.3, "hold_s": 0.5, "down_s": 1.4, "rest_s": 0.6},
}
SIDE_VIEWS: Final = (0.0, 8.0, -6.0, 15.0, 4.0, -12.0)
FRONT_VIEWS: Final = (90.0, 85.0, 95.0)


def _spread(codes: tuple[str, ...], severities: list[tuple[float, ...]]) -> tuple[int, list[Values]]:
    """Repetitions and their faults: a clean one, the faults in turn, and a clean one between."""
    faults: list[Values] = []
    number = 1
    for step in range(max(len(one) for one in severities)):
        for code, one in zip(codes, severities, strict=True):
            if step < len(one):
                number += 1
                faults.append({"code": code, "severity": one[step], "reps": (number,)})
        if step == 0:
            number += 1
    return number, faults


def _doing(exercise: str, turn: int, motion: Values, faults: list[Values]) -> Values:
    side = {"straight-leg-raise": ("left", "right"), "hamstring-curl": ("right", "left", "both")}
    sides = side.get(exercise, ("both",))
    return {
        "exercise": exercise,
        "side": sides[turn % len(sides)],
        "heading": ("left", "right")[(turn // 2) % 2],
        "motion": {"lead_s": 1.3, "tail_s": 0.9, **TEMPO[exercise], **motion},
        "fault": faults,
    }


def _view(codes: tuple[str, ...], exercise: str, turn: int) -> float:
    if exercise != "leg-press" and FRONT & set(codes):
        return FRONT_VIEWS[turn % 3]
    view = SIDE_VIEWS[turn % 6]
    return abs(view) if exercise == "wall-squat" else view


def _range(exercise: str, codes: tuple[str, ...]) -> str:
    return "full" if exercise == "wall-squat" and DEEP & set(codes) else "standard"


def _deal_together(deck: Deck, exercise: str, codes: tuple[str, ...], turn: int) -> None:
    grades = [GRADES[exercise][code].sets(deck.part) for code in codes]
    for i in range(max(len(sets) for sets in grades)):
        severities = [sets[min(i, len(sets) - 1)] for sets in grades]
        reps, faults = _spread(codes, severities)
        motion: Values = {"reps": reps, "range": _range(exercise, codes)}
        if codes == ("short_hold",):
            motion = {"reps": len(severities[0]) + 1, "hold_s": 14.6}
            faults = [{**f, "reps": (k + 2,)} for k, f in enumerate(faults)]
        name = f"{SHORT[exercise]}-fault-{'-'.join(codes)}-{i + 1}"
        deck.deal(name, _doing(exercise, turn + i, motion, faults), _view(codes, exercise, turn + i))


def _deal_whole_sets(deck: Deck, exercise: str) -> None:
    for code in WHOLE_SET.get(exercise, ()):
        for i, (severity, *_) in enumerate(GRADES[exercise][code].sets(deck.part)):
            faults: list[Values] = [{"code": code, "severity": severity}]
            doing = _doing(exercise, i, {"reps": 3}, faults)
            deck.deal(f"{SHORT[exercise]}-fault-{code}-{i + 1}", doing, _view((code,), exercise, i))


def deal_faults(deck: Deck) -> None:
    """Deal every fault of every exercise, from a view that can show it."""
    for exercise, groups in TOGETHER.items():
        for turn, codes in enumerate(groups):
            _deal_together(deck, exercise, codes, turn + (0 if deck.part == "build" else 1))
        _deal_whole_sets(deck, exercise)


BLIND: Final[tuple[tuple[str, str, float, float], ...]] = (
    ("straight-leg-raise", "knee_bends", 40.0, 62.0),
    ("wall-squat", "back_off_wall", 30.0, 88.0),
    ("wall-squat", "knees_cave_in", 15.0, 4.0),
    ("calf-raise", "knees_bend", 30.0, 90.0),
)
"""Exercise, fault, severity, and an azimuth from which it cannot be judged."""


def deal_blind(deck: Deck) -> None:
    """Deal faults that the view cannot show."""
    for i, (exercise, code, severity, azimuth) in enumerate(BLIND):
        faults: list[Values] = [{"code": code, "severity": severity, "reps": (2, 4)}]
        deck.deal(f"{SHORT[exercise]}-blind-{code}", _doing(exercise, i, {"reps": 4}, faults), azimuth)


def deal_later(deck: Deck) -> None:
    """Deal what was thought of last, so that the scenes before it stay as they are."""
    _deal_together(deck, "wall-squat", ("too_fast",), 0)
