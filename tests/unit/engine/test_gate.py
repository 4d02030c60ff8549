"""The gate of a posture: open while it is kept, shut once it has been left."""

from __future__ import annotations

from repcount.core.model import Side
from repcount.core.signals import BodySignals, Signals
from repcount.engine.gate import BRIDGE_S, Gate
from repcount.exercises import catalog

STEP_S = 1 / 15
UPRIGHT, LYING = (Signals(body=BodySignals(trunk_tilt_deg=deg)) for deg in (5.0, 90.0))


def _open(gate: Gate, shown: list[Signals]) -> list[bool]:
    return [gate.update(i * STEP_S, signals) for i, signals in enumerate(shown)]


def test_a_posture_that_was_left_stays_left_until_it_is_taken_again() -> None:
    shown = [*[UPRIGHT] * 15, *[LYING] * 60, *[UPRIGHT] * 5]
    opened = _open(Gate(catalog.get("wall-squat"), Side.BOTH), shown)
    shut = [i for i, is_open in enumerate(opened) if not is_open]
    assert shut == list(range(shut[0], 75))
    assert abs((shut[0] - 15) * STEP_S - BRIDGE_S) <= STEP_S


def test_a_breach_shorter_than_the_bridge_leaves_the_gate_open() -> None:
    shown = [*[UPRIGHT] * 15, *[LYING] * 6, *[UPRIGHT] * 15]
    assert all(_open(Gate(catalog.get("wall-squat"), Side.BOTH), shown))
