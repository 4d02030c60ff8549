from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Course, film, squatting
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX
from repcount.features.foreshortening import PoseMeasurer
from tests.unit.session.test_session import judge


def from_front(seen: Pose) -> Pose:
    """A squat as a camera in front sees it: what goes forward is lost, in the picture and in the world."""
    landmarks = seen.landmarks_px.copy()
    centre = seen.size_px[0] / 2
    landmarks[:, 0] = centre + 0.02 * (landmarks[:, 0] - centre)
    for name, row in INDEX.items():
        if name.startswith(("left", "right")):
            landmarks[row, 0] += 40.0 if name.startswith("left") else -40.0
    world = seen.world_m[:, [2, 1, 0]].copy()
    world[:, 2] *= 0.3  # depth is what the network sees worst
    return replace(seen, landmarks_px=landmarks, world_m=world)


def test_from_the_front_a_knee_s_bend_is_read_from_the_shorter_leg() -> None:
    meter = PoseMeasurer()
    for i in range(30):
        meter.update(i / 30, from_front(squat(2.0)))
    seen = meter.update(1.0, from_front(squat(60.0)))
    assert seen.left.knee_flexion_deg == pytest.approx(60.0, abs=12.0)


def squat(knee_deg: float) -> Pose:
    return next(iter(film(Course(reps=1), lambda _: replace_feet(knee_deg))))[1]


def replace_feet(knee_deg: float):  # type: ignore[no-untyped-def]
    body = squatting(knee_deg)
    half = replace(body.left, hip_deg=knee_deg / 2)
    return replace(body, left=half, right=half)


def test_from_the_front_the_bend_of_the_hip_is_unknown() -> None:
    meter = PoseMeasurer()
    for i in range(30):
        seen = meter.update(i / 30, from_front(squat(2.0)))
    assert np.isnan(seen.left.hip_flexion_deg)


def test_squats_from_the_front_are_counted() -> None:
    course = Course(peak=70.0)
    poses = [(t, from_front(p)) for t, p in film(course, replace_feet)]
    assert len(judge("wall-squat", poses).repetitions) == 5


def test_from_the_side_nothing_is_changed() -> None:
    meter = PoseMeasurer()
    for time_s, seen in film(Course(reps=1)):
        signals = meter.update(time_s, seen)
    assert signals.left.knee_flexion_deg == pytest.approx(10.0, abs=0.1)
    assert signals.left.hip_flexion_deg == pytest.approx(10.0, abs=0.1)


def nearer(seen: Pose, scale: float) -> Pose:
    landmarks = seen.landmarks_px.copy()
    centre = np.array([*seen.size_px, 0.0], np.float32) / 2
    return replace(seen, landmarks_px=(landmarks - centre) * scale + centre)


def test_one_who_walks_up_to_the_camera_does_not_bend_the_knees() -> None:
    meter = PoseMeasurer()
    for i in range(90):
        seen = meter.update(i / 30, nearer(from_front(squat(2.0)), 0.5 + i / 150))
        assert i < 15 or seen.left.knee_flexion_deg < 20.0


def test_hips_that_sink_over_feet_that_stay_are_seen_from_the_front() -> None:
    meter = PoseMeasurer()
    for i in range(60):
        before = meter.update(i / 30, from_front(squat(2.0)))
    after = meter.update(2.0, from_front(squat(40.0)))
    assert after.left.hip_height_ratio - before.left.hip_height_ratio < -0.04
