"""The history out as CSV and JSON and in again: nothing lost, nothing run by a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from repcount.core.errors import InputError
from repcount.core.history_records import KeptSession, with_figures
from repcount.core.records import NAN, Side
from repcount.history.csv_import import Imported, add_sessions, read_sessions
from repcount.history.location import HistoryLocation, find_place
from repcount.history.store import History
from repcount.io import history_csv
from tests.keeping import MONDAY, a_session, a_set, hold

ISSUE_COLUMNS = [
    "session_id",
    "person",
    "date_time",
    "exercise",
    "side",
    "set",
    "target_reps",
    "target_hold_s",
    "reps",
    "counted",
    "hold_s",
    "rom_deg_median",
    "rom_deg_best",
    "tempo_s_median",
    "faults",
    "pain_before",
    "pain_after",
    "source",
    "repcount_version",
]

NASTY = ('=HYPERLINK("http://x","y")', "+49 170", "-anna", "@anna", "'anna", 'Zoë "Z", Ñandú; 李', "")


def nasty_sessions() -> list[KeptSession]:
    """Sessions with all that a table might stumble over."""
    sessions = [a_session(name, day, pain_before=day) for day, name in enumerate(NASTY)]
    unknown = replace(a_set(), rom_deg_median=NAN, rom_deg_best=NAN, tempo_s_median=NAN)
    holds = with_figures(replace(a_set(), side=Side.BOTH, repetitions=(), holds=(hold(1, 5.0),)), 1)
    sessions.append(replace(a_session("ben", 9, pain_before=0, pain_after=10), sets=(unknown, holds)))
    return sessions


def exported(history: History) -> str:
    out = io.StringIO(newline="")
    history_csv.write_sets(out, history.set_lines())
    return out.getvalue()


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8-sig", newline="")
    return path


def test_the_columns_are_those_that_were_promised(history: History) -> None:
    assert list(history_csv.SET_COLUMNS) == ISSUE_COLUMNS
    assert exported(history) == ",".join(ISSUE_COLUMNS) + "\r\n"


def test_a_table_brought_to_another_machine_is_exported_there_as_it_was(
    history: History, tmp_path: Path
) -> None:
    add_sessions(history, nasty_sessions())
    table = exported(history)
    sessions = read_sessions(written(tmp_path / "sessions.csv", table))
    with History(find_place(f"sqlite:///{tmp_path}/other.db")) as other:
        assert add_sessions(other, sessions) == Imported(8, 0)
        assert exported(other) == table
        assert add_sessions(other, sessions) == Imported(0, 8)
        assert exported(other) == table
    assert add_sessions(history, sessions) == Imported(0, 8)


def test_a_table_saved_with_semicolons_and_decimal_commas_is_read_as_it_was(
    file_place: HistoryLocation, tmp_path: Path
) -> None:
    with History(file_place) as history:
        add_sessions(history, nasty_sessions())
        table = exported(history)
    numbers = [
        ISSUE_COLUMNS.index(name) for name in ("hold_s", "rom_deg_median", "rom_deg_best", "tempo_s_median")
    ]
    rows = list(csv.reader(io.StringIO(table)))
    for row in rows[1:]:
        for number in numbers:
            row[number] = row[number].replace(".", ",")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    assert "," in rows[1][numbers[1]]
    german = read_sessions(written(tmp_path / "german.csv", out.getvalue()))
    assert repr(german) == repr(read_sessions(written(tmp_path / "plain.csv", table)))


def test_rows_of_nothing_are_passed_over_and_a_row_that_is_cut_off_is_refused(
    file_place: HistoryLocation, tmp_path: Path
) -> None:
    with History(file_place) as history:
        add_sessions(history, nasty_sessions())
        table = exported(history)
    plain = read_sessions(written(tmp_path / "plain.csv", table))
    blank = "," * (len(ISSUE_COLUMNS) - 1) + "\r\n"
    assert repr(read_sessions(written(tmp_path / "blank.csv", table + blank + blank))) == repr(plain)
    with pytest.raises(InputError, match=r"cut\.csv, line 2: .*the row is cut off"):
        read_sessions(written(tmp_path / "cut.csv", table[:300]))


def test_json_brings_everything_to_another_machine(history: History, tmp_path: Path) -> None:
    sessions = [*nasty_sessions(), a_session(plan="knee", sets=0, pain_morning=4)]
    add_sessions(history, sessions)
    with (tmp_path / "all.json").open("w", encoding="utf-8") as out:
        assert history_csv.write_document(out, history.details()) == 9
    with History(find_place(f"sqlite:///{tmp_path}/other.db")) as other:
        add_sessions(other, read_sessions(tmp_path / "all.json"))
        assert list(map(repr, other.details())) == list(map(repr, history.details()))


def test_no_cell_is_run_by_a_spreadsheet(history: History) -> None:
    add_sessions(history, nasty_sessions())
    rows = list(csv.reader(io.StringIO(exported(history))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_row_per_repetition_has_all_of_them(history: History) -> None:
    add_sessions(history, nasty_sessions())
    out = io.StringIO(newline="")
    count = history_csv.write_repetitions(out, history.details())
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert count == len(rows) == len(NASTY) * 8 + 4 + 1
    assert rows[3]["faults"] == "knee_bends"
    assert rows[-1]["kind"] == "hold"
    assert rows[-1]["valid_s"] == "15.0"


def test_pandas_reads_the_table_as_it_is_meant(history: History, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    add_sessions(history, nasty_sessions())
    frame = pandas.read_csv(written(tmp_path / "sessions.csv", exported(history)))
    assert list(frame.columns) == ISSUE_COLUMNS
    assert frame["reps"].sum() == len(NASTY) * 8 + 4
    assert frame["rom_deg_median"].dtype == "float64"
    assert pandas.to_datetime(frame["date_time"]).notna().all()
    assert frame["session_id"].str.len().eq(8).all()


def test_the_column_of_moments_has_one_form_for_files_and_live_sessions(
    history: History, tmp_path: Path
) -> None:
    """A file's moment is a whole second, a live session's is not: pandas takes the form of the first row."""
    pandas = pytest.importorskip("pandas")
    live = MONDAY + timedelta(days=1, microseconds=949411)
    add_sessions(history, [a_session(), a_session(started_at=live)])
    table = exported(history)
    frame = pandas.read_csv(written(tmp_path / "sets.csv", table))
    assert pandas.to_datetime(frame["date_time"], utc=True).dt.day.tolist() == [2, 2, 3, 3]
    out = io.StringIO(newline="")
    history_csv.write_repetitions(out, history.details())
    frame = pandas.read_csv(written(tmp_path / "reps.csv", out.getvalue()))
    assert pandas.to_datetime(frame["date_time"], utc=True).notna().all()
    with History(find_place(f"sqlite:///{tmp_path}/other.db")) as other:
        add_sessions(other, read_sessions(tmp_path / "sets.csv"))
        assert exported(other) == table


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\r\n1,2\r\n", "lacks the column session_id"),
        (",".join(history_csv.REP_COLUMNS) + "\r\n", "one row per repetition"),
        ('{"sessions": [{}]}', "no JSON"),
        ("{", "no JSON"),
    ],
)
def test_a_file_that_is_no_export_is_refused(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        read_sessions(written(tmp_path / "wrong.csv", text))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("reps", "x"),
        ("reps", "-1"),
        ("side", "up"),
        ("date_time", "monday"),
        ("pain_after", "11"),
        ("session_id", "7"),
    ],
)
def test_a_cell_that_makes_no_sense_is_named_with_its_line(
    column: str, cell: str, file_place: HistoryLocation, tmp_path: Path
) -> None:
    with History(file_place) as history:
        add_sessions(history, [a_session(sets=1)])
        rows = list(csv.reader(io.StringIO(exported(history))))
    rows[1][ISSUE_COLUMNS.index(column)] = cell
    path = written(tmp_path / "wrong.csv", "\r\n".join(",".join(row) for row in rows))
    with pytest.raises(InputError, match=rf"wrong\.csv, line 2: .*{column}: "):
        read_sessions(path)
