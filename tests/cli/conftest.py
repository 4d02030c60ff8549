"""A machine without settings or model, and ways to call the command line on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from repcount.cli.app import app

POSES = Path(__file__).parent.parent / "data" / "poses"

PROGRESS = re.compile(r"repcount: (.+: \d+( of \d+)? frames|\d+ of \d+ files(, .+)?)")

Command = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


def complaints(errors: str) -> list[str]:
    """The lines on standard error but for those that a busy machine brings: how far a long analysis is."""
    return [line for line in errors.splitlines() if not PROGRESS.fullmatch(line)]


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, no model, no network for pip, and a working folder of its own."""
    for name in list(os.environ):
        if name.startswith("REPCOUNT_"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("REPCOUNT_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)


@pytest.fixture
def repcount() -> Command:
    """Call the command line in this process."""

    def call(*words: str | Path) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], prog_name="repcount")

    return call


@pytest.fixture
def process() -> Process:
    """Call the command line in a process of its own."""

    def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "repcount", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")

    return call


@pytest.fixture
def squat() -> Path:
    """A recording of five wall squats."""
    return POSES / "wall_squat.npz"


@pytest.fixture
def nobody(tmp_path: Path) -> Path:
    """A recording of an empty room."""
    path = tmp_path / "empty_room.npz"
    rows = 30
    np.savez(
        path,
        time_s=np.arange(rows) / 10.0,
        landmarks_px=np.full((rows, 33, 3), np.nan, np.float32),
        visibility=np.full((rows, 33), np.nan, np.float32),
        world_m=np.full((rows, 33, 3), np.nan, np.float32),
        size_px=np.array([640, 480]),
    )
    return path
