"""The curve of a repetition is that of its leg."""

from __future__ import annotations

import pytest

from repcount.core.records import Side
from repcount.exercises import catalog
from repcount.io.signal_curves import CurveSink
from repcount.pose.recording import Recording
from repcount.session.session import Session
from tests.samples import POSES
from tests.unit.overlay.snapshots import rep, snapshot


@pytest.mark.parametrize(("side", "degrees"), [(Side.LEFT, (2.0, 20.0)), (Side.BOTH, (44.0, 20.0))])
def test_a_curve_is_that_of_its_leg_also_while_the_other_one_was_looked_at(
    side: Side, degrees: tuple[float, float]
) -> None:
    sink = CurveSink()
    for number, (seen, left_deg) in enumerate([(Side.RIGHT, 2.0), (Side.RIGHT, 5.0), (Side.LEFT, 20.0)]):
        deg = 44.0 if seen is Side.RIGHT else left_deg
        sink.add(snapshot(time_s=0.1 * number, side=seen, drive_deg=deg, leg_drives_deg=(left_deg, 44.0)))
    curve = sink.curve("wall-squat", rep(1, side=side, start_s=0.0, end_s=0.21))
    assert curve is not None
    assert (curve.drive_deg[0], curve.drive_deg[-1]) == degrees
    assert curve.drive_deg[2] == (5.0 if side is Side.LEFT else 44.0)


def test_a_leg_raise_s_curve_rises_once_and_falls_once() -> None:
    """The resting leg is bent to about the height to which the other rises: it must not be drawn."""
    poses = Recording.load(POSES / "straight_leg_raise.npz")
    session, sink = Session(catalog.get("straight-leg-raise")), CurveSink()
    for row, time_s in enumerate(poses.time_s.tolist()):
        sink.add(session.step(time_s, poses.pose(row)))
    session.finish(float(poses.time_s[-1]))
    found = session.summary().repetitions
    assert len(found) == 5
    for one in found:
        curve = sink.curve("straight-leg-raise", one)
        assert curve is not None
        assert curve.drive_deg[0] < 25.0
        assert curve.drive_deg[-1] < 25.0
