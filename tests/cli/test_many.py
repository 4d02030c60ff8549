"""``repcount analyze`` over folders: resumed, not stopped by one file, the same table however it is done."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import POSES, Command, Process, complaints
from tests.stopping import heeding
from tests.waiting import PATIENCE_S

WORDS = ("analyze", "videos", "--recursive", "--exercise", "auto", "--csv", "all.csv")


@pytest.fixture
def videos() -> Path:
    """A folder with two recordings, one in a folder below, a bad one, and things that are none."""
    folder = Path("videos")
    (folder / "below").mkdir(parents=True)
    for name, place in (("wall_squat", folder), ("leg_press", folder / "below")):
        (place / f"{name}.npz").write_bytes((POSES / f"{name}.npz").read_bytes())
    (folder / "bad.npz").write_text("this is no recording", encoding="utf-8")
    (folder / "notes.txt").write_text("left knee", encoding="utf-8")
    (folder / ".hidden.npz").write_text("", encoding="utf-8")
    return folder


def rows(path: str = "all.csv") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [{**row, "analysed_at": ""} for row in csv.DictReader(file)]


def test_a_folder_is_judged_and_one_bad_file_stops_no_other(process: Process, videos: Path) -> None:
    done = process(*WORDS, "--jobs", "2")
    assert done.returncode == 1
    (line,) = complaints(done.stderr)
    assert line.startswith(f"repcount: {videos / 'bad.npz'}: damaged")
    assert done.stdout.splitlines()[-1] == "3 files judged, 1 with errors"
    sources = {row["source"] for row in rows()}
    assert sources == {str(videos / "wall_squat.npz"), str(videos / "below" / "leg_press.npz")}


def test_the_table_is_that_of_one_after_the_other(repcount: Command, videos: Path) -> None:
    repcount(*WORDS, "--jobs", "2")
    names = [videos / "bad.npz", videos / "below" / "leg_press.npz", videos / "wall_squat.npz"]
    repcount("analyze", *names, "--exercise", "auto", "--csv", "one.csv")
    assert rows() == rows("one.csv")


def test_what_is_done_is_known_by_its_content(repcount: Command, videos: Path) -> None:
    repcount(*WORDS)
    first = rows()
    (videos / "wall_squat.npz").rename(videos / "monday.npz")
    (videos / "calf_raise.npz").write_bytes((POSES / "calf_raise.npz").read_bytes())
    (videos / "bad.npz").unlink()
    done = repcount(*WORDS)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "3 files judged, 2 of them in an earlier run"
    by_source = {row["source"]: row["exercise"] for row in rows()}
    assert by_source == {
        str(videos / "below" / "leg_press.npz"): "leg-press",
        str(videos / "calf_raise.npz"): "calf-raise",
        str(videos / "monday.npz"): "wall-squat",
    }
    assert len(first) == 10


def test_other_settings_judge_anew(repcount: Command, videos: Path) -> None:
    repcount(*WORDS)
    assert "earlier" not in repcount(*WORDS, "--strict").stdout


def test_results_of_an_earlier_run_are_no_inputs(repcount: Command, videos: Path) -> None:
    (videos / "bad.npz").unlink()
    poses = ("--save-poses", videos / "poses")
    assert repcount(*WORDS, *poses).exit_code == 0
    assert sorted(path.name for path in (videos / "poses").iterdir()) == ["leg_press.npz", "wall_squat.npz"]
    (videos / "poses" / "leg_press.npz").unlink()
    again = repcount(*WORDS, *poses)
    assert again.stdout.splitlines()[-1] == "2 files judged, 1 of them in an earlier run"
    assert (videos / "poses" / "leg_press.npz").exists()


def test_json_to_the_terminal_is_alone_there(process: Process, videos: Path) -> None:
    done = process("analyze", videos, "-r", "-e", "auto", "--json", "-")
    assert [Path(each["source"]).name for each in json.loads(done.stdout)["inputs"]] == [
        "bad.npz",
        "leg_press.npz",
        "wall_squat.npz",
    ]
    assert [path.name for path in Path().iterdir()] == ["videos"]


def test_an_empty_folder_says_what_is_looked_for(repcount: Command) -> None:
    Path("empty").mkdir()
    done = repcount("analyze", "empty", "-r", "-e", "auto")
    assert done.exit_code == 1
    assert "empty: no video or recording in this folder; looked for" in done.stderr


def test_a_cluster_that_is_not_there_is_one_line(process: Process, videos: Path) -> None:
    done = process(*WORDS, "--cluster", "nonsense://nowhere")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "--cluster" in done.stderr
    assert not Path("all.csv").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe holds a worker where the test wants it")
def test_ctrl_c_keeps_what_is_done_and_leaves_no_worker(videos: Path) -> None:
    (videos / "bad.npz").unlink()
    os.mkfifo(videos / "zz.npz")
    command = [sys.executable, "-m", "repcount", *WORDS, "--jobs", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heeding
    ) as program:
        held = os.open(videos / "zz.npz", os.O_WRONLY)  # opens once the parent looks at its content
        program.send_signal(signal.SIGINT)
        os.close(held)
        _, errors = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 130
    assert errors.splitlines()[-1] == "repcount: interrupted"
    assert len(Path("all.csv.done").read_text(encoding="utf-8").splitlines()) >= 1


def test_results_are_kept_in_the_history_once(repcount: Command, videos: Path) -> None:
    (videos / "bad.npz").unlink()
    assert repcount(*WORDS, "--save").stderr.count("kept as") == 2
    again = repcount(*WORDS, "--save")
    assert "kept as" not in again.stderr
    assert again.stdout.splitlines()[-1] == "2 files judged, 2 of them in an earlier run"
    sessions = repcount("history").stdout
    assert sessions.count("leg-press") == sessions.count("wall-squat") == 1


def test_results_that_were_kept_are_known_without_save_and_kept_anew_once_removed(
    repcount: Command, videos: Path
) -> None:
    (videos / "bad.npz").unlink()
    (videos / "empty_room.npz").write_bytes((POSES / "standing_about.npz").read_bytes())
    assert repcount(*WORDS, "--save").stderr.count("kept as") == 2
    all_known = "3 files judged, 3 of them in an earlier run"
    assert repcount(*WORDS).stdout.splitlines()[-1] == all_known
    assert repcount("delete", "last").exit_code == 0
    again = repcount(*WORDS, "--save")
    assert again.stderr.count("kept as") == 1
    assert again.stdout.splitlines()[-1] == "3 files judged, 2 of them in an earlier run"
    assert repcount(*WORDS, "--save").stdout.splitlines()[-1] == all_known
    assert len(repcount("history").stdout.splitlines()) == 3
