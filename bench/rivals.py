"""``python -m bench.rivals``: the same recordings counted in the ways of others; see docs/accuracy.md.

Each way counts with its defaults, and again with thresholds chosen for each exercise on the build part:
those that make most of its clips exact; of equals, those with the fewest false repetitions.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench import neighbours, ways
from bench.figures import ASIDE, TOTAL
from bench.material import Clip, TrueRep, load_clips
from bench.metrics import per_minute, share
from bench.neighbours import Samples
from bench.pools import FRESH, PARTS
from bench.report import plain
from repcount.core.errors import InputError, RepcountError
from repcount.core.model import Side
from repcount.exercises import catalog

Json = dict[str, Any]
Floats = ways.Floats
Setting = tuple[float, ...]
RESULTS: Final = Path(__file__).with_name("rivals.json")
LEARNED: Final = "build"
PEOPLE: Final = "people"
BOTH_SIDES: Final = "alternate"
"""In the words for a clip of real people: both legs are counted and added."""
AFTER_S: Final = 0.4
"""A sample of rest is also taken so long after the last repetition."""


@dataclass(frozen=True, eq=False)
class Item:
    """A recording as the ways see it.

    Attributes
    ----------
    wanted : acceptable counts by exercise that is done.
    negative_for : the exercises of which nothing may be counted; empty where an exercise is done.
    sides : the legs that are watched, by exercise; those not named are watched at the better seen leg.
    reps : the true repetitions, for the samples of the neighbours.
    """

    name: str
    track: ways.Track
    time_s: Floats
    wanted: dict[str, tuple[int, ...]]
    negative_for: tuple[str, ...]
    sides: dict[str, tuple[str, ...]]
    reps: tuple[TrueRep, ...] = ()

    @property
    def minutes(self) -> float:
        """How long it is."""
        return float(self.time_s[-1] - self.time_s[0]) / 60

    @cached_property
    def near_side(self) -> str:
        """The leg that is seen better."""
        return self.track.near_side()

    def angles(self, exercise: str, normalised: bool = False) -> list[Floats]:
        """The watched joint's angle, of each leg that is watched."""
        sides = self.sides.get(exercise, (self.near_side,))
        return [ways.joint_angles(self.track, ways.JOINTS[exercise], side, normalised) for side in sides]


def _item(clip: Clip) -> Item:
    recording = clip.recording
    wanted: dict[str, tuple[int, ...]] = {
        e: (sum(r.exercise == e for r in clip.reps),) for e in clip.exercises
    }
    sides = {}
    for exercise in clip.exercises:
        moved = {r.side for r in clip.reps if r.exercise == exercise} - {Side.BOTH}
        if moved:
            sides[exercise] = tuple(sorted(side.value for side in moved))
    return Item(
        name=clip.full_name,
        track=ways.Track(
            recording.landmarks_px.astype(float), recording.visibility.astype(float), recording.size_px
        ),
        time_s=recording.time_s,
        wanted=wanted,
        negative_for=() if clip.exercises else clip.negative_for,
        sides=sides,
        reps=clip.reps,
    )


def part_items(part: str) -> list[Item]:
    """The recordings of a part, without repeats at other rates and views from which nobody should film."""
    return [_item(clip) for clip in load_clips(part) if clip.kind not in ASIDE]


def people_items(folder: Path) -> list[Item]:
    """The recordings of real people.

    Raises
    ------
    InputError
        The folder has no index that can be read.
    """
    try:
        rows = json.loads((folder / "INDEX.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{folder}: no readable INDEX.json ({error}); name the folder of recordings"
        ) from None
    return [_person(folder, row) for row in rows]


def _person(folder: Path, row: Json) -> Item:
    with np.load(folder / f"{row['clip']}.npz") as a:
        size = (int(a["size_px"][0]), int(a["size_px"][1]))
        track = ways.Track(a["landmarks_px"].astype(float), a["visibility"].astype(float), size)
        time_s = a["time_s"].astype(float)
    exercise = row["exercise"]
    done = exercise is not None
    return Item(
        name=str(row["clip"]),
        track=track,
        time_s=time_s,
        wanted={exercise: tuple(row["acceptable_reps"])} if done else {},
        negative_for=() if done else tuple(catalog.names()),
        sides={exercise: ("left", "right")} if done and BOTH_SIDES in row["shown"] else {},
    )


def samples_of(items: Sequence[Item], exercise: str) -> Samples:
    """Samples of an exercise's two end poses: the held peak of each repetition, and the rest beside it."""
    rows: list[tuple[Floats, bool, str]] = []
    for item in items:
        found = ~np.isnan(item.track.landmarks_px[:, 0, 0])
        for time_s, far in _sample_times(item, exercise):
            i = int(np.argmin(np.abs(item.time_s - time_s)))
            if found[i]:
                rows.append((item.track.landmarks_px[i], far, item.name))
    return Samples(
        neighbours.embed(np.array([row[0] for row in rows])),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
    )


def _sample_times(item: Item, exercise: str) -> Iterator[tuple[float, bool]]:
    mine = [rep for rep in item.reps if rep.exercise == exercise]
    for i, rep in enumerate(mine):
        yield from ((time_s, True) for time_s in (rep.top_s, rep.peak_s, rep.leave_s))
        yield from ((time_s, False) for time_s in (rep.start_s - 0.1, rep.start_s, rep.end_s))
        if i + 1 == len(mine):
            yield rep.end_s + AFTER_S, False


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


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write, print."""
    from bench.accuracy import as_text, kept_record
    from bench.beside import side_by_side
    from bench.document import DOCUMENT, document

    parser = argparse.ArgumentParser(prog="python -m bench.rivals", description=__doc__)
    parser.add_argument("--recordings", type=Path, metavar="FOLDER", help="recordings of real people")
    parser.add_argument("--fresh", action="store_true", help="the fresh part too")
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    args = parser.parse_args(argv)
    try:
        parts = [part for part in PARTS if part != FRESH or args.fresh]
        materials = {part: part_items(part) for part in parts}
        if args.recordings:
            materials[PEOPLE] = people_items(args.recordings)
        found = measure({part: items for part, items in materials.items() if items})
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    record = kept_record()
    if not args.dry:
        RESULTS.write_text(as_text(found), encoding="utf-8")
        DOCUMENT.write_text(document(record), encoding="utf-8")
    print(side_by_side(found, record))
    return 0


if __name__ == "__main__":
    sys.exit(main())
