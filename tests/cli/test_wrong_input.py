"""What cannot be judged or written: one line that names the thing and the remedy, and nothing half-done."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from repcount.core.skeleton import FEET
from tests.cli.conftest import Command, Process
from tests.samples import POSES
from tests.videos import write_sound, write_video


def _missing() -> str:
    return "missing.mp4"


def _folder() -> str:
    Path("folder.mp4").mkdir()
    return "folder.mp4"


def _empty() -> str:
    Path("empty.mp4").touch()
    return "empty.mp4"


def _text() -> str:
    Path("text.mp4").write_text("this is no video\n" * 100, encoding="utf-8")
    return "text.mp4"


def _sound() -> str:
    return str(write_sound(Path("sound.mp4")))


def _other_npz() -> str:
    np.savez("other.npz", keypoints=np.zeros((3, 17, 2)))
    return "other.npz"


def _short_rows() -> str:
    np.savez("rows.npz", time_s=np.arange(3.0), landmarks_px=np.zeros((2, 33, 3), np.float32))
    return "rows.npz"


def _no_feet() -> str:
    with np.load(POSES / "calf_raise.npz") as recording:
        arrays = dict(recording)
    arrays["landmarks_px"][:, FEET] = np.nan
    np.savez("no_feet.npz", **arrays)
    return "no_feet.npz"


def _text_npz() -> str:
    Path("text.npz").write_text("this is no recording", encoding="utf-8")
    return "text.npz"


WRONG: dict[str, tuple[Callable[[], str], str]] = {
    "a missing file": (_missing, "no such file"),
    "a folder": (_folder, "a folder"),
    "an empty file": (_empty, "empty"),
    "a text file named mp4": (_text, "not a video"),
    "sound alone": (_sound, "sound without pictures"),
    "an npz of another form": (_other_npz, "is missing"),
    "an npz with rows that do not match": (_short_rows, "shape"),
    "a text file named npz": (_text_npz, "not a recording"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_is_one_line_and_leaves_nothing(repcount: Command, case: str) -> None:
    make, words = WRONG[case]
    name = make()
    before = sorted(Path().iterdir())
    outputs = ("--csv", "a.csv", "--json", "b.json", "--save-poses", "c.npz", "--video", "d.mp4")
    done = repcount("analyze", name, "--exercise", "wall-squat", *outputs)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"repcount: {name}: ")
    assert words in line
    assert ";" in line  # the remedy follows
    assert sorted(Path().iterdir()) == before


def test_poses_without_heels_are_told_where_the_exercise_is_counted_by_them(repcount: Command) -> None:
    done = repcount("analyze", _no_feet(), "--exercise", "calf-raise", "--csv", "a.csv")
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("repcount: no_feet.npz: calf-raise is counted by heels and toes")
    assert not Path("a.csv").exists()


def test_wrong_input_shows_no_traceback_in_a_real_process(process: Process) -> None:
    done = process("analyze", "missing.mp4", "--exercise", "wall-squat")
    assert done.returncode == 1
    assert done.stderr == "repcount: missing.mp4: no such file; check the path\n"


def test_an_unknown_exercise_names_the_near_one(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", squat, "--exercise", "wall-squad")
    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "`wall-squad`; did you mean `wall-squat`?" in done.stderr


def test_a_range_that_the_exercise_lacks_names_those_it_has(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", squat, "-e", "wall-squat", "--range", "huge")
    assert done.exit_code == 1
    assert "`huge`" in done.stderr
    assert "gentle, standard, full" in done.stderr


def test_an_option_of_another_kind_is_a_usage_error(repcount: Command, squat: Path) -> None:
    assert repcount("analyze", squat, "-e", "wall-squat", "--side", "up").exit_code == 2
    assert repcount("analyze", squat, "-e", "wall-squat", "--nonsense").exit_code == 2
    assert repcount("analyze", "-e", "wall-squat").exit_code == 2


def test_an_exercise_file_that_is_wrong_names_file_and_key(repcount: Command, squat: Path) -> None:
    Path("mine.toml").write_text("format = 1\nname = 'x'\ntitel = 'X'\n", encoding="utf-8")
    done = repcount("analyze", squat, "--exercise-file", "mine.toml")
    assert done.exit_code == 1
    first, *points = done.stderr.splitlines()
    assert first == f"repcount: mine.toml: {len(points)} things to mend"
    assert "  titel: no such key; did you mean `title`?" in points
    assert "  drive: is missing; add it" in points
    assert all(point.startswith("  ") and "; " in point for point in points), "a line for each"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--csv", "no/such/x.csv"), "no folder no/such"),
        (("--csv", "."), "is a folder"),
        (("--csv", "-"), "name a file"),
        (("--video", "out.avi"), "out.mp4"),
        (("--save-poses", "out.txt"), "out.npz"),
        (("--csv", "x.json", "--json", "./x.json"), "two results"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_any_work(
    repcount: Command, squat: Path, options: tuple[str, ...], words: str
) -> None:
    done = repcount("analyze", squat, "-e", "wall-squat", *options)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert words in line
    assert not list(Path().iterdir())


def test_the_input_is_never_overwritten(repcount: Command, squat: Path) -> None:
    own = Path("own.npz")
    own.write_bytes(squat.read_bytes())
    Path("link.npz").symlink_to(own)
    for target in ("own.npz", "link.npz", "../desk/own.npz"):
        done = repcount("analyze", own, "-e", "wall-squat", "--save-poses", target)
        assert done.exit_code == 1
        assert "is an input" in done.stderr
    assert own.read_bytes() == squat.read_bytes()


def test_a_folder_of_results_never_overwrites_the_inputs_in_it(repcount: Command, squat: Path) -> None:
    for name in ("a.npz", "b.npz"):
        Path(name).write_bytes(squat.read_bytes())
    done = repcount("analyze", "a.npz", "b.npz", "-e", "wall-squat", "--save-poses", ".")
    assert done.exit_code == 1
    assert "is an input" in done.stderr
    assert Path("a.npz").read_bytes() == squat.read_bytes()


def test_no_model_and_no_network_is_one_line_with_the_ways_out(repcount: Command) -> None:
    write_video(Path("clip.mp4"))
    done = repcount("analyze", "clip.mp4", "-e", "wall-squat", "--no-progress", "--video", "out.mp4")
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "--model PATH" in line
    assert [path.name for path in Path().iterdir()] == ["clip.mp4"]


def test_a_model_that_is_none_is_named(repcount: Command) -> None:
    write_video(Path("clip.mp4"))
    Path("mine.task").write_text("no model", encoding="utf-8")
    done = repcount("analyze", "clip.mp4", "-e", "wall-squat", "--model", "mine.task")
    assert done.exit_code == 1
    assert done.stderr.startswith("repcount: mine.task: ")


def test_a_damaged_recording_costs_no_other_input_anything(repcount: Command, squat: Path) -> None:
    for name in ("a.npz", "c.npz"):
        Path(name).write_bytes(squat.read_bytes())
    with zipfile.ZipFile("b.npz", "w") as archive:
        archive.writestr("time_s.npy", b"\x93NUMPY\x01\x00\x10\x00{'descr': (((((\n")
    done = repcount("analyze", "a.npz", "b.npz", "c.npz", "-e", "wall-squat", "--csv", "x.csv")
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("repcount: b.npz: damaged")
    rows = Path("x.csv").read_text(encoding="utf-8").splitlines()
    assert [sum(name in row for row in rows) for name in ("a.npz", "b.npz", "c.npz")] == [5, 0, 5]
