from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Course, film, squatting
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX
from repcount.features.foreshortening import PoseMeasurer
from tests.unit.session.test_session import judge


def stretched(seen: Pose, joint: str, share: float) -> Pose:
    """The left joint drawn this share of the way from the hip: a leg longer or shorter than it is."""
    landmarks = seen.landmarks_px.copy()
    hip = landmarks[INDEX["left_hip"]]
    landmarks[INDEX[joint]] = hip + share * (landmarks[INDEX[joint]] - hip)
    return replace(seen, landmarks_px=landmarks)


STANDING = next(iter(film(Course(reps=1))))[1]


@pytest.mark.parametrize("share", [0.3, 1.9])
def test_a_leg_that_changes_its_length_is_doubted_though_the_network_is_sure(share: float) -> None:
    meter = PoseMeasurer()
    for i in range(45):
        seen = meter.update(i / 30, STANDING)
    doubted = meter.update(1.5, stretched(STANDING, "left_knee", share))
    assert seen.left.visibility == pytest.approx(0.95)
    assert doubted.left.visibility < 0.5 * seen.left.visibility
    assert np.isnan(doubted.left.knee_flexion_deg)
    assert doubted.right == seen.right


def test_a_length_that_stays_is_believed_after_a_while() -> None:
    meter = PoseMeasurer()
    for i in range(45):
        meter.update(i / 30, STANDING)
    for i in range(45, 240):
        seen = meter.update(i / 30, stretched(STANDING, "left_knee", 0.3))
    assert seen.left.visibility == pytest.approx(0.95)


def test_a_bent_leg_seen_from_the_side_is_not_doubted() -> None:
    meter = PoseMeasurer()
    for time_s, seen in film(Course(peak=110.0), squatting):
        assert meter.update(time_s, seen).left.visibility == pytest.approx(0.95)


def test_a_leg_that_leaps_at_the_bottom_of_a_squat_does_not_cost_it() -> None:
    course = Course(hold_s=1.5)
    poses = [
        (t, stretched(p, "left_knee", 0.3) if any(abs(t - top) < 0.3 for top in course.peak_times_s) else p)
        for t, p in film(course)
    ]
    assert len(judge("wall-squat", poses).repetitions) == 5
