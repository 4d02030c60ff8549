"""An exercise learned from one film counts other people, and nothing else."""

from __future__ import annotations

from functools import cache

import pytest

from repcount.learning.film import other_films
from repcount.learning.lesson import Lesson, count, false_positives, learn
from tests.unit.learning.lessons import film, peaks


@cache
def lesson(name: str) -> Lesson:
    found = learn(name, [film(f"learn-{name}")], [6], other_films())
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["bridge", "heel-slide", "lunge"])
def test_other_people_are_counted(name: str) -> None:
    assert lesson(name).is_sure
    counted = [count(lesson(name).exercise, film(f"{name}-{i}")) for i in (1, 2)]
    assert counted == [len(peaks(f"{name}-{i}")) for i in (1, 2)]


@pytest.mark.parametrize(("name", "other"), [("bridge", "crunch-1"), ("heel-slide", "bridge-1")])
def test_another_exercise_is_not_counted(name: str, other: str) -> None:
    assert count(lesson(name).exercise, film(other)) == 0


def test_two_films_teach_one_exercise() -> None:
    films = [film("learn-bridge"), film("bridge-4")]
    found = learn("bridge", films, [None, None], other_films())
    assert found is not None
    assert found.counted == (6, len(peaks("bridge-4")))


def test_it_tells_what_else_it_would_count() -> None:
    found = {each.shows: each for each in false_positives(lesson("bridge"), other_films())}
    assert found["bridge"].counted == found["bridge"].films
    assert found["bridge"].is_same
    assert found["wall squat"].counted == 0


def test_a_film_of_what_it_is_not_is_counted_no_more() -> None:
    with_it = learn("knee-hug", [film("learn-knee-hug")], [6], other_films(), [film("learn-heel-slide")])
    assert with_it is not None
    assert with_it.counted == (6,)
    assert count(lesson("knee-hug").exercise, film("learn-heel-slide")) > 0
    assert count(with_it.exercise, film("learn-heel-slide")) == 0
    assert count(with_it.exercise, film("heel-slide-1")) == 0
