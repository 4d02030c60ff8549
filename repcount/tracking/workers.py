"""Processes that track stretches of a file. Each ends by itself when the one that started it is gone."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from repcount.core.errors import RepcountError
from repcount.core.model import Pose
from repcount.poses.packing import PackedPoses, pack
from repcount.sources.facts import Facts
from repcount.sources.sampling import Sampling
from repcount.sources.stretch import InexactError, Stretch, read
from repcount.tracking.memory import give_back, keep_apart

CHUNK: Final = 32
"""Frames that are sent together."""


@dataclass(frozen=True)
class Job:
    """What a worker has to know once.

    Attributes
    ----------
    bundle : the pose model.
    quiet : keep MediaPipe's own log lines off the terminal.
    """

    video: Path
    facts: Facts
    sampling: Sampling
    bundle: Path
    quiet: bool


@dataclass(frozen=True, eq=False)
class Tracked:
    """Some frames of stretch ``number`` that are done; ``last`` where there are no more of it."""

    number: int
    poses: PackedPoses
    last: bool


@dataclass(frozen=True)
class Failed:
    """Why a worker gave up: the file is not as its index says, an error to be told, or a fault of ours."""

    inexact: bool
    error: RepcountError | None
    trace: str


class Worker:
    """One process and the pipe to it."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, far = context.Pipe()
        self._process = context.Process(target=_work, args=(far, job), daemon=True)
        self._process.start()
        far.close()

    def track(self, number: int, stretch: Stretch) -> None:
        """Ask for a stretch; what is found comes through the pipe."""
        self.pipe.send((number, stretch))

    def close(self) -> None:
        """End the process, whatever it is doing; may be called twice."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()


def _work(pipe: Connection, job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent ends the work
    keep_apart()
    try:
        while True:
            number, stretch = pipe.recv()
            _track(pipe, job, number, stretch)
            give_back()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except InexactError:
        pipe.send(Failed(True, None, ""))
    except RepcountError as error:
        pipe.send(Failed(False, error, ""))
    except Exception:
        pipe.send(Failed(False, None, traceback.format_exc()))


def _track(pipe: Connection, job: Job, number: int, stretch: Stretch) -> None:
    """Track one stretch by a network that has seen nothing before: it does not matter which worker does."""
    from repcount.poses.mediapipe import MediaPipeEstimator

    done: list[tuple[int, float, Pose | None]] = []
    with MediaPipeEstimator(job.bundle, job.quiet) as estimator:
        for frame in read(job.video, job.facts, stretch, job.sampling):
            pose = estimator.estimate(frame)
            if frame.index < stretch.first:  # only to settle in
                continue
            done.append((frame.index, frame.time_s, pose))
            if len(done) == CHUNK:
                pipe.send(Tracked(number, pack(done, job.facts.size_px), last=False))
                done = []
    pipe.send(Tracked(number, pack(done, job.facts.size_px), last=True))
