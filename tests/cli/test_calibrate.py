from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import POSES, Command


def test_two_repetitions_are_learnt_kept_and_used(repcount: Command, tmp_path: Path) -> None:
    kept = tmp_path / "anna.toml"
    learnt = repcount(
        "calibrate", POSES / "wall_squat.npz", "--exercise", "wall-squat", "--calibration", kept
    )
    assert learnt.exit_code == 0, learnt.output
    assert "[wall-squat.both]" in kept.read_text(encoding="utf-8")
    deep = ("analyze", POSES / "wall_squat.npz", "--exercise", "wall-squat", "--json", "-")
    kept.write_text("[wall-squat.both]\nrest_deg = 10\npeak_deg = 108\n", encoding="utf-8")
    own = repcount(*deep, "--calibration", kept)
    assert json.loads(own.stdout)["inputs"][0]["exercises"][0]["by_status"]["short"] == 5
    assert json.loads(repcount(*deep).stdout)["inputs"][0]["exercises"][0]["by_status"]["short"] == 0


def test_another_exercise_is_added_and_nothing_lost(repcount: Command, tmp_path: Path) -> None:
    kept = tmp_path / "anna.toml"
    for exercise in ("wall-squat", "leg-press"):
        clip = POSES / f"{exercise.replace('-', '_')}.npz"
        assert repcount("calibrate", clip, "-e", exercise, "--calibration", kept).exit_code == 0
    text = kept.read_text(encoding="utf-8")
    assert "[leg-press.both]" in text
    assert "[wall-squat.both]" in text


def test_a_clip_without_two_repetitions_teaches_nothing(repcount: Command, tmp_path: Path) -> None:
    kept = tmp_path / "anna.toml"
    result = repcount("calibrate", POSES / "standing_about.npz", "-e", "wall-squat", "--calibration", kept)
    assert result.exit_code == 1
    assert "fewer than 2 repetitions of wall-squat" in result.stderr
    assert not kept.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[wall-squat.both]\nrest_deg = 1\n", "each side .* needs rest_deg and peak_deg"),
        ("[wall-squat.middle]\nrest_deg = 1\npeak_deg = 2\n", "each side"),
        ("wall-squat = [", "is no calibration"),
    ],
)
def test_a_calibration_of_another_form_is_one_line(
    repcount: Command, tmp_path: Path, content: str, says: str
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(content, encoding="utf-8")
    result = repcount("analyze", POSES / "wall_squat.npz", "-e", "wall-squat", "--calibration", wrong)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert str(wrong) in result.stderr
    assert re.search(says, result.stderr)


def test_auto_finds_out_what_is_done(repcount: Command) -> None:
    result = repcount("analyze", POSES / "leg_press.npz", "--exercise", "auto", "--json", "-")
    (found,) = json.loads(result.stdout)["inputs"][0]["exercises"]
    assert (found["exercise"], found["reps"]) == ("leg-press", 5)


def test_auto_is_what_happens_without_a_name(repcount: Command) -> None:
    clip = POSES / "leg_press.npz"
    named = repcount("analyze", clip, "--exercise", "auto", "--json", "-")
    assert repcount("analyze", clip, "--json", "-").stdout == named.stdout


def test_auto_says_where_there_is_nothing(repcount: Command) -> None:
    result = repcount("analyze", POSES / "standing_about.npz", "--exercise", "auto")
    assert result.exit_code == 0
    assert "None of the exercises was recognised; --exercise NAME counts" in result.stdout


def test_a_recording_of_two_exercises_comes_back_as_both(repcount: Command, tmp_path: Path) -> None:
    parts = [dict(np.load(POSES / f"{name}.npz")) for name in ("calf_raise", "wall_squat")]
    parts[1]["time_s"] = parts[1]["time_s"] + parts[0]["time_s"][-1] + 0.1
    joined = {
        key: np.concatenate([part[key] for part in parts]) for key in parts[0] if parts[0][key].ndim > 0
    }
    joined["size_px"] = parts[0]["size_px"]
    joined = {key: joined[key] for key in ("time_s", "landmarks_px", "visibility", "world_m", "size_px")}
    np.savez(tmp_path / "both.npz", **joined)
    result = repcount("analyze", tmp_path / "both.npz", "--exercise", "auto", "--json", "-")
    found = json.loads(result.stdout)["inputs"][0]["exercises"]
    assert [(each["exercise"], each["reps"]) for each in found] == [("calf-raise", 5), ("wall-squat", 5)]
