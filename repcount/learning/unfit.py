"""Films from which nothing can be learned: what is wrong, and how to film it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from repcount.core.errors import InputError
from repcount.learning.drives import DRIVES, MISSED, DriveSignal, find
from repcount.learning.film import Film
from repcount.tracking.identity import Sight

SEEN_S: Final = 4.0  # of a film must show the person
CROWDED: Final = 0.1  # of the moments: if more show somebody else, it is not just a passer-by
LEAST: Final = 3  # movements that are alike
SURE: Final = 1.0  # least score of a signal: small movements that are alike by chance have less
PAUSE: Final = 4.0  # times the usual time between two repetitions: after a longer pause it is no repeating
CLEARLY: Final = 3.0  # times how far people differ: a movement this large is not by chance
HOW: Final = (
    "film one person alone, the whole body in the picture, doing 4 to 8 slow repetitions "
    "from the start posture and back to it"
)


def check_person(film: Film) -> None:
    """Refuse a film without a person, or with several.

    Raises
    ------
    InputError
        The text says what is wrong and how to film it.
    """
    seen = film.seen
    seen_s = len(seen) / max(1, len(film.moments)) * film.duration_s
    if seen_s < SEEN_S:
        raise InputError(f"{film.name}: nobody was seen for {SEEN_S:.0f} s; {HOW}")
    if len(_others_s(film)) > CROWDED * len(film.moments):
        raise InputError(f"{film.name}: more than one person is in the picture; {HOW}")


def refuse_crowd(name: str, people: int) -> None:
    """Refuse a film in which several people were counted in most of the pictures that were looked at.

    Raises
    ------
    InputError
        As :func:`check_person`.
    """
    if people > 1:
        raise InputError(f"{name}: more than one person is in the picture; {HOW}")


def check_repetitions(film: Film, reps: int | None) -> DriveSignal:
    """Return the repetitions of a film as they are told best; refuse one that shows none, or two exercises.

    Raises
    ------
    InputError
        As :func:`check_person`.
    """
    every = find(film, reps)
    best = _sure(every, reps)
    if best is None and reps is not None:  # the number may be wrong, not the film
        best = _sure(find(film, None), None)
    if best is None:
        raise InputError(f"{film.name}: nothing repeats in it; {remedy([film])}")
    other = _another(best, every)
    if other is not None:
        spans = " and ".join(
            f"from {each.times[0][0]:.0f} to {each.times[-1][2]:.0f} s" for each in (best, other)
        )
        raise InputError(f"{film.name}: shows two exercises, {spans}; cut the film, or film one at a time")
    if reps is not None and best.count != reps:
        raise InputError(
            f"{film.name}: {best.count} repetitions were found, not {reps} ({when(best)}); {_remedy(film)}"
        )
    return best


def _sure(every: Sequence[DriveSignal], reps: int | None) -> DriveSignal | None:
    """The best of these, if it repeats as surely and as steadily as a set does."""
    best = next((found for found in every if found.count >= LEAST), None)
    if best is None or best.score < SURE * _known(best, reps) or not _is_steady(best):
        return None
    return best


def remedy(films: Sequence[Film]) -> str:
    """What to do about films of which too little was learned: how to film them, and who was in the way."""
    told = [told for film in films if (told := _who_passed(film))]
    return f"{told[0]}; {HOW}" if told else HOW


def _remedy(film: Film) -> str:
    passed = _who_passed(film)
    if passed:
        return f"{passed}; film one person alone"
    return "say the number that is right, or film it anew with a short rest after each"


def _who_passed(film: Film) -> str:
    """That somebody else was there, and when; empty where nobody was."""
    others_s = _others_s(film)
    return f"somebody else was in the picture at {others_s[0]:.0f} s" if others_s else ""


def _others_s(film: Film) -> list[float]:
    """When somebody else was seen."""
    return [time_s for time_s, _, sight in film.moments[1:] if sight in (Sight.ELSEWHERE, Sight.NEW)]


def _known(found: DriveSignal, reps: int | None) -> float:
    """What a wrong number of repetitions has taken from the score."""
    return 1.0 if reps is None else MISSED ** abs(found.count - reps)


def _is_steady(found: DriveSignal) -> bool:
    """Whether one follows the other as in a set."""
    gaps = [b[1] - a[1] for a, b in pairwise(found.times)]
    return max(gaps) <= PAUSE * median(gaps)


def when(found: DriveSignal) -> str:
    """The peaks in words: ``peaks at 3.1, 6.0 and 9.2 s``."""
    times = [f"{peak_s:.1f}" for _, peak_s, _ in found.times]
    return (
        f"peaks at {', '.join(times[:-1])} and {times[-1]} s" if len(times) > 1 else f"peak at {times[0]} s"
    )


def _another(best: DriveSignal, every: Sequence[DriveSignal]) -> DriveSignal | None:
    """Another exercise before or after: movements of another kind, as large, at another time."""
    start_s, end_s = best.times[0][0], best.times[-1][2]
    for found in every:
        apart = found.times[-1][2] <= start_s or found.times[0][0] >= end_s
        if apart and found.count >= LEAST and found.rom_deg >= CLEARLY * DRIVES[found.signal]:
            return found
    return None
