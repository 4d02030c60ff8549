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

pytestmark = pytest.mark.slow

PATIENCE_S = 120.0


def test_a_camera_that_dies_in_mid_set_costs_no_repetition_done_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_or_skip()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    pictures, fps = jpegs(FOLDER / "wall_squat.mp4")
    with NetworkCamera(pictures, fps) as camera:
        command = [sys.executable, "-m", "repcount", "live", "--camera", camera.address, "--exercise"]
        options = ["wall-squat", "--headless", "--json-lines", "--sets", "1", "--reps", "4"]
        program = subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        guard = threading.Timer(PATIENCE_S, program.kill)
        guard.start()
        assert program.stdout is not None
        numbers = []
        for line in program.stdout:
            event = json.loads(line)
            if event["event"] != "repetition":
                continue
            numbers.append(event["number"])
            if len(numbers) == 2:
                camera.stop()
                camera.start()
        guard.cancel()
        _, complaints = program.communicate()
    assert numbers == [1, 2, 3, 4]
    assert "is back" in complaints
    assert program.returncode == 0
