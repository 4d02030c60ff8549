"""The curve of a repetition is that of its leg."""

from __future__ import annotations

import math

import pytest

from repcount.core.model import Side
from repcount.io.signal_curves import CurveSink
from tests.unit.overlay.snapshots import rep, snapshot


@pytest.mark.parametrize(("side", "first_deg"), [(Side.LEFT, math.nan), (Side.BOTH, 44.0)])
def test_what_the_other_leg_did_is_no_part_of_a_leg_s_curve(side: Side, first_deg: float) -> None:
    sink = CurveSink()
    for number, (seen, deg) in enumerate(
        [(Side.RIGHT, 44.0), (Side.RIGHT, 43.0), (Side.LEFT, 8.0), (Side.LEFT, 20.0)]
    ):
        sink.add(snapshot(time_s=0.1 * number, side=seen, drive_deg=deg))
    curve = sink.curve("wall-squat", rep(1, side=side, start_s=0.0, end_s=0.31))
    assert curve is not None
    assert curve.drive_deg[0] == pytest.approx(first_deg, nan_ok=True)
    assert curve.drive_deg[-1] == 20.0
