"""Names from outside reach the terminal escaped; passwords do not reach it at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from repcount.history import people
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.history.writing import keep
from tests.cli.conftest import Command
from tests.keeping import a_session

EVIL = "anna\x1b]0;owned\x07\x9b2J"


def test_names_with_escape_characters_are_shown_escaped(repcount: Command) -> None:
    with History(find_place(None)) as history:
        keep(history, [a_session(EVIL, source=f"{EVIL}.mp4", plan=EVIL)], "video")
        people.keep_limits(history, EVIL, {"knee": 60.0})
    for words in (("history",), ("show", "last"), ("people",), ("stats", "--person", EVIL)):
        done = repcount(*words)
        assert done.exit_code == 0, words
        assert r"anna\x1b]0;owned\x07\x9b2J" in done.stdout, words
        assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout + done.stderr), words


def test_a_file_name_with_escape_characters_is_shown_escaped_and_kept_in_json(
    repcount: Command, squat: Path
) -> None:
    name = f"{EVIL}.npz"
    shutil.copy(squat, name)
    done = repcount("analyze", name, f"no{EVIL}.npz", "-e", "wall-squat", "--json", "out.json")
    assert done.exit_code == 1
    assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout + done.stderr)
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["inputs"][0]["source"] == name
    done = repcount("analyze", name, "-e", "wall-squat", "--json", "-")
    assert json.loads(done.stdout)["inputs"][0]["source"] == name


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anna:secret@db.example.org/reps?sslpassword=secret",
        "postgresql://anna:sec/secret@db.example.org/reps",
        "postgresql://anna:sec@secret@db.example.org/reps",
        "postgresql://anna:sec?secret@db.example.org/reps",
        "anna:secret@db",
        "mysql://anna:secret@db",
        "postgresql://anna:secret@db:port/reps",
    ],
)
def test_no_part_of_the_databases_password_is_shown(
    repcount: Command, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("REPCOUNT_DATABASE_URL", url)
    for words in (("config",), ("history",)):
        done = repcount(*words)
        assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit)
        assert "secret" not in done.stdout + done.stderr
        assert len(done.stderr.splitlines()) <= 1
