"""The values of a learned exercise's file."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from repcount.counting.movement import Movement
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.learning.conditions import LearnedCondition
from repcount.learning.drives import DriveSignal

Values = dict[str, Any]

PRESETS: Final = {"gentle": 0.6, "standard": 0.8, "full": 1.0}
"""Of the range that was shown."""
SMALLEST: Final = 0.45  # of the range asked for, but of 80 % of the shown one at most: less is no repetition
REST_DEG: Final = 25.0  # the rest of another person may be this far from the rest in the film


def _round(value: float) -> float:
    return float(round(value))


def drive(found: DriveSignal) -> Values:
    """The table of the signal that is counted."""
    room = max(REST_DEG, 0.35 * found.rom_deg)
    return {
        "signal": found.signal,
        "legs": found.legs.value,
        "direction": found.direction.value,
        "rest": [_round(found.rest_deg - room), _round(found.rest_deg + room)],
        "safe": [-200.0, 200.0],
        "source": "derived: the rest that was shown; no film shows what is safe, so there is no limit",
    }


def presets(found: DriveSignal) -> Values:
    """The three ranges."""
    way = found.top_deg - found.rest_deg
    return {
        name: {
            "target_deg": _round(found.rest_deg + share * way),
            "min_rom_deg": _round(max(6.0, SMALLEST * min(share, 0.8) * abs(way))),
            "source": f"derived: {100 * share:.0f} % of the range that was shown",
        }
        for name, share in PRESETS.items()
    }


def condition(asked: LearnedCondition) -> tuple[str, Values]:
    """The kind of a condition and its table: what is asked at rest is the start posture."""
    row: Values = {"signal": asked.key.signal, "span": [round(end, 2) for end in asked.span]}
    if asked.key.whose == "other":
        row["leg"] = "other"
    if asked.key.measure == "rest":
        return "start", row
    if asked.key.measure == "swing":
        row |= {"at": "rep", "measure": "swing"}
    elif asked.key.measure in ("change", "share"):
        row["measure"] = asked.key.measure
    return "require", row


def short(found: DriveSignal) -> Values:
    """When a repetition is too small to be a full one."""
    return {
        "code": "too_small",
        "name": "too small",
        "below_target_deg": _round(max(10.0, 0.15 * found.rom_deg)),
        "say": "Go a little further",
        "source": "derived: 15 % of the range that was shown, and no less than the camera's error",
    }


def too_fast(reps: Sequence[Movement]) -> Values:
    """When a repetition is too fast."""
    ways = [min(each.shape.up_s, each.shape.down_s) for each in reps]
    return {
        "code": "too_fast",
        "name": "too fast",
        "part": "way_s",
        "below": round(0.5 * median(ways), 2) if ways else 0.3,
        "say": "Go a little more slowly",
        "why": "Control, not momentum, trains the muscle.",
        "source": "derived: twice as fast as was shown",
    }


def tempo(reps: Sequence[Movement]) -> Values:
    """How fast a repetition is."""
    up, down, whole = 1.0, 1.0, 0.6
    if reps:
        up = median(each.shape.up_s for each in reps)
        down = median(each.shape.down_s for each in reps)
        whole = median(each.shape.end_s - each.shape.start_s for each in reps)
    return {
        "up_s": [round(0.5 * up, 1), round(2.0 * up, 1)],
        "down_s": [round(0.5 * down, 1), round(2.0 * down, 1)],
        "min_rep_s": round(max(0.5, 0.35 * whole), 1) if reps else 0.3,
        "source": "derived: half to twice the time that was shown",
    }


def exercise(
    name: str, found: DriveSignal, asked: Sequence[LearnedCondition] = (), reps: Sequence[Movement] = ()
) -> Exercise:
    """An exercise of these values, without its words."""
    rows = [condition(each) for each in asked]
    values: Values = {
        "format": 1,
        "name": name,
        "title": name,
        "summary": name,
        "how": [name],
        "camera": name,
        "source": "learned",
        "default_preset": "standard",
        "drive": drive(found),
        "start": [row for kind, row in rows if kind == "start"],
        "require": [row for kind, row in rows if kind == "require"],
        "presets": presets(found),
        "short": short(found),
        "dose": {"source": "derived"},
        "tempo": tempo(reps),
        "tempo_faults": [too_fast(reps)] if reps else [],
    }
    return catalog.parse(values, name)
