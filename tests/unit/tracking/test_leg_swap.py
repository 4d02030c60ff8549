from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Body, Course, Leg, film, lying_raise, pose, squatting
from repcount.core.records import Pose, Side
from repcount.core.skeleton import INDEX, MIRRORED
from repcount.features.measure import measure
from repcount.tracking.leg_swap import LegSwapFilter
from tests.unit.session.test_session import judge

RAISES = Course(rest=2.0, peak=48.0)


def swapped(seen: Pose, joints: tuple[str, ...] = ("ankle", "heel", "foot_index")) -> Pose:
    """As the network draws it when it takes one lower leg for the other."""
    rows = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in joints]
    twins = [MIRRORED[row] for row in rows]
    landmarks, world = seen.landmarks_px.copy(), seen.world_m.copy()
    landmarks[rows], world[rows] = landmarks[twins], world[twins]
    return replace(seen, landmarks_px=landmarks, world_m=world)


def test_lower_legs_that_swap_between_frames_are_mended() -> None:
    tracker = LegSwapFilter()
    raised = pose(lying_raise(40.0))
    tracker.update(0.0, raised)
    mended = tracker.update(1 / 30, swapped(raised))
    assert measure(mended).left.knee_flexion_deg == pytest.approx(0.0, abs=0.1)
    assert measure(mended).right.knee_flexion_deg == pytest.approx(95.0, abs=0.1)


def test_a_swap_that_lasts_stays_mended_until_the_network_swaps_back() -> None:
    tracker = LegSwapFilter()
    raised = pose(lying_raise(40.0))
    for i in range(60):
        seen = swapped(raised) if 10 <= i < 50 else raised
        mended = tracker.update(i / 30, seen)
        assert measure(mended).left.knee_flexion_deg == pytest.approx(0.0, abs=0.1)


def test_legs_that_lie_together_are_left_as_the_network_says() -> None:
    tracker = LegSwapFilter()
    standing = pose(squatting(10.0))
    tracker.update(0.0, standing)
    assert tracker.update(1 / 30, standing) is standing


def test_half_way_through_a_swap_the_lower_legs_are_not_seen() -> None:
    tracker = LegSwapFilter()
    raised = pose(lying_raise(40.0))
    tracker.update(0.0, raised)
    between = raised.landmarks_px.copy()
    for joint in ("ankle", "heel", "foot_index"):
        rows = [INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]]
        between[rows] = between[rows].mean(axis=0)
    seen = tracker.update(1 / 30, replace(raised, landmarks_px=between))
    assert np.isnan(measure(seen).left.knee_flexion_deg)
    assert not np.isnan(measure(seen).left.hip_flexion_deg)


def test_after_a_gap_the_network_s_word_counts_again() -> None:
    tracker = LegSwapFilter()
    raised = pose(lying_raise(40.0))
    tracker.update(0.0, raised)
    other = swapped(raised)
    assert tracker.update(1.0, other) is other


def test_legs_that_truly_move_past_each_other_are_not_exchanged() -> None:
    tracker = LegSwapFilter()
    for i in range(40):
        deg = 2.0 * i
        body = Body(Leg(0.0, deg), Leg(0.0, 78.0 - deg), lie_deg=-90.0)
        mended = tracker.update(i / 30, pose(body))
        assert measure(mended).left.hip_flexion_deg == pytest.approx(deg, abs=0.1)


def test_a_leg_raise_whose_lower_legs_swap_at_the_top_counts_exactly() -> None:
    def seen() -> list[tuple[float, Pose]]:
        return [(t, swapped(p) if RAISES.at(t) > 30.0 else p) for t, p in film(RAISES, lying_raise)]

    assert [rep.side for rep in judge("straight-leg-raise", seen()).repetitions] == [Side.LEFT] * 5


def test_a_lower_leg_that_is_hardly_seen_at_the_top_does_not_cost_the_repetition() -> None:
    """Most of the time the foot is unknown there, and where it is drawn it is drawn wrongly."""

    def muddled(i: int, time_s: float) -> Pose:
        hip_deg = RAISES.at(time_s)
        if hip_deg < 40.0:
            return pose(lying_raise(hip_deg))
        seen = pose(lying_raise(hip_deg, 95.0))
        if i % 5 > 1:
            foot = [INDEX[f"left_{joint}"] for joint in ("ankle", "heel", "foot_index")]
            seen.landmarks_px[foot] = seen.world_m[foot] = np.nan
        return seen

    poses = [(t, muddled(i, t)) for i, t in enumerate(RAISES.times(30))]
    assert [rep.side for rep in judge("straight-leg-raise", poses).repetitions] == [Side.LEFT] * 5
