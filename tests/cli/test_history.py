"""The history as somebody at the terminal uses it: kept, listed, exported, brought elsewhere, forgotten."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import POSES, Command

RAISES, SQUATS = "straight-leg-raise", "wall-squat"


def keep(repcount: Command, exercise: str, person: str, day: str) -> None:
    """Judge the recording of an exercise, and keep it under that day."""
    recording = POSES / f"{exercise.replace('-', '_')}.npz"
    who = ("--person", person, "--done-at", day)
    assert repcount("analyze", recording, "--exercise", exercise, "--save", *who).exit_code == 0


@pytest.fixture
def two(repcount: Command) -> Command:
    """A history of Anna's leg raises and Ben's wall squats, a week later."""
    keep(repcount, RAISES, "anna", "2026-03-02T18:30")
    keep(repcount, SQUATS, "ben", "2026-03-09T18:30")
    return repcount


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def elsewhere(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Go on at another machine."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "another machine"))


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ((), ["anna", "ben"]),
        (("--since", "2026-03-03"), ["ben"]),
        (("--until", "2026-03-02"), ["anna"]),
        (("--exercise", SQUATS), ["ben"]),
        (("--person", "anna"), ["anna"]),
    ],
)
def test_the_filters_of_listing_and_export_are_the_same(
    words: tuple[str, ...], people: list[str], two: Command
) -> None:
    listed = two("history", *words).stdout.splitlines()[1:]
    assert [line.split()[3] for line in listed] == people
    for kind in ((), ("--per", "rep")):
        exported = two("export", "-", *kind, *words).stdout
        assert list(dict.fromkeys(row["person"] for row in rows(exported))) == people
    kept = json.loads(two("export", "-", "--json", *words).stdout)
    assert [session["person"] for session in kept["sessions"]] == people


def test_what_is_printed_is_what_is_written(two: Command) -> None:
    for kind in ((), ("--per", "rep"), ("--json",)):
        assert two("export", "file", *kind).exit_code == 0
        text = Path("file").read_text(encoding="utf-8-sig")
        assert text.splitlines() == two("export", "-", *kind).stdout.splitlines()
        assert len(text.splitlines()) > 2


@pytest.mark.parametrize("kind", [(), ("--json",)])
def test_an_export_brought_to_another_machine_loses_nothing(
    kind: tuple[str, ...], two: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert two("export", "all", *kind).exit_code == 0
    elsewhere(monkeypatch, tmp_path)
    assert "2 sessions added, 0 were there already" in two("import", "all").stderr
    assert "0 sessions added, 2 were there already" in two("import", "all").stderr
    assert two("export", "again", *kind).exit_code == 0
    assert Path("again").read_bytes() == Path("all").read_bytes()


def test_a_session_is_shown_removed_and_brought_back(two: Command) -> None:
    shown = two("show", "last").stdout
    assert "ben" in shown.splitlines()[0]
    assert SQUATS in shown
    assert "undo` brings it back" in two("delete", "last").stdout
    assert "anna" in two("show", "last").stdout.splitlines()[0]
    assert two("undo").exit_code == 0
    assert two("show", "last").stdout == shown


def test_nothing_of_somebody_forgotten_is_left_and_the_other_stays(two: Command) -> None:
    data = Path(os.environ["XDG_DATA_HOME"])
    assert two("people", "--person", "anna", "--limit", "knee=60").exit_code == 0
    assert two("checkin", "--person", "anna", "--pain", "2").exit_code == 0
    done = two("forget", "--person", "anna", "--yes")
    assert done.exit_code == 0, done.output
    files = [path for path in data.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"anna" in path.read_bytes()] == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert [line.split()[3] for line in two("history").stdout.splitlines()[1:]] == ["ben"]


def test_a_long_list_at_a_terminal_is_quick_lines_and_a_short_one_a_drawn_table(two: Command) -> None:
    kept = json.loads(two("export", "-", "--json").stdout)
    first = kept["sessions"][0]
    letters = "bcdfghjkmnpqrstvwxz"
    more = [{**first, "id": f"z{a}{b}{c}2222"} for a in letters for b in letters for c in "bc"]
    Path("many.json").write_text(json.dumps({**kept, "sessions": more}), encoding="utf-8")
    assert two("import", "many.json").exit_code == 0
    assert "─" in at_a_terminal("history")
    everything = at_a_terminal("history", "--all")
    assert "─" not in everything
    assert everything.count("anna") == len(more) + 1


def at_a_terminal(*words: str) -> str:
    """What repcount shows on a terminal."""
    here, there = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "repcount", *words], stdout=there, stderr=there)
    os.close(there)
    shown = b""
    try:
        while part := os.read(here, 65536):
            shown += part
    except OSError:  # how Linux says that the other end was closed
        pass
    os.close(here)
    assert process.wait() == 0
    return shown.decode()
