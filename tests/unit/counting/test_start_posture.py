"""The start posture: taken by holding it, lost by leaving the exercise's posture for good."""

from __future__ import annotations

from repcount.core.records import Side
from repcount.core.signal_names import BodySignals, LegSignals, Signals
from repcount.counting.start_posture import ARM_S, BRIDGE_S, StartPosture
from repcount.exercises import catalog

STEP_S = 1 / 15
LEG = LegSignals(knee_flexion_deg=5.0, hip_flexion_deg=5.0, visibility=0.9)
UPRIGHT, LYING = (Signals(LEG, LEG, BodySignals(trunk_tilt_deg=deg)) for deg in (5.0, 90.0))


def _armed(shown: list[Signals]) -> list[bool]:
    posture, found = StartPosture(catalog.get("wall-squat"), Side.BOTH), []
    for i, signals in enumerate(shown):
        posture.update(i * STEP_S, signals)
        found.append(posture.armed)
    return found


def test_the_start_posture_counts_once_it_has_been_held() -> None:
    first = _armed([UPRIGHT] * 30).index(True)
    assert abs(first * STEP_S - ARM_S) <= STEP_S


def test_a_posture_that_was_left_stays_left_until_it_is_held_again() -> None:
    armed = _armed([*[UPRIGHT] * 30, *[LYING] * 60, *[UPRIGHT] * 30])
    left, again = armed.index(False, 30), armed.index(True, 60)
    assert abs((left - 30) * STEP_S - BRIDGE_S) <= STEP_S
    assert abs((again - 90) * STEP_S - ARM_S) <= STEP_S
    assert not any(armed[left:again])


def test_an_unknown_trunk_does_not_keep_the_start_posture_from_being_taken() -> None:
    assert _armed([Signals(LEG, LEG)] * 30)[-1]


def test_a_start_posture_of_which_the_counted_signal_is_unknown_is_none() -> None:
    hidden = LegSignals(hip_flexion_deg=5.0, visibility=0.9)
    assert not any(_armed([Signals(hidden, hidden, UPRIGHT.body)] * 30))


def test_a_posture_goes_on_while_it_is_unknown() -> None:
    assert all(_armed([*[UPRIGHT] * 30, *[Signals(LEG, LEG)] * 60])[20:])


def test_a_breach_shorter_than_the_bridge_is_a_dropout_of_the_network() -> None:
    assert all(_armed([*[UPRIGHT] * 30, *[LYING] * 6, *[UPRIGHT] * 15])[20:])
