"""``repcount live`` with sample clips as the camera, in real time, on the real network.

The camera waits where the machine is too busy for it: how much is dropped then is no matter of these tests.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from repcount.core.history_records import Filter, Kind
from repcount.history.location import find_place
from repcount.history.store import History
from tests.models import model_or_skip
from tests.samples import FOLDER
from tests.screens import found_window, needs_screen, own_screen, xdotool
from tests.stopping import heeding
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
CLIPS = {"wall_squat.mp4": "wall-squat", "straight_leg_raise.mp4": "straight-leg-raise"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model_or_skip()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@contextmanager
def live(clip: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    options = [
        "--camera",
        str(FOLDER / clip),
        "--exercise",
        CLIPS[clip],
        "--headless",
        "--json-lines",
        *([] if "--no-save" in words else ["--save"]),
        *(word for word in words if word != "--no-save"),
    ]
    command = [sys.executable, "-m", "tests.patient", "live", *options]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=heeding,
    ) as program:
        guard = threading.Timer(PATIENCE_S, program.kill)
        guard.start()
        try:
            yield program
        finally:
            guard.cancel()
            program.kill()


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def numbers_told(told: list[dict[str, Any]]) -> list[int]:
    return [event["number"] for event in told if event["event"] == "repetition"]


def kept_numbers(tmp_path: Path) -> list[int]:
    """The repetitions in the history, of the one session that is there."""
    with History(find_place(None)) as history:
        (session,) = history.newest(Filter(), 2)
        whole = history.session(session.id)
    assert whole.kind is Kind.LIVE
    return [rep.number for each in whole.sets for rep in each.repetitions]


def analysed(path: Path, exercise: str) -> Any:
    words = ["analyze", str(path), "--exercise", exercise, "--json", "-", "--no-progress"]
    done = subprocess.run(
        [sys.executable, "-m", "repcount", *words], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)["inputs"][0]["exercises"]


def until_repetition(program: subprocess.Popen[str], number: int) -> list[dict[str, Any]]:
    """Read its lines up to that repetition."""
    seen = []
    assert program.stdout is not None
    for line in program.stdout:
        seen.append(json.loads(line))
        if seen[-1]["event"] == "repetition" and seen[-1]["number"] == number:
            return seen
    raise AssertionError(seen)


@pytest.mark.parametrize("clip", CLIPS)
def test_a_session_counts_what_analyze_counts_and_its_poses_give_the_same_table(
    clip: str, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.npz"
    with live(clip, "--save-poses", str(kept)) as program:
        output, errors = program.communicate()
    assert program.returncode == 0, errors
    told = events(output)
    assert told[-1]["event"] == "end"
    again = analysed(kept, CLIPS[clip])
    assert told[-1]["exercises"] == again
    whole = analysed(FOLDER / clip, CLIPS[clip])
    assert [e["counted"] for e in again] == [e["counted"] for e in whole]
    assert numbers_told(told) == [r["number"] for e in whole for r in e["repetitions"]]
    assert kept_numbers(tmp_path) == numbers_told(told)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_session_that_is_ended_is_kept_up_to_its_last_repetition(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.npz"
    with live("wall_squat.mp4", "--save-poses", str(kept)) as program:
        told = until_repetition(program, 2)
        program.send_signal(number)
        output, errors = program.communicate()
    assert program.returncode == code, errors
    assert "Traceback" not in errors
    told += events(output)
    counted = told[-1]["exercises"][0]["counted"]
    assert 2 <= counted < 5
    assert kept_numbers(tmp_path) == numbers_told(told) == list(range(1, counted + 1))
    assert analysed(kept, "wall-squat")[0]["counted"] == counted


def test_a_kill_loses_nothing_that_was_told(tmp_path: Path) -> None:
    with live("wall_squat.mp4") as program:
        told = until_repetition(program, 1)
        program.kill()
        rest, _ = program.communicate()
    numbers = numbers_told(told + events(rest))
    assert numbers[0] == 1
    assert kept_numbers(tmp_path)[: len(numbers)] == numbers


@needs_screen
def test_a_window_that_is_closed_in_mid_set_keeps_what_was_done_without_a_word_of_qt(tmp_path: Path) -> None:
    words = [
        "live",
        "--camera",
        str(FOLDER / "wall_squat.mp4"),
        "--exercise",
        "wall-squat",
        "--mute",
        "--save",
    ]
    with (
        own_screen() as screen,
        subprocess.Popen(
            [sys.executable, "-m", "tests.patient", *words],
            cwd=ROOT,
            env=screen,
            stderr=subprocess.PIPE,
            text=True,
        ) as program,
    ):
        guard = threading.Timer(PATIENCE_S, program.kill)
        guard.start()
        window = found_window(screen)
        until(lambda: program.poll() is not None or reps_kept())
        xdotool(screen, "windowactivate", "--sync", window, "key", "alt+F4")
        _, errors = program.communicate()
        guard.cancel()
    assert (program.returncode, errors) == (0, "")
    assert kept_numbers(tmp_path)[0] == 1


def test_a_video_file_is_not_kept_in_the_history_unasked() -> None:
    with live("wall_squat.mp4", "--no-save") as program:
        output, errors = program.communicate()
    assert program.returncode == 0
    assert events(output)[-1]["exercises"][0]["counted"] == 5
    assert "a video file is not kept in the history; --save keeps it" in errors
    assert reps_kept() == 0


def reps_kept() -> int:
    """How many repetitions the history has by now."""
    with History(find_place(None)) as history:
        sessions = [history.session(each.id) for each in history.newest(Filter(), 1)]
    return sum(len(each.repetitions) for session in sessions for each in session.sets)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if not hasattr(os, "geteuid") or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_while_recording_costs_the_recording_and_not_the_session(
    small_disk: Path, tmp_path: Path
) -> None:
    with live("wall_squat.mp4", "--record", str(small_disk / "out.mp4")) as program:
        output, errors = program.communicate()
    assert program.returncode == 1
    assert "no room left" in errors
    assert "Traceback" not in errors
    assert events(output)[-1]["exercises"][0]["counted"] == 5
    assert kept_numbers(tmp_path) == [1, 2, 3, 4, 5]
    assert list(small_disk.iterdir()) == []
