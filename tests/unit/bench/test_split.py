"""What is learned is learned on one part and shown on the other: nothing may stand in both."""

from itertools import combinations

import pytest

from bench.filming.deck import SHORT
from bench.filming.other import NEGATIVES
from bench.filming.pools import FRESH, LATE, PARTS
from bench.plan import plan, to_toml
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
@pytest.mark.parametrize(("one", "other"), list(combinations(PARTS, 2)))
def test_no_body_room_or_camera_occurs_in_two_parts(kind, one, other):
    found = {part: {name for scene in SCENES[part] for name in KINDS[kind](scene)} for part in (one, other)}
    assert found[one]
    assert not found[one] & found[other]


@pytest.mark.parametrize("part", PARTS)
def test_the_scene_files_are_what_the_plan_writes(part):
    planned = {name: to_toml(scene) for name, scene in plan(part).items()}
    assert {path.stem: path.read_text(encoding="utf-8") for path in scene_paths(part)} == planned


def test_there_are_150_scenes_and_more():
    assert sum(len(scenes) for scenes in SCENES.values()) >= 150


@pytest.mark.parametrize("part", PARTS)
def test_every_fault_of_every_exercise_is_filmed_in_every_part(part):
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


def test_the_part_rendered_last_is_small_and_has_all_that_must_not_be_counted():
    names = {path.stem for path in scene_paths(LATE)}
    assert 40 <= len(names) <= 50
    assert {f"none-{doing}" for doing in NEGATIVES} <= names


@pytest.mark.parametrize(("part", "least"), [(FRESH, 1.0), (LATE, 0.8)])
def test_a_sealed_part_has_every_fault_well_beyond_its_limit(part, least):
    from bench.judging.form import past_limit
    from bench.judging.limits import Sight, cases, sight
    from bench.material import load_clips

    past: dict[tuple[str, str], list[float]] = {}
    for clip in load_clips(part):
        for rep in clip.reps:
            for fault, case in cases(clip, rep):
                if sight(clip, case.exercise, case.row.codes) not in (Sight.NEVER, Sight.HIDDEN):
                    past.setdefault((rep.exercise, fault.code), []).append(past_limit(case))
    assert {key for key, values in past.items() if max(values) < least} == set()
