"""``python -m bench.archive.copies``: learn from changed copies of real people: quicker, turned, trembling.

There are few recordings of real people. Do changed copies of them make the scores better for people who were
left out? A copy stays in the group of its person; clips are counted as they are.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from math import exp
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from bench.learn import judge_draws
from bench.learning import labelled, table
from bench.learning.labelled import Labelled
from repcount.core.errors import RepcountError
from repcount.core.pose import Pose
from repcount.core.skeleton import INDEX
from repcount.exercises import catalog
from repcount.features.camera_roll import turned

COPIES: Final = "copies"
TREMBLE_SHARE: Final = 0.04  # of the trunk: standard deviation of where a joint trembles
TREMBLE_S: Final = 0.15  # time constant of it
SHOULDERS, HIPS = ([INDEX[f"{side}_{joint}"] for side in ("left", "right")] for joint in ("shoulder", "hip"))

Tables = dict[str, table.Table]


def at_pace(each: Labelled, factor: float) -> Labelled:
    """The same in so many times the time."""
    track = [(factor * time_s, pose) for time_s, pose in each.track]
    reps = tuple(
        replace(r, start_s=factor * r.start_s, peak_s=factor * r.peak_s, end_s=factor * r.end_s)
        for r in each.reps
    )
    return replace(each, track=track, reps=reps)


def leaning(each: Labelled, roll_deg: float) -> Labelled:
    """As a camera sees it that leans by this angle."""
    return replace(
        each, track=[(t, None if pose is None else turned(pose, roll_deg)) for t, pose in each.track]
    )


def trembling(each: Labelled, seed: int) -> Labelled:
    """With joints that tremble slowly, each by itself."""
    lot, off, last_s = np.random.RandomState(seed), None, 0.0
    track: list[tuple[float, Pose | None]] = []
    for time_s, pose in each.track:
        if pose is None:
            track.append((time_s, pose))
            continue
        fresh = lot.randn(len(pose.visibility), 2)
        kept = exp(-(time_s - last_s) / TREMBLE_S)
        off = fresh if off is None else kept * off + (1.0 - kept * kept) ** 0.5 * fresh
        last_s, points = time_s, pose.landmarks_px.copy()
        trunk_px = np.linalg.norm(points[SHOULDERS, :2].mean(axis=0) - points[HIPS, :2].mean(axis=0))
        points[:, :2] += (TREMBLE_SHARE * trunk_px * off).astype(np.float32)
        track.append((time_s, replace(pose, landmarks_px=points)))
    return replace(each, track=track)


CHANGES: Final[Mapping[str, Callable[[Labelled], Labelled]]] = {
    "quick": lambda each: at_pace(each, 0.75),
    "slow": lambda each: at_pace(each, 1.35),
    "leaning right": lambda each: leaning(at_pace(each, 0.88), 6.0),
    "leaning left": lambda each: leaning(at_pace(each, 1.15), -6.0),
    "trembling": lambda each: trembling(each, 1),
    "trembling slowly": lambda each: trembling(at_pace(each, 1.2), 2),
}


def copies(clips: Path) -> Iterator[Labelled]:
    """Every recording of a folder with each change, as recordings of the part ``copies``."""
    for each in labelled.people(clips):
        for name, change in CHANGES.items():
            yield replace(change(each), part=COPIES, name=f"{each.name}, {name}")


def joined(one: table.Table, more: table.Table) -> table.Table:
    """The rows of both; a group that is in both stays one group."""
    groups = list(dict.fromkeys([*one.groups, *more.groups]))
    of_more = np.array([groups.index(group) for group in more.groups])
    return replace(
        one,
        values=np.vstack([one.values, more.values]),
        truth=np.concatenate([one.truth, more.truth]),
        parts=[*one.parts, *more.parts],
        groups=groups,
        part=np.concatenate([one.part, more.part + len(one.parts)]),
        group=np.concatenate([one.group, of_more[more.group]]),
        clip=np.concatenate([one.clip, more.clip + one.clip.max() + 1]),
        side=np.concatenate([one.side, more.side]),
        times=np.vstack([one.times, more.times]),
    )


def with_copies(tables: Tables, clips: Path) -> Tables:
    """The tables that are learned from, with the rows of the copies."""
    found: dict[str, list[table.Row]] = {name: [] for name in tables}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done, rows in enumerate(pool.map(table.rows_of, copies(clips), chunksize=8), 1):
            for exercise, some in rows.items():
                found[exercise] += some
            if done % 100 == 0:
                print(f"{done} copies", file=sys.stderr, flush=True)
    return {
        name: joined(each, table.table_of(found[name])) if found[name] else each
        for name, each in tables.items()
    }


def main() -> int:
    """Learn from the copies too, and count real people by what was learned."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive.copies", description=__doc__)
    parser.add_argument(
        "--clips", type=Path, metavar="FOLDER", required=True, help="recordings of real people"
    )
    parser.add_argument("--draws", type=int, default=4, metavar="N", help="draws of who is left out together")
    args = parser.parse_args()
    try:
        tables = with_copies({name: table.read(name) for name in catalog.names()}, args.clips)
        judge_draws(tables, args.clips, args.draws)
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
