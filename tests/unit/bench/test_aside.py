"""The parts that are learned from and not measured unless asked for."""

import pytest

from bench.filming.lifelike import deal_lifelike
from bench.filming.motion import deal_motion
from bench.filming.pools import ASIDE, LIFELIKE, MOTION, PARTS
from bench.material import load_clips
from bench.plan import to_toml
from bench.recording import RECORDINGS, scene_paths
from tools.figure import mocap
from tools.figure.scene import load_scene


def files(part):
    return {path.stem: path.read_text(encoding="utf-8") for path in scene_paths(part)}


def test_they_are_no_part_of_the_benchmark():
    assert not set(ASIDE) & set(PARTS)


def test_the_lifelike_scenes_are_what_the_plan_writes():
    assert files(LIFELIKE) == {name: to_toml(scene) for name, scene in deal_lifelike().items()}


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
