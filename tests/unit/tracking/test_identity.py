"""One person is kept to: who walks through is not counted, and takes no repetition along."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Body, Course, Leg, film, pose, squatting
from repcount.core.records import Pose
from repcount.tracking.identity import WAIT_S, IdentityTracker, Sight
from tests.unit.session.test_session import judge

SQUATS = Course(reps=3, hold_s=1.0)


def moved(seen: Pose, right_px: float, scale: float = 1.0) -> Pose:
    """The same pose elsewhere in the picture."""
    landmarks = seen.landmarks_px.copy()
    middle = np.array(seen.size_px, np.float32) / 2
    landmarks[:, :2] = (landmarks[:, :2] - middle) * scale + middle
    landmarks[:, 0] += right_px
    return replace(seen, landmarks_px=landmarks)


def walker(time_s: float) -> Pose:
    """Somebody who crosses the picture at 300 pixels, two trunks, a second."""
    stride = 30.0 if int(time_s * 2) % 2 else -30.0
    body = Body(Leg(hip_deg=max(stride, 0.0)), Leg(hip_deg=max(-stride, 0.0)))
    return moved(pose(body), 300.0 * (time_s - 4.0))


@pytest.mark.parametrize("from_s", [1.6, 3.0, 4.0, 5.5])
def test_who_passes_takes_no_repetition_along(from_s: float) -> None:
    poses = [(t, walker(t) if from_s <= t < from_s + 1.4 else p) for t, p in film(SQUATS)]
    assert len(judge("wall-squat", poses).repetitions) == SQUATS.reps


def test_a_cut_to_another_distance_costs_no_repetition() -> None:
    poses = [(t, moved(p, 0.0, 0.5) if t >= 3.1 else p) for t, p in film(SQUATS)]
    assert len(judge("wall-squat", poses).repetitions) == SQUATS.reps


def test_who_does_not_come_back_is_gone() -> None:
    person = IdentityTracker()
    assert person.update(0.0, pose(squatting(10.0))) is Sight.HERE
    seen = [(t / 10, person.update(t / 10, walker(6.0 + t / 10))) for t in range(1, 60)]
    assert [sight for t, sight in seen if t <= WAIT_S] == [Sight.ELSEWHERE] * 30
    assert {sight for t, sight in seen if t > WAIT_S + 0.2} == {Sight.GONE}


def test_who_squats_or_drifts_slowly_stays_the_person() -> None:
    person = IdentityTracker()
    poses = [(t, moved(p, 20.0 * t)) for t, p in film(SQUATS)]
    assert {person.update(t, p) for t, p in poses} == {Sight.HERE}


def test_bent_knees_that_cross_the_picture_are_no_squats() -> None:
    steps = Course(reps=6, rest=8.0, peak=55.0, up_s=0.6, hold_s=0.1, down_s=0.6, pause_s=0.3)
    across = [(t, moved(p, 90.0 * t - 400.0)) for t, p in film(steps)]
    there = [(t, p) for t, p in film(steps)]
    assert len(judge("wall-squat", there).repetitions) == steps.reps
    assert judge("wall-squat", across).repetitions == ()
