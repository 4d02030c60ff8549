from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from bench.stick import (
    Body,
    Course,
    Leg,
    film,
    lying_curl,
    lying_raise,
    on_toes,
    pose,
    pressing,
    squatting,
)
from repcount.core.errors import SettingError
from repcount.core.records import Cue, ExerciseSummary, PersonalRange, Phase, Pose, Rep, Side, Status
from repcount.exercises import catalog
from repcount.session.session import Session, SessionOptions

SQUATS = Course()
RAISES = Course(rest=2.0, peak=48.0)
CALVES = Course(rest=0.0, peak=25.0, up_s=0.9, down_s=0.9)
PRESSES = Course(rest=100.0, peak=12.0)
HELD = Course(reps=2, rest=4.0, peak=100.0, hold_s=15.0, pause_s=1.5)


def judge(
    exercise: str, poses: Iterable[tuple[float, Pose | None]], options: SessionOptions | None = None
) -> ExerciseSummary:
    session = Session(catalog.get(exercise), options)
    time_s = 0.0
    for time_s, seen in poses:
        session.step(time_s, seen)
    session.finish(time_s)
    return session.summary()


CASES: list[tuple[str, Course, Callable[[float], Body], Side]] = [
    ("wall-squat", SQUATS, squatting, Side.BOTH),
    ("straight-leg-raise", RAISES, lying_raise, Side.LEFT),
    ("calf-raise", CALVES, on_toes, Side.BOTH),
    ("leg-press", PRESSES, pressing, Side.BOTH),
    ("hamstring-curl", HELD, lambda deg: lying_curl(deg, deg), Side.BOTH),
]


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
@pytest.mark.parametrize("fps", [7.5, 10, 15, 24, 30, 60])
def test_every_rate_gives_the_same_exact_count(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side, fps: float
) -> None:
    found = judge(exercise, film(course, body, fps))
    assert [rep.side for rep in found.repetitions] == [side] * course.reps
    for rep, true_s in zip(found.repetitions, course.peak_times_s, strict=True):
        assert rep.peak_s == pytest.approx(true_s, abs=0.1)
        assert rep.start_s < rep.peak_s < rep.end_s <= rep.announced_s
        assert rep.status is Status.OK


@pytest.mark.parametrize(("exercise", "course", "body", "side"), CASES)
def test_a_prefix_never_counts_more_than_the_whole(
    exercise: str, course: Course, body: Callable[[float], Body], side: Side
) -> None:
    session = Session(catalog.get(exercise))
    counts = [session.step(time_s, seen).reps for time_s, seen in film(course, body)]
    assert counts == sorted(counts)
    assert counts[-1] == course.reps


def test_a_repetition_is_announced_soon_after_it_ends() -> None:
    for rep in judge("wall-squat", film(SQUATS)).repetitions:
        assert rep.announced_s - rep.end_s <= 0.3


def test_where_the_start_posture_was_taken_a_landing_is_told_before_the_leg_lies_still() -> None:
    course = Course(reps=4, down_s=1.6, lead_s=2.0)
    landed = [course.lead_s + (i + 1) * course.period_s - course.pause_s for i in range(course.reps)]
    told = [rep.announced_s for rep in judge("wall-squat", film(course)).repetitions]
    assert all(told_s < landed_s for told_s, landed_s in zip(told, landed, strict=True))


def test_range_and_tempo_are_those_of_the_figure() -> None:
    rep = judge("wall-squat", film(SQUATS)).repetitions[2]
    assert rep.rom_deg == pytest.approx(70.0, abs=1.0)
    assert rep.peak_deg == pytest.approx(80.0, abs=1.0)
    assert rep.up_s == pytest.approx(1.2, abs=0.35)
    assert rep.hold_s == pytest.approx(0.6, abs=0.5)


def test_for_a_falling_signal_the_peak_is_the_straightest_moment() -> None:
    rep = judge("leg-press", film(PRESSES, pressing)).repetitions[0]
    assert rep.peak_deg == pytest.approx(12.0, abs=1.0)
    assert rep.rom_deg == pytest.approx(88.0, abs=1.0)


def test_held_curls_are_two_holds_of_fifteen_seconds() -> None:
    found = judge("hamstring-curl", film(HELD, lambda deg: lying_curl(deg, deg)))
    assert [hold.valid_s for hold in found.holds] == pytest.approx([15.0, 15.0], abs=0.4)
    assert [hold.breaks for hold in found.holds] == [0, 0]
    assert found.counted == 2


@pytest.mark.parametrize(("hold_s", "status"), [(15.0, Status.OK), (14.0, Status.OK), (12.0, Status.SHORT)])
def test_a_hold_of_less_than_nine_tenths_of_what_is_asked_is_short(hold_s: float, status: Status) -> None:
    course = replace(HELD, hold_s=hold_s)
    found = judge("hamstring-curl", film(course, lambda deg: lying_curl(deg, deg)))
    assert [hold.status for hold in found.holds] == [status] * 2
    assert found.counted == (2 if status is Status.OK else 0)


def test_a_hold_need_be_no_deeper_than_the_cap_for_somebody_who_can_bend_further() -> None:
    own = SessionOptions(own={side: PersonalRange(4.0, 115.0) for side in Side})
    poses = film(replace(HELD, peak=85.0), lambda deg: lying_curl(deg, deg))
    found = judge("hamstring-curl", poses, own)
    assert [hold.valid_s for hold in found.holds] == pytest.approx([15.0, 15.0], abs=0.8)


def test_one_leg_that_curls_is_that_leg_alone() -> None:
    found = judge("hamstring-curl", film(HELD, lambda deg: lying_curl(deg, 3.0)))
    assert {rep.side for rep in found.repetitions} == {Side.LEFT}


def test_legs_that_take_turns_are_counted_each() -> None:
    course = replace(RAISES, reps=6)

    def body(deg: float, side: str) -> Body:
        lifted, down = Leg(hip_deg=deg), Leg(hip_deg=2.0)
        left, right = (lifted, down) if side == "left" else (down, lifted)
        return Body(left, right, lie_deg=-90.0)

    def turns() -> Iterable[tuple[float, Pose]]:
        for time_s in course.times(30):
            turn = int(max(0.0, time_s - course.lead_s) // course.period_s) % 2
            yield time_s, pose(body(course.at(time_s), "right" if turn else "left"))

    sides = [rep.side for rep in judge("straight-leg-raise", turns()).repetitions]
    assert sides == [Side.LEFT, Side.RIGHT] * 3


def test_two_legs_lifted_together_are_one_repetition() -> None:
    found = judge(
        "straight-leg-raise", film(RAISES, lambda deg: Body(Leg(0, deg), Leg(0, deg), lie_deg=-90.0))
    )
    assert [rep.side for rep in found.repetitions] == [Side.BOTH] * 5


def test_gentle_counts_a_raise_of_twelve_degrees() -> None:
    gentle = film(replace(RAISES, peak=13.0), lying_raise)
    found = judge("straight-leg-raise", gentle, SessionOptions(preset="gentle"))
    assert found.counted == 5


def test_a_range_below_the_preset_is_seen_and_short() -> None:
    found = judge("wall-squat", film(replace(SQUATS, peak=40.0)))
    assert [rep.status for rep in found.repetitions] == [Status.SHORT] * 5
    assert {fault.code for rep in found.repetitions for fault in rep.faults} == {"not_deep_enough"}
    assert found.counted == 0


def test_fatigue_loses_no_repetition() -> None:
    fading = replace(SQUATS, reps=8, peaks=tuple(10 + 75 * (1 - 0.4 * i / 7) for i in range(8)))
    assert len(judge("wall-squat", film(fading)).repetitions) == 8


def test_a_double_bump_at_the_bottom_is_one_repetition() -> None:
    def bumpy(deg: float) -> Body:
        return squatting(deg if deg < 55 else 55 + abs(deg - 67.5))

    assert len(judge("wall-squat", film(replace(SQUATS, up_s=2.0, down_s=2.0), bumpy)).repetitions) == 5


def test_a_spike_of_one_frame_is_no_repetition() -> None:
    spiked = [(t, pose(squatting(85.0 if i == 40 else 10.0))) for i, t in enumerate(np.arange(0, 5, 1 / 30))]
    assert judge("wall-squat", spiked).repetitions == ()


def test_media_time_alone_matters_so_a_slow_reader_gets_the_same_table() -> None:
    stretched = [(t * 2, at) for t, at in film(HELD, lambda deg: lying_curl(deg, deg))]
    found = judge("hamstring-curl", stretched)
    assert [hold.valid_s for hold in found.holds] == pytest.approx([30.0, 30.0], abs=0.8)


def test_what_begins_in_mid_movement_counts_in_hindsight_after_two() -> None:
    late = [(t, at) for t, at in film(replace(SQUATS, reps=3, pause_s=0.2, tail_s=0.3)) if t > 2.0]
    assert len(judge("wall-squat", late).repetitions) == 3


def test_bending_over_is_no_squat() -> None:
    bow = replace(SQUATS, rest=2.0, peak=100.0)
    found = judge("wall-squat", film(bow, lambda deg: replace(squatting(deg * 0.4), lean_deg=deg * 0.8)))
    assert found.repetitions == ()


def test_a_knee_drawn_up_is_no_straight_leg_raise() -> None:
    found = judge("straight-leg-raise", film(replace(RAISES, peak=90.0), lambda deg: lying_raise(deg, deg)))
    assert found.repetitions == ()


def test_a_squat_is_no_calf_raise_and_marching_no_squat() -> None:
    assert judge("calf-raise", film(SQUATS)).repetitions == ()
    march = film(replace(SQUATS, rest=2.0), lambda deg: Body(Leg(deg, deg), Leg(3, 3)))
    assert judge("wall-squat", march).repetitions == ()


def test_leaving_the_posture_disarms() -> None:
    session = Session(catalog.get("wall-squat"))
    for i in range(60):
        snapshot = session.step(i / 30, pose(squatting(10.0)))
    assert snapshot.phase is Phase.READY
    for i in range(60, 90):
        snapshot = session.step(i / 30, pose(lying_raise(0.0)))
    assert snapshot.phase is Phase.WAITING


def test_a_long_gap_starts_anew() -> None:
    session = Session(catalog.get("wall-squat"))
    for i in range(60):
        session.step(i / 30, pose(squatting(10.0)))
    for i in range(60, 100):
        snapshot = session.step(i / 30, None)
    assert snapshot.phase is Phase.WAITING


def test_nothing_stale_is_shown_where_nobody_is_seen() -> None:
    session = Session(catalog.get("wall-squat"))
    session.step(0.0, pose(squatting(40.0)))
    snapshot = session.step(0.1, None)
    assert snapshot.pose is None
    assert np.isnan([snapshot.left.knee_deg, snapshot.right.hip_deg, snapshot.drive_deg]).all()


def test_a_bent_knee_is_a_fault_and_its_cue_is_said_once_in_five_seconds() -> None:
    found = judge("straight-leg-raise", film(replace(RAISES, hold_s=1.2), lambda deg: lying_raise(deg, 35.0)))
    assert {rep.status for rep in found.repetitions} == {Status.FORM}
    worst = [fault.worst for rep in found.repetitions for fault in rep.faults if fault.code == "knee_bends"]
    assert worst == pytest.approx([35.0] * 5, abs=0.5)
    times = [cue.time_s for cue in found.cues if cue.code == "knee_bends"]
    assert times
    assert all(b - a >= 5.0 for a, b in pairwise(times))


def test_a_knee_that_is_half_hidden_is_not_blamed() -> None:
    bent = film(replace(RAISES, hold_s=1.2), lambda deg: replace(lying_raise(deg, 35.0), visibility=0.6))
    found = judge("straight-leg-raise", bent)
    assert {rep.status for rep in found.repetitions} == {Status.OK}
    assert "knee_bends" in found.not_judged


def test_strict_counts_only_what_is_without_complaint() -> None:
    leaning = list(film(SQUATS, lambda deg: squatting(deg, lean_deg=min(25.0, deg - 10.0))))
    assert judge("wall-squat", leaning).counted == 5
    assert judge("wall-squat", leaning, SessionOptions(strict=True)).counted == 0


@pytest.mark.parametrize(("fps", "is_judged"), [(3.0, False), (6.0, True)])
def test_of_three_pictures_a_second_tempo_is_not_judged(fps: float, is_judged: bool) -> None:
    found = judge("straight-leg-raise", film(replace(RAISES, down_s=0.45), lying_raise, fps))
    assert found.repetitions
    assert ("dropped" not in found.not_judged) is is_judged
    assert is_judged or not any(rep.faults for rep in found.repetitions)


def test_what_the_view_cannot_show_is_not_judged() -> None:
    not_judged = judge("wall-squat", film(SQUATS)).not_judged
    assert "knees_cave_in" in not_judged
    assert "back_off_wall" not in not_judged


def test_a_barely_seen_leg_makes_the_repetition_uncertain() -> None:
    found = judge("wall-squat", film(SQUATS, lambda deg: replace(squatting(deg), visibility=0.1)))
    assert {rep.status for rep in found.repetitions} == {Status.UNCERTAIN}


def test_events_carry_each_repetition_once_and_in_order() -> None:
    session = Session(catalog.get("wall-squat"))
    events = [event for t, at in film(SQUATS) for event in session.step(t, at).events]
    assert [event.number for event in events if isinstance(event, Rep)] == [1, 2, 3, 4, 5]
    assert all(isinstance(event, Rep | Cue) for event in events)


def test_one_side_alone_can_be_asked_for() -> None:
    found = judge("straight-leg-raise", film(RAISES, lying_raise), SessionOptions(side=Side.RIGHT))
    assert found.repetitions == ()


def test_a_range_that_the_exercise_lacks_names_those_it_has() -> None:
    with pytest.raises(
        SettingError, match="straight-leg-raise has no range `full`; it has: gentle, standard"
    ):
        Session(catalog.get("straight-leg-raise"), SessionOptions(preset="full"))
