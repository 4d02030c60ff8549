"""``python -m bench.record``: film every scene that has no recording yet and run the network on it.

Nothing is written but the recordings; each appears when its clip is done, so the run may be stopped and
taken up again at any time. A scene is filmed anew only when its own file has changed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.filming.pools import ASIDE, PARTS
from bench.recording import (
    RECORDINGS,
    TRUE_JOINTS,
    Json,
    Recording,
    kept_digest,
    recording_path,
    scene_digest,
    scene_paths,
    write,
)
from repcount.core.errors import RepcountError
from repcount.core.records import Frame, Pose
from repcount.pose.bundle import find_model
from repcount.pose.mediapipe import MediaPipeEstimator
from tools.figure.scene import load_scene
from tools.figure.skeleton import leg_angles
from tools.figure.studio import Studio
from tools.figure.truth import Glimpse

CLIPS_A_WORKER: Final = 10
"""A worker is replaced after so many clips: the software GPU does not give all memory back."""
FIRST: Final = "learn-"
"""Scenes whose names begin so are filmed first: what is to be learned from them waits for it."""
LAST: Final = "fps"
"""Scenes with this in their names are filmed last: they are the longest."""


@dataclass(frozen=True)
class Job:
    """One scene to be filmed."""

    scene: Path
    out: Path
    bundle: Path


@dataclass(frozen=True)
class Done:
    """A clip that has been filmed."""

    name: str
    frames: int
    found: int
    seconds: float


def _angles(glimpse: Glimpse) -> list[list[list[float]]]:
    """Flexion of knee and hip of both legs, in the picture plane and in space."""
    found = []
    for side in ("left", "right"):
        plane, solid = leg_angles(glimpse.joints_px, side), leg_angles(glimpse.joints_m, side)
        found.append([[plane[joint], solid[joint]] for joint in ("knee", "hip")])
    return found


def _columns(poses: Sequence[Pose | None]) -> dict[str, Any]:
    """Poses as arrays over the frames; NaN where nobody was found."""
    nobody = {"landmarks_px": (33, 3), "visibility": (33,), "world_m": (33, 3)}
    return {
        name: np.array([np.full(shape, np.nan) if pose is None else getattr(pose, name) for pose in poses])
        for name, shape in nobody.items()
    }


def _facts(truth: Json) -> Json:
    """What of the renderer's truth the benchmark needs besides the columns."""
    reps = [
        {key: value for key, value in rep.items() if key not in ("dip", "target_deg")}
        for rep in truth["reps"]
    ]
    return {
        "reps": reps,
        "holds": truth["holds"],
        "negative_for": truth["negative_for"],
        "acts": truth["acts"],
        **{key: truth[key] for key in ("source", "group") if key in truth},
    }


def film(job: Job) -> Done:
    """Film one scene, frame by frame through the network, and write its recording."""
    started = time.monotonic()
    studio = Studio(load_scene(job.scene))
    glimpses: list[Glimpse] = []
    poses: list[Pose | None] = []
    with MediaPipeEstimator(job.bundle) as estimator:
        for i, (glimpse, picture) in enumerate(studio.frames()):
            glimpses.append(glimpse)
            poses.append(estimator.estimate(Frame(glimpse.time_s, i, picture)))
    recording = Recording(
        digest=scene_digest(job.scene),
        time_s=np.array([glimpse.time_s for glimpse in glimpses]),
        size_px=studio.scene.size,
        true_px=np.array([[glimpse.joints_px[name] for name in TRUE_JOINTS] for glimpse in glimpses]),
        true_deg=np.array([_angles(glimpse) for glimpse in glimpses]),
        whole=np.array([glimpse.whole for glimpse in glimpses]),
        truth=_facts(studio.truth(glimpses)),
        **_columns(poses),
    )
    write(recording, recording_path(job.scene, job.out))
    found = sum(pose is not None for pose in poses)
    name = f"{job.scene.parent.name}/{job.scene.stem}"
    return Done(name, len(poses), found, time.monotonic() - started)


def _one_core() -> None:
    """Keep the software GPU from starting a thread per core in every worker."""
    os.environ["LP_NUM_THREADS"] = "0"


def open_jobs(parts: Sequence[str], out: Path, bundle: Path) -> list[Job]:
    """The scenes without a recording of their present content, mixed, so that a part is a fair sample."""
    jobs = [Job(path, out, bundle) for part in parts for path in scene_paths(part)]
    jobs = [job for job in jobs if kept_digest(recording_path(job.scene, out)) != scene_digest(job.scene)]
    return sorted(jobs, key=lambda job: _turn(job.scene.stem))


def _turn(name: str) -> tuple[bool, bool, int]:
    """What the scenes are sorted by."""
    return not name.startswith(FIRST), LAST in name, zlib.crc32(name.encode())


def forget_lost(parts: Sequence[str], out: Path) -> None:
    """Take away recordings whose scene is there no more."""
    for part in parts:
        kept = {recording_path(path, out) for path in scene_paths(part)}
        for path in (out / part).glob("*.npz"):
            if path not in kept:
                path.unlink()


def _say(done: Done, number: int, jobs: int, started: float) -> None:
    left_s = (time.monotonic() - started) / number * (jobs - number)
    print(
        f"{number}/{jobs} {done.name}: {done.frames} frames, {done.found} with a pose, "
        f"{1000 * done.seconds / done.frames:.0f} ms each; about {left_s / 60:.0f} min left",
        flush=True,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Film what is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.record", description=__doc__)
    parser.add_argument("--part", choices=(*PARTS, *ASIDE), nargs="+", help="only these parts")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="clips filmed at once")
    parser.add_argument("--out", type=Path, default=RECORDINGS, help="folder of the recordings")
    parser.add_argument("--model", type=Path, help="bundle of the pose network")
    args = parser.parse_args(argv)
    try:
        bundle = find_model(args.model, print).path
        parts = args.part or PARTS
        forget_lost(parts, args.out)
        jobs = open_jobs(parts, args.out, bundle)
        started = time.monotonic()
        with get_context("spawn").Pool(args.jobs, _one_core, maxtasksperchild=CLIPS_A_WORKER) as pool:
            for number, done in enumerate(pool.imap_unordered(film, jobs), 1):
                _say(done, number, len(jobs), started)
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
