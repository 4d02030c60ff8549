"""Tables for spreadsheets: CSV of different countries, texts that no formula hides in, workbooks (``.xlsx``).

A text that a spreadsheet would run as a formula gets one leading apostrophe, and so does a text that
begins with an apostrophe; taking one off again gives the text back exactly. Numbers are never touched.

A workbook knows no time zones: a moment stands as its own clock showed it, and the column ``zone`` beside it
says how far that clock was from UTC.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO

from repcount.core.errors import OutputError
from repcount.core.shown_text import printable

MARK: Final = "\ufeff"
"""By which Excel knows UTF-8; it stands at the beginning of a file."""
SUFFIX: Final = ".xlsx"
SETS: Final = "sets"
REPETITIONS: Final = "repetitions"
MOMENTS: Final = frozenset({"date_time", "analysed_at"})
ZONE: Final = "zone"
MOST_ROWS: Final = 50_000
"""Of a sheet: a workbook is made in memory."""
_LONGEST_TEXT: Final = 32_767
_MOMENT_FORMAT: Final = "yyyy-mm-dd hh:mm:ss"
_SHARE: Final = "0.0 %"
_FORMATS: Final = (
    ("_deg", "0.0#"),
    ("_s", "0.0##"),
    *((ending, _SHARE) for ending in ("_share", "_fade", "symmetry", "confidence")),
)
"""By the ends of the columns' names. They show every digit, since CSV is saved as it is shown."""
_WIDTHS: Final = {
    "person": 16.0,
    "exercise": 20.0,
    "faults": 34.0,
    "worst": 34.0,
    "source": 28.0,
    ZONE: 9.0,
    **dict.fromkeys(MOMENTS, 21.0),
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  full width
_QUOTE: Final = "'"
_ESCAPED: Final = (*_FORMULA, _QUOTE)

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


def escape(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return _QUOTE + text if text.startswith(_ESCAPED) else text


def unescape(cell: str) -> str:
    """The text that was escaped."""
    return cell.removeprefix(_QUOTE)


@dataclass(frozen=True)
class Sheet:
    """One table; a moment in it is text in ISO 8601, an unknown number None."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def is_workbook(path: Path) -> bool:
    """Whether a file of that name is to be a workbook."""
    return path.suffix.lower() == SUFFIX


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> int:
    """Write a workbook whole or not at all, and return how many rows the first sheet has.

    Raises
    ------
    OutputError
        It cannot be written, or has too many rows for a workbook.
    """
    from openpyxl import Workbook

    from repcount.core.files import AtomicFile, write_error  # here, since `--help` loads this file

    book = Workbook()
    book.remove(book.active)
    counts = [_fill(book.create_sheet(each.name), each, path) for each in sheets]
    draft = AtomicFile(path)
    try:
        book.save(draft.part)
        draft.keep()
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        draft.discard()
    return counts[0]


def _fill(page: Any, sheet: Sheet, path: Path) -> int:
    columns = tuple(_with_zone(sheet.columns))
    page.append(columns)
    count = 0
    for count, row in enumerate(islice(sheet.rows, MOST_ROWS + 1), start=1):
        if count > MOST_ROWS:
            raise OutputError(
                f"{path}: a sheet takes {MOST_ROWS} rows; choose fewer (--since, --person), or write CSV"
            )
        page.append(list(_typed(sheet.columns, row)))
    _dress(page, columns, count)
    return count


def _with_zone(columns: Iterable[str]) -> Iterator[str]:
    for name in columns:
        yield name
        if name in MOMENTS:
            yield ZONE


def _typed(columns: Sequence[str], row: Sequence[Cell]) -> Iterator[object]:
    for name, cell in zip(columns, row, strict=True):
        if name in MOMENTS:
            yield from _moment(str(cell))
        else:
            yield printable(cell, keep="\n\t")[:_LONGEST_TEXT] if isinstance(cell, str) else cell


def _moment(text: str) -> tuple[object, str]:
    """The moment as its clock showed it, and how far that was from UTC."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=None), found.strftime("%z")[:3] + ":" + found.strftime("%z")[3:5]


def _dress(page: Any, columns: Sequence[str], count: int) -> None:
    """A header that stays in sight, widths that fit, and a form for each kind of value."""
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(_WIDTHS.get(name, 0.0), len(name) + 5.0)
        below = [row[0] for row in page.iter_rows(2, max(2, count + 1), number, number)]
        _dress_column(page.cell(row=1, column=number), below, name)
    page.row_dimensions[1].height = 20
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _dress_column(head: Any, below: Sequence[Any], name: str) -> None:
    """The name of a column stands above its values: left of texts and moments, right of numbers."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    numbers = any(isinstance(cell.value, int | float) for cell in below)
    head.font = Font(name="Calibri", bold=True, color="16202C")
    head.fill = PatternFill("solid", fgColor="E4EAF1")
    head.border = Border(bottom=Side(style="thin", color="8A97A6"))
    place = Alignment(
        horizontal="right" if numbers else "left", vertical="center", indent=0 if numbers else 1
    )
    first, head.alignment = below[0], place
    first.alignment = place
    first.number_format = _MOMENT_FORMAT if name in MOMENTS else _form(name)
    for cell in below[1:]:
        cell._style = copy(first._style)  # as openpyxl's own pages do it: each property set by itself is slow


def _form(name: str) -> str:
    bare = name.removesuffix("_median").removesuffix("_best")
    return next((form for ending, form in _FORMATS if bare.endswith(ending)), "General")
