"""What is no ordinary file: pipes, devices, closed ones; addresses; names with a dash."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Process

REPCOUNT = [sys.executable, "-m", "repcount"]


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which ``$R`` is the program."""
    script = f"R='{' '.join(REPCOUNT)}'; {line}"
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)


def test_csv_to_the_standard_output_is_added_to_the_file_behind_it(squat: Path) -> None:
    out = Path("all.txt")
    out.write_text("before\n", encoding="utf-8")
    done = shell(f"$R analyze {squat} -e wall-squat --csv /dev/stdout >> all.txt")
    assert (done.returncode, done.stderr) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.count(",repetition,") == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
@pytest.mark.parametrize("words", ["exercises", "explain wall-squat", "--help", "--version", "analyze SQUAT"])
def test_a_full_standard_output_is_one_line(words: str, squat: Path) -> None:
    done = shell(f"$R {words.replace('SQUAT', str(squat))} > /dev/full")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("repcount: the standard output takes no more")


@pytest.mark.parametrize("words", ["exercises", "analyze SQUAT"])
def test_a_closed_standard_output_is_one_line(words: str, squat: Path) -> None:
    done = shell(f"$R {words.replace('SQUAT', str(squat))} >&-")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("repcount: the standard output is closed")


def test_a_pipe_that_is_closed_early_prints_no_traceback() -> None:
    done = shell("$R explain wall-squat | true")
    assert done.stderr == ""


def test_with_standard_error_closed_the_result_is_still_alone(squat: Path) -> None:
    done = shell("$R analyze missing.npz 2>&-")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize(
    ("name", "shown", "remedy"),
    [
        ("-", "-", "save it to a file"),
        (
            "https://anna:secret@example.org/a.mp4?token=secret",
            "https://example.org/a.mp4?token=***",
            "download it",
        ),
        ("HTTP://example.org/a.npz", "http://example.org/a.npz", "download it"),
        ("rtsp://cam:secret@10.0.0.5/1", "rtsp://10.0.0.5/1", "repcount live --camera"),
    ],
)
def test_an_input_that_is_no_file_says_what_to_do(
    repcount: Command, name: str, shown: str, remedy: str
) -> None:
    done = repcount("analyze", name, "-e", "wall-squat")
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"repcount: {shown}: ")
    assert remedy in line
    assert "secret" not in line


@pytest.mark.parametrize("before", [("--",), ()])
def test_names_that_begin_with_a_dash_work_after_two(
    process: Process, squat: Path, before: tuple[str, ...]
) -> None:
    shutil.copy(squat, "-lead.npz")
    done = process("analyze", "-e", "wall-squat", "--csv", "out.csv", *before, "-lead.npz")
    assert (done.returncode, done.stderr) == (0, "")
    assert "-lead.npz: a person in" in done.stdout


def test_a_batch_does_not_write_its_tables_to_a_device(repcount: Command, squat: Path) -> None:
    Path("films").mkdir()
    shutil.copy(squat, "films/a.npz")
    done = repcount("analyze", "-r", "films", "-e", "wall-squat", "--csv", "/dev/null")
    assert done.exit_code == 1
    assert "/dev/null: is no ordinary file" in done.stderr


@pytest.mark.parametrize(("option", "name"), [("--video", "out.mp4"), ("--save-poses", "out.npz")])
def test_a_file_that_cannot_be_written_costs_the_other_results_nothing(
    squat: Path, option: str, name: str
) -> None:
    limited = "ulimit -f 60; "  # blocks of 512 bytes: enough for tables
    done = shell(f"{limited}$R analyze {squat} -e wall-squat {option} {name} --csv x.csv --json y.json")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"repcount: {name}: there is no room left")
    assert "Wall squat" in done.stdout
    assert Path("x.csv").read_text(encoding="utf-8").count(",repetition,") == 5
    (found,) = json.loads(Path("y.json").read_text(encoding="utf-8"))["inputs"]
    assert found["error"].startswith(f"{name}: there is no room left")
    assert sorted(path.name for path in Path().iterdir()) == ["x.csv", "y.json"]
