"""Descriptions of candidates: named features, unknown where too little was seen."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import pytest

from repcount.core.records import Side
from repcount.core.signal_names import BodySignals, LegSignals, Signals
from repcount.exercises import catalog
from repcount.features.candidate import Candidate, Shape
from repcount.features.describe import Describer, feature_names
from repcount.features.signal_history import BEFORE_S, SignalHistory, median_of, swing_of, windows

SHAPE = Shape(1.0, 2.0, 2.25, 2.5, 3.5, 1.0, 1.0, 2.5, 0.6)
SQUAT = Candidate(Side.BOTH, SHAPE, rest=10.0, top=70.0, back=1.0, start_held=True, start_seen=True)


def past(knee_deg: list[float]) -> SignalHistory:
    """Ten moments a second of both legs, from 0 s on."""
    kept = SignalHistory()
    for i, deg in enumerate(knee_deg):
        leg = LegSignals(knee_flexion_deg=deg, hip_flexion_deg=deg, visibility=0.9)
        kept.add(i / 10, Signals(leg, leg, BodySignals(trunk_tilt_deg=5.0)))
    return kept


RISEN = (
    [10.0] * 11
    + [20.0, 30, 40, 50, 60, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 60, 50, 40, 30, 20]
    + [10.0] * 9
)


def test_rest_peak_change_and_swing_of_a_signal() -> None:
    moments = past(RISEN)
    found = Describer(catalog.get("wall-squat"), Side.BOTH).describe(SQUAT, windows(moments, SHAPE), 0.0)
    assert found["active.knee_flexion_deg.rest"] == 10.0
    assert found["active.knee_flexion_deg.peak"] == 70.0
    assert found["active.knee_flexion_deg.change"] == 60.0
    assert found["active.knee_flexion_deg.swing"] == pytest.approx(50.0, abs=10.0)
    assert found["body.trunk_tilt_deg.change"] == 0.0
    assert isnan(found["body.stance_ratio.peak"])
    assert found["movement.rom"] == 60.0
    assert found["movement.lead_s"] == 1.0
    assert set(found) == set(feature_names(Side.BOTH))


def test_only_what_is_asked_for_is_measured_besides_what_costs_nothing() -> None:
    describer = Describer(catalog.get("wall-squat"), Side.BOTH, ["body.trunk_tilt_deg.peak"])
    found = describer.describe(SQUAT, windows(past(RISEN), SHAPE), 0.0)
    assert [name for name in found if name.split(".")[0] in ("active", "other", "body")] == [
        "body.trunk_tilt_deg.peak"
    ]


def test_a_picture_that_began_in_its_midst_takes_rest_from_after_it() -> None:
    late = SignalHistory()
    for time_s, signals in past(RISEN).between(1.5, 5.0):
        late.add(time_s, signals)
    after = [signals for _, signals in late.between(SHAPE.end_s, SHAPE.end_s + BEFORE_S)]
    assert windows(late, replace(SHAPE, start_s=1.5)).rest == after
    assert len(after) > 1


@pytest.mark.parametrize("of", [median_of, swing_of])
def test_too_little_that_was_seen_says_nothing(of: object) -> None:
    assert isnan(of([1.0, nan, nan]))  # type: ignore[operator]
    assert not isnan(of([1.0, 2.0, nan]))  # type: ignore[operator]
    assert isnan(of([]))  # type: ignore[operator]


def test_spans_say_how_far_outside_and_never_more_than_far() -> None:
    exercise = catalog.get("wall-squat")
    inside = Describer(exercise, Side.BOTH).describe(SQUAT, windows(past(RISEN), SHAPE), 0.0)
    quick = replace(SQUAT, shape=replace(SHAPE, end_s=1.6), rest=90.0)
    outside = Describer(exercise, Side.BOTH).describe(quick, windows(past(RISEN), quick.shape), 0.0)
    assert inside["spans.rest"] == inside["spans.length"] == inside["spans.posture"] == 0.0
    assert outside["spans.rest"] == 3.0
    assert outside["spans.length"] > 0.0
