"""A real window under Xvfb, driven by keys; and what is said where there can be none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from repcount.core.protocols import LiveStatus
from repcount.exercises import languages
from repcount.overlay.live_view import LivePicture
from repcount.overlay.window import _OPENING, _PROBE
from tests.screens import found_window, needs_screen, own_screen, xdotool
from tests.waiting import PATIENCE_S

PROGRAM = """
import sys
import numpy as np
from repcount.core.protocols import LiveStatus
from repcount.core.records import Frame
from repcount.exercises import languages
from repcount.overlay.live_view import LivePicture
from repcount.overlay.window import Window
words = languages.load().screen_words()
make = lambda size_px: LivePicture(size_px, words)
frame = Frame(0.0, 0, np.full((480, 640, 3), 90, np.uint8))
with Window(make) as window:
    print("open", flush=True)
    while True:
        window.show(frame, None, LiveStatus())
        for command in window.commands():
            print(command.value, flush=True)
            if command.value == "quit":
                sys.exit()
"""
REVIEW = """
import numpy as np
from repcount.overlay.window import Window
class Dark:
    def __init__(self, size_px): self.size_px = size_px
    def draw(self, *what): return np.zeros((self.size_px[1], self.size_px[0], 3), np.uint8)
with Window(Dark) as window:
    print("open", flush=True)
    window.keep_until_key(lambda size_px: np.full((size_px[1], size_px[0], 3), 40, np.uint8))
    print("closed", flush=True)
"""
OPENING = """
from repcount.core.errors import RepcountError
from repcount.overlay.window import Window
try:
    Window(lambda size_px: None)
except RepcountError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    with own_screen() as environment:
        yield environment


def started(screen: dict[str, str], code: str = PROGRAM) -> subprocess.Popen[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", code], env=screen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "open\n"
    return program


@needs_screen
def test_the_keys_become_commands_and_q_ends_it_without_a_word_on_the_terminal(
    screen: dict[str, str],
) -> None:
    program = started(screen)
    window = found_window(screen)
    said = []
    assert program.stdout is not None
    xdotool(screen, "windowactivate", "--sync", window)
    for key in ("space", "u", "n", "f", "f", "q"):
        xdotool(screen, "key", key)
        if key != "f":
            said.append(program.stdout.readline().strip())
    _, complaints = program.communicate(timeout=PATIENCE_S)
    assert said == ["toggle_pause", "undo", "next", "quit"]
    assert (program.returncode, complaints) == (0, "")


@needs_screen
def test_closing_the_window_is_quitting(screen: dict[str, str]) -> None:
    program = started(screen)
    xdotool(screen, "windowactivate", "--sync", found_window(screen), "key", "alt+F4")
    out, complaints = program.communicate(timeout=PATIENCE_S)
    assert (out, complaints, program.returncode) == ("quit\n", "", 0)


@needs_screen
@pytest.mark.parametrize("key", ["x", "alt+F4"])
def test_the_summary_stays_until_a_key_or_until_the_window_is_closed(
    screen: dict[str, str], key: str
) -> None:
    program = started(screen, REVIEW)
    window = found_window(screen)
    xdotool(screen, "windowactivate", "--sync", window)
    assert program.poll() is None
    xdotool(screen, "key", key)
    out, complaints = program.communicate(timeout=PATIENCE_S)
    assert (out, complaints, program.returncode) == ("closed\n", "", 0)


@needs_screen
@pytest.mark.skipif(shutil.which("xev") is None, reason="needs xev")
def test_nothing_flashes_before_the_window(screen: dict[str, str]) -> None:
    """A window that came and went before repcount's own was seen as a toolbar that flashes."""
    watching = ["xev", "-root", "-event", "substructure"]
    with subprocess.Popen(watching, env=screen, stdout=subprocess.PIPE, text=True) as watcher:
        looked = subprocess.run(
            [sys.executable, "-c", _PROBE], env={**screen, "QT_QPA_PLATFORM": "xcb"}, check=False
        )
        program = started(screen)
        xdotool(screen, "windowactivate", "--sync", found_window(screen), "key", "q")
        program.communicate(timeout=PATIENCE_S)
        watcher.terminate()
        told, _ = watcher.communicate(timeout=PATIENCE_S)
    assert looked.returncode == 0
    shown = [
        line for line in told.splitlines() if line.startswith("MapNotify") or line.startswith("MapRequest")
    ]
    assert len(shown) <= 1, told


def opening(environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPENING], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
@pytest.mark.parametrize("named", [None, ":4711"])
def test_without_a_screen_the_way_without_one_is_offered(named: str | None) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    said = opening(environment | ({} if named is None else {"DISPLAY": named}))
    assert said.startswith("OutputError")
    assert "--headless" in said


def test_an_opencv_without_windows_is_told_with_the_line_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import cv2\ncv2.getBuildInformation = lambda: '  GUI:                           NONE\\n'\n"
    )
    said = opening({**os.environ, "PYTHONPATH": str(tmp_path)})
    assert said.startswith("MissingDependencyError")
    assert "opencv-python==" in said
    assert "--headless" in said


@pytest.mark.parametrize("code", languages.languages())
def test_a_window_that_opens_says_so_in_its_language(code: str) -> None:
    words = languages.load(code).screen_words()
    shown = [
        LivePicture((960, 720), words).draw(None, None, LiveStatus(waiting=text))
        for text in (_OPENING.waiting, words["camera_opens"], "")
    ]
    assert (shown[0] == shown[1]).all()
    assert (shown[0] != shown[2]).any()
