"""The spans of an exercise's file: what is outside of them, and what is not known."""

from __future__ import annotations

import pytest

from repcount.core.records import NAN, Side
from repcount.core.signal_names import BodySignals, LegSignals, Signals
from repcount.exercises import catalog
from repcount.exercises.spec import Condition
from repcount.features.signal_history import SignalHistory, windows
from repcount.features.spans import Conditions, ExerciseSpans
from tests.unit.features.test_describe import SHAPE, SQUAT

UPRIGHT = Conditions([Condition(signal="trunk_tilt_deg", span=(-20.0, 20.0))], Side.BOTH)


def _tilted(deg: float) -> Signals:
    return Signals(body=BodySignals(trunk_tilt_deg=deg))


@pytest.mark.parametrize(("deg", "met"), [(-20.0, True), (20.0, True), (-20.5, False), (20.5, False)])
def test_a_value_outside_the_span_fails_and_both_ends_belong_to_it(deg: float, met: bool) -> None:
    assert UPRIGHT.meets(_tilted(deg)) is met


def test_an_unknown_value_speaks_against_nothing() -> None:
    assert UPRIGHT.meets(_tilted(NAN))


def _features(exercise: str, leg: LegSignals, body: BodySignals) -> dict[str, float]:
    history = SignalHistory()
    for i in range(50):
        history.add(i / 10, Signals(leg, leg, body))
    return ExerciseSpans(catalog.get(exercise), Side.BOTH).features(SQUAT, windows(history, SHAPE))


def test_what_was_never_seen_costs_a_candidate_nothing() -> None:
    found = _features("wall-squat", LegSignals(visibility=0.9), BodySignals())
    assert (found["spans.require"], found["spans.posture"]) == (0.0, 0.0)


def test_what_was_seen_in_another_posture_costs_it() -> None:
    found = _features("wall-squat", LegSignals(5.0, 5.0, visibility=0.9), BodySignals(trunk_tilt_deg=80.0))
    assert found["spans.posture"] > 1.0
