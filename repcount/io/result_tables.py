"""Results as JSON, as CSV or a workbook, and as rows for the terminal: one row per exercise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.files import write_text
from repcount.core.records import Side, Status
from repcount.io.json_document import json_document, json_text
from repcount.io.repetition_csv import COLUMNS, SET_COLUMNS, csv_text, read_csv, repetition_rows, set_rows
from repcount.io.spreadsheets import MARK, REPETITIONS, SETS, Dialect, Sheet, is_workbook, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from repcount.core.records import ExerciseSummary, Hold, InputSummary, Rep


NOTHING: Final = "–"  # noqa: RUF001  a dash says that there is no figure
__all__ = [
    "TableRow",
    "csv_text",
    "json_document",
    "json_text",
    "read_csv",
    "table_rows",
    "write_csv",
    "write_json",
]


@dataclass(frozen=True)
class TableRow:
    """One exercise of one input; the fields are the columns."""

    exercise: str
    side: str
    repetitions: str
    range: str
    tempo: str
    holds: str
    faults: str


def table_rows(summary: InputSummary) -> list[TableRow]:
    """The rows of one input; figures are medians and rounded, JSON and CSV have them all."""
    return [_row(exercise) for exercise in summary.exercises]


def _row(exercise: ExerciseSummary) -> TableRow:
    reps, holds = exercise.repetitions, exercise.holds
    return TableRow(
        exercise=exercise.exercise,
        side=_sides((*reps, *holds)),
        repetitions=_repetitions(reps),
        range=_range([rep.rom_deg for rep in reps]),
        tempo=_tempo(reps),
        holds=_holds(holds),
        faults=_faults((*reps, *holds), exercise.not_judged),
    )


def _sides(events: Sequence[Rep | Hold]) -> str:
    found = {event.side for event in events}
    return ", ".join(side.value for side in Side if side in found) or NOTHING


def _repetitions(reps: Sequence[Rep]) -> str:
    """How many, by side where there are several sides, and how many of them fell short."""
    sides = Counter(rep.side for rep in reps)
    statuses = Counter(rep.status for rep in reps)
    text = str(len(reps))
    if len(sides) > 1:
        text += ": " + ", ".join(f"{side.value} {sides[side]}" for side in Side if sides[side])
    for status in (Status.SHORT, Status.UNCERTAIN):
        if statuses[status]:
            text += f" · {statuses[status]} {status.value}"
    return text


def _range(roms_deg: Sequence[float]) -> str:
    known = [value for value in roms_deg if math.isfinite(value)]
    if not known:
        return NOTHING
    low, high = round(min(known)), round(max(known))
    spread = "" if low == high else f" ({low}–{high})"  # noqa: RUF001
    return f"{median(known):.0f}°{spread}"


def _tempo(reps: Sequence[Rep]) -> str:
    if not reps:
        return NOTHING
    parts = {"up": [r.up_s for r in reps], "hold": [r.hold_s for r in reps], "down": [r.down_s for r in reps]}
    return " · ".join(f"{_middle(values)} {name}" for name, values in parts.items())


def _middle(values: Iterable[float]) -> str:
    known = [value for value in values if math.isfinite(value)]
    return f"{median(known):.1f}" if known else NOTHING


def _holds(holds: Sequence[Hold]) -> str:
    if not holds:
        return "none"
    return f"{len(holds)}: " + ", ".join(f"{hold.valid_s:.1f} s" for hold in holds)


def _faults(events: Sequence[Rep | Hold], not_judged: Sequence[str]) -> str:
    """Each fault with how often it was seen; one seen in a repetition and its hold counts once."""
    seen = {(fault.code, fault.time_s) for event in events for fault in event.faults}
    counts = Counter(code for code, _ in seen)
    text = ", ".join(f"{_spoken(code)} ×{counts[code]}" for code in sorted(counts)) or "none"  # noqa: RUF001
    if not_judged:
        text += f"; not judged: {', '.join(_spoken(code) for code in not_judged)}"
    return text


def _spoken(code: str) -> str:
    return code.replace("_", " ")


def write_json(path: Path, inputs: Sequence[InputSummary]) -> None:
    """Write the JSON document whole or not at all.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    write_text(path, json_text(inputs))


def write_csv(
    path: Path,
    inputs: Sequence[InputSummary],
    analysed_at: datetime | None = None,
    dialect: Dialect = Dialect.EXCEL,
) -> None:
    """Write the table whole or not at all; it was analysed now, where no moment is given.

    A name that ends in ``.xlsx`` makes a workbook, with a sheet of sets and one of repetitions and holds.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    moment = analysed_at or datetime.now().astimezone()
    if is_workbook(path):
        sets = Sheet(SETS, SET_COLUMNS, set_rows(inputs, moment))
        write_workbook(path, [sets, Sheet(REPETITIONS, COLUMNS, repetition_rows(inputs, moment))])
    else:
        write_text(path, MARK + csv_text(inputs, moment, dialect))
