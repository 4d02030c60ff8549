"""``python -m bench.coco``: how well it counts from the 17 points of COCO, against all 33 of MediaPipe.

Of each recording only the points that COCO has are kept, in pixels with their visibility: no heels, no toes,
nothing in metres. What is counted from them is what users of RTMPose, YOLO-pose or MoveNet can expect where
their network sees as well.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.filming.pools import PARTS, SEALED
from bench.judged import Track, run
from bench.judging.figures import ASIDE
from bench.material import load_clips
from bench.people import read_index, track_of
from repcount.core.records import Pose
from repcount.core.skeleton import COCO17_ROWS
from repcount.exercises import catalog

BY_HEELS: Final = "calf-raise"
"""Counts by heels and toes, so that COCO's points cannot show it."""
WORKERS: Final = 2


@dataclass(frozen=True)
class Job:
    """One clip, one exercise that is named, and the counts that are right."""

    name: str
    exercise: str
    preset: str | None
    track: Track
    right: tuple[int, ...]
    is_done: bool


@dataclass(frozen=True)
class Count:
    """What was counted in a clip from all points, and from COCO's."""

    job: str
    exercise: str
    right: tuple[int, ...]
    is_done: bool
    minutes: float
    whole: int
    coco: int


def as_coco17(track: Track) -> Track:
    """The same poses as another network gives them."""
    return [(time_s, None if pose is None else _bare(pose)) for time_s, pose in track]


def _bare(pose: Pose) -> Pose:
    points_px, scores = pose.landmarks_px[COCO17_ROWS, :2], pose.visibility[COCO17_ROWS]
    return Pose.from_coco17(points_px, scores, *pose.size_px)


def rendered(part: str) -> Iterator[Job]:
    """The clips of a part, for each exercise that is done in it or must not be counted."""
    for clip in load_clips(part):
        if clip.kind in ASIDE:
            continue
        track = list(zip(clip.recording.time_s.tolist(), clip.recording.poses(), strict=True))
        for exercise in clip.exercises:
            reps = sum(rep.exercise == exercise for rep in clip.reps)
            yield Job(clip.full_name, exercise, clip.preset(exercise), track, (reps,), True)
        for exercise in () if clip.exercises else clip.negative_for:
            yield Job(clip.full_name, exercise, None, track, (0,), False)


def people(folder: Path) -> Iterator[Job]:
    """The scored clips of real people, for the exercise that is done, or for all where it is none of them."""
    for row in read_index(folder):
        if not row.get("scored", True):
            continue
        track = track_of(folder / f"{row['clip']}.npz")
        spared = row.get("not_judged_for") or ()
        if row["exercise"] is not None:
            yield Job(row["clip"], row["exercise"], None, track, tuple(row["acceptable_reps"]), True)
        else:
            for exercise in catalog.names():
                if exercise not in spared:
                    yield Job(row["clip"], exercise, None, track, (0,), False)


def count(job: Job) -> Count:
    """Count one clip both ways."""
    found = [
        len(run(job.exercise, job.preset, track)[0].repetitions)
        for track in (job.track, as_coco17(job.track))
    ]
    minutes = (job.track[-1][0] - job.track[0][0]) / 60
    return Count(job.name, job.exercise, job.right, job.is_done, minutes, *found)


def table(counts: Sequence[Count]) -> Iterator[str]:
    """One line an exercise: clips that are counted exactly, and what is invented a minute."""
    rows: dict[str, list[Count]] = defaultdict(list)
    for each in counts:
        rows[each.exercise].append(each)
    yield "| Exercise | clips | exact from 33 | exact from 17 | invented a minute from 33 | from 17 |"
    yield "|---|---|---|---|---|---|"
    for exercise, row in sorted(rows.items()):
        done = [each for each in row if each.is_done]
        none = [each for each in row if not each.is_done]
        minutes = sum(each.minutes for each in none)
        exact = [
            sum(n in each.right for each, n in ((e, getattr(e, w)) for e in done)) for w in ("whole", "coco")
        ]
        rate = [
            f"{sum(getattr(e, w) for e in none) / minutes:.2f}" if minutes else "" for w in ("whole", "coco")
        ]
        yield f"| {exercise} | {len(done)} | {exact[0]} | {exact[1]} | {rate[0]} | {rate[1]} |"


def main(argv: Sequence[str] | None = None) -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.coco", description=__doc__)
    parser.add_argument("--part", choices=[p for p in PARTS if p not in SEALED], default="test")
    parser.add_argument("--people", type=Path, metavar="FOLDER", help="recordings of real people instead")
    parser.add_argument(
        "--differ", action="store_true", help="list the clips that COCO's points count otherwise"
    )
    args = parser.parse_args(argv)
    found = people(args.people) if args.people else rendered(args.part)
    jobs = [job for job in found if job.exercise != BY_HEELS]
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        counts = list(pool.map(count, jobs, chunksize=8))
    print("\n".join(table(counts)))
    for each in counts if args.differ else ():
        if each.whole != each.coco:
            print(f"{each.job} {each.exercise}: {each.right}, from 33 {each.whole}, from 17 {each.coco}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
