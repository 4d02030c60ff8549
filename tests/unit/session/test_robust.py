"""What disturbs a count, each from its cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Body, Course, Leg, film, lying_raise, on_toes, pose, squatting
from repcount.core.records import Pose, Side
from repcount.core.skeleton import INDEX
from repcount.session.session import SessionOptions
from tests.property.sets import Change, tilted
from tests.unit.session.test_session import CALVES, CASES, SQUATS, judge

FEET = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("ankle", "heel", "foot_index")]


def other_way(seen: Pose) -> Pose:
    """The same person turned round: what was on the left of the picture is on its right."""
    landmarks, world = seen.landmarks_px.copy(), seen.world_m.copy()
    landmarks[:, 0] = seen.size_px[0] - landmarks[:, 0]
    world[:, [0, 2]] *= -1
    landmarks[:, 2] *= -1
    return replace(seen, landmarks_px=landmarks, world_m=world)


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
@pytest.mark.parametrize("change", [other_way, tilted(8.0), tilted(-8.0)], ids=["turned round", "+8", "-8"])
def test_the_head_may_be_at_either_side_and_the_camera_not_level(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side, change: Change
) -> None:
    poses = [(t, change(p)) for t, p in film(course, body)]
    assert [rep.side for rep in judge(exercise, poses).repetitions] == [side] * course.reps


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
def test_a_rate_that_varies_and_frames_that_are_dropped_change_no_count(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side
) -> None:
    steps = [0.033, 0.05, 0.033, 0.1, 0.04, 0.02, 0.07]
    times = np.cumsum([steps[i % len(steps)] for i in range(2000)])
    kept = [t for t in times.tolist() if t < course.end_s and t % 6.1 > 0.4]
    poses = list(film(course, body, times=kept))
    assert len(judge(exercise, poses).repetitions) == course.reps


def test_gentle_counts_a_wall_slide_of_forty_degrees() -> None:
    poses = film(Course(rest=5.0, peak=40.0), squatting)
    reps = judge("wall-squat", poses, SessionOptions(preset="gentle")).repetitions
    assert [rep.status.value for rep in reps] == ["ok"] * 5


def test_a_position_held_for_half_a_minute_is_one_repetition() -> None:
    rng = np.random.default_rng(5)
    course = Course(reps=1, peak=65.0, hold_s=30.0)
    sway = {t: float(rng.normal(0.0, 1.5)) for t in course.times(30)}
    poses = [(t, next(iter(film(course, lambda d, t=t: squatting(d + sway[t]), times=[t])))[1]) for t in sway]
    summary = judge("wall-squat", poses)
    assert (len(summary.repetitions), len(summary.holds)) == (1, 1)


def test_one_who_leaves_and_comes_back_goes_on_with_the_count() -> None:
    course = Course(reps=3)
    first = list(film(course))
    away_s = course.end_s + 4.0
    gone = [(course.end_s + i / 30, None) for i in range(1, 110)]
    again = [(t + away_s, p) for t, p in first]
    assert len(judge("wall-squat", [*first, *gone, *again]).repetitions) == 6


def leapt(seen: Pose, by_px: float) -> Pose:
    landmarks = seen.landmarks_px.copy()
    landmarks[FEET[:3], 0] += by_px
    return replace(seen, landmarks_px=landmarks)


def test_a_foot_that_is_taken_for_a_passer_s_for_a_moment_does_not_cost_the_repetition() -> None:
    poses = [
        (t, leapt(p, 120.0) if any(abs(t - top + 0.7) < 0.12 for top in CALVES.peak_times_s) else p)
        for t, p in film(CALVES, on_toes)
    ]
    assert len(judge("calf-raise", poses).repetitions) == CALVES.reps


def test_a_calf_raise_with_bent_knees_counts_with_its_fault() -> None:
    def bent(deg: float) -> Body:
        body = on_toes(1.3 * deg)
        leg = replace(body.left, knee_deg=deg, hip_deg=deg / 3)
        return replace(body, left=leg, right=leg)

    reps = judge("calf-raise", film(CALVES, bent)).repetitions
    assert len(reps) == CALVES.reps
    assert all("knees_bend" in {fault.code for fault in rep.faults} for rep in reps)


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
def test_a_picture_on_its_side_counts_nothing_rather_than_something_else(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side
) -> None:
    poses = [(t, tilted(90.0)(p)) for t, p in film(course, body)]
    assert not judge(exercise, poses).repetitions


def test_a_half_hidden_knee_that_is_drawn_bent_is_no_leg_raise() -> None:
    """The network draws the hidden leg's knee up by 45 degrees, its foot stays on the floor."""
    bumps = Course(reps=4, rest=0.0, peak=45.0)
    poses = [(t, pose(lying_raise(bumps.at(t) / 2, bumps.at(t)))) for t in bumps.times(30)]
    assert judge("straight-leg-raise", poses, options=SessionOptions(preset="gentle")).repetitions == ()


def test_a_knee_drawn_bent_at_rest_takes_nothing_from_the_range() -> None:
    """A straight leg that the network draws with a bent knee while it lies behind the other."""
    raises = Course(reps=4, rest=2.0, peak=48.0)

    def drawn(hip_deg: float) -> Pose:
        bend = 40.0 * max(0.0, 1.0 - hip_deg / 20.0)
        return pose(lying_raise(hip_deg + bend / 2, bend))

    reps = judge("straight-leg-raise", [(t, drawn(raises.at(t))) for t in raises.times(30)]).repetitions
    assert [rep.rom_deg for rep in reps] == pytest.approx([46.0] * 4, abs=4.0)


def test_hips_that_rise_over_straight_legs_are_no_leg_raise() -> None:
    """A bridge on the heels: trunk and legs fold the other way, and no foot goes up."""
    lifts = Course(reps=4, rest=0.0, peak=24.0)

    def bridging(deg: float) -> Pose:
        """Hips up: shoulders and heels stay, so the trunk tilts by half of what the hip opens."""
        body = Body(Leg(hip_deg=-deg), Leg(hip_deg=-deg), lie_deg=-90.0 + deg / 2)
        return pose(body)

    poses = [(t, bridging(lifts.at(t))) for t in lifts.times(30)]
    assert judge("straight-leg-raise", poses, options=SessionOptions(preset="gentle")).repetitions == ()


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
def test_a_repetition_is_announced_no_later_than_three_tenths_after_its_end(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side
) -> None:
    reps = judge(exercise, list(film(course, body))).repetitions
    ends = [course.lead_s + (i + 1) * course.period_s - course.pause_s for i in range(course.reps)]
    assert len(reps) == course.reps
    assert all(rep.announced_s - end <= 0.3 for rep, end in zip(reps, ends, strict=True))


def test_a_set_that_goes_on_counts_though_the_posture_was_doubted_between_its_repetitions() -> None:
    """From askew the network is of two minds about which way the chest of somebody who lies faces."""
    course = Course(reps=5, rest=4.0, peak=100.0)
    poses = []
    for t in course.times(30):
        seen = pose(Body(Leg(course.at(t)), Leg(course.at(t)), lie_deg=90.0))
        if course.at(t) < 8.0:
            world = seen.world_m.copy()
            world[:, 2] *= -1
            seen = replace(seen, world_m=world)
        poses.append((t, seen))
    assert len(judge("hamstring-curl", poses).repetitions) == 5


def test_a_squat_that_grows_shallow_still_bends_the_hips_by_a_share_of_the_knees() -> None:
    course = Course(reps=4, rest=12.0, peaks=(60.0, 50.0, 40.0, 30.0))
    poses = [
        (t, pose(Body(*[Leg(knee_deg=d, hip_deg=12.0 + 0.45 * (d - 12.0))] * 2)))
        for t in course.times(30)
        for d in [course.at(t)]
    ]
    assert len(judge("wall-squat", poses).repetitions) == 4


def test_heels_kicked_up_do_not_bend_the_hips_and_are_no_squat() -> None:
    poses = [
        (t, pose(Body(*[Leg(knee_deg=d, hip_deg=10.0 + 0.1 * (d - 10.0))] * 2)))
        for t in SQUATS.times(30)
        for d in [SQUATS.at(t)]
    ]
    assert judge("wall-squat", poses).repetitions == ()
