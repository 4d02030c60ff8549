"""``repcount learn`` on the real network: at the camera, and of films with more than one person in them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from repcount.cli.app import app
from repcount.learning.film import watch
from repcount.learning.unfit import check_repetitions
from tests.models import model_or_skip
from tests.samples import FOLDER, recorded_track
from tests.screens import found_window, needs_screen, own_screen, xdotool
from tests.stopping import heeding
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FPS = 15
Picture = NDArray[np.uint8]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model_or_skip()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def pictures(clip: str) -> Iterator[Picture]:
    with av.open(str(FOLDER / f"{clip}.mp4")) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24")


def written(path: Path, shown: Iterable[Picture]) -> Path:
    film = list(shown)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        stream.pix_fmt = "yuv420p"
        stream.height, stream.width = film[0].shape[:2]
        for picture in film:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def three_squats() -> Iterator[Picture]:
    """At twice the pace: eight seconds."""
    return islice(pictures("wall_squat"), 0, 16 * FPS, 2)


def at_the_camera(*words: object, screen: dict[str, str] | None = None) -> subprocess.Popen[str]:
    told = [str(word) for word in words]
    how = "--headless" if screen is None else "--mute"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.patient", "learn", "--name", "Sit", how, *told],
        env=screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=heeding,
    )


def refused(film: Path, reps: int) -> str:
    """The one line that is said of a film; nothing is written."""
    out = film.with_suffix(".toml")
    words = ["learn", str(film), "--name", "Sit", "--reps", str(reps), "--out", str(out)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert not out.exists()
    assert done.output.count("\n") == 1
    return done.output


def test_a_set_at_the_camera_is_learned_and_its_landmarks_are_kept(tmp_path: Path) -> None:
    clip, out, poses = tmp_path / "clip.mp4", tmp_path / "sit.toml", tmp_path / "poses.npz"
    words = ["--tempo", "1-0-1", "--reps", 3, "--save-poses", poses, "--out", out]
    with at_the_camera("--camera", written(clip, three_squats()), *words) as program:
        told, errors = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0, errors
    assert "Take the start posture and keep still" in told
    assert "camera: counts 3 of 3" in told
    assert 'source = "learned from camera, 3 repetitions, side view"' in out.read_text("utf-8")
    assert check_repetitions(watch("again", recorded_track(poses)), 3).count == 3


def test_ctrl_c_at_the_camera_writes_nothing_and_says_so(tmp_path: Path) -> None:
    out, poses = tmp_path / "sit.toml", tmp_path / "poses.npz"
    words = ["--camera", FOLDER / "wall_squat.mp4", "--save-poses", poses, "--out", out]
    with at_the_camera(*words) as program:
        assert program.stdout is not None
        assert "Sit: 6 slow repetitions" in program.stdout.readline()
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=PATIENCE_S)
    assert (program.returncode, errors.count("\n")) == (130, 1)
    assert "nothing was learned, and nothing was written" in errors
    assert not out.exists()
    assert not poses.exists()


@needs_screen
def test_a_window_that_is_left_by_q_writes_nothing_and_says_so(tmp_path: Path) -> None:
    out = tmp_path / "sit.toml"
    words = ["--camera", FOLDER / "wall_squat.mp4", "--out", out]
    with own_screen() as screen, at_the_camera(*words, screen=screen) as program:
        window = found_window(screen)
        until(
            lambda: (
                xdotool(screen, "windowactivate", "--sync", window, "key", "q") or program.poll() is not None
            )
        )
        told, errors = program.communicate(timeout=PATIENCE_S)
    assert (program.returncode, told) == (0, "")
    assert errors == "repcount: stopped before the end: nothing was learned, and nothing was written\n"
    assert not out.exists()


def test_three_people_side_by_side_are_refused(tmp_path: Path) -> None:
    crowd = zip(pictures("wall_squat"), pictures("calf_raise"), pictures("standing_about"), strict=False)
    shown = (np.hstack([each[:, 200:440] for each in row]) for row in islice(crowd, 5 * FPS))
    told = refused(written(tmp_path / "three.mp4", shown), 5)
    assert told.startswith("repcount: three.mp4: more than one person is in the picture; film one person")


def test_somebody_who_steps_in_the_way_is_told(tmp_path: Path) -> None:
    def shown() -> Iterator[Picture]:
        rows = zip(three_squats(), pictures("calf_raise"), strict=False)
        for number, (picture, other) in enumerate(rows):
            way = max(0.0, min(1.0, number / FPS - 2.5, 6.0 - number / FPS))
            x = round(-120 + 400 * way)
            left, right = max(0, x), max(0, x + 120)
            picture[20:460, left:right] = other[20:460, 260 + left - x : 260 + right - x]
            yield picture

    told = refused(written(tmp_path / "way.mp4", shown()), 3)
    assert "somebody else was in the picture at" in told
