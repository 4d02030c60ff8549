from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from repcount.core.records import Cue, CueKind, Fault, Phase, Side
from repcount.core.signal_names import BodySignals, LegSignals, Signals
from repcount.exercises import catalog
from repcount.exercises.limits import HARD, with_limits
from repcount.features.candidate import Shape
from repcount.form.form_checker import FormChecker, MovementState

FPS = 30
LIMIT = next(each.above or 0.0 for each in catalog.get("wall-squat").faults if each.code == "back_off_wall")


def a_shape(start_s: float, end_s: float) -> Shape:
    """A movement whose peak is its middle half."""
    quarter = (end_s - start_s) / 4
    middle = (start_s + end_s) / 2
    left_s, half = end_s - quarter, quarter * 2
    return Shape(start_s, start_s + quarter, middle, left_s, end_s, half, half, left_s, high_s=quarter)


def leaning(tilt_deg: float, knee_deg: float = 60.0) -> Signals:
    """A squat seen from the side, the trunk off the vertical."""
    leg = LegSignals(knee_flexion_deg=knee_deg, visibility=0.95)
    return Signals(leg, leg, BodySignals(trunk_tilt_deg=tilt_deg, view_deg=88.0))


def run(
    checker: FormChecker, seconds: float, seen: Callable[[float], Signals], phase: Phase, from_s: float = 0.0
) -> list[Cue]:
    cues: list[Cue] = []
    for i in range(round(seconds * FPS)):
        time_s = from_s + i / FPS
        doing = MovementState(phase, None if phase is Phase.READY else Side.BOTH, 88.0)
        cues += checker.update(time_s, seen(time_s), doing)
    return cues


@pytest.fixture
def checker() -> FormChecker:
    exercise = catalog.get("wall-squat")
    return FormChecker(exercise, exercise.presets["standard"])


def test_the_worst_of_a_lower_limit_is_the_lowest_value(checker: FormChecker) -> None:
    """Feet too narrow twice within a squat: the narrower moment is the one to tell."""
    front = Signals(body=BodySignals(view_deg=5.0))
    for i in range(90):
        ratio = 0.5 if i < 30 else 0.9 if i < 45 else 0.3
        seen = replace(front, body=replace(front.body, stance_ratio=ratio))
        checker.update(i / 30, seen, MovementState(Phase.OUT, Side.BOTH, 5.0))
    (fault,) = checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 5.0)
    assert fault.code == "feet_not_shoulder_width"
    assert fault.worst == pytest.approx(0.3)


def test_a_fault_that_lasts_is_told_within_half_a_second_of_its_start(checker: FormChecker) -> None:
    cues = run(checker, 3.0, lambda t: leaning(25.0 if t >= 1.0 else 5.0), Phase.OUT)
    assert [cue.code for cue in cues] == ["back_off_wall"]
    assert 1.0 < cues[0].time_s <= 1.5
    assert cues[0].kind is CueKind.FAULT


def test_a_single_bad_frame_is_no_fault(checker: FormChecker) -> None:
    assert not run(checker, 3.0, lambda t: leaning(25.0 if abs(t - 1.0) < 0.01 else 5.0), Phase.OUT)
    assert not checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 88.0)


def test_a_fault_before_or_after_a_movement_is_not_its_fault(checker: FormChecker) -> None:
    run(checker, 6.0, lambda t: leaning(25.0 if t < 1.5 or t > 4.5 else 5.0), Phase.OUT)
    assert not checker.faults_of(a_shape(2.0, 4.0), Side.BOTH, 88.0)
    assert [f.code for f in checker.faults_of(a_shape(4.5, 6.0), Side.BOTH, 88.0)] == ["back_off_wall"]


def test_from_a_view_that_cannot_show_it_nothing_is_found(checker: FormChecker) -> None:
    run(checker, 3.0, lambda t: leaning(25.0), Phase.OUT)
    assert not checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 20.0)


def test_what_was_mended_in_the_next_repetition_is_praised_once(checker: FormChecker) -> None:
    run(checker, 3.0, lambda t: leaning(25.0), Phase.OUT)
    first = checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 88.0)
    assert not checker.done(3.0, 0.0, first)
    run(checker, 1.5, lambda t: leaning(5.0), Phase.OUT, from_s=4.0)
    second = checker.faults_of(a_shape(4.0, 5.5), Side.BOTH, 88.0)
    (praise,) = checker.done(5.5, 4.0, second)
    assert (praise.code, praise.kind) == ("back_off_wall", CueKind.PRAISE)
    run(checker, 1.5, lambda t: leaning(5.0), Phase.OUT, from_s=7.0)
    assert not checker.done(8.5, 7.0, ())


def test_what_could_not_be_seen_is_not_praised(checker: FormChecker) -> None:
    run(checker, 3.0, lambda t: leaning(25.0), Phase.OUT)
    checker.done(3.0, 0.0, checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 88.0))
    run(checker, 2.0, lambda t: leaning(float("nan")), Phase.OUT, from_s=4.0)
    assert not checker.done(6.0, 4.0, ())


def test_what_has_become_clearly_worse_is_told_again_at_once(checker: FormChecker) -> None:
    cues = run(checker, 4.0, lambda t: leaning(20.0 if t < 2.0 else 45.0), Phase.OUT)
    assert [cue.code for cue in cues] == ["back_off_wall"] * 2
    assert cues[1].time_s - cues[0].time_s < 3.0


def test_a_little_worse_is_not_told_again_so_soon(checker: FormChecker) -> None:
    assert len(run(checker, 4.0, lambda t: leaning(LIMIT + 3.0 if t < 2.0 else LIMIT + 9.0), Phase.OUT)) == 1


def test_two_single_frames_far_apart_are_no_fault_that_lasted(checker: FormChecker) -> None:
    for time_s in (0.2, 2.0):
        assert not checker.update(time_s, leaning(25.0), MovementState(Phase.OUT, Side.BOTH, 88.0))
    assert not checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 88.0)


def test_a_fault_of_which_too_little_was_seen_is_not_judged(checker: FormChecker) -> None:
    run(checker, 3.0, lambda t: leaning(5.0 if t < 1.0 else float("nan")), Phase.OUT)
    checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 88.0)
    assert "back_off_wall" in checker.hidden


def test_a_fault_of_which_enough_was_seen_is_judged(checker: FormChecker) -> None:
    run(checker, 3.0, lambda t: leaning(5.0 if t < 2.0 else float("nan")), Phase.OUT)
    checker.faults_of(a_shape(0.0, 3.0), Side.BOTH, 88.0)
    assert "back_off_wall" not in checker.hidden


@pytest.mark.parametrize(("knee_deg", "codes"), [(60.0, []), (130.0, [HARD])])
def test_of_what_can_be_no_repetition_only_a_limit_of_safety_is_told(
    knee_deg: float, codes: list[str]
) -> None:
    exercise = with_limits(catalog.get("wall-squat"), {})
    checker, told = FormChecker(exercise, exercise.presets["standard"]), []
    for i in range(2 * FPS):
        doing = MovementState(Phase.OUT, Side.BOTH, 88.0, plausible=False)
        told += checker.update(i / FPS, leaning(25.0, knee_deg), doing)
    assert [cue.code for cue in told] == codes


def test_what_could_not_be_said_at_once_is_said_a_little_later(checker: FormChecker) -> None:
    """Nobody is told two things within a second and a half."""
    exercise = catalog.get("wall-squat")
    assert run(checker, 2.0, lambda t: leaning(25.0 if t >= 1.0 else 5.0), Phase.OUT)
    short = Fault(exercise.short.code, 40.0, "deg", 1.0)
    assert not checker.done(2.0, 0.0, (short,))
    (cue,) = run(checker, 2.0, lambda t: leaning(5.0, 10.0), Phase.READY, from_s=2.0)
    assert cue.text == exercise.short.say


def test_what_was_not_told_in_time_is_told_when_the_repetition_is_done(checker: FormChecker) -> None:
    exercise = catalog.get("wall-squat")
    run(checker, 2.0, lambda t: leaning(5.0), Phase.OUT)
    (cue,) = checker.done(2.0, 0.0, (Fault(exercise.short.code, 40.0, "deg", 1.0),))
    assert cue.text == exercise.short.say


def test_a_leg_that_sags_in_a_hold_is_judged_from_its_top() -> None:
    exercise = catalog.get("hamstring-curl")
    checker = FormChecker(exercise, exercise.presets["standard"])

    def held(time_s: float, sag_deg: float) -> Signals:
        leg = LegSignals(knee_flexion_deg=100.0 - sag_deg * time_s / 4, visibility=0.95)
        return Signals(leg, LegSignals(), BodySignals(trunk_tilt_deg=90.0, view_deg=88.0))

    shape = Shape(-1.0, 0.0, 2.0, 4.0, 5.0, up_s=1.0, down_s=1.0, lowering_s=4.0, high_s=4.5)
    for i in range(4 * FPS):
        checker.update(i / FPS, held(i / FPS, 20.0), MovementState(Phase.PEAK, Side.LEFT, 88.0))
    (fault,) = checker.faults_of(shape, Side.LEFT, 88.0)
    assert fault.code == "leg_sags"
    assert -20.0 < fault.worst < -10.0
    checker = FormChecker(exercise, exercise.presets["standard"])
    for i in range(4 * FPS):
        checker.update(i / FPS, held(i / FPS, 6.0), MovementState(Phase.PEAK, Side.LEFT, 88.0))
    assert not checker.faults_of(shape, Side.LEFT, 88.0)


@pytest.mark.parametrize(
    ("sagged_s", "seen_share", "codes"),
    [(1.0, 1.0, []), (2.0, 1.0, ["leg_sags"]), (2.0, 0.25, [])],
    ids=["mended soon", "mended late", "most of the rest lost to sight"],
)
def test_a_sag_that_is_mended_counts_once_it_has_lasted_and_was_seen(
    sagged_s: float, seen_share: float, codes: list[str]
) -> None:
    exercise = catalog.get("hamstring-curl")
    checker = FormChecker(exercise, exercise.presets["standard"])
    for i in range(6 * FPS):
        sags = 1.0 <= i / FPS < 1.0 + sagged_s
        is_seen = sags or i % 4 < 4 * seen_share
        leg = LegSignals(knee_flexion_deg=85.0 if sags else 100.0, visibility=0.95 if is_seen else 0.1)
        seen = Signals(leg, LegSignals(), BodySignals(trunk_tilt_deg=90.0, view_deg=88.0))
        checker.update(i / FPS, seen, MovementState(Phase.PEAK, Side.LEFT, 88.0))
    shape = Shape(-1.0, 0.0, 3.0, 6.0, 7.0, up_s=1.0, down_s=1.0, lowering_s=6.0, high_s=6.5)
    assert [fault.code for fault in checker.faults_of(shape, Side.LEFT, 88.0)] == codes
