"""``python -m bench.archive.around``: what everything around the network costs.

Judging and painting in processor time of this process alone, so that other work on the machine changes
little; whole commands by the wall clock.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from bench.command_line import take_no_options
from bench.timing.clips import SIZES, clip
from repcount.core.records import Pose, Snapshot
from repcount.exercises import catalog
from repcount.overlay.annotate import Overlay
from repcount.pose.recording import Recording
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions

POSES: Final = Path(__file__).parent.parent.parent / "tests" / "data" / "poses" / "wall_squat.npz"
HD_PX: Final = (1280, 720)
PASSES: Final = 9
TIMES: Final = 75
FIRST: Final = """
import os, time
from repcount.cli import main
from repcount.pipeline.parallel_video import TrackedVideo
found = TrackedVideo.found
def first(video):
    poses = found(video)
    yield next(poses)
    print(time.time(), flush=True)
    poses.close()
    os._exit(0)
TrackedVideo.found = first
main()
"""
"""Runs ``repcount`` until the first pose is there, and prints the time."""


def _judging_ms(begin: Callable[[], Session | AutoSession], recording: Recording) -> float:
    """Milliseconds a frame: median of several passes, each by a new session."""
    poses = [recording.pose(row) for row in range(len(recording))]
    spent = []
    for _ in range(PASSES):
        session, start_s = begin(), time.process_time()
        for time_s, pose in zip(recording.time_s.tolist(), poses, strict=True):
            session.step(time_s, pose)
        spent.append(1000 * (time.process_time() - start_s) / len(poses))
    return median(spent)


def _named() -> Session:
    return Session(catalog.get("wall-squat"))


def _watching_all() -> AutoSession:
    return AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()])


def _enlarged(pose: Pose) -> Pose:
    scale = np.array([HD_PX[0] / pose.size_px[0], HD_PX[1] / pose.size_px[1], 1], np.float32)
    return Pose(pose.landmarks_px * scale, pose.visibility, pose.world_m, HD_PX)


def _painting_ms(recording: Recording) -> float:
    session, overlay = _named(), Overlay(HD_PX)
    shots: list[Snapshot] = []
    for row, time_s in enumerate(recording.time_s.tolist()):
        pose = recording.pose(row)
        shots.append(session.step(time_s, None if pose is None else _enlarged(pose)))
    picture = np.full((HD_PX[1], HD_PX[0], 3), 127, np.uint8)
    overlay.draw(picture.copy(), shots[0])
    start_s = time.process_time()
    for shot in shots:
        overlay.draw(picture, shot)
    return 1000 * (time.process_time() - start_s) / len(shots)


def _long(out: Path) -> int:
    """A recording of a quarter of an hour: that of the wall squat again and again. Return its frames."""
    short = Recording.load(POSES)
    length_s = float(short.time_s[-1]) + 1 / 30
    time_s = np.concatenate([short.time_s + i * length_s for i in range(TIMES)])
    np.savez_compressed(
        out,
        time_s=time_s,
        size_px=np.array(short.size_px),
        landmarks_px=np.tile(short.landmarks_px, (TIMES, 1, 1)),
        visibility=np.tile(short.visibility, (TIMES, 1)),
        world_m=np.tile(short.world_m, (TIMES, 1, 1)),
    )
    return len(time_s)


def _seconds(*words: str) -> float:
    start_s = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "repcount", "analyze", *words], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - start_s


def _frames_a_second(recording: Path, frames: int, *more: str) -> float:
    """Of the whole command, from its start to its end: median of three."""
    words = (str(recording), "--json", "-", "--no-progress", *more)
    return frames / median(_seconds(*words) for _ in range(3))


def _started_s(video: Path) -> float:
    """From the start of ``repcount analyze`` to the first poses that come back from the processes."""
    command = [sys.executable, "-c", FIRST, "analyze", str(video), "--no-progress"]
    start_s = time.time()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(said) - start_s


def main() -> None:
    """Print a Markdown table."""
    take_no_options("bench.archive.around", __doc__)
    recording = Recording.load(POSES)
    print("| what | cost |\n|---|---:|")
    _say("judging a frame, the exercise named", f"{_judging_ms(_named, recording):.2f} ms")
    _say("judging a frame, all exercises watched", f"{_judging_ms(_watching_all, recording):.2f} ms")
    _say("painting a frame of 1280 x 720", f"{_painting_ms(recording):.1f} ms")
    with TemporaryDirectory() as folder:
        long = Path(folder) / "long.npz"
        frames = _long(long)
        for what, more in (("the exercise named", ("-e", "wall-squat")), ("all exercises watched", ())):
            speed = _frames_a_second(long, frames, *more)
            _say(f"`analyze` on a recording of {frames} frames, {what}", f"{speed:.0f} frames a second")
    started = median(_started_s(clip(SIZES[0])) for _ in range(5))
    _say("start of `analyze` to the first poses, 640 x 480", f"{started:.2f} s")


def _say(what: str, cost: str) -> None:
    print(f"| {what} | {cost} |", flush=True)


if __name__ == "__main__":
    main()
