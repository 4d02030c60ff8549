"""Scenes joined by hard cuts: what was learnt of one body is forgotten with the next, and counts neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.stick import Body, Course, Leg, film, lying_raise, on_toes, pose, pressing, squatting
from repcount.core.records import Pose
from repcount.exercises import catalog
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions
from repcount.tracking.identity import STILL_S, IdentityTracker, Sight
from tests.unit.tracking.test_identity import moved

FPS = 15.0
BLIND_S = 0.25  # the network takes a moment to find the next body
CALVES = Course(reps=3, rest=0.0, peak=25.0, lead_s=1.0)
BEFORE = [
    ("leg-press", Course(reps=3, rest=95.0, peak=15.0, lead_s=2.0), pressing),
    ("wall-squat", Course(reps=3, lead_s=2.0), squatting),
    ("straight-leg-raise", Course(reps=3, rest=2.0, peak=48.0, lead_s=2.0), lying_raise),
]

Scene = list[tuple[float, Pose | None]]


def _cut(first: Scene, second: Scene) -> Scene:
    cut_s = first[-1][0] + 1 / FPS
    return [*first, *((cut_s + t, None if t < BLIND_S else seen) for t, seen in second)]


def _counted(poses: Scene) -> list[tuple[str, int]]:
    session = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()])
    for time_s, seen in poses:
        session.step(time_s, seen)
    session.finish(poses[-1][0])
    return [(summary.exercise, len(summary.repetitions)) for summary in session.summaries()]


@pytest.mark.parametrize(("name", "course", "body"), BEFORE, ids=[name for name, _, _ in BEFORE])
def test_calf_raises_a_second_after_a_cut_are_all_counted(
    name: str, course: Course, body: Callable[[float], Body]
) -> None:
    scenes: list[Scene] = [list(film(course, body, FPS)), list(film(CALVES, on_toes, FPS))]
    assert _counted(_cut(*scenes)) == [(name, 3), ("calf-raise", 3)]


def _sights(*seen: Pose) -> list[Sight]:
    """Each pose stands for a second."""
    person = IdentityTracker()
    return [person.update(i / FPS, seen[int(i / FPS)]) for i in range(int(len(seen) * FPS))]


def test_another_body_in_the_same_place_is_new_once_it_has_stood_there() -> None:
    sights = _sights(pose(pressing(90.0)), pose(on_toes(0.0)))
    new = sights.index(Sight.NEW)
    assert set(sights[:15]) == {Sight.HERE}
    assert set(sights[15:new]) == {Sight.ELSEWHERE}
    assert (new - 15) / FPS == pytest.approx(STILL_S, abs=1 / FPS)
    assert set(sights[new + 1 :]) == {Sight.HERE}


def test_a_camera_that_zooms_shows_the_same_body() -> None:
    seen = pose(squatting(30.0))
    assert set(_sights(seen, moved(seen, 0.0, 0.5))) == {Sight.HERE}


def test_a_leap_of_the_network_and_back_is_nobody_new() -> None:
    standing = pose(on_toes(0.0))
    leapt = replace(standing, landmarks_px=standing.landmarks_px[:, [1, 0, 2]] + np.float32(40.0))
    person = IdentityTracker()
    shown = [standing] * 15 + [leapt] * 4 + [standing] * 15
    sights = [person.update(i / FPS, seen) for i, seen in enumerate(shown)]
    assert [sight is Sight.HERE for sight in sights] == [True] * 15 + [False] * 4 + [True] * 15


def knees_ahead(knee_deg: float) -> Body:
    return Body(*[Leg(knee_deg=knee_deg, hip_deg=0.6 * knee_deg)] * 2)


def test_half_a_second_without_frames_in_a_quick_deep_squat_makes_nobody_new() -> None:
    course = Course(reps=4, rest=8.0, peak=105.0, up_s=0.8, down_s=0.8, hold_s=0.0)
    for begin in np.arange(course.lead_s, course.lead_s + course.period_s, 0.1):
        seen = [(t, p) for t, p in film(course, knees_ahead, FPS) if not 0 <= t - begin < 0.5]
        person = IdentityTracker()
        assert {person.update(t, p) for t, p in seen} == {Sight.HERE}
        assert _counted(seen) == [("wall-squat", 4)]


def test_what_the_network_drew_for_its_first_moments_may_have_been_nobody() -> None:
    standing, wrong = pose(on_toes(0.0)), pose(pressing(90.0))
    person = IdentityTracker()
    assert {person.update(i / FPS, wrong if i < 4 else standing) for i in range(20)} == {Sight.HERE}


SWAP_S = 6.1


def two_people(scale: float = 0.7) -> list[tuple[float, Pose]]:
    """Three squats of one person; from 6.1 s on the network follows another, who stands beside and bows."""
    first = list(film(Course(reps=3, hold_s=1.0)))
    other = [(t, moved(pose(squatting(4.0, lean_deg=25.0)), 220.0, scale)) for t, _ in first]
    return [pair if pair[0] < SWAP_S else there for pair, there in zip(first, other, strict=True)]


@pytest.mark.parametrize("names", [("wall-squat",), tuple(catalog.names())], ids=["named", "auto"])
def test_that_another_person_is_followed_is_told_once(names: tuple[str, ...]) -> None:
    watched = [(catalog.get(name), SessionOptions()) for name in names]
    session = AutoSession(watched) if len(watched) > 1 else Session(*watched[0])
    for time_s, each in two_people():
        session.step(time_s, each)
    assert SWAP_S <= session.new_person_s < SWAP_S + 1.0


def test_of_one_person_nothing_is_told() -> None:
    session = Session(catalog.get("wall-squat"))
    for time_s, each in film(Course(reps=3, hold_s=1.0)):
        session.step(time_s, each)
    assert session.new_person_s != session.new_person_s
