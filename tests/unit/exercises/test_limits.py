from __future__ import annotations

import pytest

from bench.stick import Course, film, squatting
from repcount.core.errors import SettingError
from repcount.core.records import CueKind, ExerciseSummary, Side
from repcount.core.setting_text import LIMITED
from repcount.exercises import catalog, languages
from repcount.exercises.limits import HARD, JOINTS, with_limits
from repcount.session.session import Session, SessionOptions


def squats(peak: float, **options: object) -> ExerciseSummary:
    session = Session(catalog.get("wall-squat"), SessionOptions(**options))  # type: ignore[arg-type]
    time_s = 0.0
    for time_s, pose in film(Course(reps=2, peak=peak), squatting):
        session.step(time_s, pose)
    session.finish(time_s)
    return session.summary()


def test_passing_the_own_limit_is_a_fault_told_at_once_and_first() -> None:
    course = Course(reps=2, peak=75.0)
    found = squats(75.0, limits={"knee": 60.0})
    assert found.repetitions[0].faults[0].code == "limit_knee"
    assert found.repetitions[0].faults[0].worst == pytest.approx(75.0, abs=2.0)
    cue = next(cue for cue in found.cues if cue.code == "limit_knee")
    assert cue.kind is CueKind.LIMIT
    passed_s = next(t / 100 for t in range(1000) if course.at(t / 100) > 60.0)
    assert passed_s < cue.time_s <= passed_s + 0.25
    assert not squats(75.0).repetitions[0].faults


def test_no_range_asks_for_more_than_the_limit() -> None:
    found = squats(57.0, preset="full", limits={"knee": 60.0})
    assert [rep.status.value for rep in found.repetitions] == ["ok", "ok"]
    assert squats(57.0, preset="full").repetitions[0].status.value == "short"


@pytest.mark.parametrize("limits", [{}, {"knee": 170.0}])
def test_the_hard_limit_stands_whatever_the_user_says(limits: dict[str, float]) -> None:
    found = squats(125.0, preset="full", limits=limits)
    assert HARD in [fault.code for fault in found.repetitions[0].faults]
    assert CueKind.LIMIT in [cue.kind for cue in found.cues if cue.code == HARD]


def test_a_limit_that_leaves_no_room_is_told_with_what_is_needed() -> None:
    with pytest.raises(SettingError, match=r"--limit knee=10: leaves no room for wall-squat; .* 15 degrees"):
        squats(50.0, preset="gentle", limits={"knee": 10.0})


@pytest.mark.parametrize("name", catalog.names())
def test_every_exercise_can_be_guarded_and_is_so_only_once(name: str) -> None:
    german = languages.load("de")
    once = with_limits(catalog.get(name), {"knee": 100.0}, german)
    twice = with_limits(once, {"knee": 100.0})
    assert [rule.code for rule in once.rules] == [rule.code for rule in twice.rules]
    assert [rule.code for rule in once.faults[:2]] == ["limit_knee", HARD]
    assert once.faults[0].say == german.say("limit_say")
    assert twice.faults[0].say == german.say("limit_say")


def test_the_settings_know_the_same_joints() -> None:
    assert tuple(JOINTS) == LIMITED
    assert all(languages.load().say(joint) for joint in JOINTS)


def test_the_own_range_stays_within_the_limit() -> None:
    from repcount.core.records import PersonalRange

    own = {Side.BOTH: PersonalRange(5.0, 90.0)}
    assert squats(56.0, own=own, limits={"knee": 60.0}).repetitions[0].status.value == "ok"
    assert squats(56.0, own=own).repetitions[0].status.value == "short"
