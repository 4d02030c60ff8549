"""The parts that are not measured unless asked for."""

from collections import Counter
from itertools import pairwise

import pytest

from bench.filming.lifelike import deal_lifelike
from bench.filming.motion import deal_motion
from bench.filming.pools import ASIDE, LIFELIKE, MOTION, PARTS, TAUGHT
from bench.filming.taught import LESSONS, deal_taught
from bench.material import load_clips
from bench.plan import to_toml
from bench.recording import RECORDINGS, scene_paths
from tools.figure import mocap
from tools.figure.motions.catalog import TAUGHT as EXERCISES_TAUGHT
from tools.figure.scene import load_scene


def files(part):
    return {path.stem: path.read_text(encoding="utf-8") for path in scene_paths(part)}


def test_they_are_no_part_of_the_benchmark():
    assert not set(ASIDE) & set(PARTS)


def test_the_lifelike_scenes_are_what_the_plan_writes():
    assert files(LIFELIKE) == {name: to_toml(scene) for name, scene in deal_lifelike().items()}


def test_the_taught_scenes_are_what_the_plan_writes():
    assert files(TAUGHT) == {name: to_toml(scene) for name, scene in deal_taught().items()}


@pytest.mark.skipif(not (mocap.folder() / "INDEX.json").exists(), reason="no motion recordings")
def test_the_motion_scenes_are_what_the_plan_writes():
    assert files(MOTION) == {name: to_toml(scene) for name, scene in deal_motion().items()}


@pytest.mark.parametrize("part", ASIDE)
def test_every_scene_can_be_read_and_every_recording_is_of_its_scene(part):
    for path in scene_paths(part):
        load_scene(path)
    clips = load_clips(part)
    assert len(clips) == len(list((RECORDINGS / part).glob("*.npz"))) > 50


def test_who_moved_is_known_of_every_played_clip():
    for clip in load_clips(MOTION):
        assert clip.recording.truth["source"] == clip.scene["motion"]["recording"]
        assert clip.recording.truth["group"]


def test_a_squat_that_was_played_has_its_repetitions_and_nothing_else_has_any():
    for clip in load_clips(MOTION):
        assert bool(clip.reps) == (clip.scene["exercise"] == "wall-squat")


def test_every_exercise_that_may_be_taught_has_one_film_to_learn_from_and_other_people_to_count():
    scenes = deal_taught()
    films = Counter(str(scene["exercise"]) for scene in scenes.values())

    assert tuple(LESSONS) == EXERCISES_TAUGHT
    assert films == {exercise: lesson.others + 1 for exercise, lesson in LESSONS.items()}
    assert sum(lesson.others == 5 for lesson in LESSONS.values()) == 10
    for exercise in LESSONS:
        mine = [scene for scene in scenes.values() if scene["exercise"] == exercise]
        for key in ("body", "room", "seed"):
            assert len({str(scene[key]) for scene in mine}) == len(mine)
        assert len({scene["heading"] for scene in mine}) == 2 or len(mine) == 2


def test_every_taught_scene_is_recorded():
    assert {clip.name for clip in load_clips(TAUGHT)} == set(deal_taught())


def test_what_is_taught_is_seen_from_about_the_same_side_as_the_film_it_is_learned_from():
    for name, scene in deal_taught().items():
        usual = 90 if LESSONS[scene["exercise"]].front else 0
        assert abs(scene["camera"]["azimuth_deg"] - usual) <= (4 if name.startswith("learn") else 20)


def test_the_truth_of_what_is_taught_has_every_repetition_with_its_times_and_side():
    for clip in load_clips(TAUGHT):
        scene = clip.scene
        sides = {rep.side.value for rep in clip.reps}

        assert len(clip.reps) == scene["motion"]["reps"]
        assert {rep.exercise for rep in clip.reps} == {scene["exercise"]}
        assert sides == ({"left", "right"} if scene["exercise"] == "marching" else {scene["side"]})
        assert all(a.end_s <= b.start_s for a, b in pairwise(clip.reps))
        assert clip.recording.whole.all() or scene["exercise"] == "sit-to-stand"  # the chair may hide a leg
        assert (clip.exercises, len(clip.negative_for) >= 4) == ((), True)
