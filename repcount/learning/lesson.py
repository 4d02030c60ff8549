"""One exercise learned from films of it: its signal found, its conditions chosen, its counts tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from repcount.core.kinds import Why
from repcount.counting.decision import Scores
from repcount.counting.movement import Movement
from repcount.counting.scoring import Curve, Model
from repcount.exercises.spec import Exercise
from repcount.learning import draft
from repcount.learning.conditions import (
    OUT,
    WIDTHS,
    LearnedCondition,
    chosen_conditions,
    keys_of,
    possible_conditions,
)
from repcount.learning.drives import DriveSignal, find, merged
from repcount.learning.film import Film
from repcount.session.session import Session, SessionOptions

TRIED: Final = 4  # signals, the best first, until one counts all repetitions of the films themselves
SAME: Final = 0.8  # of a film's movements must be like the repetitions for it to show the same exercise


@dataclass(frozen=True)
class LabelledMovements:
    """The movements of a film, told apart.

    Attributes
    ----------
    reps : those that are repetitions; ``others`` is all else that moved.
    """

    film: Film
    reps: tuple[Movement, ...]
    others: tuple[Movement, ...]


@dataclass(frozen=True)
class Lesson:
    """What was learned.

    Attributes
    ----------
    drives : the signal that is counted, as each film shows it.
    movements : of each film.
    conditions : in the order in which they were chosen.
    counted : repetitions that it counts in each of the films.
    same : what among the films of others is the same exercise, as far as can be seen.
    """

    exercise: Exercise
    drives: tuple[DriveSignal, ...]
    movements: tuple[LabelledMovements, ...]
    conditions: tuple[LearnedCondition, ...]
    counted: tuple[int, ...]
    same: frozenset[str]

    @property
    def drive(self) -> DriveSignal:
        """The signal over all films."""
        return merged(self.drives)

    @property
    def reps(self) -> tuple[Movement, ...]:
        """The repetitions of all films."""
        return tuple(each for film in self.movements for each in film.reps)

    @property
    def is_sure(self) -> bool:
        """Whether it counts in the films what was found in them."""
        return self.counted == tuple(drive.count for drive in self.drives)


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
    _watch(session, film)
    return len(session.summary().repetitions)


def _choices(films: Sequence[Film], reps: Sequence[int | None]) -> Iterator[tuple[DriveSignal, ...]]:
    """What may be counted by, the best first, with what it tells of each film."""
    by_signal: list[dict[tuple[object, ...], DriveSignal]] = []
    for film, number in zip(films, reps, strict=True):
        known: dict[tuple[object, ...], DriveSignal] = {}
        for found in find(film, number):
            known.setdefault((found.signal, found.legs, found.direction), found)
        by_signal.append(known)
    common = [key for key in by_signal[0] if all(key in known for known in by_signal)]
    ranked = sorted(common, key=lambda key: -sum(known[key].score for known in by_signal))
    for key in ranked[:TRIED]:
        yield tuple(known[key] for known in by_signal)


def _lesson(
    name: str,
    found: tuple[DriveSignal, ...],
    films: Sequence[Film],
    others: Sequence[Film],
    none: Sequence[Film],
) -> Lesson | None:
    drive = merged(found)
    bare = draft.exercise(name, drive)
    demos = tuple(labelled_movements(bare, film, each.times) for film, each in zip(films, found, strict=True))
    reps = [rep for demo in demos for rep in demo.reps]
    if not all(demo.reps for demo in demos):
        return None
    may_ask = possible_conditions(keys_of(bare.drive), reps)
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
    asked = chosen_conditions(may_ask, groups)
    exercise = draft.exercise(name, drive, asked, reps)
    counted = tuple(count(exercise, film) for film in films)
    return Lesson(exercise, found, demos, asked, counted, frozenset(same))


def movements_of(exercise: Exercise, film: Film) -> tuple[Movement, ...]:
    """Every movement that the exercise's signal is cut into, both legs put together, measured in full."""
    flat = Curve((), (0.0,), 0.0)
    curves = {
        f"{key.whose}.{key.signal}.{key.measure}": flat
        for key in keys_of(exercise.drive)
        if key.measure != "share"
    }
    session = Session(exercise, SessionOptions(explain=True), Scores({exercise.name: Model(0.0, curves)}))
    _watch(session, film)
    return tuple(each.movement for each in session.candidates if each.why is not Why.OTHER_LEG)


def _watch(session: Session, film: Film) -> None:
    """Take a session from the first moment of a film to its end."""
    for time_s, signals, sight in film.moments:
        session.advance(time_s, signals, sight)
    session.end(film.moments[-1][0])


def labelled_movements(
    exercise: Exercise, film: Film, times: Sequence[tuple[float, float, float]]
) -> LabelledMovements:
    """Part a film's movements into its repetitions, done at these times, and all else."""
    every = movements_of(exercise, film)
    reps = tuple(each for each in every if any(_is_it(each, when) for when in times))
    return LabelledMovements(film, reps, tuple(each for each in every if each not in reps))


def _is_it(movement: Movement, when: tuple[float, float, float]) -> bool:
    start_s, _, end_s = when
    shape = movement.shape
    shared = min(shape.end_s, end_s) - max(shape.start_s, start_s)
    return shared > 0.5 * (end_s - start_s) and movement.rom > 0.0


@dataclass(frozen=True)
class FalsePositives:
    """What a learned exercise would count of another one.

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


def false_positives(lesson: Lesson, others: Sequence[Film]) -> list[FalsePositives]:
    """What the exercise would count of other films, what is counted most first."""
    films: dict[str, list[int]] = {}
    for film in others:
        films.setdefault(film.name, []).append(count(lesson.exercise, film))
    found = [
        FalsePositives(shows, len(counts), sum(one > 0 for one in counts), shows in lesson.same)
        for shows, counts in films.items()
    ]
    return sorted(found, key=lambda each: -each.counted / each.films)
