"""CSV as spreadsheets of different countries read it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Final, TextIO

MARK: Final = "\ufeff"
"""By which Excel knows UTF-8; it stands at the beginning of a file."""

Cell = str | int | float | None


class Dialect(str, Enum):
    """How a table is written: with commas and decimal points, or with semicolons and decimal commas."""

    EXCEL = "excel"
    EXCEL_DE = "excel-de"


def row_writer(file: TextIO, dialect: Dialect) -> Callable[[Iterable[Sequence[Cell]]], Any]:
    """A function that writes rows into a file; lines end as RFC 4180 asks."""
    if dialect is Dialect.EXCEL:
        return csv.writer(file).writerows
    writer = csv.writer(file, delimiter=";")
    return lambda rows: writer.writerows(map(_with_commas, rows))


def _with_commas(row: Sequence[Cell]) -> list[Cell]:
    return [repr(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row]
