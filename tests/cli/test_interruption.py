"""Ctrl-C, and files that break off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.cli.conftest import Process, complaints
from tests.models import model_or_skip
from tests.samples import FOLDER
from tests.stopping import heeding
from tests.videos import write_video
from tests.waiting import PATIENCE_S


def opened_by(program: subprocess.Popen[str], pipe: Path) -> int:
    """The writing end of a named pipe, once the program reads it."""
    while program.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads it yet
            with suppress(subprocess.TimeoutExpired):
                program.wait(timeout=0.01)
    raise AssertionError(program.communicate())


def interrupted(program: subprocess.Popen[str], pipe: BinaryIO, number: signal.Signals) -> tuple[str, str]:
    """What the program says after Ctrl-C or another signal.

    Where that fell just before a blocking read began, the end of the pipe ends the read. It is not pressed
    twice: on a busy machine the second one would meet a program that is just ending.
    """
    program.send_signal(number)
    try:
        return program.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        pipe.close()
        return program.communicate(timeout=PATIENCE_S)


@pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="a named pipe holds the program where the test wants it"
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_with_its_code_and_leaves_nothing(number: signal.Signals) -> None:
    os.mkfifo("endless.npz")
    words = ["analyze", "endless.npz", "--exercise", "wall-squat", "--csv", "x.csv", "--save-poses", "x.npz"]
    command = [sys.executable, "-m", "repcount", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heeding
    ) as program:
        try:
            with open(opened_by(program, Path("endless.npz")), "wb", buffering=0) as pipe:
                output, errors = interrupted(program, pipe, number)
        finally:
            program.kill()  # does nothing to one that has ended
    assert (program.returncode, output, errors) == (128 + number, "", "repcount: interrupted\n")
    assert [path.name for path in Path().iterdir()] == ["endless.npz"]


@pytest.mark.slow
def test_a_file_that_breaks_off_is_judged_up_to_there(process: Process, real_model: Path) -> None:
    whole = (FOLDER / "wall_squat.mp4").read_bytes()
    Path("cut.mp4").write_bytes(whole[: len(whole) // 2])
    done = process(
        "analyze",
        "cut.mp4",
        "-e",
        "wall-squat",
        "--model",
        real_model,
        "--video",
        "out.mp4",
        "--csv",
        "x.csv",
    )
    assert done.returncode == 1
    assert "both legs" in done.stdout
    (line,) = complaints(done.stderr)
    assert line.startswith("repcount: cut.mp4: the file breaks off at ")
    assert sorted(path.name for path in Path().iterdir()) == ["cut.mp4", "out.mp4", "x.csv"]


@pytest.mark.slow
def test_a_video_and_its_landmarks_give_the_same_to_the_last_digit(
    process: Process, real_model: Path
) -> None:
    clip = FOLDER / "leg_press.mp4"
    same = ("--exercise", "leg-press", "--json", "-")
    video = process("analyze", clip, *same, "--model", real_model, "--save-poses", "x.npz")
    poses = process("analyze", "x.npz", *same)
    for done in (video, poses):
        assert (done.returncode, complaints(done.stderr)) == (0, [])
    first, second = (json.loads(done.stdout)["inputs"][0] for done in (video, poses))
    assert (first.pop("source"), second.pop("source")) == (str(clip), "x.npz")
    assert first == second


@pytest.mark.slow
def test_a_clip_with_nobody_in_it_says_so(process: Process, real_model: Path) -> None:
    write_video(Path("wall.mp4"))
    done = process("analyze", "wall.mp4", "-e", "calf-raise", "--model", real_model)
    assert done.returncode == 1
    assert "Nothing was counted: nobody was seen." in done.stdout
    (line,) = complaints(done.stderr)
    assert line.startswith("repcount: wall.mp4: nobody was found in any of its 10 frames; ")


@pytest.fixture(scope="session")
def real_model() -> Path:
    """The pose model, found or built before the machine is laid bare."""
    return model_or_skip().path.resolve()
