"""Scenes drawn by lot, after the counter was written.

Views, tempi, ranges and severities come from a seeded generator and not from a table, so that nobody chose
what the counter is asked. The parts ``fresh`` and ``late`` (``bench/filming/late.py``) are looked at in
totals only; ``drawn`` was the fresh part before them, and is learned from since it was opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from bench.filming.counting import SIDES, TEMPI
from bench.filming.deck import SHORT, Deck
from bench.filming.faulty import DEEP, FRONT, TEMPO
from bench.filming.other import NEGATIVES
from bench.filming.pools import DRAWN, FRESH, LATE, Values

T = TypeVar("T")
SEEDS: Final = {DRAWN: 20_261_124, FRESH: 20_261_125, LATE: 20_261_128}
SETS: Final = 5
"""Well-done sets of each exercise."""
BRISK: Final = 0.88
"""Share of the usual tempo, within what the exercises allow: film is dear."""
HABITS: Final[tuple[Values, ...]] = (
    {"reps": 4},
    {"reps": 3, "range": "gentle"},
    {"reps": 4, "fade": 0.4, "jitter": 0.1},
    {"reps": 3, "double_bumps": (2,), "jitter": 0.15},
    {"reps": 3, "pauses": ({"after": 1, "seconds": 2.0},)},
    {"reps": 5, "quick": True},
    {"reps": 3, "tremor_deg": 1.5},
    {"reps": 3, "lead_s": 0.1, "tail_s": 0.2},
    {"reps": 3, "range": "full"},
    {"reps": 4, "amplitude": (0.9, 1.05, 0.75, 1.0), "jitter": 0.2},
)
"""What differs between well-done sets; each set draws one, none twice in an exercise."""

Steps = tuple[float, ...]
Blind = tuple[str, str, float, float]
Disturbed = tuple[str, str, tuple[Values, ...]]
_DEG: Final[Steps] = (-6, 1, 12, 18)

FAULTS: Final[dict[str, dict[str, tuple[float, Steps]]]] = {
    "straight-leg-raise": {
        "knee_bends": (20, _DEG),
        "not_high_enough": (12, (-6, 1, 11, 14)),
        "too_high": (25, _DEG),
        "dropped": (0, (1.2, 0.95, 0.45, 0.38)),
        "other_foot_lifts": (10, _DEG),
        "other_knee_straightens": (35, (-6, 2, 14, 26)),
        "back_arches": (0, (20,)),
    },
    "wall-squat": {
        "back_off_wall": (15, (-6, 1, 11, 15)),
        "head_off_wall": (15, (-6, 1, 12, 16)),
        "knees_cave_in": (0, (3, 6, 13, 17)),
        "too_deep": (8, (-4, 2, 12, 16)),
        "not_deep_enough": (10, (-5, 1, 12, 17)),
        "heels_lift": (12, (-5, 1, 12, 16)),
        "too_fast": (0, (1.1, 0.87, 0.48, 0.42)),
        "hands_push": (0, (30,)),
    },
    "calf-raise": {
        "knees_bend": (15, _DEG),
        "trunk_leans": (12, _DEG),
        "shallow": (8.4, (-4, 1, 11, 14)),
        "bouncing": (0, (0.95, 0.78, 0.63, 0.58)),
        "hands_push": (0, (30,)),
    },
    "hamstring-curl": {
        "hips_lift": (15, (-6, 1, 12, 17)),
        "back_arches": (15, (-6, 1, 12)),
        "leg_sags": (10, (-5, 1, 12, 18)),
        "jerked": (0, (1.0, 0.78, 0.45, 0.38)),
        "dropped": (0, (1.0, 0.78, 0.45, 0.38)),
        "short_hold": (0, (9.0, 6.0)),
        "not_far_enough": (25, (-6, 1, 12, 18)),
    },
    "leg-press": {
        "knees_locked": (0, (0.5, 1.3, 4.2, 4.7)),
        "hips_leave_pad": (12, (-5, 1, 12, 17)),
        "too_fast": (0, (1.1, 0.87, 0.48, 0.42)),
        "knees_cave_in": (0, (20,)),
    },
}
"""Of each fault that single repetitions carry: the severity at the limit, and the steps from it.

The steps are below the limit, at it, and twice well beyond; where the first figure is 0 they are severities
(see ``tools/figure/faults.py``). A clean repetition comes before them.
"""
WHOLE_SET: Final[tuple[tuple[str, str, float], ...]] = (
    ("wall-squat", "knees_past_toes", 12.0),
    ("wall-squat", "knees_past_toes", 29.0),
    ("wall-squat", "feet_not_shoulder_width", -3.0),
    ("wall-squat", "feet_not_shoulder_width", -9.0),
    ("wall-squat", "feet_not_shoulder_width", 15.0),
    ("leg-press", "pelvis_tucks", 6.0),
    ("leg-press", "pelvis_tucks", 21.0),
    ("leg-press", "short_range", 7.0),
    ("leg-press", "short_range", 28.0),
)
BLIND: Final[tuple[Blind, ...]] = (
    ("straight-leg-raise", "knee_bends", 36.0, -60.0),
    ("wall-squat", "knees_cave_in", 14.0, 7.0),
)
DISTURBED: Final[tuple[Disturbed, ...]] = (
    ("wall-squat", "walked", ({"kind": "walks_in"}, {"kind": "walks_out"})),
    ("straight-leg-raise", "lay", ({"kind": "lies_down"}, {"kind": "gets_up"})),
    ("calf-raise", "passer", ({"kind": "passer_by", "at_s": 4.0, "depth_m": 0.85},)),
    ("hamstring-curl", "arm", ({"kind": "arm", "at_s": 5.0, "joint": "hip"},)),
)


class Lots:
    """What is drawn for each scene."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def one(self, choices: Sequence[T]) -> T:
        """One of them."""
        return self._random.choice(choices)

    def habits(self, sets: int = SETS) -> list[Values]:
        """What differs between so many sets."""
        return self._random.sample(HABITS, sets)

    def mixed(self, values: Sequence[T]) -> list[T]:
        """All of them, in any order."""
        return self._random.sample(values, len(values))

    def near(self, value: float, share: float = 0.12) -> float:
        """A little more or less."""
        return round(value * self._random.uniform(1 - share, 1 + share), 2)

    def side_view(self, exercise: str, most: float = 16.0) -> float:
        """An azimuth from the side; against a wall the camera stands on the open side of it."""
        return round(self._random.uniform(0 if exercise == "wall-squat" else -most, most))

    def front_view(self) -> float:
        """An azimuth from the front."""
        return round(self._random.uniform(83.0, 95.0))

    def view(self, exercise: str, turn: int) -> float:
        """The first set from right at the side, the second askew, the others anywhere."""
        if turn == 0:
            return 0.0
        if turn == 1:
            return round(self._random.uniform(30.0, 45.0))
        if exercise in ("wall-squat", "calf-raise") and self._random.random() < 0.3:
            return round(self._random.uniform(55.0, 92.0))
        return self.side_view(exercise, 30.0)


def _tempo(lots: Lots, exercise: str) -> Values:
    return {key: lots.near(BRISK * float(str(value))) for key, value in TEMPO[exercise].items()}


def set_of(lots: Lots, exercise: str, motion: Values, turn: int) -> Values:
    """A set of an exercise, as at the top of a scene file."""
    return {
        "exercise": exercise,
        "side": lots.one(SIDES[exercise]),
        "heading": ("left", "right")[turn % 2],
        "motion": {"lead_s": lots.near(1.3), "tail_s": 0.8, **_tempo(lots, exercise), **motion},
    }


def _motion_of(exercise: str, habit: Values) -> Values:
    motion = {key: value for key, value in habit.items() if key != "quick"}
    if habit.get("quick"):
        motion |= TEMPI[exercise]["quick"]
    if exercise == "calf-raise" and "range" in motion:
        motion = {**motion, "range": "standard", "step": True}
    return motion


def deal_sets(deck: Deck, lots: Lots, sets: int = SETS) -> None:
    """Deal sets of each exercise done well."""
    for e, exercise in enumerate(SHORT):
        for i, habit in enumerate(lots.habits(sets)):
            doing = set_of(lots, exercise, _motion_of(exercise, habit), i + e)
            deck.deal(f"{SHORT[exercise]}-{i + 1:02d}", doing, lots.view(exercise, i))


def _spread(lots: Lots, code: str, fault: tuple[float, Steps]) -> tuple[int, list[Values]]:
    """Repetitions and their faults: a clean one, and the severities in any order."""
    at_limit, steps = fault
    severities = [round(at_limit + step, 2) if at_limit else lots.near(step, 0.03) for step in steps]
    rows: list[Values] = [
        {"code": code, "severity": severity, "reps": (number,)}
        for number, severity in enumerate(lots.mixed(severities), 2)
    ]
    return len(rows) + 1, rows


def _deal_faults(deck: Deck, lots: Lots) -> None:
    for exercise, faults in FAULTS.items():
        for turn, (code, fault) in enumerate(faults.items()):
            reps, rows = _spread(lots, code, fault)
            motion: Values = {"reps": reps}
            if exercise == "wall-squat" and code in DEEP:
                motion["range"] = "full"
            if code == "short_hold":
                motion["hold_s"] = 14.4
            doing = {**set_of(lots, exercise, motion, turn), "fault": rows}
            front = code in FRONT and exercise == "wall-squat"
            view = lots.front_view() if front else lots.side_view(exercise)
            deck.deal(f"{SHORT[exercise]}-fault-{code}", doing, view)


def deal_whole_sets(deck: Deck, lots: Lots, faults: Sequence[tuple[str, str, float]] = WHOLE_SET) -> None:
    """Deal faults that hold for a whole set."""
    for i, (exercise, code, severity) in enumerate(faults):
        rows: list[Values] = [{"code": code, "severity": severity}]
        doing = {**set_of(lots, exercise, {"reps": 2}, i), "fault": rows}
        view = lots.front_view() if code in FRONT else lots.side_view(exercise)
        deck.deal(f"{SHORT[exercise]}-fault-{code}-{i + 1}", doing, view)


def deal_blind(deck: Deck, lots: Lots, scenes: Sequence[Blind] = BLIND) -> None:
    """Deal faults that the view cannot show."""
    for i, (exercise, code, severity, view) in enumerate(scenes):
        rows: list[Values] = [{"code": code, "severity": severity, "reps": (2,)}]
        doing = {**set_of(lots, exercise, {"reps": 2}, i), "fault": rows}
        deck.deal(f"{SHORT[exercise]}-blind-{code}", doing, view)


def deal_negatives(deck: Deck, lots: Lots) -> None:
    """Deal each doing that must not be counted."""
    for turn, (doing, (reps, _)) in enumerate(NEGATIVES.items()):
        table: Values = {
            "exercise": doing,
            "heading": ("left", "right")[turn % 2],
            "motion": {"reps": (reps + 1) // 2, "jitter": 0.2, "amplitude": lots.near(0.95, 0.08)},
        }
        deck.deal(f"none-{doing}", table, lots.side_view(doing, 28.0))


def deal_disturbed(deck: Deck, lots: Lots, scenes: Sequence[Disturbed] = DISTURBED) -> None:
    """Deal sets in which something gets in the way."""
    for turn, (exercise, what, hindrances) in enumerate(scenes):
        rows = [{**row, "body": deck.stranger()} if row["kind"] == "passer_by" else row for row in hindrances]
        motion: Values = {"reps": 3}
        doing = {**set_of(lots, exercise, motion, turn), "disturbance": rows}
        deck.deal(f"{SHORT[exercise]}-{what}", doing, lots.side_view(exercise, 10.0), portrait=False)


def part_of(lots: Lots, exercise: str, side: str, place: tuple[str, float], reps: int) -> Values:
    """A part of a session."""
    heading, at_m = place
    motion: Values = {"lead_s": 1.2, "tail_s": 0.8, **_tempo(lots, exercise), "reps": reps}
    return {"exercise": exercise, "side": side, "heading": heading, "at_m": at_m, "motion": motion}


def _deal_sessions(deck: Deck, lots: Lots) -> None:
    """Two whole sessions: walk in, exercises with the ways between them, walk out."""
    sessions = (
        (
            part_of(lots, "straight-leg-raise", "left", ("left", 0.0), 4),
            part_of(lots, "straight-leg-raise", "right", ("left", 0.0), 3),
            part_of(lots, "calf-raise", "both", ("left", -0.3), 4),
            part_of(lots, "wall-squat", "both", ("left", 0.9), 3),
        ),
        (
            part_of(lots, "wall-squat", "both", ("right", -0.9), 3),
            part_of(lots, "hamstring-curl", "right", ("right", 0.0), 3),
            part_of(lots, "calf-raise", "both", ("right", 0.3), 5),
        ),
    )
    for i, parts in enumerate(sessions):
        table: Values = {"part": parts, "disturbance": [{"kind": "walks_in"}, {"kind": "walks_out"}]}
        deck.deal(f"session-{i + 1}", table, (4.0, 7.0)[i], portrait=False)


def deal_by_lot(deck: Deck) -> None:
    """Deal all scenes of the part."""
    lots = Lots(SEEDS[deck.part])
    for deal in (
        deal_sets,
        _deal_faults,
        deal_whole_sets,
        deal_negatives,
        deal_disturbed,
        deal_blind,
        _deal_sessions,
    ):
        deal(deck, lots)
