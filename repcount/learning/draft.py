"""The values of a learned exercise's file."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from repcount.counting.movement import Movement
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.learning.conditions import Asked
from repcount.learning.drives import Found

Values = dict[str, Any]

PRESETS: Final = {"gentle": 0.6, "standard": 0.8, "full": 1.0}
"""Of the range that was shown."""
SMALLEST: Final = 0.45  # of the range that is asked for, and of no more than 80 % of the shown one: less is none
REST_DEG: Final = 25.0  # so far from the rest that was shown may another person's be


def _round(value: float) -> float:
    return float(round(value))


def drive(found: Found) -> Values:
    """The table of the signal that is counted."""
    room = max(REST_DEG, 0.35 * found.rom_deg)
    return {
        "signal": found.signal,
        "legs": found.legs.value,
        "direction": found.direction.value,
        "rest": [_round(found.rest_deg - room), _round(found.rest_deg + room)],
        "safe": [-200.0, 200.0],
    }


def presets(found: Found) -> Values:
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


def conditions(asked: Sequence[Asked]) -> Values:
    """The tables of conditions: what is asked at rest is the start posture, all else is required."""
    start, require = [], []
    for each in asked:
        row: Values = {"signal": each.key.signal, "span": [round(end, 2) for end in each.span]}
        if each.key.whose == "other":
            row["leg"] = "other"
        if each.key.measure == "rest":
            start.append(row)
            continue
        if each.key.measure == "swing":
            row |= {"at": "rep", "measure": "swing"}
        elif each.key.measure in ("change", "share"):
            row["measure"] = each.key.measure
        require.append(row)
    return {"start": start, "require": require}


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


def exercise(name: str, found: Found, asked: Sequence[Asked] = (), reps: Sequence[Movement] = ()) -> Exercise:
    """An exercise of these values."""
    values: Values = {
        "format": 1,
        "name": name,
        "title": name,
        "summary": "learned",
        "how": ["as shown"],
        "camera": "as shown",
        "source": "learned",
        "default_preset": "standard",
        "drive": drive(found),
        **conditions(asked),
        "presets": presets(found),
        "short": {"code": "short", "name": "short", "below_target_deg": 10.0, "source": "derived"},
        "dose": {"source": "derived"},
        "tempo": tempo(reps),
    }
    return catalog.parse(values, name)
