"""``repcount analyze`` on recordings: what is counted, printed and written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import POSES, Command, Process, complaints

CLIPS = {
    "straight_leg_raise": ("straight-leg-raise", 5, 0),
    "wall_squat": ("wall-squat", 5, 0),
    "calf_raise": ("calf-raise", 5, 0),
    "hamstring_curl": ("hamstring-curl", 2, 2),
    "leg_press": ("leg-press", 5, 0),
    "standing_about": ("wall-squat", 0, 0),
}


def only_exercise(text: str) -> dict[str, object]:
    (judged,) = json.loads(text)["inputs"]
    (exercise,) = judged["exercises"]
    assert isinstance(exercise, dict)
    return exercise


@pytest.mark.parametrize("clip", CLIPS)
def test_the_count_of_each_sample_is_exact(repcount: Command, clip: str) -> None:
    name, reps, holds = CLIPS[clip]
    done = repcount("analyze", POSES / f"{clip}.npz", "--exercise", name, "--json", "-")
    assert done.exit_code == 0
    exercise = only_exercise(done.stdout)
    assert (exercise["exercise"], exercise["reps"], len(exercise["holds"])) == (name, reps, holds)  # type: ignore[arg-type]


def test_the_table_names_exercise_side_and_count(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", squat, "-e", "wall-squat")
    title, exercise, row, *_ = done.stdout.splitlines()
    assert title.startswith(f"{squat}: ")
    assert exercise == "Wall squat"
    assert row.split(" · ")[:2] == ["  both legs", "5 repetitions"]


@pytest.mark.parametrize("columns", [80, 40])
def test_results_fit_the_terminal(
    repcount: Command, squat: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = repcount("analyze", squat, "-e", "wall-squat").stdout.splitlines()[1:]
    assert max(map(len, told)) <= columns
    assert "1.3 s up" in " ".join(" ".join(told).split())


def test_no_code_of_a_fault_is_shown_to_people(repcount: Command, squat: Path) -> None:
    told = repcount("analyze", squat, "-e", "wall-squat").stdout
    assert "knees caving in" in told
    assert "knees_cave_in" not in told
    assert "knees_cave_in" in repcount("analyze", squat, "-e", "wall-squat", "--json", "-").stdout


def test_the_british_spelling_does_the_same(repcount: Command, squat: Path) -> None:
    assert (
        repcount("analyse", squat, "-e", "wall-squat").stdout
        == repcount("analyze", squat, "-e", "wall-squat").stdout
    )


def test_a_pipe_gets_plain_lines_and_a_quiet_error_stream(process: Process, squat: Path) -> None:
    done = process("analyze", squat, "--exercise", "wall-squat")
    assert (done.returncode, complaints(done.stderr)) == (0, [])
    assert "\x1b" not in done.stdout
    assert not set(done.stdout) & set("│─┃━╭┏")


def test_json_to_the_terminal_is_alone_there(process: Process, squat: Path, nobody: Path) -> None:
    done = process("analyze", squat, nobody, "missing.npz", "--exercise", "wall-squat", "--json", "-")
    inputs = json.loads(done.stdout)["inputs"]
    assert [Path(each["source"]).name for each in inputs] == [
        "wall_squat.npz",
        "empty_room.npz",
        "missing.npz",
    ]
    assert len(complaints(done.stderr)) == 2
    assert done.returncode == 1


def test_json_and_csv_files_hold_the_repetitions(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", squat, "-e", "wall-squat", "--json", "all.json", "--csv", "reps.csv")
    assert done.exit_code == 0
    exercise = only_exercise(Path("all.json").read_text(encoding="utf-8"))
    with Path("reps.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert exercise["reps"] == len(rows) == 5
    assert sorted(path.name for path in Path().iterdir()) == ["all.json", "reps.csv"]


def test_saved_landmarks_are_judged_the_same(repcount: Command, squat: Path) -> None:
    first = repcount("analyze", squat, "-e", "wall-squat", "--save-poses", "again.npz", "--json", "-")
    second = repcount("analyze", "again.npz", "-e", "wall-squat", "--json", "-")
    assert only_exercise(first.stdout) == only_exercise(second.stdout)


def test_one_leg_alone_can_be_watched(repcount: Command) -> None:
    clip = POSES / "straight_leg_raise.npz"
    counts = {
        side: only_exercise(
            repcount("analyze", clip, "-e", "straight-leg-raise", "--side", side, "--json", "-").stdout
        )["reps"]
        for side in ("auto", "left", "right")
    }
    assert counts == {"auto": 5, "left": 5, "right": 0}


def test_a_deeper_range_makes_the_same_squats_short(repcount: Command, squat: Path) -> None:
    counted = {
        name: only_exercise(
            repcount("analyze", squat, "-e", "wall-squat", "--range", name, "--json", "-").stdout
        )
        for name in ("gentle", "full")
    }
    assert counted["gentle"]["reps"] == counted["full"]["reps"] == 5
    assert counted["gentle"]["counted"] == 5


def test_the_choice_of_what_counts_changes_what_is_counted(repcount: Command) -> None:
    clip = POSES / "straight_leg_raise.npz"
    by = {
        count: only_exercise(
            repcount("analyze", clip, "-e", "straight-leg-raise", "--count", count, "--json", "-").stdout
        )
        for count in ("reps", "holds")
    }
    assert by["reps"]["counted"] == 5
    assert by["holds"]["counted"] == len(by["holds"]["holds"])  # type: ignore[arg-type]


def test_an_exercise_of_ones_own_is_counted(repcount: Command, squat: Path) -> None:
    import repcount as package

    built_in = Path(package.__file__).parent / "exercises" / "wall_squat.toml"
    text = built_in.read_text(encoding="utf-8").replace('name = "wall-squat"', 'name = "my-squat"', 1)
    Path("mine.toml").write_text(text, encoding="utf-8")
    done = repcount("analyze", squat, "--exercise-file", "mine.toml", "--json", "-")
    exercise = only_exercise(done.stdout)
    assert (exercise["exercise"], exercise["reps"]) == ("my-squat", 5)


def test_several_inputs_get_files_of_their_own(repcount: Command, squat: Path, tmp_path: Path) -> None:
    twin = tmp_path / "wall_squat.npz"
    twin.write_bytes(squat.read_bytes())
    done = repcount("analyze", squat, twin, "-e", "wall-squat", "--save-poses", "poses")
    assert done.exit_code == 0
    assert sorted(path.name for path in Path("poses").iterdir()) == ["wall_squat-2.npz", "wall_squat.npz"]


def test_one_bad_input_does_not_stop_the_others(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", "missing.npz", squat, "-e", "wall-squat", "--csv", "reps.csv")
    assert done.exit_code == 1
    assert "both legs · 5 repetitions" in done.stdout
    assert "missing.npz: no such file" in done.stderr
    assert Path("reps.csv").exists()


def test_nobody_in_the_clip_is_said_and_counts_zero(repcount: Command, nobody: Path) -> None:
    done = repcount("analyze", nobody, "-e", "leg-press")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1:] == ["Nothing was counted: nobody was seen."]
    assert complaints(done.stderr) == [
        f"repcount: {nobody}: nobody was found in any of its 30 frames; "
        "check that the whole body is in the picture and the room is lit"
    ]


def test_what_moved_the_sets_on_is_said_where_it_differs(repcount: Command, squat: Path) -> None:
    assert "counted" not in repcount("analyze", squat, "-e", "wall-squat").stdout
    done = repcount("analyze", squat, "-e", "wall-squat", "--count", "holds")
    assert "  counted for the sets: 0" in done.stdout.splitlines()


def test_the_table_may_be_a_workbook_or_german(repcount: Command, squat: Path) -> None:
    from openpyxl import load_workbook

    words = ("analyze", squat, "--exercise", "wall-squat", "--csv")
    assert repcount(*words, "reps.xlsx").exit_code == 0
    pages = load_workbook("reps.xlsx")
    assert [(page.title, page.max_row) for page in pages] == [("sets", 2), ("repetitions", 6)]
    names = [cell.value for cell in pages["repetitions"][1]]
    assert isinstance(pages["repetitions"][2][names.index("rom_deg")].value, float)
    assert repcount(*words, "reps.csv", "--dialect", "excel-de").exit_code == 0
    text = Path("reps.csv").read_bytes().decode()
    assert text.startswith("\ufeffsource;exercise;kind;")
    assert repcount(*words, "plain.csv").exit_code == 0
    plain = Path("plain.csv").read_bytes().decode()
    assert plain.startswith("\ufeffsource,exercise,kind,")


def test_evidence_without_a_fault_says_so_and_leaves_no_folder(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", squat, "-e", "wall-squat", "--evidence", "faults")
    assert done.exit_code == 0
    assert "No fault was seen: there are no pictures of faults." in done.stdout.splitlines()
    assert not Path("faults").exists()


def test_a_folder_that_was_there_stays_and_faults_are_painted(repcount: Command, squat: Path) -> None:
    Path("mine").mkdir()
    repcount("analyze", squat, "-e", "wall-squat", "--evidence", "mine")
    assert Path("mine").is_dir()
    done = repcount("analyze", squat, "-e", "wall-squat", "--limit", "knee=60", "--evidence", "faults")
    assert "no pictures" not in done.stdout
    assert list(Path("faults").glob("*_limit_knee.jpg"))


def test_evidence_of_several_inputs_without_a_fault_leaves_no_folder(repcount: Command, squat: Path) -> None:
    leg_press = POSES / "leg_press.npz"
    for words in ((), ("--jobs", "2", "--csv", "a.csv")):
        done = repcount("analyze", squat, leg_press, "--evidence", "faults", *words)
        assert "No fault was seen: there are no pictures of faults." in done.stdout.splitlines()
        assert not Path("faults").exists()


@pytest.mark.parametrize("copies", [1, 2])
def test_tables_that_are_not_written_are_told(repcount: Command, copies: int, tmp_path: Path) -> None:
    inputs = [tmp_path / f"{number}.npz" for number in range(copies)]
    for each in inputs:
        each.write_bytes((POSES / "standing_about.npz").read_bytes())
    done = repcount("analyze", *inputs, "--csv", "reps.csv", "--json", "all.json")
    assert done.exit_code == 0
    told = " ".join(done.stdout.split())
    assert "reps.csv is not written: nothing was recognised" in told
    assert "all.json is not written: nothing was recognised" in told
    assert not Path("reps.csv").exists()
