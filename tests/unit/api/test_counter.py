from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest

import repcount
from repcount.core.records import Phase, Status
from tests.unit.api.given import SQUAT, path_of, recorded


def updates(exercise: str | None, name: str) -> tuple[list[repcount.Update], repcount.Result]:
    counter = repcount.Counter(exercise)
    told = [counter.update(time_s, pose) for time_s, pose in recorded(name)]
    return told, counter.finish()


def test_frame_by_frame_it_counts_what_analyze_counts() -> None:
    told, result = updates("wall-squat", "wall_squat")
    whole = repcount.analyze(SQUAT, "wall-squat")
    assert result.exercises == whole.exercises
    for name in ("time_s", "left_knee_deg", "right_hip_deg"):
        assert np.array_equal(getattr(result.angles(), name), getattr(whole.angles(), name), equal_nan=True)
    assert [each.count for each in told] == sorted(each.count for each in told)
    assert told[-1].count == 5


def test_a_repetition_is_told_once_when_it_is_done() -> None:
    told, result = updates("wall-squat", "wall_squat")
    reps = [each.repetition for each in told if each.repetition is not None]
    assert [rep.start_s for rep in reps] == [rep.start_s for rep in result.exercises[0].repetitions]
    first = next(each for each in told if each.repetition is not None)
    assert first.count == 1
    assert first.time_s == first.repetition.announced_s  # type: ignore[union-attr]
    assert {each.phase for each in told} >= {Phase.READY, Phase.OUT, Phase.PEAK, Phase.BACK}


def test_a_hold_grows_while_it_is_held_and_is_told_once() -> None:
    told, result = updates("hamstring-curl", "hamstring_curl")
    assert [each.hold for each in told if each.hold is not None] == list(result.exercises[0].holds)
    assert max(each.holding_s for each in told) > 12.0
    assert told[-1].holds == 2


def test_without_a_name_the_exercise_is_unknown_until_it_is_recognised() -> None:
    told, result = updates(None, "wall_squat")
    assert told[0].exercise is None
    assert told[-1].exercise == "wall-squat"
    assert result.count == told[-1].count == 5


@pytest.mark.parametrize("name", ["wall_squat", "hamstring_curl"])
def test_what_was_seen_before_the_exercise_was_recognised_is_told_with_it(name: str) -> None:
    told, result = updates(None, name)
    (exercise,) = result.exercises
    assert [rep.start_s for each in told for rep in each.new_repetitions] == [
        rep.start_s for rep in exercise.repetitions
    ]
    assert [hold for each in told for hold in each.new_holds] == list(exercise.holds)
    assert max(len(each.new_repetitions) for each in told) >= (2 if name == "wall_squat" else 1)


def test_strict_counts_what_is_without_a_fault() -> None:
    counter = repcount.Counter("wall-squat", limit={"knee": 85}, strict=True)
    told = [counter.update(time_s, pose) for time_s, pose in recorded("wall_squat")]
    exercise = counter.finish().exercises[0]
    assert told[-1].count == len(exercise.repetitions) == 5
    good = sum(rep.status is Status.OK for rep in exercise.repetitions)
    assert told[-1].counted == exercise.counted == good < 5


def test_angles_are_of_the_frame_and_nobody_is_not_seen() -> None:
    counter = repcount.Counter("wall-squat")
    (time_s, pose), *_ = recorded("wall_squat")
    here = counter.update(time_s, pose)
    assert here.seen
    assert 0.0 <= here.left.knee_deg < 30.0
    nobody = counter.update(time_s + 1.0, None)
    assert not nobody.seen
    assert np.isnan([nobody.left.knee_deg, nobody.right.hip_deg]).all()


def test_an_update_does_not_change() -> None:
    now: Any = repcount.Counter("wall-squat").update(0.0, None)
    with pytest.raises(FrozenInstanceError):
        now.count = 7
    assert replace(now, count=7).count == 7


def test_a_result_can_be_had_at_any_time_and_what_was_nearly_done_counts_at_the_end() -> None:
    track = recorded("wall_squat")
    counter = repcount.Counter("wall-squat")
    until_s = repcount.analyze(SQUAT, "wall-squat").exercises[0].repetitions[2].end_s
    for time_s, pose in track:
        if time_s < until_s:
            counter.update(time_s, pose)
    assert counter.result().count == 2
    assert counter.finish().count == 3
    assert counter.finish().count == 3


def test_nothing_at_all_is_a_result_too() -> None:
    result = repcount.Counter("wall-squat").finish()
    assert result.count == 0
    assert len(result.angles()) == 0
    assert result.to_dict()["inputs"][0]["duration_s"] is None  # type: ignore[index,call-overload]


@pytest.mark.parametrize("time_s", [1.0, 0.5, float("nan")])
def test_times_must_increase(time_s: float) -> None:
    counter = repcount.Counter("wall-squat")
    counter.update(1.0, None)
    with pytest.raises(ValueError, match="times must increase"):
        counter.update(time_s, None)


def test_a_finished_counter_takes_no_more() -> None:
    counter = repcount.Counter("wall-squat")
    counter.finish()
    with pytest.raises(ValueError, match="finished"):
        counter.update(0.0, None)


def test_options_are_those_of_the_command_line() -> None:
    counter = repcount.Counter(
        "straight-leg-raise", side="right", range="gentle", limit={"hip": 80}, language="de"
    )
    for time_s, pose in recorded("straight_leg_raise"):
        counter.update(time_s, pose)
    assert counter.finish().count == 0  # the left leg is raised
    assert path_of("straight_leg_raise").exists()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"side": "up"}, "side='up' makes no sense; say auto, left or right"),
        ({"range": "huge"}, "huge"),
        ({"count": "steps"}, "say reps or holds"),
        ({"limit": {"nose": 3}}, "such as knee=60"),
        ({"language": "xx"}, "xx"),
        ({"calibration": "nowhere.toml"}, "nowhere.toml"),
    ],
)
def test_an_option_that_makes_no_sense_is_one_line(options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(repcount.RepcountError, match=complaint) as caught:
        repcount.Counter("wall-squat", **options)
    assert "\n" not in str(caught.value)


def test_a_misspelt_exercise_is_named_right() -> None:
    with pytest.raises(repcount.RepcountError, match=r"did you mean `wall-squat`\?.*repcount\.load_exercise"):
        repcount.Counter("wal-squat")
