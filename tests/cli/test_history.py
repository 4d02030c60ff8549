"""The history as somebody at the terminal uses it: kept, listed, exported, brought elsewhere, forgotten."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
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
    assert "Wall squat" in shown
    assert "undo` brings it back" in two("delete", "last").stdout
    assert "anna" in two("show", "last").stdout.splitlines()[0]
    assert two("undo").exit_code == 0
    assert two("show", "last").stdout == shown


@pytest.mark.parametrize("command", ["history", "stats", "export x.csv", "report x.html"])
@pytest.mark.parametrize(
    ("option", "word", "told"),
    [
        ("--person", "ana", "ana: is not known; `repcount people` lists those who are"),
        ("--exercise", "wall-squad", "there is no exercise `wall-squad`; did you mean `wall-squat`?"),
        ("--since", "monday", "--since: 'monday' is no date; write 2026-03-01 or 2026-03-01T18:30"),
        ("--until", "2026-02-30", "--until: '2026-02-30' is no date; write 2026-03-01 or 2026-03-01T18:30"),
    ],
)
def test_a_slip_in_a_filter_is_one_line_and_no_empty_list(
    command: str, option: str, word: str, told: str, two: Command
) -> None:
    done = two(*command.split(), option, word)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"repcount: {told}")
    assert len(done.stderr.splitlines()) == 1
    assert not list(Path().glob("x.*"))


def test_an_exercise_or_person_of_whom_nothing_is_kept_is_an_empty_list(two: Command) -> None:
    for words in (("--exercise", "leg-press"), ("--person", "")):
        done = two("history", *words)
        assert (done.exit_code, done.stderr) == (0, "")
        assert "nothing is kept that fits" in done.stdout


def test_an_import_brings_back_what_was_removed_and_undo_takes_it_out_again(two: Command) -> None:
    before = two("history").stdout
    assert two("export", "all.csv").exit_code == 0
    assert two("delete", "last").exit_code == 0
    told = "0 sessions added, 1 were there already, 1 that had been removed are back"
    assert told in two("import", "all.csv").stderr
    assert two("history").stdout == before
    assert two("undo").exit_code == 0
    assert [line.split()[3] for line in two("history").stdout.splitlines()[1:]] == ["anna"]


def test_what_is_kept_of_the_nameless_is_for_their_own_eyes(two: Command) -> None:
    folder = Path(os.environ["XDG_DATA_HOME"]) / "repcount"
    folder.chmod(0o755)
    assert two("calibrate", POSES / "wall_squat.npz", "--exercise", SQUATS).exit_code == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert (folder / "calibration.toml").exists()
    assert (
        "the nameless person is forgotten: 0 sessions, 1 file\n"
        in two("forget", "--person", "", "--yes").stdout
    )
    assert not (folder / "calibration.toml").exists()


def test_what_a_session_ran_with_is_shown(repcount: Command) -> None:
    who = ("--person", "anna", "--done-at", "2026-03-02", "--range", "gentle", "--limit", "knee=60")
    recording = POSES / "wall_squat.npz"
    assert repcount("analyze", recording, "--exercise", SQUATS, "--save", *who).exit_code == 0
    assert "Settings: range gentle, limit knee=60\n" in repcount("show", "last").stdout
    assert repcount("export", "all.csv").stderr == "repcount: all.csv: 1 row\n"


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


def test_a_workbook_goes_out_and_comes_in_again(
    two: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert two("export", "all.xlsx").exit_code == 0
    told = two("export", "-").stdout
    elsewhere(monkeypatch, tmp_path)
    assert two("import", "all.xlsx").exit_code == 0
    assert two("export", "-").stdout == told
    refused = two("export", "all.xlsx", "--dialect", "excel-de")
    assert refused.exit_code == 2


def test_a_moment_beyond_all_calendars_is_one_line(two: Command) -> None:
    for words in (("history", "--since", "0001-01-01"), ("history", "--until", "9999-12-31")):
        done = two(*words)
        assert done.exit_code == 1
        assert done.stderr.count("\n") == 1
        assert "is not within the years 1900 to 2200" in done.stderr


def test_the_range_of_a_listing_is_the_one_that_is_shown(two: Command) -> None:
    for line in two("history").stdout.splitlines()[1:]:
        (listed,) = re.findall(r"\d+°", line)
        assert f" {listed} " in two("show", line.split()[0]).stdout
