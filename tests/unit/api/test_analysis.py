from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import repcount
from repcount.exercises import catalog
from tests.unit.api.given import SQUAT, path_of
from tests.unit.io.opensim import read_markers, read_motion

HEAVY = ("mediapipe", "cv2", "av", "matplotlib", "pandas", "sqlalchemy", "alembic", "typer", "rich", "jinja2")


def test_a_recording_is_counted_in_two_lines() -> None:
    assert repcount.count(SQUAT, "wall-squat") == 5
    assert repcount.count(str(SQUAT)) == 5


def test_the_dictionary_is_the_document_of_the_command_line(tmp_path: Path) -> None:
    call = [
        sys.executable,
        "-m",
        "repcount",
        "analyze",
        str(SQUAT),
        "--exercise",
        "wall-squat",
        "--language",
        "en",
        "--json",
    ]
    subprocess.run([*call, str(tmp_path / "a.json")], check=True, capture_output=True)
    assert repcount.analyze(SQUAT, "wall-squat").to_dict() == json.loads(
        (tmp_path / "a.json").read_text("utf-8")
    )


def test_without_a_name_it_is_found_out_what_is_done() -> None:
    result = repcount.analyze(path_of("hamstring_curl"))
    assert [each.exercise for each in result.exercises] == ["hamstring-curl"]
    assert len(result.exercises[0].holds) == 2
    assert repr(result) == f"<repcount.Result {path_of('hamstring_curl')}: hamstring-curl 2>"


def test_an_exercise_of_ones_own_is_loaded_and_counted(tmp_path: Path) -> None:
    own = tmp_path / "half-squat.toml"
    built_in = Path(catalog.__file__).parent / "wall_squat.toml"
    own.write_text(built_in.read_text("utf-8").replace('name = "wall-squat"', 'name = "half-squat"'), "utf-8")
    result = repcount.analyze(SQUAT, repcount.load_exercise(own))
    assert [(each.exercise, len(each.repetitions)) for each in result.exercises] == [("half-squat", 5)]


def test_the_names_are_those_that_can_be_counted() -> None:
    assert "wall-squat" in repcount.exercises()
    for name in repcount.exercises():
        repcount.Counter(name)


def test_angles_have_a_value_for_each_frame() -> None:
    result = repcount.analyze(SQUAT, "wall-squat")
    angles = result.angles()
    assert len(angles) == len(angles.left_hip_deg) == result.frames_tracked
    assert np.nanmax(angles.left_knee_deg) == pytest.approx(94.0, abs=3.0)
    peak = int(np.argmin(np.abs(angles.time_s - result.exercises[0].repetitions[0].peak_s)))
    assert angles.right_knee_deg[peak] > 85.0


def test_files_for_opensim_are_written(tmp_path: Path) -> None:
    result = repcount.analyze(SQUAT, "wall-squat", markers=tmp_path / "squat.trc")
    result.write_angles(tmp_path / "squat.mot")
    motion, markers = read_motion(tmp_path / "squat.mot"), read_markers(tmp_path / "squat.trc")
    assert max(motion.columns["knee_angle_l"]) == pytest.approx(
        float(np.nanmax(result.angles().left_knee_deg))
    )
    assert markers.time_s == pytest.approx(result.angles().time_s.tolist(), abs=1e-6)


def test_progress_is_told_for_every_frame() -> None:
    told: list[tuple[int, int | None]] = []
    result = repcount.analyze(SQUAT, "wall-squat", on_progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, result.frames_tracked + 1))


def test_what_was_looked_at_is_kept_where_it_is_asked_for() -> None:
    candidates = repcount.analyze(SQUAT, "wall-squat", explain=True).exercises[0].candidates
    assert candidates is not None
    assert sum(each.counted for each in candidates) == 5


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("nowhere.npz", "no such file"),
        ("nowhere.mp4", "nowhere.mp4"),
        (".", "folder"),
        ("text.npz", "damaged"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_file(
    name: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.npz").write_text("hello", "utf-8")
    with pytest.raises(repcount.RepcountError, match=complaint):
        repcount.analyze(name, "wall-squat")


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    copy = tmp_path / "a.npz"
    copy.write_bytes(SQUAT.read_bytes())
    with pytest.raises(repcount.RepcountError, match="is an input and is not overwritten"):
        repcount.analyze(copy, "wall-squat", save_poses=copy)


def test_settings_of_the_user_do_not_reach_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text('range = "nonsense"\n', "utf-8")
    monkeypatch.setenv("REPCOUNT_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("REPCOUNT_SIDE", "nonsense")
    assert repcount.count(SQUAT, "wall-squat") == 5


def loaded_by(code: str) -> set[str]:
    report = f"{code}\nimport sys\nprint(*(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.strip().splitlines()[-1].split())


def test_counting_poses_of_ones_own_loads_no_network_and_no_camera() -> None:
    assert not loaded_by("import repcount; repcount.Counter('wall-squat').update(0.0, None)") & set(HEAVY)
