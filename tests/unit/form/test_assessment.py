"""From a movement to the repetition that is reported: status, pace, and what is blamed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repcount.core.records import Fault, Pace, Rep, Side, Status
from repcount.counting.decision import Decision
from repcount.counting.movement import Movement
from repcount.counting.ranges import TargetRanges
from repcount.exercises import catalog
from repcount.features.candidate import Shape
from repcount.form.assessment import Assessor
from repcount.form.form_checker import WHOLE

FROM_THE_SIDE = 85.0
SHAPE = Shape(1.0, 2.5, 2.8, 3.1, 4.6, 1.5, 1.5, 3.1, 0.8)
RAISE = Movement(Side.LEFT, SHAPE, 2.0, 48.0, 46.0, None, 0.95, 4.7, 3.0)
LEANS = Fault("trunk_leans", 30.0, "deg", 2.8)
PRESS = replace(RAISE, side=Side.BOTH, rest=100.0, peak=12.0, rom=88.0)


def judged(
    movement: Movement = RAISE,
    log_odds: float = 3.0,
    form: tuple[Fault, ...] = (),
    exercise: str = "straight-leg-raise",
) -> Rep:
    spec = catalog.get(exercise)
    return Assessor(spec, TargetRanges(spec)).rep(
        Decision(movement, log_odds, True), form, FROM_THE_SIDE, 9.0
    )


def paced(up_s: float = 1.5, down_s: float = 1.5) -> Movement:
    return replace(RAISE, shape=replace(SHAPE, up_s=up_s, down_s=down_s))


@pytest.mark.parametrize(("log_odds", "status"), [(0.2, Status.OK), (-0.2, Status.UNCERTAIN)])
def test_what_is_less_likely_than_not_is_uncertain(log_odds: float, status: Status) -> None:
    assert judged(log_odds=log_odds).status is status


@pytest.mark.parametrize(
    ("up_s", "pace"), [(0.5, Pace.FAST), (0.8, Pace.OK), (3.2, Pace.OK), (3.6, Pace.SLOW)]
)
def test_a_way_is_fast_or_slow_where_it_is_clearly_outside_the_span(up_s: float, pace: Pace) -> None:
    assert judged(paced(up_s=up_s)).up_pace is pace


@pytest.mark.parametrize(("down_s", "codes"), [(0.7, []), (0.4, ["dropped"]), (0.1, [])])
def test_a_leg_that_drops_is_blamed_and_a_jump_of_the_network_is_not(down_s: float, codes: list[str]) -> None:
    assert [fault.code for fault in judged(paced(down_s=down_s)).faults] == codes


def test_a_press_from_too_small_a_bend_is_short_though_the_legs_are_stretched() -> None:
    whole, half = (judged(m, exercise="leg-press") for m in (PRESS, replace(PRESS, rest=60.0, rom=48.0)))
    assert (whole.status, half.status) == (Status.OK, Status.SHORT)


@pytest.mark.parametrize(("hidden", "told"), [(2, True), (1, False)])
def test_the_range_is_not_judged_where_the_leg_was_hidden_in_most_repetitions(
    hidden: int, told: bool
) -> None:
    spec = catalog.get("hamstring-curl")
    judge = Assessor(spec, TargetRanges(spec))
    for i in range(3):
        seen = replace(RAISE, peak=95.0, rom=90.0, visibility=0.3 if i < hidden else 0.95)
        judge.rep(Decision(seen, 3.0, True), (), FROM_THE_SIDE, 9.0)
    assert judge.hidden == ((spec.short.code,) if told else ())


@pytest.mark.parametrize(("form", "status"), [((), Status.SHORT), ((LEANS,), Status.FORM)])
def test_a_calf_raise_of_somebody_who_leans_is_not_called_short(
    form: tuple[Fault, ...], status: Status
) -> None:
    """Of a trunk that leans forward the network draws the heel lower than it is."""
    spec = catalog.get("calf-raise")
    judge = Assessor(spec, TargetRanges(spec))
    whole = replace(RAISE, side=Side.BOTH, rest=0.0, peak=30.0, rom=30.0)
    for _ in range(3):
        judge.rep(Decision(whole, 3.0, True), (), FROM_THE_SIDE, 9.0)
    low = replace(whole, peak=9.0, rom=9.0)
    assert judge.rep(Decision(low, 3.0, True), form, FROM_THE_SIDE, 9.0).status is status


def test_of_too_few_pictures_no_tempo_is_judged() -> None:
    spec = catalog.get("straight-leg-raise")
    judge = Assessor(spec, TargetRanges(spec))
    few = WHOLE._replace(timed=False)
    quick = judge.rep(Decision(paced(down_s=0.4), 3.0, True), (), FROM_THE_SIDE, 9.0, few)
    assert (quick.faults, quick.up_pace, quick.down_pace) == ((), Pace.UNKNOWN, Pace.UNKNOWN)
    assert judge.hidden == tuple(rule.code for rule in spec.tempo_faults)
