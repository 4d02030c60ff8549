"""One exercise learned from films of it: its signal found, its conditions chosen, its counts tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from repcount.counting.movement import Movement
from repcount.exercises.spec import Exercise
from repcount.learning import draft
from repcount.learning.chosen_conditions import OUT, WIDTHS, Asked, chosen, possible
from repcount.learning.drives import Found, find, merged
from repcount.learning.film import Film
from repcount.learning.shown import Shown, keys_of, movements_of, shown
from repcount.session.session import Session

TRIED: Final = 4  # signals, the best first, until one counts all repetitions of the films themselves
SAME: Final = 0.8  # of a film's movements must be like the repetitions for it to show the same exercise


@dataclass(frozen=True)
class Lesson:
    """What was learned.

    Attributes
    ----------
    found : what the signal tells of each film.
    asked : the conditions, in the order in which they were chosen.
    counted : repetitions that it counts in each of the films.
    same : what among the films of others is the same exercise, as far as can be seen.
    """

    exercise: Exercise
    found: tuple[Found, ...]
    shown: tuple[Shown, ...]
    asked: tuple[Asked, ...]
    counted: tuple[int, ...]
    same: frozenset[str]

    @property
    def drive(self) -> Found:
        """The signal over all films."""
        return merged(self.found)

    @property
    def reps(self) -> tuple[Movement, ...]:
        """The repetitions of all films."""
        return tuple(each for film in self.shown for each in film.reps)

    @property
    def is_sure(self) -> bool:
        """Whether it counts in the films what was found in them."""
        return self.counted == tuple(found.count for found in self.found)


def learn(
    name: str,
    films: Sequence[Film],
    reps: Sequence[int | None],
    others: Sequence[Film],
    none: Sequence[Film] = (),
) -> Lesson | None:
    """Learn an exercise.

    Parameters
    ----------
    name : as the exercise is called in files: small letters and hyphens.
    films : what shows it, each from the start posture and back to it.
    reps : how many repetitions each film shows; None where nobody has said so, for each film.
    others : films of other exercises; what is too like the repetitions to be told from them is left out.
    none : films of what must not be counted.

    Returns
    -------
    None where nothing repeats in the same way in all the films.
    """
    best: Lesson | None = None
    for found in _choices(films, reps):
        lesson = _lesson(name, found, films, others, none)
        if lesson is not None and lesson.is_sure:
            return lesson
        best = best or lesson
    return best


def count(exercise: Exercise, film: Film) -> int:
    """How many repetitions an exercise counts in a film."""
    session = Session(exercise)
    for time_s, signals, sight in film.moments:
        session.advance(time_s, signals, sight)
    session.end(film.moments[-1][0])
    return len(session.summary().repetitions)


def _choices(films: Sequence[Film], reps: Sequence[int | None]) -> Iterator[tuple[Found, ...]]:
    """What may be counted by, the best first, with what it tells of each film."""
    by_signal: list[dict[tuple[object, ...], Found]] = []
    for film, number in zip(films, reps, strict=True):
        known: dict[tuple[object, ...], Found] = {}
        for found in find(film, number):
            known.setdefault((found.signal, found.legs, found.direction), found)
        by_signal.append(known)
    common = [key for key in by_signal[0] if all(key in known for known in by_signal)]
    ranked = sorted(common, key=lambda key: -sum(known[key].score for known in by_signal))
    for key in ranked[:TRIED]:
        yield tuple(known[key] for known in by_signal)


def _lesson(
    name: str, found: tuple[Found, ...], films: Sequence[Film], others: Sequence[Film], none: Sequence[Film]
) -> Lesson | None:
    drive = merged(found)
    bare = draft.exercise(name, drive)
    demos = tuple(shown(bare, film, each.times) for film, each in zip(films, found, strict=True))
    reps = [rep for demo in demos for rep in demo.reps]
    if not all(demo.reps for demo in demos):
        return None
    may_ask = possible(keys_of(bare.drive), reps)
    narrow = [asked for asked in may_ask if asked.worth == WIDTHS[-1][1]]
    groups, same = [demo.others for demo in demos], set[str]()
    for each in others:
        movements = movements_of(bare, each)
        alike = [sum(asked.missed(movement) for asked in narrow) < OUT for movement in movements]
        if movements and sum(alike) >= SAME * len(alike):
            same.add(each.name)
        else:
            groups.append(movements)
    groups += [movements_of(bare, each) for each in none for _ in range(max(1, len(others) // 4))]
    asked = chosen(may_ask, groups)
    exercise = draft.exercise(name, drive, asked, reps)
    counted = tuple(count(exercise, film) for film in films)
    return Lesson(exercise, found, demos, asked, counted, frozenset(same))
