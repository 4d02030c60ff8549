"""Results as JSON, as CSV and as rows for the terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from repcount.core.place import write_text
from repcount.sinks.document import json_document, json_text
from repcount.sinks.rows import TableRow, set_lines, table_rows
from repcount.sinks.sheet import csv_text, read_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from repcount.core.model import InputSummary

__all__ = [
    "TableRow",
    "csv_text",
    "json_document",
    "json_text",
    "read_csv",
    "set_lines",
    "table_rows",
    "write_csv",
    "write_json",
]


def write_json(path: Path, inputs: Sequence[InputSummary]) -> None:
    """Write the JSON document whole or not at all.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    write_text(path, json_text(inputs))


def write_csv(path: Path, inputs: Sequence[InputSummary], analysed_at: datetime | None = None) -> None:
    """Write the CSV table whole or not at all; it was analysed now, where no moment is given.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    write_text(path, csv_text(inputs, analysed_at or datetime.now().astimezone()))
