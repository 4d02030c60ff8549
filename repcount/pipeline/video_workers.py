"""Processes that find the poses of a part of a video each, and what joins these in the order of the file."""

from __future__ import annotations

import multiprocessing
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.child_process import follow_parent, give_back, keep_apart
from repcount.core.errors import InputError, RepcountError
from repcount.core.records import Pose
from repcount.core.skeleton import LANDMARKS
from repcount.sources.pictures import Sampling
from repcount.sources.segments import InexactError, Segment, read_segment
from repcount.sources.video_facts import Facts
from repcount.tracking.identity import is_elsewhere

CHUNK: Final = 32
"""Frames that are sent together."""
SEAM_S: Final = 0.5  # nobody walks half a trunk in less, and after more it says nothing

Done = Callable[[int], None]
"""Takes how many frames of the file are done."""

Found = tuple[int, float, "Pose | None"]
"""Number and time of a frame that was looked at, and the pose in it."""


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

    def __iter__(self) -> Iterator[Found]:
        row = 0
        frames = zip(self.index.tolist(), self.time_s.tolist(), self.found.tolist(), strict=True)
        for index, time_s, found in frames:
            pose = None
            if found:
                marks = self.marks[row]
                pose = Pose(marks[:, :3], marks[:, 3], marks[:, 4:], self.size_px)
                row += 1
            yield index, time_s, pose


def pack(frames: Sequence[Found], size_px: tuple[int, int]) -> PackedPoses:
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

    done: list[Found] = []
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


class CannotBeCut(Exception):
    """The pictures are not where the index says, or two processes followed two people."""


def join_poses(job: Job, segments: Sequence[Segment], jobs: int, on_done: Done) -> Iterator[Found]:
    """Yield what the workers find, in the order of the file; the workers are ended in any case.

    Raises
    ------
    CannotBeCut
        The pictures are not where the index says, or somebody else was followed from one segment on, as may
        happen with a mirror in the picture; what was yielded before is right.
    InputError
        A worker was ended from outside.
    """
    with ExitStack() as stack:
        workers = [Worker(job) for _ in range(min(jobs, len(segments)))]
        for worker in workers:
            stack.callback(worker.close)
        yield from _Joiner(workers, segments, on_done).found()


class _Joiner:
    """Hands out segments in order and keeps results that come too early. It never runs far ahead."""

    def __init__(self, workers: Sequence[Worker], segments: Sequence[Segment], on_done: Done) -> None:
        self._workers = {worker.pipe: worker for worker in workers}
        self._segments = segments
        self._open = deque(enumerate(segments))
        self._idle = deque(workers)
        self._kept: dict[int, deque[Tracked]] = defaultdict(deque)
        self._share = [0.0] * len(segments)
        self._on_done = on_done

    def found(self) -> Iterator[Found]:
        seam = _Seam()
        for number in range(len(self._segments)):
            last = False
            seam.begin()
            while not last:
                self._hand_out(number)
                while not self._kept[number]:
                    self._receive(number)
                part = self._kept[number].popleft()
                last = part.last
                for each in part.poses:
                    seam.check(*each)
                    yield each
            del self._kept[number]

    def _hand_out(self, now: int) -> None:
        while self._idle and self._open and self._open[0][0] <= now + len(self._workers):
            number, segment = self._open.popleft()
            self._idle.popleft().track(number, segment)

    def _receive(self, now: int) -> None:
        for pipe in wait(list(self._workers)):
            worker = self._workers[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv()
            except (EOFError, ConnectionResetError) as error:
                raise InputError(
                    "a process that tracks the video was ended from outside, perhaps for want of memory; "
                    "try --jobs 1"
                ) from error
            if isinstance(message, Failed):
                _raise(message)
            self._kept[message.number].append(message)
            if message.last:
                self._idle.append(worker)
                self._hand_out(now)
            self._tell(message)

    def _tell(self, part: Tracked) -> None:
        segment = self._segments[part.number]
        here = segment.frames if part.last else int(part.poses.index[-1]) + 1 - segment.first
        self._share[part.number] = here
        self._on_done(round(sum(self._share)))


class _Seam:
    """Holds the first pose of each segment against the last one before it."""

    def __init__(self) -> None:
        self._last: tuple[float, Pose] | None = None
        self._is_first = False

    def begin(self) -> None:
        """A segment begins."""
        self._is_first = True

    def check(self, _index: int, time_s: float, pose: Pose | None) -> None:
        """Take the next pose."""
        if pose is None:
            return
        if self._is_first and self._last is not None:
            last_s, last = self._last
            if time_s - last_s <= SEAM_S and is_elsewhere(last, pose):
                raise CannotBeCut
        self._last, self._is_first = (time_s, pose), False


def _raise(failed: Failed) -> None:
    if failed.inexact:
        raise CannotBeCut
    raise failed.error or RuntimeError(f"a worker failed:\n{failed.trace}")
