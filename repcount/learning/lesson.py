"""One exercise learned: its signal found, its conditions chosen, its counts tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from repcount.counting.movement import Movement
from repcount.exercises.spec import Exercise
from repcount.learning import draft
from repcount.learning.conditions import OUT, WIDTHS, Asked, chosen, possible
from repcount.learning.drives import Found, find
from repcount.learning.film import Film
from repcount.learning.shown import Shown, keys_of, movements_of, shown
from repcount.session.session import Session

TRIED: Final = 4  # signals, the best first, until one counts all repetitions of the films themselves
SAME: Final = 0.6  # of a film's movements must be like the repetitions for it to show the same exercise


@dataclass(frozen=True)
class Lesson:
    """What was learned.

    Attributes
    ----------
    asked : the conditions, in the order in which they were chosen.
    counted : repetitions that it counts in each of the films.
    same : what among the films of others is the same exercise, as far as can be seen.
    """

    exercise: Exercise
    found: Found
    shown: tuple[Shown, ...]
    asked: tuple[Asked, ...]
    counted: tuple[int, ...]
    same: frozenset[str]

    @property
    def reps(self) -> tuple[Movement, ...]:
        """The repetitions of all films."""
        return tuple(each for film in self.shown for each in film.reps)


def count(exercise: Exercise, film: Film) -> int:
    """How many repetitions an exercise counts in a film."""
    session = Session(exercise)
    for time_s, signals, sight in film.moments:
        session.advance(time_s, signals, sight)
    session.end(film.moments[-1][0])
    return len(session.summary().repetitions)


def learn(name: str, film: Film, reps: int | None, none: Sequence[Film]) -> Lesson | None:
    best: Lesson | None = None
    for found in _different(find(film, reps)):
        lesson = _lesson(name, found, film, none)
        if lesson is None:
            continue
        if lesson.counted == (found.count,):
            return lesson
        best = best or lesson
    return best


def _different(every: Sequence[Found]) -> Iterator[Found]:
    known = set[tuple[object, ...]]()
    for found in every:
        key = (found.signal, found.legs, found.direction)
        if key not in known and len(known) < TRIED:
            known.add(key)
            yield found


def _lesson(name: str, found: Found, film: Film, none: Sequence[Film]) -> Lesson | None:
    bare = draft.exercise(name, found)
    demo = shown(bare, film, found.times)
    if not demo.reps:
        return None
    may_ask = possible(keys_of(bare.drive), demo.reps)
    narrow = [asked for asked in may_ask if asked.worth == WIDTHS[-1][1]]
    others, weights, same = list(demo.others), [1.0] * len(demo.others), set[str]()
    for each in none:
        movements = movements_of(bare, each)
        alike = [sum(asked.missed(m) for asked in narrow) < OUT for m in movements]
        if movements and sum(alike) >= SAME * len(alike):
            same.add(each.name)
            continue
        others += movements
        weights += [1.0 / max(1, len(movements))] * len(movements)
    asked = chosen(may_ask, others, weights)
    exercise = draft.exercise(name, found, asked, demo.reps)
    return Lesson(exercise, found, (demo,), asked, (count(exercise, film),), frozenset(same))
