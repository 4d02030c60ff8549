"""Whole sessions in which nothing but the form is asked for: what is blamed, and what must not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bench.stick import Body, Course, Leg, ease, film, lying_curl, lying_raise, on_toes, pose
from repcount.core.records import CueKind, Pose, Side, Status
from repcount.session.session import SessionOptions
from tests.unit.session.test_session import judge

RAISES = Course(reps=2, rest=2.0, peak=48.0)
CALVES = Course(reps=4, rest=0.0, peak=25.0, up_s=0.9, down_s=0.9)
BENT, STRAIGHT = Leg(knee_deg=95.0, hip_deg=45.0), Leg(hip_deg=2.0)

Poses = Iterable[tuple[float, Pose]]


def between(a: Leg, b: Leg, share: float) -> Leg:
    part = float(ease(share))
    return Leg(a.knee_deg + part * (b.knee_deg - a.knee_deg), a.hip_deg + part * (b.hip_deg - a.hip_deg))


def one_leg_and_then_the_other() -> Iterator[tuple[float, Pose]]:
    yield from film(RAISES, lying_raise)
    turned_s = RAISES.end_s + 2.0
    for i in range(60):
        share = i / 60
        body = Body(between(STRAIGHT, BENT, share), between(BENT, STRAIGHT, share), lie_deg=-90.0)
        yield RAISES.end_s + i / 30, pose(body)
    for time_s, seen in film(RAISES, lambda deg: lying_raise(deg, active="right")):
        yield turned_s + time_s, seen


def test_a_leg_that_is_put_down_bent_for_the_other_ones_turn_is_not_blamed() -> None:
    found = judge("straight-leg-raise", one_leg_and_then_the_other())
    assert [rep.side for rep in found.repetitions] == [Side.LEFT] * 2 + [Side.RIGHT] * 2
    assert {rep.status for rep in found.repetitions} == {Status.OK}
    assert [cue.code for cue in found.cues if cue.kind is not CueKind.PRAISE] == []


def test_a_limit_is_told_even_of_what_can_be_no_repetition() -> None:
    drawn_up = film(RAISES, lambda deg: lying_raise(deg, knee_deg=2.0 * deg))
    found = judge("straight-leg-raise", drawn_up, SessionOptions(limits={"knee": 60.0}))
    assert found.repetitions == ()
    assert CueKind.LIMIT in {cue.kind for cue in found.cues}


def calves(course: Course, rest_deg: float, until_s: float) -> Iterator[tuple[float, Pose]]:
    """Calf raises whose heels are read lower than they are up to a time."""
    for time_s in course.times(30):
        lower = rest_deg * float(1.0 - ease((time_s - until_s) / 0.4))
        yield time_s, pose(on_toes(course.at(time_s) + lower))


def test_a_first_rest_that_was_misread_makes_no_later_calf_raise_shallow() -> None:
    found = judge("calf-raise", calves(CALVES, -9.0, CALVES.lead_s))
    first, *others = found.repetitions
    assert len(others) == 3
    assert others[0].rom_deg < 0.8 * first.rom_deg
    assert {rep.status for rep in found.repetitions} == {Status.OK}


def test_a_calf_raise_well_below_the_persons_own_best_is_shallow() -> None:
    found = judge("calf-raise", film(replace(CALVES, peaks=(25.0, 24.0, 15.0, 25.0)), on_toes))
    assert [rep.status for rep in found.repetitions] == [Status.OK, Status.OK, Status.SHORT, Status.OK]


def test_a_calf_raise_is_not_called_shallow_where_a_leaning_trunk_hides_its_height() -> None:
    course = replace(CALVES, peaks=(25.0, 24.0, 15.0, 25.0))
    lean = replace(course, peaks=(0.0, 0.0, 20.0, 0.0))
    times = course.times(30)
    legs = (Leg(hip_deg=lean.at(t), heel_rise_deg=course.at(t)) for t in times)
    bodies = (Body(leg, leg, lean_deg=lean.at(t)) for t, leg in zip(times, legs, strict=True))
    third = judge("calf-raise", zip(times, map(pose, bodies), strict=True)).repetitions[2]
    assert [fault.code for fault in third.faults] == ["trunk_leans"]
    assert third.status in (Status.FORM, Status.UNCERTAIN)


def on_one_foot(heel_rise_deg: float, side: str) -> Body:
    stands, hangs = Leg(heel_rise_deg=heel_rise_deg), Leg(knee_deg=75.0)
    return Body(stands, hangs) if side == "left" else Body(hangs, stands)


def test_each_leg_is_held_against_its_own_best() -> None:
    strong, weak = replace(CALVES, reps=2, peak=28.0), replace(CALVES, reps=2, peak=18.0)
    poses = [*film(strong, lambda deg: on_one_foot(deg, "left"))]
    later_s = strong.end_s + 2.0
    poses += [(later_s + t, seen) for t, seen in film(weak, lambda deg: on_one_foot(deg, "right"))]
    found = judge("calf-raise", poses)
    assert [rep.side for rep in found.repetitions] == [Side.LEFT] * 2 + [Side.RIGHT] * 2
    assert {rep.status for rep in found.repetitions} == {Status.OK}


def test_a_curl_of_a_hidden_leg_is_never_silently_far_enough() -> None:
    half = Course(reps=2, rest=4.0, peak=70.0, hold_s=2.0)
    seen, hidden = (
        judge("hamstring-curl", film(half, lambda deg, v=v: replace(lying_curl(deg, deg), visibility=v)))
        for v in (0.9, 0.4)
    )
    assert {rep.status for rep in seen.repetitions} == {Status.SHORT}
    assert "not_far_enough" not in seen.not_judged
    assert {rep.status for rep in hidden.repetitions} == {Status.OK}
    assert {"not_far_enough", "leg_sags"} <= set(hidden.not_judged)


def sinking(time_s: float) -> tuple[float, Pose]:
    """A held curl that sinks by 24 degrees within two seconds and is then let down."""
    up = 100.0 * float(ease((time_s - 1.5) / 1.4))
    sag = -24.0 * min(max(time_s - 2.9, 0.0) / 2.0, 1.0)
    down = -76.0 * float(ease((time_s - 4.9) / 1.4))
    return time_s, pose(lying_curl(2.0 + up + sag + down, 3.0))


def test_a_leg_that_sinks_all_through_its_hold_sags() -> None:
    found = judge("hamstring-curl", (sinking(i / 30) for i in range(225)))
    (rep,) = found.repetitions
    (fault,) = [fault for fault in rep.faults if fault.code == "leg_sags"]
    assert -30.0 < fault.worst < -18.0
