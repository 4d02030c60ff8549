"""Counting from the 17 points of COCO: what comes out as with all points, and what cannot be judged."""

from __future__ import annotations

import pytest

import repcount
from bench.material import load_clips
from tests.unit.api.given import as_coco17, recorded

DONE = {"wall_squat": 5, "straight_leg_raise": 5, "hamstring_curl": 2, "leg_press": 5}
RENDERED = ("ws-02", "ws-05", "ws-08", "slr-02", "hc-04", "lp-02")


@pytest.mark.parametrize(("name", "reps"), DONE.items())
def test_the_samples_are_counted_as_with_all_points(name: str, reps: int) -> None:
    whole, bare = (repcount.Counter(name.replace("_", "-")) for _ in range(2))
    track = recorded(name)
    for counter, poses in ((whole, track), (bare, as_coco17(track))):
        for time_s, pose in poses:
            counter.update(time_s, pose)
    found, known = bare.finish().exercises[0], whole.finish().exercises[0]
    assert len(found.repetitions) == reps
    for rep, same in zip(found.repetitions, known.repetitions, strict=True):
        assert rep.peak_s == pytest.approx(same.peak_s, abs=0.1)
        assert rep.rom_deg == pytest.approx(same.rom_deg, abs=5.0)


@pytest.mark.parametrize("name", RENDERED)
def test_rendered_clips_are_counted_exactly(name: str) -> None:
    clip = next(each for each in load_clips("test") if each.name == name)
    (exercise,) = clip.exercises
    counter = repcount.Counter(exercise, range=clip.preset(exercise))
    times_s = clip.recording.time_s.tolist()
    for time_s, pose in as_coco17(list(zip(times_s, clip.recording.poses(), strict=True))):
        counter.update(time_s, pose)
    assert counter.finish().count == len(clip.reps)


def test_without_a_name_a_squat_is_recognised() -> None:
    counter = repcount.Counter()
    for time_s, pose in as_coco17(recorded("wall_squat")):
        counter.update(time_s, pose)
    assert [(each.exercise, len(each.repetitions)) for each in counter.finish().exercises] == [
        ("wall-squat", 5)
    ]


def test_a_rule_about_heels_is_not_judged() -> None:
    counter = repcount.Counter("wall-squat")
    for time_s, pose in recorded("wall_squat"):
        counter.update(time_s, pose)
    assert "heels_lift" not in counter.finish().exercises[0].not_judged
    counter = repcount.Counter("wall-squat")
    for time_s, pose in as_coco17(recorded("wall_squat")):
        counter.update(time_s, pose)
    assert "heels_lift" in counter.finish().exercises[0].not_judged


def test_an_exercise_that_is_counted_by_heels_says_so_at_the_first_pose() -> None:
    counter = repcount.Counter("calf-raise")
    counter.update(0.0, None)
    time_s, pose = as_coco17(recorded("calf_raise"))[1]
    with pytest.raises(repcount.RepcountError, match=r"calf-raise is counted by heels and toes"):
        counter.update(time_s, pose)
