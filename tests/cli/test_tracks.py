"""``repcount analyze --angles`` and ``--markers``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import POSES, Command
from tests.unit.io.opensim import read_markers, read_motion

SQUAT = str(POSES / "wall_squat.npz")
SQUATS = ("--exercise", "wall-squat")


def test_angles_and_markers_are_written_beside_the_table(repcount: Command) -> None:
    done = repcount("analyze", SQUAT, *SQUATS, "--angles", "a.csv", "--markers", "a.trc", "--csv", "reps.csv")
    assert done.exit_code == 0
    with Path("a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(read_markers(Path("a.trc")).time_s) == 409
    assert max(float(row["left_knee_deg"]) for row in rows) > 85.0
    assert Path("reps.csv").exists()


@pytest.mark.parametrize("name", ["a.mot", "a.sto"])
def test_a_motion_is_as_opensim_reads_it(repcount: Command, name: str) -> None:
    assert repcount("analyze", SQUAT, *SQUATS, "--angles", name).exit_code == 0
    assert max(read_motion(Path(name)).columns["knee_angle_r"]) > 85.0


@pytest.mark.parametrize(
    ("option", "name", "complaint"),
    [
        ("--angles", "a.txt", "a.txt: --angles writes .csv or .mot or .sto files; name it a.csv"),
        ("--markers", "a.csv", "a.csv: --markers writes .trc files; name it a.trc"),
        ("--angles", "no/a.mot", "there is no folder no"),
    ],
)
def test_a_wrong_name_is_refused_before_any_work(
    repcount: Command, option: str, name: str, complaint: str
) -> None:
    done = repcount("analyze", SQUAT, *SQUATS, option, name)
    assert done.exit_code == 1
    assert complaint in done.stderr
    assert "repetitions" not in done.stdout


@pytest.mark.parametrize("more", [(), ("--jobs", "2")])
def test_several_inputs_have_their_files_in_a_folder(repcount: Command, more: tuple[str, ...]) -> None:
    press = str(POSES / "leg_press.npz")
    done = repcount("analyze", SQUAT, press, "--angles", "angles", "--markers", "markers", *more)
    assert done.exit_code == 0
    assert sorted(path.name for path in Path("angles").iterdir()) == ["leg_press.csv", "wall_squat.csv"]
    assert sorted(path.name for path in Path("markers").iterdir()) == ["leg_press.trc", "wall_squat.trc"]


def test_two_results_do_not_share_a_file(repcount: Command) -> None:
    done = repcount("analyze", SQUAT, *SQUATS, "--angles", "a.csv", "--csv", "a.csv")
    assert done.exit_code == 1
    assert "named for two results" in done.stderr
