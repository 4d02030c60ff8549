"""The part ``late``: drawn by lot as the others are, smaller, rendered last and to be looked at once.

It has every exercise, every fault and everything that is not to be counted. Two faults share a clip, and
which two is drawn as well; of each the lot takes one severity below the limit or at it, and one well beyond.
"""

from __future__ import annotations

from typing import Final

from bench.filming.deck import SHORT, Deck
from bench.filming.faulty import DEEP, FRONT
from bench.filming.lots import (
    BLIND,
    DISTURBED,
    FAULTS,
    SEEDS,
    WHOLE_SET,
    Lots,
    Steps,
    deal_blind,
    deal_disturbed,
    deal_negatives,
    deal_sets,
    deal_whole_sets,
    part_of,
    set_of,
)
from bench.filming.pools import Values

SETS: Final = 2
"""Well-done sets of each exercise."""
HOLD: Final = "short_hold"
HOLD_S: Final = 14.4
FURTHEST: Final = tuple({row[:2]: row for row in WHOLE_SET}.values())
"""The last row of each fault that holds for a whole set: it is well beyond its limit."""


def _kept_apart(exercise: str, code: str) -> str:
    """What a fault asks of its scene; only those that ask the same share one."""
    if exercise == "wall-squat" and code in DEEP:
        return "deep"
    return code if code == HOLD or (exercise == "wall-squat" and code in FRONT) else ""


def _shared(lots: Lots, exercise: str) -> list[list[str]]:
    """The faults of an exercise, in any order, two to a clip."""
    groups: dict[str, list[str]] = {}
    for code in lots.mixed(list(FAULTS[exercise])):
        groups.setdefault(_kept_apart(exercise, code), []).append(code)
    return [group[i : i + 2] for group in groups.values() for i in range(0, len(group), 2)]


def _severities(lots: Lots, code: str, fault: tuple[float, Steps]) -> list[float]:
    at_limit, steps = fault
    near, far = steps[:2], steps[2:]
    taken = [lots.one(some) for some in (near, far) if some]
    return [round(at_limit + step, 2) if at_limit else lots.near(step, 0.03) for step in taken]


def _deal_faults(deck: Deck, lots: Lots) -> None:
    for exercise, faults in FAULTS.items():
        for turn, codes in enumerate(_shared(lots, exercise)):
            bad = [(code, severity) for code in codes for severity in _severities(lots, code, faults[code])]
            rows: list[Values] = [
                {"code": code, "severity": severity, "reps": (number,)}
                for number, (code, severity) in enumerate(lots.mixed(bad), 2)
            ]
            asked = _kept_apart(exercise, codes[0])
            motion: Values = {"reps": len(rows) + 1}
            if asked == "deep":
                motion["range"] = "full"
            if asked == HOLD:
                motion["hold_s"] = HOLD_S
            doing = {**set_of(lots, exercise, motion, turn), "fault": rows}
            view = lots.front_view() if asked in FRONT else lots.side_view(exercise)
            deck.deal(f"{SHORT[exercise]}-fault-{'-'.join(codes)}", doing, view)


def _deal_session(deck: Deck, lots: Lots) -> None:
    parts = (
        part_of(lots, "calf-raise", "both", ("left", -0.3), 4),
        part_of(lots, "straight-leg-raise", "left", ("left", 0.0), 3),
    )
    table: Values = {"part": parts, "disturbance": [{"kind": "walks_in"}, {"kind": "walks_out"}]}
    deck.deal("session-1", table, lots.side_view("calf-raise", 8.0), portrait=False)


def deal_late(deck: Deck) -> None:
    """Deal all scenes of the part."""
    lots = Lots(SEEDS[deck.part])
    deal_sets(deck, lots, SETS)
    _deal_faults(deck, lots)
    deal_whole_sets(deck, lots, FURTHEST)
    deal_negatives(deck, lots)
    deal_disturbed(deck, lots, lots.mixed(DISTURBED)[:2])
    deal_blind(deck, lots, lots.mixed(BLIND)[:1])
    _deal_session(deck, lots)
