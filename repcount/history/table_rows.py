"""The rows of a table that a spreadsheet may have saved: CSV in several forms, or a sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from repcount.core.input_files import IMPORT_BYTES, FormError, in_short

_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_SEPARATOR: Final = re.compile(r'"?sep=(?P<separator>[,;\t])"?[;,\t]*\r?\n', re.IGNORECASE)
_SHEET: Final = "sets"
MOST_ROWS: Final = 1_048_576
_BLANK_ROWS: Final = 10_000
"""After so many rows of nothing a sheet is at its end."""


class RowError(ValueError):
    """A row of a table makes no sense; the text is the reason."""

    def __init__(self, place: str, reason: object) -> None:
        super().__init__(f"{place}: makes no sense ({in_short(reason)})")


@dataclass(frozen=True)
class SheetRow:
    """One row: its cells by column, and where it stands, in words."""

    place: str
    cells: dict[str, str]


@dataclass(frozen=True)
class SheetRows:
    """The names of the columns, and the rows one after the other; rows of nothing are left out."""

    columns: tuple[str, ...]
    rows: Iterator[SheetRow]


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by its first bytes.

    Raises
    ------
    FormError
        It is one of an old Excel.
    """
    with path.open("rb") as file:
        head = file.read(len(_ZIP))
    if head == _OLD_EXCEL:
        raise FormError("is a workbook of an old Excel (.xls); save it as .xlsx or CSV")
    return head == _ZIP


def text_table(text: str) -> SheetRows:
    """The table in a text; what separates the cells is found out.

    Raises
    ------
    RowError
        A row is no row; those after the first are read one by one.
    """
    separator_line = _SEPARATOR.match(text)
    skipped = 0 if separator_line is None else 1
    text = text if separator_line is None else text[separator_line.end() :]
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # a spreadsheet may have saved it with its own
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = _complaining(reader, skipped)
    _, columns = next(rows, ("", ()))
    return SheetRows(tuple(columns), _named(columns, rows))


def _complaining(reader: object, skipped: int) -> Iterator[tuple[str, Sequence[str]]]:
    """Each row with the line at which it ends."""
    assert isinstance(reader, Iterator)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RowError(f"line {reader.line_num + skipped}", error) from error  # type: ignore[attr-defined]
        yield f"line {reader.line_num + skipped}", row  # type: ignore[attr-defined]


def _named(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[SheetRow]:
    for place, row in rows:
        if not any(row):  # spreadsheets leave rows of nothing at the end
            continue
        if len(row) < len(columns):
            raise RowError(place, "the row is cut off; export it anew")
        yield SheetRow(place, {name: cell for name, cell in zip(columns, row, strict=False) if name})


def workbook_table(path: Path) -> SheetRows:
    """The table in the sheet ``sets`` of a workbook, or in its first one.

    Raises
    ------
    FormError
        It is no workbook, or too large.
    """
    _refuse_large(path)
    rows = _rows_of(path)
    _, columns = next(rows, ("", ()))
    return SheetRows(tuple(columns), _padded(columns, rows))


def _refuse_large(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > IMPORT_BYTES:
                raise FormError(f"unpacks to more than {IMPORT_BYTES >> 20} MB")
            if "xl/workbook.xml" not in packed.namelist():
                raise FormError("is no workbook that is read; save it as .xlsx or CSV")
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise FormError(f"is a damaged workbook ({error})") from error


def _rows_of(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Each row with its place; what openpyxl complains of is told as ours."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    wrong = (InvalidFileException, ParseError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # of styles that it does not know
            book = load_workbook(file, read_only=True, data_only=True)
            named = {name.casefold(): name for name in book.sheetnames}
            page = book[named.get(_SHEET, book.sheetnames[0])]
            blank = 0
            for number, row in enumerate(page.iter_rows(values_only=True, max_row=MOST_ROWS), start=1):
                cells = [_text(cell) for cell in row]
                blank = 0 if any(cells) else blank + 1
                if blank > _BLANK_ROWS:
                    return
                yield f"sheet {page.title}, row {number}", cells
    except FormError:
        raise
    except (*wrong, LookupError, ArithmeticError, TypeError, AttributeError, ValueError) as error:
        raise FormError(f"is a damaged workbook ({type(error).__name__}: {error})") from error


def _padded(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[SheetRow]:
    """Rows of a sheet end with their last cell that is not empty."""
    width = len(columns)
    full = ((place, [*row, *[""] * (width - len(row))]) for place, row in rows)
    return _named(columns, full)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return repr(cell) if isinstance(cell, float) else str(cell)
