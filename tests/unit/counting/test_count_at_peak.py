"""What counts at its peak: the last stand up from a chair has no way back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.stick import Course, film, pose, squatting
from repcount.core.records import ExerciseSummary, Pose
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.session.session import Session

STAND = Course(reps=5, rest=88.0, peak=6.0, hold_s=0.4, pause_s=0.6)


def chair_stand(count_at: str = "peak") -> Exercise:
    """The 30-second chair stand, as somebody would write it."""
    values = {
        "format": 1,
        "name": "chair-stand",
        "title": "Chair stand",
        "summary": "Stand up from a chair and sit down again, as often as it goes in 30 seconds.",
        "how": ["Sit in the middle of the chair, arms crossed.", "Stand up straight.", "Sit down."],
        "camera": "From the side.",
        "source": "Jones 1999, Res Q Exerc Sport 70:113",
        "default_preset": "standard",
        "drive": {
            "signal": "knee_flexion_deg",
            "legs": "together",
            "direction": "falling",
            "rest": [60.0, 120.0],
            "safe": [-10.0, 130.0],
            "count_at": count_at,
        },
        "presets": {"standard": {"target_deg": 10, "min_rom_deg": 40, "source": "derived: nearly straight"}},
        "short": {
            "code": "not_straight",
            "name": "not straight",
            "below_target_deg": 15.0,
            "say": "Stand up straight",
            "source": "derived: the camera's error",
        },
        "dose": {"sets": 1, "reps": 12, "source": "derived: about the norm of the test"},
        "tempo": {"up_s": [0.5, 2.0], "down_s": [0.5, 3.0], "source": "derived: 30 seconds over the norm"},
    }
    return catalog.parse(values, "chair_stand.toml")


def counted(exercise: Exercise, poses: Sequence[tuple[float, Pose]]) -> ExerciseSummary:
    session = Session(exercise)
    for time_s, seen in poses:
        session.step(time_s, seen)
    session.finish(poses[-1][0])
    return session.summary()


def stands(still_s: float, reps: int = 5) -> list[tuple[float, Pose]]:
    """Stands of which the last one ends upright, after so many seconds."""
    top_s = STAND.lead_s + (reps - 1) * STAND.period_s + STAND.up_s
    moving = [(t, p) for t, p in film(STAND, squatting, fps=15) if t <= top_s]
    end_s = moving[-1][0]
    return [*moving, *((end_s + i / 15, pose(squatting(6.0))) for i in range(1, round(still_s * 15)))]


@pytest.mark.parametrize("still_s", [0.2, 3.0])
def test_the_last_stand_counts_without_a_way_back(still_s: float) -> None:
    poses = stands(still_s)
    assert counted(chair_stand("end"), poses).counted == 4
    done = counted(chair_stand(), poses)
    assert done.counted == 5
    last = done.repetitions[-1]
    assert last.down_s != last.down_s
    assert last.up_s > 0.5
    assert last.rom_deg == pytest.approx(82.0, abs=4.0)


def test_who_stands_for_a_while_each_time_is_counted_once_a_stand() -> None:
    slow = Course(reps=4, rest=88.0, peak=6.0, hold_s=3.0, pause_s=2.0)
    poses = list(film(slow, squatting, fps=15))
    assert counted(chair_stand(), poses).counted == 4
    assert counted(chair_stand("end"), poses).counted == 4


def test_it_counts_while_the_person_still_stands() -> None:
    session, told_s = Session(chair_stand()), None
    for time_s, seen in stands(3.0, reps=2):
        if session.step(time_s, seen).count == 2 and told_s is None:
            told_s = time_s
    top_s = STAND.lead_s + STAND.period_s + STAND.up_s
    assert told_s is not None
    assert told_s - top_s < 1.5


def test_a_half_stand_that_is_held_is_none() -> None:
    low = [(i / 15, pose(squatting(88.0))) for i in range(30)]
    half = [(2.0 + i / 15, pose(squatting(88.0 - min(i, 30)))) for i in range(90)]
    assert counted(chair_stand(), [*low, *half]).counted == 0
