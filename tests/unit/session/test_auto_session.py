from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bench.stick import Body, Course, Leg, both, film, lying_curl, lying_raise, on_toes, pose, squatting
from repcount.core.errors import SettingError
from repcount.core.records import ExerciseSummary, Pose, Rep
from repcount.exercises import catalog
from repcount.session.auto_session import UNNAMED, AutoSession
from repcount.session.session import SessionOptions
from tests.samples import Clip, clips, recorded

ALL = [catalog.get(name) for name in catalog.names()]
SQUATS = Course()
RAISES = Course(rest=2.0, peak=48.0)
CALVES = Course(rest=0.0, peak=25.0, up_s=0.9, down_s=0.9)
HELD = Course(reps=1, rest=4.0, peak=100.0, hold_s=15.0)

Part = tuple[Course, Callable[[float], Body]]


def session_of(*parts: Part, between_s: float = 3.0) -> Iterable[tuple[float, Pose]]:
    """Parts one after the other; on the way the person bows, as everyone does who gets up or down."""
    start_s = 0.0
    for course, body in parts:
        for time_s, seen in film(course, body):
            yield start_s + time_s, seen
        start_s += course.end_s
        for i in range(int(between_s * 30)):
            yield start_s + i / 30, pose(replace(both(knee_deg=50.0, hip_deg=80.0), lean_deg=75.0))
        start_s += between_s


def judge(
    poses: Iterable[tuple[float, Pose | None]], options: SessionOptions | None = None
) -> tuple[ExerciseSummary, ...]:
    session, time_s = AutoSession([(e, options or SessionOptions()) for e in ALL]), 0.0
    for time_s, seen in poses:
        session.step(time_s, seen)
    session.finish(time_s)
    return session.summaries()


def test_a_whole_session_comes_back_as_its_list_of_exercises() -> None:
    found = judge(
        session_of(
            (RAISES, lying_raise),
            (RAISES, lambda deg: lying_raise(deg, active="right")),
            (CALVES, on_toes),
            (SQUATS, squatting),
            (HELD, lambda deg: lying_curl(deg, deg)),
        )
    )
    assert [(e.exercise, len(e.repetitions)) for e in found] == [
        ("straight-leg-raise", 10),
        ("calf-raise", 5),
        ("wall-squat", 5),
        ("hamstring-curl", 1),
    ]
    assert [hold.valid_s for hold in found[-1].holds] == pytest.approx([15.0], abs=0.4)
    assert all(a.end_s < b.start_s for a, b in pairwise(found))


def test_the_exercise_is_named_by_the_end_of_the_second_repetition_and_the_first_counts_too() -> None:
    session = AutoSession([(e, SessionOptions()) for e in ALL])
    second_ends = SQUATS.lead_s + 2 * SQUATS.period_s - SQUATS.pause_s
    for time_s, seen in film(SQUATS):
        snapshot = session.step(time_s, seen)
        if snapshot.exercise != UNNAMED:
            break
    assert snapshot.exercise == "wall-squat"
    assert time_s <= second_ends + 0.3
    assert snapshot.reps == 2
    assert [event.number for event in snapshot.events if isinstance(event, Rep)] == [1, 2]


def test_one_repetition_alone_names_nothing() -> None:
    assert judge(film(replace(SQUATS, reps=1))) == ()


def test_numbers_run_from_one_within_each_exercise() -> None:
    found = judge(session_of((SQUATS, squatting), (CALVES, on_toes)))
    assert [[rep.number for rep in e.repetitions] for e in found] == [[1, 2, 3, 4, 5]] * 2


def march(deg: float) -> Body:
    return Body(Leg(deg, deg), Leg(3, 3))


def bridge(deg: float) -> Body:
    return replace(both(knee_deg=95.0, hip_deg=45.0 - deg / 2), lie_deg=-90.0)


def bow(deg: float) -> Body:
    return replace(both(knee_deg=deg / 4, hip_deg=deg), lean_deg=deg)


@pytest.mark.parametrize("body", [march, bridge, bow])
def test_what_looks_alike_and_is_none_of_them_is_not_counted(body: Callable[[float], Body]) -> None:
    assert judge(film(SQUATS, body)) == ()


@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.name)
def test_every_sample_is_recognised_with_its_exact_count(clip: Clip) -> None:
    found = judge(recorded(clip.name))
    expected = [(clip.exercise, clip.reps)] if clip.reps else []
    assert [(e.exercise, len(e.repetitions)) for e in found] == expected


def test_a_new_exercise_is_recognised_from_its_file_alone(tmp_path: Path) -> None:
    own = catalog.get("hamstring-curl").model_dump(mode="json", exclude_none=True, exclude={"model"})
    own |= {"name": "standing-curl", "require": [], "stay": [{"signal": "trunk_tilt_deg", "span": [-1, 35]}]}
    session = AutoSession([(e, SessionOptions()) for e in (*ALL, catalog.parse(own, "own.toml"))])
    course = Course(reps=3, rest=3.0, peak=95.0)
    for time_s, seen in film(course, lambda deg: Body(Leg(deg, 3), Leg(3, 3))):
        session.step(time_s, seen)
    session.finish(time_s)
    assert [(e.exercise, len(e.repetitions)) for e in session.summaries()] == [("standing-curl", 3)]


def test_a_range_that_some_exercise_has_is_used_where_it_is_had() -> None:
    gentle = film(replace(RAISES, peak=13.0), lying_raise)
    found = judge(gentle, SessionOptions(preset="gentle"))
    assert [(e.exercise, e.counted) for e in found] == [("straight-leg-raise", 5)]
    with pytest.raises(
        SettingError, match="no exercise has a range `deep`; there are: full, gentle, standard"
    ):
        AutoSession([(e, SessionOptions(preset="deep")) for e in ALL])


def test_a_squat_that_leans_counts_among_others() -> None:
    course = replace(SQUATS, peaks=(80.0, 81.0, 79.0, 80.0, 80.0))

    def leaning(deg: float, lean_deg: float) -> Body:
        return squatting(deg, lean_deg=lean_deg * deg / 80.0)

    third_s = (course.peak_times_s[1] + course.peak_times_s[2]) / 2
    fourth_s = third_s + course.period_s
    mixed = [
        (t, pose(leaning(course.at(t), 38.0 if third_s < t < fourth_s else 0.0))) for t in course.times(30)
    ]
    (found,) = judge(mixed)
    assert (found.exercise, len(found.repetitions)) == ("wall-squat", 5)


QUICK = film(Course(up_s=0.45, down_s=0.45, pause_s=0.4))
BENT = film(RAISES, lambda deg: lying_raise(deg, knee_deg=27.0 if deg > 10 else 0.0))


@pytest.mark.parametrize(("poses", "code"), [(QUICK, "too_fast"), (BENT, "knee_bends")])
def test_a_cue_that_nobody_heard_is_said_as_soon_as_the_exercise_is_recognised(
    poses: Iterable[tuple[float, Pose]], code: str
) -> None:
    """Each exercise judges from the start; what it says before it is recognised is thrown away."""
    (found,) = judge(poses)
    recognised_s = found.repetitions[1].announced_s
    assert {fault.code for rep in found.repetitions for fault in rep.faults} == {code}
    assert recognised_s <= found.cues[0].time_s <= recognised_s + 0.3
