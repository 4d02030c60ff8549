"""What was asked for: options, a plan, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from repcount.core.errors import SettingError
from repcount.core.records import CountBy
from repcount.pipeline.programme import ProgrammeRequest, asked_exercises


def test_without_a_request_nothing_was_asked_for() -> None:
    found = asked_exercises(ProgrammeRequest("wall-squat"))
    assert [each.name for each in found.exercises] == ["wall-squat"]
    assert found.asked == frozenset()


def test_what_is_not_said_is_the_exercise_s_own() -> None:
    found = asked_exercises(ProgrammeRequest("wall-squat", reps=7))
    (squat,) = found.exercises
    assert (squat.dose.sets, squat.dose.reps, squat.dose.count) == (3, 7, CountBy.REPS)
    assert found.asked == {"wall-squat"}


def test_holds_are_counted_where_their_length_was_asked_for() -> None:
    (curl,) = asked_exercises(ProgrammeRequest("hamstring-curl", sets=2, reps=4, hold_s=20)).exercises
    assert (curl.dose.sets, curl.dose.holds, curl.dose.hold_s) == (2, 4, 20.0)
    assert curl.dose.count is CountBy.HOLDS


def test_a_plan_asks_for_each_of_its_exercises() -> None:
    found = asked_exercises(ProgrammeRequest(plan="knee"))
    assert len(found.exercises) == len(found.asked) == 5
    (curl,) = asked_exercises(ProgrammeRequest("hamstring-curl", plan="knee")).exercises
    assert (curl.dose.sets, curl.dose.holds, curl.dose.hold_s) == (1, 3, 15.0)


def test_what_a_plan_asks_of_one_leg_twice_adds_up_and_its_range_holds(tmp_path: Path) -> None:
    head = 'format = 1\nname = "own"\ntitle = "Own"\nsummary = "Mine."\n'
    item = '[[exercises]]\nexercise = "wall-squat"\nrange = "gentle"\nreps = 5\nsets = {}\n'
    path = tmp_path / "own.toml"
    path.write_text(head + item.format(2) + item.format(1), encoding="utf-8")
    (squat,) = asked_exercises(ProgrammeRequest(plan=str(path))).exercises
    assert (squat.dose.sets, squat.dose.reps, squat.default_preset) == (3, 5, "gentle")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (ProgrammeRequest(reps=5), "--reps goes with one exercise"),
        (ProgrammeRequest("auto", sets=5), "--sets goes with one exercise"),
        (ProgrammeRequest(sets=2, plan="knee"), "--sets and --plan do not go together"),
        (ProgrammeRequest(exercise_file=Path("own.toml"), plan="knee"), "--exercise-file and --plan"),
        (ProgrammeRequest("bench-press", plan="knee"), "the plan `knee` has no bench-press"),
        (ProgrammeRequest(plan="shoulder"), "there is no plan `shoulder`"),
    ],
)
def test_what_does_not_go_together_is_told(asked: ProgrammeRequest, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        asked_exercises(asked)


def test_holds_and_repetitions_at_once_are_refused() -> None:
    with pytest.raises(SettingError, match="say one of them"):
        asked_exercises(ProgrammeRequest("wall-squat", hold_s=10), CountBy.REPS)
