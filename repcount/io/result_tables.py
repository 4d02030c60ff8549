"""The files of a call: JSON, CSV or a workbook; columns are named as the values in the JSON are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from repcount.core.files import write_text
from repcount.io.json_document import hold_json, json_text, repetition_json, set_json
from repcount.io.spreadsheets import (
    MARK,
    REPETITIONS,
    SETS,
    Cell,
    Dialect,
    Sheet,
    escape,
    is_workbook,
    row_writer,
    unescape,
    write_workbook,
)

if TYPE_CHECKING:
    from pathlib import Path

    from repcount.core.records import ExerciseSummary, Fault, Hold, InputSummary, Rep

COLUMNS: Final = (
    "source", "exercise", "kind", "number", "side",
    "start_s", "peak_s", "end_s", "announced_s",
    "rom_deg", "peak_deg", "up_s", "hold_s", "down_s",
    "valid_s", "breaks", "drift_deg", "tremor_deg",
    "faults", "confidence", "status", "analysed_at",
    "set", "target_share", "best_share", "up_pace", "down_pace", "worst",
)  # fmt: skip
"""What each column holds is told in docs/json.md."""

SET_COLUMNS: Final = (
    "source", "exercise", "set", "start_s", "end_s", "reps", "holds", "range_fade", "tempo_fade", "symmetry",
    "hold_drift_deg", "hold_tremor_deg", "hold_breaks", "analysed_at",
)  # fmt: skip
"""Of the sheet of sets of a workbook; they are told in docs/json.md, too."""

TEXT_COLUMNS: Final = frozenset(
    {"source", "exercise", "kind", "side", "faults", "status", "analysed_at", "up_pace", "down_pace", "worst"}
)


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


def csv_text(inputs: Sequence[InputSummary], analysed_at: datetime, dialect: Dialect = Dialect.EXCEL) -> str:
    """The table as text, lines ended as RFC 4180 asks; an unknown or absent number is an empty cell."""
    text = io.StringIO(newline="")
    write = row_writer(text, dialect)
    write([COLUMNS])
    write(repetition_rows(inputs, analysed_at))
    return text.getvalue()


def repetition_rows(inputs: Sequence[InputSummary], analysed_at: datetime) -> Iterator[list[Cell]]:
    """The rows of the table, a cell for each of ``COLUMNS``; texts are escaped."""
    moment = analysed_at.isoformat(timespec="seconds")
    for cells in _rows(inputs):
        row = {**cells, "analysed_at": moment}
        yield [_written(row.get(name)) for name in COLUMNS]


def set_rows(inputs: Sequence[InputSummary], analysed_at: datetime) -> Iterator[list[Cell]]:
    """One row for each set, a cell for each of ``SET_COLUMNS``."""
    moment = analysed_at.isoformat(timespec="seconds")
    for summary in inputs:
        for exercise in summary.exercises:
            where: dict[str, Any] = {
                "source": summary.source,
                "exercise": exercise.exercise,
                "analysed_at": moment,
            }
            for one in exercise.sets:
                row: dict[str, Any] = {**where, **set_json(one), "set": one.number}
                yield [_written(row.get(name)) for name in SET_COLUMNS]


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows of a table as it was before texts were escaped; numbers stay as they are written."""
    rows = csv.DictReader(io.StringIO(text.removeprefix(MARK), newline=""))
    return [
        {name: unescape(cell) if name in TEXT_COLUMNS else cell for name, cell in row.items()} for row in rows
    ]


def _written(cell: Cell) -> Cell:
    return escape(cell) if isinstance(cell, str) else cell


def _rows(inputs: Sequence[InputSummary]) -> Iterator[Mapping[str, Cell]]:
    for summary in inputs:
        for exercise in summary.exercises:
            where: dict[str, Cell] = {"source": summary.source, "exercise": exercise.exercise}
            for rep in exercise.repetitions:
                yield {**where, **repetition_cells(rep), **_only_in_table("repetition", exercise, rep)}
            for hold in exercise.holds:
                cells: dict[str, Any] = {**hold_json(hold), "faults": _codes(hold.faults)}
                yield {**where, **cells, **_only_in_table("hold", exercise, hold)}


def _only_in_table(kind: str, exercise: ExerciseSummary, done: Rep | Hold) -> dict[str, Cell]:
    """What the table says beside the JSON."""
    return {"kind": kind, "worst": _worst(done.faults), "set": set_of(exercise, done)}


def repetition_cells(rep: Rep) -> dict[str, Any]:
    """A repetition as in the JSON, its faults as codes with spaces between."""
    return {**repetition_json(rep), "faults": _codes(rep.faults)}


def _codes(faults: Sequence[Fault]) -> str:
    return " ".join(fault.code for fault in faults)


def _worst(faults: Sequence[Fault]) -> str:
    """The worst value of each fault with its unit and time, in the order of ``faults``."""
    return "; ".join(f"{round(fault.worst, 2):g} {fault.unit} at {fault.time_s:.2f} s" for fault in faults)


def set_of(exercise: ExerciseSummary, done: Rep | Hold) -> int | None:
    """The number of the set that a repetition or hold ended in; None outside of all."""
    return next((one.number for one in exercise.sets if one.start_s <= done.end_s <= one.end_s), None)
