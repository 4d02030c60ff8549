"""``python -m bench.archive.rivals``: the same recordings counted in the ways of others.

Each way counts with its defaults, and again with thresholds chosen for each exercise on the build part:
those that make most of its clips exact; of equals, those with the fewest false repetitions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.archive import neighbours, ways
from bench.archive.items import Item, part_items, people_items, samples_of
from bench.filming.pools import PARTS
from bench.judging.figures import TOTAL
from bench.metrics import per_minute, share
from bench.page.kept import RIVALS, as_text, kept_left_out, kept_record, kept_rivals
from bench.report import plain
from repcount.core.errors import RepcountError
from repcount.exercises import catalog

Json = dict[str, Any]
Floats = ways.Floats
Setting = tuple[float, ...]
LEARNED: Final = "build"
PEOPLE: Final = "people"


@dataclass(frozen=True, eq=False)
class Way:
    """One way of counting.

    Attributes
    ----------
    prepare : what it looks at in a recording, of one exercise: a course of numbers per watched leg.
    count : repetitions in such a course, by a setting.
    default : its thresholds as published.
    grid : the settings that are tried on the build part.
    """

    title: str
    prepare: Callable[[Item, str], list[Floats]]
    count: Callable[[Floats, str, Setting], int]
    default: Setting
    grid: tuple[Setting, ...]

    def counted(self, item: Item, exercise: str, setting: Setting) -> int:
        """Repetitions in a recording."""
        return sum(self.count(course, exercise, setting) for course in self.prepare(item, exercise))


def _between(course: Floats, exercise: str, setting: Setting) -> int:
    return ways.count_thresholds(course, setting[0], setting[1], ways.JOINTS[exercise].opens)


def _peaks(course: Floats, exercise: str, setting: Setting) -> int:
    return ways.count_peaks(course, setting[0], ways.JOINTS[exercise].opens)


def _entries(course: Floats, exercise: str, setting: Setting) -> int:
    return neighbours.count_entries(course, setting[0], setting[1])


_PAIRS: Final = tuple(
    (float(high), float(low)) for high in range(30, 180, 5) for low in range(25, high, 5) if low < high
)
_VOTES: Final = tuple((e / 2, x / 2) for e in range(2, 20) for x in range(1, e + 1))
_PROMINENCES: Final = tuple((float(p),) for p in (*range(2, 20), *range(20, 92, 4)))


class _Neighbours:
    """Votes of the neighbours: samples from the build part, never those of the recording itself."""

    def __init__(self, learned: Sequence[Item]) -> None:
        self._samples = {exercise: samples_of(learned, exercise) for exercise in catalog.names()}

    def votes(self, item: Item, exercise: str) -> list[Floats]:
        """The smoothed votes for the far pose."""
        samples = self._samples[exercise].without(item.name)
        return [neighbours.far_votes(item.track, samples)]


def all_ways(learned: Sequence[Item]) -> dict[str, Way]:
    """The ways by a short name."""
    return {
        "fixed": Way(
            "one joint, 145°/90°",
            lambda item, e: item.angles(e),
            _between,
            (145.0, 90.0),
            _PAIRS,
        ),
        "filtered": Way(
            "one joint, 160°/110°, mean of 5 frames",
            lambda item, e: [ways.smoothed(one) for one in item.angles(e)],
            _between,
            (160.0, 110.0),
            _PAIRS,
        ),
        "normalised": Way(
            "one joint, normalised coordinates, 145°/90°",
            lambda item, e: item.angles(e, normalised=True),
            _between,
            (145.0, 90.0),
            _PAIRS,
        ),
        "neighbours": Way(
            "pose embedding and nearest neighbours, 6/4",
            _Neighbours(learned).votes,
            _entries,
            (neighbours.ENTER, neighbours.EXIT),
            _VOTES,
        ),
        "peaks": Way(
            "peaks by prominence, 20°, offline", lambda item, e: item.angles(e), _peaks, (20.0,), _PROMINENCES
        ),
    }


Courses = dict[tuple[str, str], list[Floats]]


def courses_of(way: Way, items: Sequence[Item]) -> Courses:
    """What a way looks at, by recording and exercise; made once, since settings are many."""
    return {
        (item.name, exercise): way.prepare(item, exercise)
        for item in items
        for exercise in (*item.wanted, *item.negative_for)
    }


@dataclass(frozen=True)
class Score:
    """How a way did at one exercise, clip by clip.

    Attributes
    ----------
    off : distance from the nearest acceptable count.
    false, minutes : repetitions counted in each clip without an exercise, and its length.
    """

    off: tuple[int, ...]
    false: tuple[int, ...]
    minutes: tuple[float, ...]

    def rank(self) -> tuple[int, int, int]:
        """The greater the better: exact clips, then few false repetitions, then small errors."""
        return sum(n == 0 for n in self.off), -sum(self.false), -sum(self.off)


def score(way: Way, items: Sequence[Item], courses: Courses, asked: tuple[str, Setting]) -> Score:
    """Count every recording in which an exercise is done, and those where it may not be counted."""
    exercise, setting = asked

    def counted(item: Item) -> int:
        return sum(way.count(course, exercise, setting) for course in courses[item.name, exercise])

    done = [item for item in items if exercise in item.wanted]
    none = [item for item in items if exercise in item.negative_for]
    return Score(
        tuple(min(abs(counted(item) - n) for n in item.wanted[exercise]) for item in done),
        tuple(counted(item) for item in none),
        tuple(item.minutes for item in none),
    )


def tuned(way: Way, items: Sequence[Item], exercise: str, courses: Courses) -> Setting:
    """The setting that does best on the build part; of equals, the one in the middle."""
    ranks = {one: score(way, items, courses, (exercise, one)).rank() for one in way.grid}
    best = max(ranks.values())
    equal = [one for one in way.grid if ranks[one] == best]
    middle = np.median(np.array(equal), axis=0)
    return min(equal, key=lambda one: float(np.abs(np.array(one) - middle).sum()))


def figures(scores: dict[str, Score]) -> Json:
    """By exercise and in total: exact, off by more than one, false repetitions a minute."""
    everything = Score(
        tuple(n for one in scores.values() for n in one.off),
        tuple(n for one in scores.values() for n in one.false),
        tuple(m for one in scores.values() for m in one.minutes),
    )
    return {
        name: {
            "exact": share([n == 0 for n in one.off]),
            "within_one": share([n <= 1 for n in one.off]),
            "false": per_minute(list(one.false), list(one.minutes)),
        }
        for name, one in {**scores, TOTAL: everything}.items()
    }


def measure(materials: dict[str, list[Item]]) -> Json:
    """Tune each way on the build part, and count all material with its defaults and tuned."""
    learned = materials[LEARNED]
    record: Json = {}
    for name, way in all_ways(learned).items():
        courses = {part: courses_of(way, items) for part, items in materials.items()}
        chosen = {e: tuned(way, learned, e, courses[LEARNED]) for e in catalog.names()}
        settings = {"default": dict.fromkeys(catalog.names(), way.default), "tuned": chosen}
        record[name] = {"title": way.title, "tuned": {e: list(s) for e, s in chosen.items()}, "parts": {}}
        for part, items in materials.items():
            record[name]["parts"][part] = {
                how: figures({e: score(way, items, courses[part], (e, by[e])) for e in by})
                for how, by in settings.items()
            }
        print(f"{name}: done", file=sys.stderr, flush=True)
    found: Json = plain(record)
    return found


def kept_besides(found: Json) -> Json:
    """What was measured, and of the last run the material that was not at hand now."""
    before = kept_rivals()
    return {
        name: {**way, "parts": {**before.get(name, {}).get("parts", {}), **way["parts"]}}
        for name, way in found.items()
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write, print."""
    from bench.page.beside import side_by_side
    from bench.page.writing import write_pages

    parser = argparse.ArgumentParser(prog="python -m bench.archive.rivals", description=__doc__)
    parser.add_argument("--recordings", type=Path, metavar="FOLDER", help="recordings of real people")
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    args = parser.parse_args(argv)
    try:
        materials = {part: part_items(part) for part in PARTS}
        if args.recordings:
            materials[PEOPLE] = people_items(args.recordings)
        found = kept_besides(measure(materials))
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    if not args.dry:
        RIVALS.write_text(as_text(found), encoding="utf-8")
        write_pages()
    print(side_by_side(found, kept_record(), kept_left_out()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
