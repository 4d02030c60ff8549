"""What is learned is learned on one part and shown on the other: nothing may stand in both."""

import pytest

from bench.deck import SHORT
from bench.plan import plan, to_toml
from bench.pools import PARTS
from bench.recording import read_scene, scene_paths

SCENES = {part: [read_scene(path) for path in scene_paths(part)] for part in PARTS}


def _people(scene):
    yield scene["body"]
    for disturbance in scene.get("disturbance", ()):
        if "body" in disturbance:
            yield disturbance["body"]


def _camera(scene):
    return {key: scene["camera"].get(key, 0.0) for key in ("lens_deg", "tilt_deg", "roll_deg")}


KINDS = {
    "body": lambda scene: [str(sorted(body.items())) for body in _people(scene)],
    "height": lambda scene: [str(body["height_m"]) for body in _people(scene)],
    "room": lambda scene: [scene["room"]["name"]],
    "camera": lambda scene: [str(_camera(scene))],
    "lens": lambda scene: [str(scene["camera"]["lens_deg"])],
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_body_room_or_camera_of_test_occurs_in_build(kind):
    found = {part: {one for scene in SCENES[part] for one in KINDS[kind](scene)} for part in PARTS}
    assert found["build"]
    assert not found["build"] & found["test"]


@pytest.mark.parametrize("part", PARTS)
def test_the_scene_files_are_what_the_plan_writes(part):
    planned = {name: to_toml(scene) for name, scene in plan(part).items()}
    assert {path.stem: path.read_text(encoding="utf-8") for path in scene_paths(part)} == planned


def test_there_are_150_scenes_and_more():
    assert sum(len(scenes) for scenes in SCENES.values()) >= 150


@pytest.mark.parametrize("part", PARTS)
def test_every_fault_of_every_exercise_is_filmed_in_both_parts(part):
    from tools.figure.faults import FAULTS

    filmed = {(s["exercise"], f["code"]) for s in SCENES[part] for f in s.get("fault", ())}
    assert filmed == {(exercise, code) for exercise, codes in FAULTS.items() for code in codes}


@pytest.mark.parametrize("part", PARTS)
def test_every_exercise_is_filmed_from_the_side_and_askew_with_the_head_at_either_end(part):
    for exercise in SHORT:
        scenes = [scene for scene in SCENES[part] if scene.get("exercise") == exercise]
        assert {scene["heading"] for scene in scenes} == {"left", "right"}
        askew = [abs(scene["camera"]["azimuth_deg"]) for scene in scenes]
        assert min(askew) == 0
        assert max(askew) >= 30
