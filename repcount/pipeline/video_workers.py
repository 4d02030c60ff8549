"""Processes that find the poses of one part of a video each, and how poses travel between processes."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.child_process import follow_parent
from repcount.core.errors import RepcountError
from repcount.core.records import Pose
from repcount.core.skeleton import LANDMARKS
from repcount.sources.pictures import Sampling
from repcount.sources.segments import InexactError, Segment, read_segment
from repcount.sources.video_facts import Facts

LARGE: Final = 1024 * 1024
"""Bytes from which a block is mapped by itself: more than a picture that is tracked. Left alone glibc puts
ever larger ones among the small: the index of an hour's file, which grows as it is read, took 12 MB.
"""
SPARE: Final = 4 * 1024 * 1024
"""Free bytes that may lie at the end, so that what each picture takes is not fetched anew each time."""
_TRIM_THRESHOLD: Final = -1  # the numbers that glibc's malloc.h has for mallopt
_MMAP_THRESHOLD: Final = -3
CHUNK: Final = 32
"""Frames that are sent together."""


def keep_apart() -> None:
    """Ask glibc to map large blocks by themselves, so that they leave no holes when they are freed."""
    choose = _of_glibc("mallopt")
    if choose is not None:
        choose(_MMAP_THRESHOLD, LARGE)
        choose(_TRIM_THRESHOLD, SPARE)


def give_back() -> None:
    """Return freed memory to the system where the C library can. Every network that ends leaves holes."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> ctypes._NamedFuncPointer | None:
    """A function of glibc; None where the C library is another one."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    if library is None or not hasattr(library, "gnu_get_libc_version"):
        return None
    found: ctypes._NamedFuncPointer = getattr(library, name)
    return found


@dataclass(frozen=True, eq=False)
class PackedPoses:
    """Frames that were looked at, in order.

    Attributes
    ----------
    index, time_s : of each frame, shape (T,).
    found : whether somebody was found, shape (T,).
    marks : pixels, visibility and metres of those who were, shape (F, 33, 7), float32.
    size_px : of the upright frames.
    """

    index: NDArray[np.int64]
    time_s: NDArray[np.float64]
    found: NDArray[np.bool_]
    marks: NDArray[np.float32]
    size_px: tuple[int, int]

    def __iter__(self) -> Iterator[tuple[int, float, Pose | None]]:
        row = 0
        frames = zip(self.index.tolist(), self.time_s.tolist(), self.found.tolist(), strict=True)
        for index, time_s, found in frames:
            pose = None
            if found:
                marks = self.marks[row]
                pose = Pose(marks[:, :3], marks[:, 3], marks[:, 4:], self.size_px)
                row += 1
            yield index, time_s, pose


def pack(frames: Sequence[tuple[int, float, Pose | None]], size_px: tuple[int, int]) -> PackedPoses:
    """Pack frames with their numbers and times."""
    poses = [pose for _index, _time_s, pose in frames if pose is not None]
    marks = np.empty((len(poses), len(LANDMARKS), 7), np.float32)
    for row, pose in zip(marks, poses, strict=True):
        row[:, :3], row[:, 3], row[:, 4:] = pose.landmarks_px, pose.visibility, pose.world_m
    return PackedPoses(
        np.array([index for index, _time_s, _pose in frames], np.int64),
        np.array([time_s for _index, time_s, _pose in frames], np.float64),
        np.array([pose is not None for _index, _time_s, pose in frames], np.bool_),
        marks,
        size_px,
    )


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
    """Some frames of segment ``number`` that are done; ``last`` where there are no more of it."""

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

    def track(self, number: int, segment: Segment) -> None:
        """Ask for a segment; what is found comes through the pipe."""
        self.pipe.send((number, segment))

    def close(self) -> None:
        """End the process, whatever it is doing; may be called twice."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()


def _work(pipe: Connection, job: Job) -> None:
    follow_parent()
    keep_apart()
    try:
        while True:
            number, segment = pipe.recv()
            _track(pipe, job, number, segment)
            give_back()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except InexactError:
        pipe.send(Failed(True, None, ""))
    except RepcountError as error:
        pipe.send(Failed(False, error, ""))
    except Exception:
        pipe.send(Failed(False, None, traceback.format_exc()))


def _track(pipe: Connection, job: Job, number: int, segment: Segment) -> None:
    """Track one segment with a fresh network, so that every worker finds the same."""
    from repcount.pose.estimator import open_estimator

    done: list[tuple[int, float, Pose | None]] = []
    with open_estimator(job.bundle, job.quiet) as estimator:
        for frame in read_segment(job.video, job.facts, segment, job.sampling):
            pose = estimator.estimate(frame)
            if frame.index < segment.first:  # only to settle in
                continue
            done.append((frame.index, frame.time_s, pose))
            if len(done) == CHUNK:
                pipe.send(Tracked(number, pack(done, job.facts.size_px), last=False))
                done = []
    pipe.send(Tracked(number, pack(done, job.facts.size_px), last=True))
