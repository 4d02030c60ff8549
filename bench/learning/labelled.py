"""Recordings with what is known of them: rendered people, real people, and real motion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.judged import Track
from bench.learning.network_error import NetworkError
from bench.material import load_clips
from bench.people import read_index, track_of
from bench.recording import TRUE_JOINTS
from repcount.core.records import Pose, Side
from repcount.core.skeleton import INDEX
from repcount.exercises import catalog

PEOPLE: Final = "people"
MOCAP: Final = "mocap"
TRUE: Final = "true"
NOISY: Final = "noisy"

_TRUE_ROWS: Final = [INDEX[name] for name in TRUE_JOINTS]


@dataclass(frozen=True)
class Truth:
    """A repetition that was done; ``start_s`` and ``end_s`` are NaN where only its peak is known."""

    exercise: str
    start_s: float
    peak_s: float
    end_s: float
    side: str


@dataclass(frozen=True)
class Labelled:
    """A recording with what is known of it.

    Attributes
    ----------
    group : who or what belongs together.
    reps : the repetitions that were done, by exercise; None where they were done and nobody says when.
    negative_for : the exercises of which nothing may be counted.
    """

    part: str
    name: str
    group: str
    track: Track
    reps: tuple[Truth, ...]
    negative_for: tuple[str, ...]


def _as_true(pose: Pose | None, true_px: NDArray[np.floating[Any]]) -> Pose | None:
    """A pose with its joints where they truly are in the picture."""
    if pose is None:
        return None
    landmarks_px = pose.landmarks_px.copy()
    landmarks_px[_TRUE_ROWS, :2] = true_px
    return replace(pose, landmarks_px=landmarks_px)


def rendered(part: str, true: bool = False) -> Iterator[Labelled]:
    """The recordings of a part of the rendered material.

    Parameters
    ----------
    true : with the joints where they truly are: the score must not lean on how the network trembles.
    """
    for clip in load_clips(part):
        recording = clip.recording
        reps = tuple(
            Truth(r.exercise, r.start_s, r.peak_s, r.end_s, "" if r.side is Side.BOTH else r.side.value)
            for r in clip.reps
        )
        group = str(recording.truth.get("group") or clip.full_name)
        poses = list(recording.poses())
        if true:
            poses = [_as_true(*pair) for pair in zip(poses, recording.true_px, strict=True)]
        track = list(zip(recording.time_s.tolist(), poses, strict=True))
        yield Labelled(TRUE if true else part, clip.name, group, track, reps, clip.negative_for)


def people(folder: Path, part: str = PEOPLE) -> Iterator[Labelled]:
    """The recordings of a folder of real people or of real motion, with an ``INDEX.json``."""
    nan = float("nan")
    for row in read_index(folder):
        if not row.get("scored", True):
            continue
        exercise = row["exercise"]
        reps = tuple(Truth(exercise, nan, p, nan, "") for p in row.get("peaks_s") or ()) if exercise else ()
        not_judged = {exercise, *(row.get("not_judged_for") or ())}
        negative = tuple(name for name in catalog.names() if name not in not_judged)
        track = track_of(folder / f"{row['clip']}.npz")
        yield Labelled(part, str(row["clip"]), str(row["group"]), track, reps, negative)


def noisy(clean: Iterable[Labelled], network: NetworkError) -> Iterator[Labelled]:
    """Clean motion as the network would have seen it; each stays in the group of who moved."""
    for number, each in enumerate(clean):
        lot = np.random.RandomState(number)
        yield replace(each, part=NOISY, track=network.laid_over(each.track, lot))
