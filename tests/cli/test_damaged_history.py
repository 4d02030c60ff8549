"""A history with damaged pages: it is noticed, and what can be read is saved."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from repcount.history.location import find_place
from repcount.history.store import History
from repcount.history.writing import keep
from tests.cli.conftest import Command
from tests.cli.test_history import elsewhere
from tests.keeping import a_session

SESSIONS = 40
PAGE = 4096


@pytest.fixture
def damaged() -> Path:
    """A history in whose repetitions a few pages are overwritten."""
    place = find_place(None)
    assert place.file is not None
    with History(place) as history:
        keep(history, [a_session("anna", day) for day in range(SESSIONS)], "import")
    with closing(sqlite3.connect(place.file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        asked = "SELECT pageno FROM dbstat WHERE name = 'repetition' AND pagetype = 'leaf' ORDER BY pageno"
        try:
            pages = [number for (number,) in connection.execute(asked)]
        except sqlite3.OperationalError:  # this SQLite has no dbstat
            whole = place.file.read_bytes()
            pages = [n + 1 for n in range(len(whole) // PAGE) if whole[n * PAGE] == 13 and n > 20]
    noise = random.Random(7)
    with place.file.open("rb+") as file:
        for number in pages[2:4]:
            file.seek((number - 1) * PAGE)
            file.write(noise.randbytes(PAGE))
        file.flush()
        os.fsync(file.fileno())
    return place.file


@pytest.mark.parametrize(
    "words",
    [
        ("history",),
        ("stats",),
        ("report", "a.html"),
        ("export", "a.csv"),
        ("export", "a.xlsx"),
        ("export", "a.json", "--json"),
        ("show", "last"),
    ],
)
def test_damaged_pages_are_told_with_what_to_do(
    words: tuple[str, ...], damaged: Path, repcount: Command
) -> None:
    before = damaged.read_bytes()
    done = repcount(*words)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "the file is damaged and is left as it is; `repcount export saved.json --salvage`" in done.stderr
    assert damaged.read_bytes() == before
    assert list(Path().iterdir()) == []


def test_what_can_be_read_is_saved_and_imported(
    damaged: Path, repcount: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = repcount("export", "saved.json", "--salvage")
    assert done.exit_code == 0
    assert "without their repetitions" in done.stderr or "could not be read" in done.stderr
    elsewhere(monkeypatch, tmp_path)
    assert repcount("import", "saved.json").exit_code == 0
    assert repcount("history", "--all").stdout.count("anna") >= SESSIONS - 4


def test_where_nothing_can_be_read_the_saving_is_not_advised_again(damaged: Path, repcount: Command) -> None:
    damaged.write_bytes(b"no history at all" * 400)
    done = repcount("export", "saved.json", "--salvage")
    assert done.exit_code == 1
    assert "the file is damaged, and nothing of it can be read; move it away" in done.stderr
    assert "--salvage" not in done.stderr
    assert list(Path().iterdir()) == []


def test_a_folder_in_the_place_of_the_history_is_told_as_one(damaged: Path, repcount: Command) -> None:
    damaged.unlink()
    damaged.mkdir()
    done = repcount("history")
    assert done.exit_code == 1
    assert "is a folder, not a history; name a file in REPCOUNT_DATABASE_URL" in done.stderr
