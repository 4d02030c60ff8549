"""Recordings as the ways of others see them: landmarks, the leg to watch, and the counts that are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.archive import neighbours, ways
from bench.archive.neighbours import Samples
from bench.judging.figures import ASIDE
from bench.material import Clip, TrueRep, load_clips
from bench.people import read_index
from repcount.core.records import Side
from repcount.exercises import catalog

Json = dict[str, Any]
Floats = ways.Floats
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
    """The recordings of real people that are scored.

    Raises
    ------
    InputError
        The folder has no index that can be read.
    """
    return [_person(folder, row) for row in read_index(folder) if row.get("scored", True)]


def _person(folder: Path, row: Json) -> Item:
    with np.load(folder / f"{row['clip']}.npz") as a:
        size = (int(a["size_px"][0]), int(a["size_px"][1]))
        track = ways.Track(a["landmarks_px"].astype(float), a["visibility"].astype(float), size)
        time_s = a["time_s"].astype(float)
    exercise = row["exercise"]
    done = exercise is not None
    spared = row.get("not_judged_for") or ()
    return Item(
        name=str(row["clip"]),
        track=track,
        time_s=time_s,
        wanted={exercise: tuple(row["acceptable_reps"])} if done else {},
        negative_for=() if done else tuple(name for name in catalog.names() if name not in spared),
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
