"""The export in LibreOffice in German: what it opens and saves can be imported again."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from repcount.core.errors import InputError
from repcount.core.history_records import KeptSession
from repcount.history.csv_import import add_sessions, read_sessions
from repcount.history.location import HistoryLocation, find_place
from repcount.history.store import History
from repcount.io import history_csv
from repcount.io.spreadsheets import MARK, Dialect
from tests.keeping import MONDAY, a_session
from tests.unit.history.test_exchange import exported, nasty_sessions, written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

GERMAN, UTF8 = "1031", "76"


def csv_filter(separator: str) -> str:
    """How CSV is read and saved: UTF-8, German, numbers and dates found out, saved as shown."""
    return f"Text - txt - csv (StarCalc):{ord(separator)},34,{UTF8},1,,{GERMAN},false,true"


def saved(source: Path, suffix: str, separator: str = ";") -> Path:
    """The table as LibreOffice in German saves it."""
    folder = source.parent / "saved"
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    reading = [f"--infilter={csv_filter(separator)}"] if source.suffix == ".csv" else []
    kind = f"csv:{csv_filter(';')}" if suffix == ".csv" else suffix[1:]
    words = [profile, "--headless", *reading, "--convert-to", kind, "--outdir", folder, source]
    german = {**os.environ, "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    subprocess.run(["soffice", *words], check=True, capture_output=True, env=german)
    return (folder / source.name).with_suffix(suffix)


@pytest.fixture
def place(tmp_path: Path) -> HistoryLocation:
    """A history of nasty names, and of a session with figures of many digits."""
    place = find_place(f"sqlite:///{tmp_path}/history.db")
    with History(place) as history:
        session = a_session("Jürgen", started_at=MONDAY.replace(second=7))
        add_sessions(history, [*nasty_sessions(), with_digits(session)])
    return place


def with_digits(session: KeptSession) -> KeptSession:
    """The session with a tempo and ranges that a German reader may take for thousands."""
    sets = (replace(kept, tempo_s_median=3.533, rom_deg_best=44.517) for kept in session.sets)
    return replace(session, sets=tuple(sets))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", ["workbook", "german"])
def test_export_saving_in_libreoffice_and_import_give_the_same_history(
    kind: str, suffix: str, place: HistoryLocation, tmp_path: Path
) -> None:
    source = tmp_path / ("sessions.xlsx" if kind == "workbook" else "sessions.csv")
    with History(place) as history, History(find_place(f"sqlite:///{tmp_path}/other.db")) as other:
        if kind == "workbook":
            history_csv.write_sheets(source, history.set_lines(), history.details())
        else:
            with source.open("w", encoding="utf-8", newline="") as out:
                out.write(MARK)
                history_csv.write_sets(out, history.set_lines(), Dialect.EXCEL_DE)
        add_sessions(other, read_sessions(saved(source, suffix)))
        assert exported(other) == exported(history)


def test_decimal_points_that_were_taken_for_thousands_are_refused(
    place: HistoryLocation, tmp_path: Path
) -> None:
    with History(place) as history:
        source = written(tmp_path / "sessions.csv", exported(history))
    with pytest.raises(InputError, match="tempo_s_median: 3533 s cannot be"):
        read_sessions(saved(source, ".csv", ","))
