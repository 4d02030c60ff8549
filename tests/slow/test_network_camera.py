"""A network camera in front of the real network: killed and started again in mid-set, the count goes on."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cameras import NetworkCamera, jpegs
from tests.models import model_or_skip
from tests.samples import FOLDER
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.slow


class Told:
    """What a program says on standard error, read as it comes."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self.lines: list[str] = []
        self._program = program
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, text: str) -> None:
        """Return once a line has the text in it."""
        with self._more:
            came = self._more.wait_for(lambda: any(text in line for line in self.lines), PATIENCE_S)
        assert came, self.lines

    def all(self) -> str:
        """Everything, once the program has ended."""
        self._reader.join(PATIENCE_S)
        return "".join(self.lines)

    def _read(self) -> None:
        assert self._program.stderr is not None
        for line in self._program.stderr:
            with self._more:
                self.lines.append(line)
                self._more.notify_all()


def test_a_camera_that_dies_in_mid_set_costs_no_repetition_done_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_or_skip()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    pictures, fps = jpegs(FOLDER / "wall_squat.mp4")
    command = [sys.executable, "-m", "repcount", "live", "--headless", "--json-lines"]
    asked = ["--exercise", "wall-squat", "--sets", "1", "--reps", "4", "--camera"]
    with (
        NetworkCamera(pictures, fps) as camera,
        subprocess.Popen(
            [*command, *asked, camera.address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as program,
    ):
        guard = threading.Timer(PATIENCE_S, program.kill)
        guard.start()
        told = Told(program)
        assert program.stdout is not None
        numbers = []
        for line in program.stdout:
            event = json.loads(line)
            if event["event"] != "repetition":
                continue
            numbers.append(event["number"])
            if len(numbers) == 2:
                camera.stop()
                told.wait_for("refuses the connection")
                camera.start()
        program.wait()
        guard.cancel()
    assert numbers == [1, 2, 3, 4]
    assert "is back" in told.all()
    assert program.returncode == 0
