"""``python -m bench.rates``: how few frames a second still count as well as all of them.

Clips with known truth are tracked anew at each rate, and the recordings of 60 frames a second are thinned:
MediaPipe's own tracker and smoothing behave differently when frames are further apart.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.recording import RECORDINGS, Json, read, scene_paths
from bench.timing.clips import folder
from repcount.core.records import ExerciseSummary, Pose
from repcount.exercises import catalog
from repcount.pose.bundle import find_model
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.session.session import Session
from repcount.sources.pictures import EDGE_PX, Sampling, thinned
from repcount.sources.video import VideoSource
from tools.figure.clip import Job, render_all, truth_path
from tools.figure.scene import load_scene

RATES: Final = (60.0, 30.0, 20.0, 15.0, 12.0, 10.0, 7.5, 6.0, 5.0)
SLACK: Final = 1.05  # stamps are rounded
Track = list[tuple[float, Pose | None]]


@dataclass(frozen=True)
class Score:
    """What was counted at one rate, beside the truth.

    Attributes
    ----------
    off_s : the largest error of a repetition's peak.
    hold_off_s : the largest error of a hold's length; NaN where a hold is missing or too many.
    """

    exercise: str
    rate: float
    tracked: bool
    true: int
    found: int
    off_s: float
    hold_off_s: float


def _judge(exercise: str, track: Track) -> ExerciseSummary:
    session = Session(catalog.get(exercise))
    for time_s, pose in track:
        session.step(time_s, pose)
    session.finish(track[-1][0])
    return session.summary()


def _score(exercise: str, truth: Json, rate: float, tracked: bool, track: Track) -> Score:
    found = _judge(exercise, track)
    reps, holds = truth["reps"], truth["holds"]
    same = len(found.repetitions) == len(reps)
    off = [abs(f.peak_s - t["peak_s"]) for f, t in zip(found.repetitions, reps, strict=False)]
    lengths = [t["end_s"] - t["start_s"] for t in holds]
    off_hold = [abs(f.valid_s - length) for f, length in zip(found.holds, lengths, strict=False)]
    return Score(
        exercise,
        rate,
        tracked,
        len(reps),
        len(found.repetitions),
        max(off, default=0.0) if same else float("nan"),
        max(off_hold, default=0.0) if len(found.holds) == len(holds) else float("nan"),
    )


def _tracked(job: tuple[str, Path, Path]) -> list[Score]:
    """Track a clip anew at each rate."""
    exercise, video, bundle = job
    truth = json.loads(truth_path(video).read_text(encoding="utf-8"))
    scores = []
    last = 0
    for rate in RATES:
        source = VideoSource(video, Sampling(SLACK / rate, EDGE_PX))
        with source, MediaPipeEstimator(bundle) as estimator:
            track = [(frame.time_s, estimator.estimate(frame)) for frame in source]
        if len(track) != last:
            scores.append(_score(exercise, truth, rate, True, track))
        last = len(track)
    return scores


def _decimated(scene: Path) -> list[Score]:
    """Thin the recording of a scene."""
    kept = read(RECORDINGS / scene.parent.name / f"{scene.stem}.npz")
    whole: Track = list(zip(kept.time_s.tolist(), kept.poses(), strict=True))
    exercise = load_scene(scene).part[0].exercise
    return [
        _score(exercise, kept.truth, rate, False, list(thinned(whole, lambda each: each[0], SLACK / rate)))
        for rate in RATES
    ]


def clips(workers: int) -> list[tuple[str, Path]]:
    """Clips of 60 frames a second, rendered where they are not there yet."""
    scenes = [load_scene(path) for part in ("build", "test") for path in _fast_scenes(part)]
    jobs = [Job(scene, folder() / f"{scene.name}-{scene.seed}.mp4") for scene in scenes]
    return [(job.scene.part[0].exercise, job.video) for job, _new in render_all(jobs, workers)]


def _fast_scenes(part: str) -> list[Path]:
    return [path for path in scene_paths(part) if path.stem.endswith("60fps")]


def table(scores: Iterable[Score]) -> str:
    """One line for each exercise and way, one column for each rate: counted, peaks off, holds off."""
    rows: dict[tuple[str, bool], dict[float, list[Score]]] = {}
    for score in scores:
        rows.setdefault((score.exercise, score.tracked), {}).setdefault(score.rate, []).append(score)
    head = "| exercise | frames | " + " | ".join(f"{rate:g}/s" for rate in RATES) + " |"
    lines = [head, "|---|---|" + "---|" * len(RATES)]
    for (exercise, tracked), by_rate in sorted(rows.items()):
        cells = " | ".join(_cell(by_rate.get(rate, [])) for rate in RATES)
        lines.append(f"| {exercise} | {'tracked anew' if tracked else 'of recordings'} | {cells} |")
    return "\n".join(lines)


def _cell(scores: Sequence[Score]) -> str:
    if not scores:
        return ""
    true, found = sum(s.true for s in scores), sum(s.found for s in scores)
    off = max(s.off_s for s in scores) if all(s.off_s == s.off_s for s in scores) else float("nan")
    hold = [s.hold_off_s for s in scores]
    held = "–" if any(h != h for h in hold) else f"{max(hold):.2f}"  # noqa: RUF001
    peak = "–" if off != off else f"{off:.2f}"  # noqa: RUF001
    return f"{found}/{true} {peak} {held}"


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m bench.rates", description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    args = parser.parse_args()
    bundle = find_model(None, lambda stage, share: None).path
    work = [(exercise, video, bundle) for exercise, video in clips(args.jobs)]
    scores: list[Score] = []
    with get_context("spawn").Pool(args.jobs) as pool:
        for found in pool.imap_unordered(_tracked, work):
            scores += found
    for part in ("build", "test"):
        for scene in _fast_scenes(part):
            scores += _decimated(scene)
    print("repetitions counted / done, largest error of a peak, of a hold's length (s)\n")
    print(table(scores))


if __name__ == "__main__":
    main()
