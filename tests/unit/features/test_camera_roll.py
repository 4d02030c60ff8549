"""A camera that leans: who stands upright shows by how much."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.stick import Body, Course, Leg, film, lying_curl, lying_raise, on_toes, pose, pressing, squatting
from repcount.core.records import ExerciseSummary, Pose, Status
from repcount.features.camera_roll import CameraRoll, turned
from repcount.features.measure import measure
from tests.unit.session.test_session import judge

ROLLS = (-20.0, -10.0, -5.0, 5.0, 10.0, 20.0)
CASES: list[tuple[str, Course, Callable[[float], Body]]] = [
    ("wall-squat", Course(reps=3, peak=88.0), squatting),
    ("calf-raise", Course(reps=3, rest=0.0, peak=25.0), on_toes),
    ("straight-leg-raise", Course(reps=3, rest=2.0, peak=48.0), lying_raise),
    ("hamstring-curl", Course(reps=3, rest=4.0, peak=95.0), lambda deg: lying_curl(deg, deg)),
    ("leg-press", Course(reps=3, rest=100.0, peak=12.0), pressing),
]


def leaning(exercise: str, course: Course, body: Callable[[float], Body], roll_deg: float) -> ExerciseSummary:
    return judge(exercise, [(time_s, turned(seen, roll_deg)) for time_s, seen in film(course, body)])


@pytest.mark.parametrize("roll_deg", ROLLS)
@pytest.mark.parametrize(("exercise", "course", "body"), CASES)
def test_a_leaning_camera_finds_no_fault_in_clean_repetitions(
    exercise: str, course: Course, body: Callable[[float], Body], roll_deg: float
) -> None:
    found = leaning(exercise, course, body, roll_deg)
    assert len(found.repetitions) == course.reps
    assert [fault.code for rep in found.repetitions for fault in rep.faults] == []


@pytest.mark.parametrize("roll_deg", ROLLS)
def test_a_leaning_camera_still_finds_a_back_off_the_wall(roll_deg: float) -> None:
    def bowing(knee_deg: float) -> Body:
        return squatting(knee_deg, lean_deg=0.35 * max(0.0, knee_deg - 10.0))

    found = leaning("wall-squat", Course(reps=3, peak=90.0), bowing, roll_deg)
    assert "back_off_wall" in {fault.code for fault in found.repetitions[-1].faults}


def learnt(poses: list[Pose]) -> float:
    roll = CameraRoll()
    for i, seen in enumerate(poses):
        roll.update(i / 15, seen, measure(seen))
    return roll.roll_deg


def test_only_who_stands_shows_it() -> None:
    assert learnt([turned(pose(squatting(5.0)), 12.0)] * 30) == pytest.approx(12.0, abs=1.0)
    assert learnt([turned(pose(pressing(20.0)), 12.0)] * 30) == 0.0
    assert learnt([turned(pose(Body(Leg(), Leg(), lie_deg=-90.0)), 12.0)] * 30) == 0.0
    assert learnt([pose(squatting(5.0, lean_deg=40.0))] * 30) == 0.0


def test_who_was_seen_before_the_lean_was_known_was_seen() -> None:
    """The lean is known after half a second of standing; the first squat begins then."""
    found = leaning("wall-squat", Course(reps=3, peak=88.0, lead_s=0.5), squatting, 10.0)
    assert [rep.status for rep in found.repetitions] == [Status.OK] * 3
    assert all(rep.rom_deg == rep.rom_deg for rep in found.repetitions)
