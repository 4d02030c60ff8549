"""A real window under Xvfb, driven by keys; and what is said where there can be none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens import found_window, needs_screen, own_screen, xdotool
from tests.waiting import PATIENCE_S

PROGRAM = """
import sys
import numpy as np
from repcount.core.protocols import LiveStatus
from repcount.core.model import Frame
from repcount.overlay.window import Window
frame = Frame(0.0, 0, np.full((480, 640, 3), 90, np.uint8))
with Window() as window:
    print("open", flush=True)
    while True:
        window.show(frame, None, LiveStatus())
        for command in window.commands():
            print(command.value, flush=True)
            if command.value == "quit":
                sys.exit()
"""
OPENING = """
from repcount.core.errors import RepcountError
from repcount.overlay.window import Window
try:
    Window()
except RepcountError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    with own_screen() as environment:
        yield environment


def started(screen: dict[str, str]) -> subprocess.Popen[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=screen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
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
