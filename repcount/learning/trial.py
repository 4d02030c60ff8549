"""How sure a learned exercise is: what else it would count, and from where it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from repcount.learning.film import Film
from repcount.learning.lesson import Lesson, count

VIEW_ROOM_DEG: Final = 20.0  # to either side of the camera's angle in the film


@dataclass(frozen=True)
class Tried:
    """What an exercise would count of something that is another one.

    Attributes
    ----------
    shows : what it is, such as ``wall squat``.
    films, counted : how many there are of it, and in how many of them something was counted.
    is_same : whether it looks the same as what was shown.
    """

    shows: str
    films: int
    counted: int
    is_same: bool


def tried(lesson: Lesson, others: Sequence[Film]) -> list[Tried]:
    """What the exercise would count of other films, what is counted most first."""
    films: dict[str, list[int]] = {}
    for film in others:
        films.setdefault(film.name, []).append(count(lesson.exercise, film))
    found = [
        Tried(shows, len(counts), sum(one > 0 for one in counts), shows in lesson.same)
        for shows, counts in films.items()
    ]
    return sorted(found, key=lambda each: -each.counted / each.films)


def view_of(films: Sequence[Film]) -> str:
    """From where the films were taken, in words."""
    known = [film.view_deg for film in films if film.view_deg == film.view_deg]
    view = sum(known) / len(known) if known else 90.0
    return "front" if view < 30.0 else "side" if view > 60.0 else "oblique"


def views(films: Sequence[Film]) -> tuple[float, float]:
    """The camera angles from which it works, 0 front to 90 side."""
    known = [film.view_deg for film in films if film.view_deg == film.view_deg] or [90.0]
    low, high = round(min(known) - VIEW_ROOM_DEG), round(max(known) + VIEW_ROOM_DEG)
    return max(0.0, float(low)), min(90.0, float(high))
