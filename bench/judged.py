"""What the engine makes of the clips: every exercise that a clip shows or must not show, and ``auto``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.judging.match import match
from bench.material import Clip, TrueRep, load_clips
from bench.recording import RECORDINGS
from repcount.core.records import ExerciseSummary, Pose, Rep, Side, Snapshot
from repcount.exercises import catalog
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions

Pairs = list[tuple[TrueRep | None, Rep | None]]
Track = Sequence[tuple[float, Pose | None]]


@dataclass(frozen=True, eq=False)
class Verdict:
    """One exercise of one clip, as judged when it is named.

    Attributes
    ----------
    wanted : the repetitions that were done; empty where the clip is negative for the exercise.
    shown_deg : flexion as shown, shape (T, 2, 2): left and right; knee and hip; NaN where not shown.
    """

    exercise: str
    preset: str
    summary: ExerciseSummary
    wanted: tuple[TrueRep, ...]
    pairs: Pairs
    shown_deg: NDArray[np.float32]

    @property
    def found(self) -> int:
        """How many repetitions were counted."""
        return len(self.summary.repetitions)

    @property
    def off(self) -> int:
        """How many too many (or, below 0, too few)."""
        return self.found - len(self.wanted)


@dataclass(frozen=True, eq=False)
class Outcome:
    """All that was made of a clip.

    Attributes
    ----------
    own : by exercise, for what is done in the clip.
    others : repetitions counted by exercise, for what the clip is negative for.
    auto : the exercises that were recognised when none was named.
    """

    clip: Clip
    own: dict[str, Verdict] = field(default_factory=dict)
    others: dict[str, tuple[Rep, ...]] = field(default_factory=dict)
    auto: tuple[ExerciseSummary, ...] = ()


def run(exercise: str, preset: str | None, track: Track) -> tuple[ExerciseSummary, list[Snapshot]]:
    """A named exercise over a track of poses: the summary, and what was shown frame by frame."""
    session = Session(catalog.get(exercise), SessionOptions(preset=preset))
    shown = [session.step(time_s, pose) for time_s, pose in track]
    session.finish(track[-1][0])
    return session.summary(), shown


def run_auto(presets: dict[str, str], track: Track) -> tuple[ExerciseSummary, ...]:
    """A track of poses of which nobody says what is done; ``presets`` are the ranges asked for."""
    session = AutoSession(
        [(catalog.get(name), SessionOptions(preset=presets.get(name))) for name in catalog.names()]
    )
    for time_s, pose in track:
        session.step(time_s, pose)
    session.finish(track[-1][0])
    return session.summaries()


def _shown_deg(snapshots: Iterable[Snapshot]) -> NDArray[np.float32]:
    rows: list[Any] = [
        [[leg.knee_deg, leg.hip_deg] for leg in (shown.left, shown.right)] for shown in snapshots
    ]
    return np.array(rows, np.float32)


def judge(clip: Clip) -> Outcome:
    """Judge one clip in every way that it is meant for."""
    track = list(zip(clip.recording.time_s.tolist(), clip.recording.poses(), strict=True))
    outcome = Outcome(clip, auto=run_auto({name: clip.preset(name) for name in clip.exercises}, track))
    for exercise in clip.exercises:
        preset = clip.preset(exercise)
        summary, shown = run(exercise, preset, track)
        wanted = tuple(rep for rep in clip.reps if rep.exercise == exercise)
        pairs = match(wanted, summary.repetitions)
        outcome.own[exercise] = Verdict(exercise, preset, summary, wanted, pairs, _shown_deg(shown))
    for exercise in clip.negative_for:
        outcome.others[exercise] = run(exercise, None, track)[0].repetitions
    return outcome


def _judge_some(jobs: Sequence[Clip]) -> list[Outcome]:
    return [judge(clip) for clip in jobs]


def judge_all(part: str, folder: Path = RECORDINGS) -> list[Outcome]:
    """Judge every clip of a part, on all cores; in the order of their names."""
    clips = load_clips(part, folder)
    workers = os.cpu_count() or 1
    if workers == 1 or len(clips) < 2:
        return _judge_some(clips)
    shares = [clips[i :: 4 * workers] for i in range(4 * workers)]
    found: list[Outcome] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for some in pool.map(_judge_some, [s for s in shares if s]):
            found += some
            print(f"{part}: {len(found)} of {len(clips)} recordings", file=sys.stderr, flush=True)
    return sorted(found, key=lambda outcome: outcome.clip.name)


SIDE_INDEX = {Side.LEFT: (0,), Side.RIGHT: (1,), Side.BOTH: (0, 1)}
