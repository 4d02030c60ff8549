"""Every example of docs/python.md, the script and the notebook of ``examples``: they run as they stand.

Recordings of the sample videos stand for the videos, so that no network has to look at them; the example with
a network of its own, and the first of all, are run on the video as well.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from repcount.core.skeleton import COCO17_ROWS
from repcount.exercises import catalog
from tests.models import model_or_skip
from tests.samples import FOLDER, POSES, recorded
from tools.notebook import run

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "examples" / "squats.ipynb"
BLOCKS = re.findall(r"^```python\n([\s\S]*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
OWN_NETWORK = "cv2.VideoCapture"
SAYS = {
    "repcount.count(": "5\n",
    "rep.up_s": "1 83 degrees 1.3 s up",
    "left_knee_deg.max": "409 frames; the left knee bends up to 9",
    "groupby": "leg-press",
    "from_coco17": "<repcount.Result poses: wall-squat 5>",
    "(points_px == 0)": "[ nan  nan]",
    "repcount.Pose(landmarks_px": "5\n",
    "load_exercise": "My squat 5",
}
"""What an example prints, by something that stands in it."""


def call(code: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *code],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what the examples speak of."""
    shutil.copy(POSES / "wall_squat.npz", tmp_path / "squat.npz")
    (tmp_path / "videos").mkdir()
    for name in ("wall_squat", "leg_press"):
        shutil.copy(POSES / f"{name}.npz", tmp_path / "videos" / f"{name}.npz")
    frames = [(time_s, pose) for time_s, pose in recorded("wall_squat") if pose is not None]
    np.savez(
        tmp_path / "squat_coco17.npz",
        time_s=[time_s for time_s, _ in frames],
        points_px=[pose.landmarks_px[COCO17_ROWS, :2] for _, pose in frames],
        scores=[pose.visibility[COCO17_ROWS] for _, pose in frames],
    )
    squat = (Path(catalog.__file__).parent / "wall_squat.toml").read_text(encoding="utf-8")
    own = squat.replace('name = "wall-squat"', 'name = "my-squat"').replace(
        'title = "Wall squat"', 'title = "My squat"'
    )
    (tmp_path / "my_squat.toml").write_text(own, encoding="utf-8")
    return tmp_path


@pytest.mark.extra("pandas", "matplotlib")
@pytest.mark.parametrize("code", [code for code in BLOCKS if OWN_NETWORK not in code])
def test_an_example_runs(code: str, desk: Path) -> None:
    done = call(["-c", code.replace(".mp4", ".npz")], desk)
    for part, said in SAYS.items():
        if part in code:
            assert said in done.stdout
    written = [match for match in re.findall(r"\"(\w+\.(?:png|mot|trc))\"", code)]
    assert all((desk / name).stat().st_size > 1000 for name in written)


@pytest.mark.slow
@pytest.mark.parametrize("code", [BLOCKS[0], *(code for code in BLOCKS if OWN_NETWORK in code)])
def test_an_example_runs_on_the_video(code: str, desk: Path) -> None:
    shutil.copy(FOLDER / "wall_squat.mp4", desk / "squat.mp4")
    shutil.copy(model_or_skip().path, desk / "pose_landmarker.task")
    assert call(["-c", code], desk).stdout.strip().splitlines()[-1].startswith("5")


@pytest.mark.extra("pandas", "matplotlib")
def test_the_script_writes_a_table_and_a_picture_of_each_input(desk: Path) -> None:
    script = str(ROOT / "examples" / "folder_to_table.py")
    (desk / "videos" / "broken.npz").write_text("hello", encoding="utf-8")
    done = call([script, "videos", "out"], desk)
    assert done.stdout.splitlines() == ["leg_press.npz: 5", "wall_squat.npz: 5"]
    assert done.stderr.startswith("videos/broken.npz: damaged")
    assert sorted(path.name for path in (desk / "out").iterdir()) == [
        "leg_press.png",
        "repetitions.csv",
        "wall_squat.png",
    ]
    with (desk / "out" / "repetitions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["exercise"] for row in csv.DictReader(file)] == ["leg-press"] * 5 + ["wall-squat"] * 5


@pytest.mark.extra("pandas", "matplotlib")
def test_the_notebook_says_what_is_written_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    monkeypatch.chdir(NOTEBOOK.parent)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell, outputs in zip(cells, run(notebook), strict=True):
        assert _texts(outputs) == _texts(cell["outputs"])
        assert [sorted(each.get("data", ())) for each in outputs] == [
            sorted(each.get("data", ())) for each in cell["outputs"]
        ]


def _texts(outputs: list[dict[str, object]]) -> list[str]:
    """What was printed and shown as text; pictures and HTML differ between versions of their libraries."""
    found = []
    for each in outputs:
        data = each.get("data")
        text = data["text/plain"] if isinstance(data, dict) else each["text"]
        assert isinstance(text, list)
        found.append("".join(text))
    return found
