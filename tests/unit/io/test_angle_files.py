from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from repcount.core.errors import OutputError
from repcount.core.records import Frame
from repcount.io.angle_files import AngleFile, JointAngles, write_angles
from tests.unit.io.opensim import read_motion
from tests.unit.overlay.snapshots import snapshot

NAN = float("nan")


def angles(**changed: object) -> JointAngles:
    """Ten frames at 10 a second; the joints differ, so that no two are taken for each other."""
    ramp = np.arange(10.0)
    columns = {
        "left_knee_deg": ramp,
        "left_hip_deg": 20 + ramp,
        "right_knee_deg": 40 + ramp,
        "right_hip_deg": 60 + ramp,
    }
    return JointAngles(time_s=ramp / 10, **{**columns, **changed})  # type: ignore[arg-type]


def without(values: np.ndarray, *rows: int) -> np.ndarray:  # type: ignore[type-arg]
    gaps = values.astype(float).copy()
    gaps[list(rows)] = NAN
    return gaps


@pytest.mark.parametrize("suffix", [".mot", ".sto", ".MOT"])
def test_a_motion_file_reads_as_opensim_reads_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"squat{suffix}"
    write_angles(path, angles())
    motion = read_motion(path)
    assert motion.keys["inDegrees"] == "yes"
    assert list(motion.columns) == ["time", "hip_flexion_r", "knee_angle_r", "hip_flexion_l", "knee_angle_l"]
    assert motion.columns["time"] == pytest.approx([i / 10 for i in range(10)])
    assert [motion.columns[name][3] for name in list(motion.columns)[1:]] == [63.0, 43.0, 23.0, 3.0]


def test_a_frame_with_an_unknown_joint_has_no_row_in_a_motion_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mot"
    write_angles(path, angles(left_knee_deg=without(np.arange(10.0), 4)))
    times = read_motion(path).columns["time"]
    assert times == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9])


def test_a_joint_that_is_mostly_unknown_has_no_column_and_costs_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.mot"
    write_angles(path, angles(left_knee_deg=without(np.arange(10.0), 0, 1, 2)))
    motion = read_motion(path)
    assert "knee_angle_l" not in motion.columns
    assert len(motion.columns["time"]) == 10


def test_where_no_joint_is_known_the_remedy_is_csv(tmp_path: Path) -> None:
    nothing = np.full(10, NAN)
    unknown = angles(
        left_knee_deg=nothing, left_hip_deg=nothing, right_knee_deg=nothing, right_hip_deg=nothing
    )
    with pytest.raises(OutputError, match=r"a\.mot: no knee or hip is known in 80%.*a\.csv"):
        write_angles(tmp_path / "a.mot", unknown)
    assert list(tmp_path.iterdir()) == []
    write_angles(tmp_path / "a.csv", unknown)
    assert (tmp_path / "a.csv").exists()


def test_csv_has_a_row_for_each_frame_and_an_empty_cell_for_the_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_angles(path, angles(right_hip_deg=without(np.arange(10.0), 0)))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    assert rows[0] == {
        "time_s": "0.000",
        "left_knee_deg": "0.00",
        "left_hip_deg": "20.00",
        "right_knee_deg": "40.00",
        "right_hip_deg": "",
    }


@pytest.mark.parametrize("name", ["a.txt", "a", "a.trc"])
def test_another_suffix_is_refused_and_the_good_ones_are_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\.csv, \.mot, \.sto; name it .*a\.csv"):
        write_angles(tmp_path / name, angles())
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_angles_is_whole_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before", encoding="utf-8")
    given_up = AngleFile(tmp_path / "a.csv")
    given_up.write(Frame(0.0, 0), snapshot())
    given_up.discard()
    given_up.close()
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "before"
    kept = AngleFile(tmp_path / "a.csv")
    kept.write(Frame(0.0, 0), snapshot())
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "before"
    kept.close()
    kept.close()
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("name", ["no/a.csv", "a.npz"])
def test_a_place_that_cannot_be_written_is_named_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=name):
        AngleFile(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
