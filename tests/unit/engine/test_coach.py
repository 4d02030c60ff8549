from __future__ import annotations

from dataclasses import replace

import pytest

from repcount.core.model import Phase, Side
from repcount.core.signals import BodySignals, Signals
from repcount.engine.coach import Coach
from repcount.exercises import catalog


def test_the_worst_of_a_lower_limit_is_the_lowest_value() -> None:
    """Feet too narrow twice within a squat: the narrower moment is the one to tell."""
    exercise = catalog.get("wall-squat")
    coach = Coach(exercise, exercise.presets["standard"])
    front = Signals(body=BodySignals(view_deg=5.0))
    for i in range(90):
        ratio = 0.5 if i < 30 else 0.9 if i < 45 else 0.3
        seen = replace(front, body=replace(front.body, stance_ratio=ratio))
        coach.update(i / 30, seen, Phase.OUT, Side.BOTH)
    (fault,) = coach.faults_between(0.0, 3.0)
    assert fault.code == "feet_not_shoulder_width"
    assert fault.worst == pytest.approx(0.3)
