"""``python -m bench.taught``: exercises learned from one film each, and counted on other people.

The rendered ones are the part `taught`: one slow film of each exercise, and five of other people. ``--five``
learns each of the five that come with the program from one rendered film, and counts the `test` part and,
with ``--clips``, real people. ``--motion FOLDER`` learns each movement of real motion from one person and
counts it on the others; ``--people --clips FOLDER`` does so with real people. ``--others`` makes the file of
films that the learner tries an exercise on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.learning.labelled import rendered
from bench.material import load_clips
from bench.people import read_index, track_of
from repcount.exercises import catalog
from repcount.learning.film import FILE, Film, other_films, table_of, watch
from repcount.learning.lesson import Lesson, count, learn

LEARN: Final = "learn-"
ELSEWHERE: Final = ("test", "taught")
TITLES: Final = {
    "cr": "calf raise",
    "hc": "hamstring curl",
    "lp": "leg press",
    "slr": "straight leg raise",
    "ws": "wall squat",
}
MOST_OF_ONE: Final = 6
ENOUGH_REPS: Final = 3
Row = tuple[str, ...]


@dataclass(frozen=True)
class Clip:
    """A film with what it shows, how often, and whose it is."""

    film: Film
    shows: str
    reps: int
    group: str = ""


def taught() -> list[Clip]:
    """The rendered films to learn from, and the other people."""
    found = []
    for clip in load_clips("taught"):
        recording = clip.recording
        track = zip(recording.time_s.tolist(), recording.poses(), strict=True)
        shows = clip.name.removeprefix(LEARN)
        shows = shows if clip.name.startswith(LEARN) else shows.rsplit("-", 1)[0]
        found.append(Clip(watch(clip.name, track), shows, len(recording.truth["reps"])))
    return found


def scenes(part: str) -> Iterator[Clip]:
    """The scenes of another part, by what they show."""
    for labelled in rendered(part):
        done = {rep.exercise for rep in labelled.reps}
        shows = labelled.name[5:].rsplit("-", 1)[0] if labelled.name.startswith("none-") else " ".join(done)
        yield Clip(watch(labelled.name, labelled.track), shows, len(labelled.reps), labelled.group)


def motion(folder: Path) -> dict[str, list[Clip]]:
    """Movements of real motion that three people or more repeat; squats by the camera's place."""
    found: dict[str, list[Clip]] = {}
    for row in read_index(folder):
        reps = row.get("movement_reps") or row["reps"]
        if reps >= ENOUGH_REPS:
            view = f", {row['yaw_deg']}" if row["reps"] else ""
            clip = Clip(_read(folder, row), row["shown"], reps, row["group"])
            found.setdefault(row["shown"] + view, []).append(clip)
    return {shows: clips for shows, clips in found.items() if len({clip.group for clip in clips}) >= 3}


def _read(folder: Path, row: Mapping[str, Any]) -> Film:
    return watch(row["clip"], track_of(folder / f"{row['clip']}.npz"))


def _tally(exercise: Lesson, clips: Iterable[Clip]) -> tuple[int, int, int]:
    """How many clips are counted exactly, within one, and how many there are."""
    off = [abs(count(exercise.exercise, clip.film) - clip.reps) for clip in clips]
    return sum(each == 0 for each in off), sum(each <= 1 for each in off), len(off)


def show_taught() -> None:
    """Each exercise of the part `taught` learned from its film."""
    clips = taught()
    elsewhere = [clip for part in ELSEWHERE if part != "taught" for clip in scenes(part)]
    total: NDArray[np.float64] = np.zeros(5)
    print("| exercise | counted by | exact | within one | false a minute elsewhere |\n|---|---|---|---|---|")
    for shows in sorted({clip.shows for clip in clips}):
        first = next(clip for clip in clips if clip.film.name == LEARN + shows)
        lesson = learn("own", [first.film], [first.reps], other_films())
        if lesson is None:
            print(f"| {shows} | nothing was learned | | | |")
            continue
        mine = [clip for clip in clips if clip.shows == shows and clip is not first]
        exact, near, number = _tally(lesson, mine)
        rest = [clip for clip in (*clips, *elsewhere) if clip.shows != shows]
        false = sum(count(lesson.exercise, clip.film) for clip in rest)
        minutes = sum(clip.film.duration_s for clip in rest) / 60
        total = total + np.array((exact, near, number, false, minutes))
        told = f"{lesson.drive.signal}, {lesson.drive.legs.value}"
        print(f"| {shows} | {told} | {exact} of {number} | {near} | {false / minutes:.2f} |", flush=True)
    print(f"| all | | {total[0]:.0f} of {total[2]:.0f} | {total[1]:.0f} | {total[3] / total[4]:.2f} |")


def show_motion(folder: Path) -> None:
    """Each movement of real motion learned from one person, counted on the others; every one in turn."""
    total = np.zeros(3, int)
    print("| movement | learned from | exact on others | within one |\n|---|---|---|---|")
    for shows, clips in motion(folder).items():
        tally, learned = np.zeros(3, int), 0
        for clip in clips:
            lesson = learn("own", [clip.film], [clip.reps], other_films())
            rest = [other for other in clips if other.group != clip.group]
            learned += lesson is not None and lesson.is_sure
            tally += (0, 0, len(rest)) if lesson is None else _tally(lesson, rest)
        total += tally
        print(f"| {shows} | {learned} of {len(clips)} | {tally[0]} of {tally[2]} | {tally[1]} |", flush=True)
    print(f"| all | | {total[0]} of {total[2]} | {total[1]} |")


def show_five(folder: Path | None) -> None:
    """The five learned from one rendered film each, beside the built-in ones."""
    films, tests = list(scenes("build")), list(scenes("test"))
    real = [] if folder is None else _people(folder)
    print("| exercise | learned: test | built in: test | learned: real | built in |\n|---|---|---|---|---|")
    for name in catalog.names():
        plain = [clip for clip in films if clip.shows == name and clip.reps >= ENOUGH_REPS]
        lesson = next(
            (
                lesson
                for lesson in (learn("own", [clip.film], [clip.reps], other_films()) for clip in plain[:4])
                if lesson is not None and lesson.is_sure
            ),
            None,
        )
        cells = [name]
        for clips in (tests, real):
            mine = [clip for clip in clips if clip.shows == name]
            built_in = sum(count(catalog.get(name), clip.film) == clip.reps for clip in mine)
            exact = 0 if lesson is None else _tally(lesson, mine)[0]
            cells += [f"{exact} of {len(mine)}", f"{built_in} of {len(mine)}"]
        print(f"| {' | '.join(cells)} |", flush=True)


def show_people(folder: Path) -> None:
    """The five learned from one real person each, counted on others seen from the same kind of side."""
    print("| exercise | learned from | exact on others | within one |\n|---|---|---|---|")
    clips = [clip for clip in _people(folder) if clip.reps >= ENOUGH_REPS]
    for shows in sorted({clip.shows for clip in clips}):
        mine = [clip for clip in clips if clip.shows == shows]
        tally, learned, tried = np.zeros(3, int), 0, mine[::2]
        for clip in tried:
            lesson = learn("own", [clip.film], [clip.reps], other_films())
            if lesson is not None and lesson.is_sure:
                learned += 1
                tally += _tally(lesson, [each for each in mine if _is_another(clip, each)])
        print(f"| {shows} | {learned} of {len(tried)} | {tally[0]} of {tally[2]} | {tally[1]} |", flush=True)


def _is_another(clip: Clip, other: Clip) -> bool:
    from_side = [each.film.view_deg > 50.0 for each in (clip, other)]
    return clip.group != other.group and from_side[0] == from_side[1]


def _people(folder: Path) -> list[Clip]:
    rows = [row for row in read_index(folder) if row["exercise"] and row["scored"]]
    return [Clip(_read(folder, row), row["exercise"], row["reps"], row["group"]) for row in rows]


def make_others() -> None:
    """Write the films that come with the program."""
    films, known = list[Film](), dict[str, int]()
    for labelled in rendered("build"):
        kind = labelled.name.split("-")[0]
        plain = labelled.name[5:].rsplit("-", 1)[0].replace("-", " ")
        title = plain if kind == "none" else TITLES.get(kind, "")
        known[title] = known.get(title, 0) + 1
        if title and "fps" not in labelled.name and known[title] <= MOST_OF_ONE:
            films.append(watch(title, labelled.track))
    np.savez_compressed(FILE, **table_of(films))  # type: ignore[arg-type]
    print(f"{FILE}: {len(films)} films, {FILE.stat().st_size >> 10} kB")


def main(words: Sequence[str] | None = None) -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.taught", description=__doc__)
    parser.add_argument("--five", action="store_true", help="learn the five that come with the program")
    parser.add_argument("--clips", type=Path, help="folder of recordings of real people")
    parser.add_argument("--people", action="store_true", help="learn from real people (with --clips)")
    parser.add_argument("--motion", type=Path, help="folder of recordings of real motion")
    parser.add_argument("--others", action="store_true", help="write the films that the learner tries")
    asked = parser.parse_args(words)
    if asked.others:
        make_others()
    elif asked.people:
        show_people(asked.clips)
    elif asked.five:
        show_five(asked.clips)
    elif asked.motion is not None:
        show_motion(asked.motion)
    else:
        show_taught()


if __name__ == "__main__":
    main()
