from pathlib import Path

import pytest

from bench.judging.limits import FAULT_ROWS
from repcount.core.errors import InputError, RepcountError, SettingError
from repcount.exercises import catalog
from tests.unit.figure.scenes import scene
from tools.figure.__main__ import main
from tools.figure.faults import EXERCISES, FAULTS
from tools.figure.motions.catalog import ACTS, negative_for
from tools.figure.palette import rgb
from tools.figure.sample import SCENES, clip_table, sample_scenes
from tools.figure.scene import load_scene, parse_scene
from tools.figure.scenery import FURNITURE, room_look, room_names
from tools.figure.timeline import build
from tools.figure.truth import clip_negative_for

EXAMPLES = SCENES.with_name("examples")


def test_an_unknown_fault_is_named_with_those_that_exist():
    with pytest.raises(SettingError, match=r"wall-squat has no fault elbows.*back_off_wall"):
        parse_scene({"exercise": "wall-squat", "fault": [{"code": "elbows"}]}, "odd")


def test_a_misspelt_key_is_refused_by_its_path():
    with pytest.raises(SettingError, match=r"scene odd: body\.hieght_m"):
        parse_scene({"exercise": "wall-squat", "body": {"hieght_m": 1.8}}, "odd")


def test_an_exercise_at_the_top_beside_parts_is_refused():
    with pytest.raises(SettingError, match="not both"):
        parse_scene({"exercise": "wall-squat", "part": [{"exercise": "lunge"}]}, "odd")


def test_a_doing_that_nobody_taught_the_figure_is_refused_in_one_line():
    from tools.figure.body import Body

    with pytest.raises(SettingError, match="cannot do handstand"):
        build(parse_scene({"exercise": "handstand"}, "odd"), Body())


def test_a_missing_scene_file_ends_the_command_with_one_line(capsys):
    code = main(["render", "nowhere.toml", "-o", "out.mp4"])

    assert code == 2
    assert "nowhere.toml: cannot be read" in capsys.readouterr().err


def test_two_scenes_do_not_fit_into_one_file(tmp_path, capsys):
    path = tmp_path / "a.toml"
    path.write_text('exercise = "lunge"\n', encoding="utf-8")

    assert main(["render", str(path), str(path), "-o", str(tmp_path / "out.mp4")]) == 2
    assert "give a folder" in capsys.readouterr().err


def test_broken_toml_and_missing_files_are_told_apart(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("exercise = [", encoding="utf-8")

    with pytest.raises(SettingError, match="not a TOML file"):
        load_scene(broken)
    with pytest.raises(InputError, match="cannot be read"):
        load_scene(tmp_path / "none.toml")


def test_the_hash_of_a_scene_changes_with_the_scene_alone():
    assert scene("lunge").digest() == scene("lunge").digest()
    assert scene("lunge").digest() != scene("lunge", seed=1).digest()


@pytest.mark.parametrize(
    "path", [*sorted(SCENES.glob("*.toml")), *sorted(EXAMPLES.glob("*.toml"))], ids=lambda p: p.stem
)
def test_the_scenes_beside_the_code_can_be_played(path: Path):
    from tools.figure.body import Body

    loaded = load_scene(path)
    timeline = build(loaded, Body(loaded.body.shape()))

    assert timeline.duration_s > 15
    assert {part.exercise for part in loaded.part} <= set(ACTS)


def test_there_is_a_sample_scene_for_each_of_the_five_exercises_and_one_of_nothing():
    names = {part.exercise for sample in sample_scenes() for part in sample.part}

    assert names == {
        "straight-leg-raise",
        "wall-squat",
        "calf-raise",
        "hamstring-curl",
        "leg-press",
        "standing-about",
    }


def test_a_double_leg_raise_is_negative_for_all_but_the_straight_leg_raise():
    assert "straight-leg-raise" not in negative_for("double-leg-raise")
    assert len(negative_for("double-leg-raise")) == 4
    assert "wall-squat" not in negative_for("sit-to-stand")
    assert len(negative_for("sitting-down")) == 5


def test_a_clip_of_two_exercises_is_negative_for_the_other_three():
    both = parse_scene({"part": [{"exercise": "calf-raise"}, {"exercise": "wall-squat"}]}, "both")

    assert clip_negative_for(both) == ["straight-leg-raise", "hamstring-curl", "leg-press"]


@pytest.mark.parametrize("name", room_names())
def test_every_room_has_known_colours_and_furniture(name):
    from tools.figure.scene import RoomScene

    look = room_look(RoomScene(name=name))

    assert {piece for piece, _ in look.furniture} <= set(FURNITURE)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_figure_can_commit_every_fault_that_the_program_judges(name):
    spec = catalog.get(name)
    judged = {rule.code for rule in (spec.short, *spec.faults, *spec.tempo_faults)}

    shown = {code for row in FAULT_ROWS[name].values() for code in row.codes}
    assert set(FAULT_ROWS[name]) <= set(FAULTS[name])
    assert judged <= shown


def test_an_unknown_colour_or_room_is_refused_by_name():
    from tools.figure.scene import RoomScene

    with pytest.raises(RepcountError, match="no colour octarine"):
        rgb("octarine")
    with pytest.raises(RepcountError, match="no room stable"):
        room_look(RoomScene(name="stable"))


def test_an_entry_of_the_truth_table_says_who_how_often_and_when(tmp_path):
    truth = (
        '{"reps": [{"side": "left", "peak_s": 2.81049}], "holds": [],'
        ' "acts": [{"exercise": null}, {"exercise": "straight-leg-raise"}]}'
    )
    (tmp_path / "a.json").write_text(truth, encoding="utf-8")

    lines = clip_table(tmp_path / "a.mp4").splitlines()

    assert lines[1:6] == [
        'file = "a.mp4"',
        'exercise = "straight-leg-raise"',
        'side = "left"',
        "reps = 1",
        "peaks_s = [2.81]",
    ]
