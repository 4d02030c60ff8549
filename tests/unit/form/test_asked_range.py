"""Going further than was asked for is a fault, in every exercise that asks for a range."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.stick import Body, Course, film, lying_curl, lying_raise, pressing, squatting
from repcount.core.records import CueKind, ExerciseSummary, Status
from repcount.exercises import catalog, languages
from repcount.session.session import SessionOptions
from tests.unit.session.test_session import judge

CASES: list[tuple[str, str, Course, Callable[[float], Body], str]] = [
    ("wall-squat", "gentle", Course(reps=2, peak=94.0), squatting, "deeper_than_asked"),
    ("wall-squat", "standard", Course(reps=2, peak=78.0), squatting, "deeper_than_asked"),
    ("straight-leg-raise", "gentle", Course(reps=2, rest=2.0, peak=48.0), lying_raise, "higher_than_asked"),
    ("straight-leg-raise", "standard", Course(reps=2, rest=2.0, peak=62.0), lying_raise, "higher_than_asked"),
    (
        "hamstring-curl",
        "gentle",
        Course(reps=2, rest=4.0, peak=95.0),
        lambda deg: lying_curl(deg, deg),
        "further_than_asked",
    ),
    ("leg-press", "gentle", Course(reps=2, rest=100.0, peak=12.0), pressing, "deeper_than_asked"),
]


def found(
    exercise: str, preset: str | None, course: Course, body: Callable[[float], Body]
) -> ExerciseSummary:
    return judge(exercise, film(course, body), SessionOptions(preset=preset))


@pytest.mark.parametrize(("exercise", "preset", "course", "body", "code"), CASES)
def test_further_than_asked_is_a_fault_and_told_at_once(
    exercise: str, preset: str, course: Course, body: Callable[[float], Body], code: str
) -> None:
    summary = found(exercise, preset, course, body)
    assert len(summary.repetitions) == course.reps
    for rep in summary.repetitions:
        assert code in {fault.code for fault in rep.faults}
        assert rep.status is Status.FORM
    first = next(cue for cue in summary.cues if cue.code == code)
    assert first.kind is CueKind.LIMIT
    assert first.time_s < summary.repetitions[0].end_s
    assert CueKind.PRAISE not in {cue.kind for cue in summary.cues if cue.code == code}  # none came less far


@pytest.mark.parametrize(("exercise", "preset", "course", "body", "code"), CASES)
def test_where_nobody_asked_for_a_range_nobody_is_told(
    exercise: str, preset: str, course: Course, body: Callable[[float], Body], code: str
) -> None:
    summary = found(exercise, None, course, body)
    assert code not in {fault.code for rep in summary.repetitions for fault in rep.faults}


@pytest.mark.parametrize("limit", [None, 100.0])
def test_a_range_that_is_a_least_has_no_end_but_a_limit(limit: float | None) -> None:
    course, limits = Course(reps=2, rest=4.0, peak=118.0), {} if limit is None else {"knee": limit}
    options = SessionOptions(preset="standard", limits=limits)
    summary = judge("hamstring-curl", film(course, lambda deg: lying_curl(deg, deg)), options)
    codes = {fault.code for rep in summary.repetitions for fault in rep.faults}
    assert len(summary.repetitions) == course.reps
    assert "further_than_asked" not in codes
    assert ("limit_knee" in codes) is (limit is not None)


def test_as_far_as_asked_is_no_fault() -> None:
    for peak in (32.0, 40.0, 48.0):
        summary = found("wall-squat", "gentle", Course(reps=2, peak=peak), squatting)
        assert [rep.faults for rep in summary.repetitions] == [(), ()]


@pytest.mark.parametrize("name", catalog.names())
def test_every_language_has_words_for_it(name: str) -> None:
    english = catalog.get(name)
    if english.beyond is None:
        assert english.short.own_best_share is not None  # no range is asked for: the own best is
        return
    for code in languages.languages():
        beyond = languages.in_language(english, languages.load(code)).beyond
        assert beyond is not None
        assert code == "en" or beyond.say != english.beyond.say
