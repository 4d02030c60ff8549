"""Improves the figures of an exercise with films whose number of repetitions is known.

It changes only what is already in the file: it makes a condition wider or narrower, removes one, or changes
rest and the smallest movement. It keeps a change that improves the counts by ``WORTH`` or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.learning.film import Film
from repcount.learning.lesson import count

STEPS: Final = 6  # changes at most: each is learned from the same few films
STEP_DEG: Final = 10.0
STEP_RATIO: Final = 0.1
SMALLER, LARGER = 0.75, 1.25
WORTH: Final = 0.5  # repetitions that a change has to bring, so that chance alone changes nothing

Values = dict[str, Any]


@dataclass(frozen=True)
class LabelledFilm:
    """A film and how many repetitions it shows."""

    film: Film
    reps: int


@dataclass(frozen=True)
class FitResult:
    """What fitting brought.

    Attributes
    ----------
    values : of the file as it is now.
    changes : what was changed, in words.
    before, after : repetitions counted in each film by the old and by the new figures.
    left_out : repetitions counted in each film by figures that were fitted to all the others.
    """

    values: Values
    changes: tuple[str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    left_out: tuple[int, ...]


class _Counts:
    """Counts of films by figures, each kept: most figures are tried more than once."""

    def __init__(self, films: Sequence[LabelledFilm], origin: str) -> None:
        self._films, self._origin = films, origin
        self._known: dict[tuple[str, int], int] = {}

    def of(self, values: Values, i: int) -> int:
        key = (repr(values), i)
        if key not in self._known:
            exercise: Exercise = catalog.parse(values, self._origin)
            self._known[key] = count(exercise, self._films[i].film)
        return self._known[key]

    def error(self, values: Values, which: Sequence[int]) -> int:
        return sum(abs(self.of(values, i) - self._films[i].reps) for i in which)


def fit(values: Values, films: Sequence[LabelledFilm], origin: str) -> FitResult:
    """Fit an exercise's figures to films.

    Parameters
    ----------
    values : of its file, as they were read.
    origin : the file, for errors.
    """
    counts, every = _Counts(films, origin), range(len(films))
    fitted, changes = _fitted(values, counts, every)
    return FitResult(
        values=fitted,
        changes=tuple(changes),
        before=tuple(counts.of(values, i) for i in every),
        after=tuple(counts.of(fitted, i) for i in every),
        left_out=tuple(counts.of(_fitted(values, counts, [j for j in every if j != i])[0], i) for i in every),
    )


def _fitted(values: Values, counts: _Counts, which: Sequence[int]) -> tuple[Values, list[str]]:
    changes, error = list[str](), counts.error(values, which)
    while error and len(changes) < STEPS:
        tried = [(counts.error(new, which), told, new) for told, new in _steps(values)]
        best, told, new = min(tried, key=lambda each: each[0], default=(error, "", values))
        if best > error - WORTH:
            break
        values, error = new, best
        changes.append(told)
    return values, changes


def _steps(values: Values) -> Iterator[tuple[str, Values]]:
    """Every single change that may be tried, the mildest first."""
    for kind in ("start", "stay", "require"):
        for i, row in enumerate(values.get(kind, ())):
            name, step = row["signal"], STEP_DEG if row["signal"].endswith("_deg") else STEP_RATIO
            if row.get("measure") == "share":
                step = STEP_RATIO
            low, high = row["span"]
            for told, span in (
                ("wider", [low - step, high + step]),
                ("wider by two steps", [low - 2 * step, high + 2 * step]),
                ("narrower below", [low + step, high]),
                ("narrower above", [low, high - step]),
            ):
                if span[0] < span[1]:
                    new = [
                        dict(each, span=[round(end, 2) for end in span]) if j == i else each
                        for j, each in enumerate(values[kind])
                    ]
                    yield f"[[{kind}]] {name}: {told}", {**values, kind: new}
            rest = [each for j, each in enumerate(values[kind]) if j != i]
            yield f"[[{kind}]] {name}: taken away", {**values, kind: rest}
    low, high = values["drive"]["rest"]
    wider = {**values["drive"], "rest": [low - STEP_DEG, high + STEP_DEG]}
    yield "[drive] rest: wider", {**values, "drive": wider}
    for told, factor in (("smaller", SMALLER), ("larger", LARGER)):
        presets = {
            name: {**preset, "min_rom_deg": round(factor * preset["min_rom_deg"], 1)}
            for name, preset in values["presets"].items()
        }
        yield f"[presets] min_rom_deg: {told}", {**values, "presets": presets}
    shorter = {**values["tempo"], "min_rep_s": round(0.5 * values["tempo"].get("min_rep_s", 0.6), 2)}
    yield "[tempo] min_rep_s: half", {**values, "tempo": shorter}
