"""``python -m bench.live``: how a live session keeps up.

usage: python -m bench.live [--minutes 2] [--clip wall_squat] [--screen]

A clip is shown in a loop at 30 frames a second as a camera would, 640 x 480, to the live loop with the real
network, the trainer and the live picture at 1280 x 720. Told are frames a second, delay from picture to
screen, time of painting, memory over the run, and how that compares with MediaPipe alone on the pictures.
With --screen the pictures go to a real window (a screen, or Xvfb); otherwise they are painted and not shown.
"""

from __future__ import annotations

import argparse
import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repcount.config import Settings
from repcount.core.guide import Command, Surroundings
from repcount.core.protocols import LiveStatus
from repcount.core.records import ExerciseSummary, Frame, Pose, Snapshot
from repcount.exercises import languages
from repcount.overlay.live_view import LivePicture
from repcount.pipeline.camera_loop import LiveOptions, LiveResult, run_live
from repcount.pipeline.programme import ProgrammeRequest, blocks_of
from repcount.pose.bundle import find_model
from repcount.pose.mediapipe import MediaPipeEstimator, PeopleCounter
from repcount.session.guided.trainer import Trainer
from repcount.sources.camera import CameraSource
from repcount.sources.pictures import Picture
from repcount.sources.video import VideoSource

FPS = 30.0
SAMPLES = Path(__file__).parent.parent / "sample_videos"
SHOWN_PX = (1280, 720)
REST_S = 10.0


class LoopedClip:
    """A feed that shows a clip forward and backward, 30 frames a second, until time is up."""

    file = None

    def __init__(self, images: list[NDArray[np.uint8]], seconds: float) -> None:
        self._images = images
        self._seconds = seconds
        self.name = "simulated camera"
        self.done = threading.Event()

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """Yield each picture when it is due, as a fresh array like a camera's."""
        start_s = time.monotonic()
        for number, image in enumerate(itertools.cycle([*self._images, *self._images[-2:0:-1]])):
            due_s = start_s + number / FPS
            if due_s - start_s > self._seconds:
                break
            stop.wait(max(0.0, due_s - time.monotonic()))
            yield Picture(image.copy(), due_s)
        self.done.set()
        stop.wait()


class Endless:
    """The trainer with sets without end and short rests, over when the feed is."""

    def __init__(self, exercise: str, done: threading.Event) -> None:
        self._trainer = Trainer(blocks_of(ProgrammeRequest(exercise, sets=10_000, rest_s=REST_S), Settings()))
        self._done = done

    def step(self, time_s: float, pose: Pose | None, around: Surroundings | None = None) -> Snapshot:
        """As the trainer, but for the end."""
        snapshot = self._trainer.step(time_s, pose, around)
        assert snapshot.guide is not None
        return replace(snapshot, guide=replace(snapshot.guide, over=self._done.is_set()))

    def apply(self, command: Command) -> None:
        """Hand it on."""
        self._trainer.apply(command)

    def finish(self, time_s: float) -> Snapshot:
        """End it."""
        return self._trainer.finish(time_s)

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """What was counted."""
        return self._trainer.summaries()


def _words() -> dict[str, str]:
    return languages.load().screen_words()


class Painted:
    """A screen without a window; notes resident memory each ten seconds."""

    def __init__(self) -> None:
        self.picture = LivePicture(SHOWN_PX, _words(), stats=True)
        self.paint_ms: list[float] = []
        self.memory_mb: list[float] = []
        self._next_s = 0.0

    def show(self, frame: Frame | None, snapshot: Snapshot | None, status: LiveStatus) -> None:
        """Paint."""
        began_s = time.perf_counter()
        self.picture.draw(None if frame is None else frame.image, snapshot, status)
        self.paint_ms.append(1000 * (time.perf_counter() - began_s))
        if began_s >= self._next_s:
            self._next_s = began_s + 10
            self.memory_mb.append(resident_mb())

    def commands(self) -> tuple[Command, ...]:
        """Ask for nothing."""
        return ()

    def close(self) -> None:
        """Nothing to close."""


class OnScreen(Painted):
    """The same in a real window."""

    def __init__(self) -> None:
        from repcount.overlay.window import Window

        super().__init__()
        self._window = Window(lambda size_px: LivePicture(size_px, _words(), stats=True))

    def show(self, frame: Frame | None, snapshot: Snapshot | None, status: LiveStatus) -> None:
        """Paint and show."""
        began_s = time.perf_counter()
        self._window.show(frame, snapshot, status)
        self.paint_ms.append(1000 * (time.perf_counter() - began_s))
        if began_s >= self._next_s:
            self._next_s = began_s + 10
            self.memory_mb.append(resident_mb())

    def commands(self) -> tuple[Command, ...]:
        """Let the window live."""
        return self._window.commands()


def resident_mb() -> float:
    """Resident memory of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def plain_loop(images: list[NDArray[np.uint8]]) -> tuple[float, float]:
    """MediaPipe alone, one frame after the other: frames a second, and processor ms a frame."""
    with MediaPipeEstimator(find_model(None, lambda *progress: None).path) as estimator:
        frames = [Frame(i / FPS, i, image) for i, image in enumerate(images)]
        for frame in frames[:10]:
            estimator.estimate(frame)
        start_s, work_s = time.perf_counter(), time.process_time()
        for frame in frames[10:]:
            estimator.estimate(frame)
        count = len(frames) - 10
        return count / (time.perf_counter() - start_s), 1000 * (time.process_time() - work_s) / count


def run(
    clip: str, images: list[NDArray[np.uint8]], seconds: float, screen: Painted
) -> tuple[LiveResult, float]:
    """One live session on the simulated camera, and its processor ms a frame."""
    bundle = find_model(None, lambda *progress: None).path
    feed = LoopedClip(images, seconds)
    session = Endless(clip.replace("_", "-"), feed.done)
    with (
        CameraSource(feed) as source,
        MediaPipeEstimator(bundle) as estimator,
        PeopleCounter(bundle) as people,
    ):
        work_s = time.process_time()
        result = run_live(source, estimator, session, screen, LiveOptions(people=people))
        work_s = time.process_time() - work_s
    return result, 1000 * work_s / result.summary.frames_tracked


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--clip", default="wall_squat")
    parser.add_argument("--screen", action="store_true")
    words = parser.parse_args()
    screen = OnScreen() if words.screen else Painted()  # before PyAV, see Window
    with VideoSource(SAMPLES / f"{words.clip}.mp4") as video:
        images = [frame.image for frame in video if frame.image is not None]
    plain_fps, plain_ms = plain_loop(images)
    result, live_ms = run(words.clip, images, 60 * words.minutes, screen)
    status, paint = result.status, np.array(screen.paint_ms)
    fifths = [np.mean(part) for part in np.array_split(screen.memory_mb, 5) if len(part)]
    counted = ", ".join(f"{len(each.repetitions)} of {each.exercise}" for each in result.summary.exercises)
    told = {
        words.clip: f"{images[0].shape[1]} x {images[0].shape[0]}, {words.minutes:g} minutes",
        "processed": f"{status.fps:.1f} of {FPS:g} a second, {status.dropped} dropped",
        "picture to screen": f"{status.delay_ms:.1f} ms, 95th percentile",
        "network and trainer": f"{status.pose_ms:.1f} ms a frame, median",
        "painting": f"{np.median(paint):.1f} ms a frame, median; {np.quantile(paint, 0.95):.1f} ms p95",
        "memory": ", ".join(f"{mean:.0f}" for mean in fifths) + " MB, in fifths of the run",
        "counted": counted,
        "processor": f"{live_ms:.1f} ms a frame, all threads; MediaPipe alone {plain_ms:.1f} ms",
        "MediaPipe alone": f"{plain_fps:.1f} a second; live does {status.fps / min(plain_fps, FPS):.2f}",
    }
    for name, figure in told.items():
        print(f"{name:28}{figure}")


if __name__ == "__main__":
    main()
