"""The history as a workbook, and tables as a German spreadsheet saves them."""

from __future__ import annotations

import csv
import io
import random
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from repcount.core.errors import InputError, OutputError
from repcount.history.csv_import import add_sessions, read_sessions
from repcount.history.location import HistoryLocation, find_place
from repcount.history.store import History
from repcount.io import history_csv, spreadsheets
from repcount.io.spreadsheets import Dialect
from tests.keeping import a_session
from tests.unit.history.test_exchange import ISSUE_COLUMNS, NASTY, exported, nasty_sessions, written

Rows = list[list[str]]


@pytest.fixture
def book(file_place: HistoryLocation, tmp_path: Path) -> Path:
    """A workbook of sessions with all that a table might stumble over."""
    path = tmp_path / "sessions.xlsx"
    with History(file_place) as history:
        add_sessions(history, nasty_sessions())
        assert history_csv.write_sheets(path, history.set_lines(), history.details()) == 16
    return path


def german(rows: Rows, delimiter: str = ";") -> str:
    """The rows as a spreadsheet saves them that writes semicolons and decimal commas."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def test_a_workbook_has_typed_cells_and_a_header_that_stays(book: Path) -> None:
    pages = load_workbook(book)
    assert pages.sheetnames == ["sets", "repetitions"]
    sets, reps = pages["sets"], pages["repetitions"]
    assert (sets.freeze_panes, sets.max_row, reps.max_row) == ("B2", 17, 1 + len(NASTY) * 8 + 4 + 1)
    names = [cell.value for cell in sets[1]]
    assert [name for name in names if name != "zone"] == ISSUE_COLUMNS
    first = dict(zip(names, sets[2], strict=True))
    assert first["date_time"].value == datetime(2026, 3, 2, 18, 30)
    assert first["zone"].value == "+02:00"
    assert isinstance(first["rom_deg_median"].value, float)
    assert isinstance(first["reps"].value, int)
    assert all(sets.column_dimensions[cell.column_letter].width > len(str(cell.value)) for cell in sets[1])


def test_no_cell_of_a_workbook_is_a_formula(book: Path) -> None:
    pages = load_workbook(book)
    assert not [cell for page in pages for row in page for cell in row if cell.data_type == "f"]


def test_a_workbook_brought_to_another_machine_is_the_same_history(
    book: Path, file_place: HistoryLocation, tmp_path: Path
) -> None:
    with History(file_place) as history, History(find_place(f"sqlite:///{tmp_path}/other.db")) as other:
        add_sessions(other, read_sessions(book))
        assert exported(other) == exported(history)


def test_the_german_dialect_is_read_as_it_was(file_place: HistoryLocation, tmp_path: Path) -> None:
    with History(file_place) as history:
        add_sessions(history, nasty_sessions())
        table, out = exported(history), io.StringIO(newline="")
        history_csv.write_sets(out, history.set_lines(), Dialect.EXCEL_DE)
    first = out.getvalue().splitlines()[1]
    assert first.count(";") == len(ISSUE_COLUMNS) - 1
    assert "42,5" in first
    found = read_sessions(written(tmp_path / "german.csv", out.getvalue()))
    assert repr(found) == repr(read_sessions(written(tmp_path / "plain.csv", table)))


@pytest.fixture
def rows(file_place: HistoryLocation) -> Rows:
    """The cells of a table of one session with one set."""
    with History(file_place) as history:
        add_sessions(history, [a_session("Jürgen", sets=1)])
        return list(csv.reader(io.StringIO(exported(history))))


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("head", ["", "sep=;\r\n"])
def test_what_excel_in_germany_makes_of_a_table_is_read(
    code: str, head: str, rows: Rows, tmp_path: Path
) -> None:
    moment = ISSUE_COLUMNS.index("date_time")
    rows[1][moment] = "02.03.2026 18:30"
    path = tmp_path / "german.csv"
    path.write_bytes((head + german(rows).replace("42.5", "42,5")).encode(code))
    (session,) = read_sessions(path)
    assert (session.person, session.sets[0].reps) == ("Jürgen", 4)
    assert session.started_at.replace(tzinfo=None) == datetime(2026, 3, 2, 18, 30)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("tempo_s_median", "3533", "3533 s cannot be"),
        ("rom_deg_best", "900", "900° cannot be"),
        ("rom_deg_median", "-1", "cannot be"),
        ("hold_s", "15201", "15201 s cannot be"),
        ("target_hold_s", "15000", "15000 s cannot be"),
        ("reps", "99999", "99999 cannot be"),
        ("tempo_s_median", "12. Mai", "is no number"),
        ("date_time", "3/2/2026 6:30 PM", "is no date"),
        ("date_time", "0001-01-01", "not within the years"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_row_and_column(
    column: str, cell: str, words: str, rows: Rows, tmp_path: Path
) -> None:
    rows[1][ISSUE_COLUMNS.index(column)] = cell
    with pytest.raises(InputError, match=rf"line 2: .*{column}: .*{words}.*nothing of the file is taken"):
        read_sessions(written(tmp_path / "wrong.csv", german(rows)))
    page = Workbook()
    for row in rows:
        page.active.append(row)
    page.save(tmp_path / "wrong.xlsx")
    with pytest.raises(InputError, match=rf"row 2: .*{column}: .*{words}"):
        read_sessions(tmp_path / "wrong.xlsx")


def test_lines_are_counted_from_the_top_of_the_file(rows: Rows, tmp_path: Path) -> None:
    rows[1][ISSUE_COLUMNS.index("reps")] = "x"
    with pytest.raises(InputError, match="line 3: "):
        read_sessions(written(tmp_path / "wrong.csv", "sep=;\r\n" + german(rows)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and no more", "damaged workbook"),
        (b"\xd0\xcf\x11\xe0 of 1997", r"old Excel \(\.xls\); save it as \.xlsx or CSV"),
    ],
)
def test_what_is_no_workbook_is_told_in_a_line(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_sessions(path)


def test_a_workbook_of_random_damage_is_read_or_refused(book: Path) -> None:
    """A byte or two of the file are others: from the zip's directory to the cells."""
    whole, noise = book.read_bytes(), random.Random(11)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(noise.randrange(1, 4)):
            damaged[noise.randrange(len(whole) - 900, len(whole))] = noise.randrange(256)
            damaged[noise.randrange(len(whole))] = noise.randrange(256)
        book.write_bytes(damaged)
        with suppress(InputError):
            read_sessions(book)


def test_a_workbook_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    sheet = spreadsheets.Sheet("sets", ("reps",), [(1,), (2,), (3,)])
    with pytest.raises(OutputError, match="takes 2 rows; choose fewer"):
        spreadsheets.write_workbook(tmp_path / "large.xlsx", [sheet])
    assert list(tmp_path.iterdir()) == []
