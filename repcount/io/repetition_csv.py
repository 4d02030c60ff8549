"""The CSV of a call: one row per repetition or hold, named as in the JSON, safe to open in a spreadsheet.

A text that a spreadsheet would run as a formula gets one leading apostrophe, and so does a text that
begins with an apostrophe; taking one off again gives the text back exactly. Numbers are never touched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from repcount.io.json_document import degrees, seconds, share

if TYPE_CHECKING:
    from repcount.core.model import ExerciseSummary, Fault, Hold, InputSummary, Rep

COLUMNS: Final = (
    "source", "exercise", "kind", "number", "side",
    "start_s", "peak_s", "end_s", "announced_s",
    "rom_deg", "peak_deg", "up_s", "hold_s", "down_s",
    "valid_s", "breaks", "drift_deg", "tremor_deg",
    "faults", "confidence", "status", "analysed_at",
    "set", "target_share", "best_share", "up_pace", "down_pace", "worst",
)  # fmt: skip
"""What each column holds is told in docs/json.md."""

TEXT_COLUMNS: Final = frozenset(
    {"source", "exercise", "kind", "side", "faults", "status", "analysed_at", "up_pace", "down_pace", "worst"}
)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  full width
_QUOTE: Final = "'"
_ESCAPED: Final = (*_FORMULA, _QUOTE)

Cell = str | int | float | None


def csv_text(inputs: Sequence[InputSummary], analysed_at: datetime) -> str:
    """The table as text, lines ended as RFC 4180 asks; an unknown or absent number is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    moment = analysed_at.isoformat(timespec="seconds")
    for cells in _rows(inputs):
        row = {**cells, "analysed_at": moment}
        writer.writerow([_written(row.get(name)) for name in COLUMNS])
    return text.getvalue()


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows of a table as it was before texts were escaped; numbers stay as they are written."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [
        {name: unescape(cell) if name in TEXT_COLUMNS else cell for name, cell in row.items()} for row in rows
    ]


def escape(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return _QUOTE + text if text.startswith(_ESCAPED) else text


def unescape(cell: str) -> str:
    """The text that was escaped."""
    return cell.removeprefix(_QUOTE)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return escape(cell) if isinstance(cell, str) else repr(cell)


def _rows(inputs: Sequence[InputSummary]) -> Iterator[Mapping[str, Cell]]:
    for summary in inputs:
        for exercise in summary.exercises:
            where: dict[str, Cell] = {"source": summary.source, "exercise": exercise.exercise}
            for rep in exercise.repetitions:
                yield {**where, **_repetition(rep), "set": set_of(exercise, rep)}
            for hold in exercise.holds:
                yield {**where, **_hold(hold), "set": set_of(exercise, hold)}


def _repetition(rep: Rep) -> dict[str, Cell]:
    return {
        "kind": "repetition",
        "number": rep.number,
        "side": rep.side.value,
        "start_s": seconds(rep.start_s),
        "peak_s": seconds(rep.peak_s),
        "end_s": seconds(rep.end_s),
        "announced_s": seconds(rep.announced_s),
        "rom_deg": degrees(rep.rom_deg),
        "peak_deg": degrees(rep.peak_deg),
        "up_s": seconds(rep.up_s),
        "hold_s": seconds(rep.hold_s),
        "down_s": seconds(rep.down_s),
        "faults": _codes(rep.faults),
        "confidence": share(rep.confidence),
        "status": rep.status.value,
        "target_share": share(rep.target_share),
        "best_share": share(rep.best_share),
        "up_pace": rep.up_pace.value,
        "down_pace": rep.down_pace.value,
        "worst": _worst(rep.faults),
    }


def _hold(hold: Hold) -> dict[str, Cell]:
    return {
        "kind": "hold",
        "number": hold.number,
        "side": hold.side.value,
        "start_s": seconds(hold.start_s),
        "end_s": seconds(hold.end_s),
        "valid_s": seconds(hold.valid_s),
        "breaks": hold.breaks,
        "drift_deg": degrees(hold.drift_deg),
        "tremor_deg": degrees(hold.tremor_deg),
        "faults": _codes(hold.faults),
        "status": hold.status.value,
        "worst": _worst(hold.faults),
    }


def _codes(faults: Sequence[Fault]) -> str:
    return " ".join(fault.code for fault in faults)


def _worst(faults: Sequence[Fault]) -> str:
    """The worst value of each fault with its unit and time, in the order of ``faults``."""
    return "; ".join(f"{round(fault.worst, 2):g} {fault.unit} at {fault.time_s:.2f} s" for fault in faults)


def set_of(exercise: ExerciseSummary, done: Rep | Hold) -> int | None:
    """The number of the set that a repetition or hold ended in; None outside of all."""
    return next((one.number for one in exercise.sets if one.start_s <= done.end_s <= one.end_s), None)
