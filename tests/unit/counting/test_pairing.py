from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Body, Course, Leg, ease, lying_curl, pose
from repcount.core.records import Phase, Pose, Rep, Side
from repcount.core.skeleton import INDEX
from repcount.exercises import catalog
from repcount.session.session import Session
from tests.unit.session.test_session import judge

HELD = Course(reps=2, rest=4.0, peak=100.0, hold_s=8.0, pause_s=2.0)


def dim(seen: Pose, side: str, visibility: float) -> Pose:
    """One leg half hidden."""
    values = seen.visibility.copy()
    for joint in ("hip", "knee", "ankle", "heel", "foot_index"):
        values[INDEX[f"{side}_{joint}"]] = visibility
    return replace(seen, visibility=values)


def test_what_the_hidden_leg_seems_to_do_meanwhile_is_a_ghost() -> None:
    poses = []
    for time_s in HELD.times(30):
        curl = HELD.at(time_s)
        twitch = 60.0 * max(0.0, np.sin(2 * np.pi * time_s / 2.5)) if curl > 50 else 4.0
        poses.append((time_s, dim(pose(lying_curl(curl, twitch)), "right", 0.4)))
    found = judge("hamstring-curl", poses).repetitions
    assert [rep.side for rep in found] == [Side.LEFT, Side.LEFT]


def test_a_hidden_leg_that_does_the_same_makes_it_both() -> None:
    poses = [
        (time_s, dim(pose(lying_curl(HELD.at(time_s), HELD.at(time_s - 0.1))), "right", 0.4))
        for time_s in HELD.times(30)
    ]
    assert [rep.side for rep in judge("hamstring-curl", poses).repetitions] == [Side.BOTH] * 2


def test_the_half_hidden_leg_alone_is_counted_as_itself() -> None:
    poses = [(time_s, dim(pose(lying_curl(4.0, HELD.at(time_s))), "right", 0.3)) for time_s in HELD.times(30)]
    assert [rep.side for rep in judge("hamstring-curl", poses).repetitions] == [Side.RIGHT] * 2


def test_the_leg_that_is_put_down_bent_is_never_shown_as_the_one_that_moves() -> None:
    """One knee is bent, slides away a little and stays there, while the other leg is raised five times."""
    raises = Course(rest=2.0, peak=48.0, lead_s=3.0)
    session = Session(catalog.get("straight-leg-raise"))
    seen = []
    for time_s in raises.times(30):
        up, away = (min(1.0, max(0.0, time_s - start_s)) for start_s in (1.0, 5.0))
        bent = Leg(knee_deg=2 + 93 * up - 20 * away, hip_deg=2 + 43 * up - 20 * away)
        now = session.step(time_s, pose(Body(Leg(0.0, raises.at(time_s)), bent, lie_deg=-90.0)))
        if time_s > 3.0:
            seen.append((now.phase, now.side))
    session.finish(time_s)
    assert session.summary().counted == 5
    assert {side for _, side in seen} == {None, Side.LEFT}
    assert {phase for phase, side in seen if side is None} == {Phase.READY}


def test_a_leg_that_was_bent_up_beforehand_does_not_hold_up_the_other() -> None:
    """Lying down with both legs straight, then one knee bent: an excursion that never comes back."""
    raises = Course(rest=2.0, peak=48.0, lead_s=3.0)
    poses = []
    for time_s in raises.times(30):
        share = min(1.0, max(0.0, time_s - 1.0))
        bent = Leg(knee_deg=2 + 93 * share, hip_deg=2 + 43 * share)
        poses.append((time_s, pose(Body(Leg(0.0, raises.at(time_s)), bent, lie_deg=-90.0))))
    found = judge("straight-leg-raise", poses).repetitions
    assert [rep.side for rep in found] == [Side.LEFT] * 5
    assert all(rep.announced_s - rep.end_s <= 0.4 for rep in found)


@pytest.mark.parametrize("swift", [Side.LEFT, Side.RIGHT])
def test_legs_that_reach_their_tops_one_after_the_other_are_not_one_repetition_of_both(swift: Side) -> None:
    """One leg is swift up and slow down, the other slow up and swift down, in the same time."""
    early = Course(reps=3, rest=4.0, peak=100.0, up_s=0.8, hold_s=0.2, down_s=2.6, pause_s=1.5)
    late = replace(early, up_s=early.down_s, down_s=early.up_s)
    left, right = (early, late) if swift is Side.LEFT else (late, early)
    poses = [(t, pose(lying_curl(left.at(t), right.at(t)))) for t in early.times(30)]
    sides = [rep.side for rep in judge("hamstring-curl", poses).repetitions]
    assert len(sides) == 3
    assert Side.BOTH not in sides


def test_a_hidden_leg_that_is_drawn_along_by_less_than_half_the_range_did_not_curl() -> None:
    def drawn(deg: float) -> Pose:
        return dim(pose(lying_curl(deg, 4.0 + 0.4 * (deg - 4.0))), "right", 0.4)

    poses = [(time_s, drawn(HELD.at(time_s))) for time_s in HELD.times(30)]
    assert [rep.side for rep in judge("hamstring-curl", poses).repetitions] == [Side.LEFT] * 2


def test_a_hidden_leg_that_seems_to_stay_up_holds_the_count_up_for_two_seconds_at_most() -> None:
    course = Course(reps=1, rest=4.0, peak=100.0, hold_s=3.0, tail_s=12.0)
    session, told = Session(catalog.get("hamstring-curl")), []
    for time_s in course.times(30):
        right = 4.0 + 70.0 * float(ease((time_s - course.lead_s - 0.5) / 1.2))
        seen = dim(pose(lying_curl(course.at(time_s), right)), "right", 0.4)
        told += [(time_s, rep) for rep in session.step(time_s, seen).events if isinstance(rep, Rep)]
    ((told_s, rep),) = told
    assert rep.side is Side.LEFT
    assert told_s - rep.end_s < 2.0


def test_legs_that_rise_together_are_one_repetition_though_the_hidden_one_reads_too_small() -> None:
    course = Course(reps=3, rest=2.0, peak=26.0)

    def raised(deg: float) -> Pose:
        body = Body(Leg(hip_deg=deg), Leg(hip_deg=2.0 + 0.5 * (deg - 2.0)), lie_deg=-90.0)
        return dim(pose(body), "right", 0.5)

    poses = [(time_s, raised(course.at(time_s))) for time_s in course.times(30)]
    assert [rep.side for rep in judge("straight-leg-raise", poses).repetitions] == [Side.BOTH] * 3
