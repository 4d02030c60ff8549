"""What the network only guesses of a half hidden leg, and what follows from a foot that stands."""

from __future__ import annotations

from math import isnan

import pytest

from bench.stick import Body, Course, Leg, on_toes, pose
from repcount.core.records import Pose, Side
from repcount.core.signal_names import LegSignals, Signals
from repcount.features.visibility import shown
from tests.unit.counting.test_pairing import dim
from tests.unit.session.test_session import judge

RISES = Course(reps=4, rest=0.0, peak=22.0)


def leg(knee_deg: float, visibility: float) -> LegSignals:
    return LegSignals(knee_flexion_deg=knee_deg, hip_flexion_deg=40.0, visibility=visibility)


def legs(left: LegSignals, right: LegSignals) -> Signals:
    return Signals(left, right)


@pytest.mark.parametrize(
    ("knee_deg", "visibility", "other_deg", "told"),
    [
        (60.0, 0.9, 5.0, True),
        (60.0, 0.5, 5.0, False),
        (60.0, 0.5, 55.0, True),
        (60.0, 0.5, float("nan"), False),
    ],
)
def test_the_knee_of_a_half_hidden_leg_is_shown_only_where_it_does_as_the_other(
    knee_deg: float, visibility: float, other_deg: float, told: bool
) -> None:
    angles = shown(legs(leg(knee_deg, visibility), leg(other_deg, 0.95)), Side.LEFT)
    assert angles.hip_deg == 40.0
    assert isnan(angles.knee_deg) != told


def test_two_legs_that_are_seen_equally_badly_are_both_shown() -> None:
    assert shown(legs(leg(60.0, 0.5), leg(5.0, 0.55)), Side.LEFT).knee_deg == 60.0


def test_a_leg_that_is_not_seen_has_no_angles() -> None:
    angles = shown(legs(leg(60.0, 0.01), leg(60.0, 0.9)), Side.LEFT)
    assert isnan(angles.knee_deg)
    assert isnan(angles.hip_deg)


def rising(near: Leg, far: Leg, far_visibility: float) -> Pose:
    return dim(pose(Body(near, far)), "right", far_visibility)


def test_who_stands_on_both_feet_rises_on_both_though_one_heel_is_hidden() -> None:
    poses = [
        (t, rising(Leg(heel_rise_deg=RISES.at(t)), Leg(heel_rise_deg=0.1 * RISES.at(t)), 0.3))
        for t in RISES.times(30)
    ]
    assert [rep.side for rep in judge("calf-raise", poses).repetitions] == [Side.BOTH] * 4


def test_who_holds_the_other_foot_up_rises_on_one() -> None:
    bent = Leg(knee_deg=70.0)
    poses = [(t, rising(Leg(heel_rise_deg=RISES.at(t)), bent, 0.5)) for t in RISES.times(30)]
    assert [rep.side for rep in judge("calf-raise", poses).repetitions] == [Side.LEFT] * 4


def test_a_hidden_heel_does_not_rise_where_the_one_that_is_seen_stays_down() -> None:
    poses = [(t, rising(Leg(), Leg(heel_rise_deg=RISES.at(t)), 0.3)) for t in RISES.times(30)]
    assert judge("calf-raise", poses).repetitions == ()
    both = [(t, pose(on_toes(RISES.at(t)))) for t in RISES.times(30)]
    assert len(judge("calf-raise", both).repetitions) == 4


def lying_behind_a_bent_leg(raised_deg: float) -> Pose:
    """The far leg rests stretched out and hidden: until it rises it is drawn as bent as the near one."""
    bent, up = Leg(knee_deg=95.0, hip_deg=45.0), Leg(knee_deg=4.0, hip_deg=raised_deg)
    far = up if raised_deg > 12.0 else Leg(knee_deg=85.0, hip_deg=42.0)
    return dim(pose(Body(bent, far, lie_deg=-90.0)), "right", 0.55)


def test_a_leg_that_lies_hidden_behind_a_bent_one_is_counted_from_its_heel() -> None:
    raises = Course(reps=4, rest=2.0, peak=45.0)
    poses = [(t, lying_behind_a_bent_leg(raises.at(t))) for t in raises.times(30)]
    assert [rep.side for rep in judge("straight-leg-raise", poses).repetitions] == [Side.RIGHT] * 4


def test_a_hidden_knee_that_is_hugged_is_no_straight_leg_raise() -> None:
    hugs = Course(reps=4, rest=45.0, peak=110.0)
    bent = Leg(knee_deg=95.0, hip_deg=45.0)
    poses = [
        (t, dim(pose(Body(bent, Leg(knee_deg=100.0, hip_deg=hugs.at(t)), lie_deg=-90.0)), "right", 0.55))
        for t in hugs.times(30)
    ]
    assert judge("straight-leg-raise", poses).repetitions == ()
