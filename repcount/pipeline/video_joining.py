"""Segments handed out to workers, and what they find put together in the order of the file."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import wait
from typing import Final

from repcount.core.errors import InputError
from repcount.core.records import Pose
from repcount.pipeline.video_workers import Failed, Job, Tracked, Worker
from repcount.sources.segments import Segment
from repcount.tracking.identity import is_elsewhere

SEAM_S: Final = 0.5  # nobody walks half a trunk in less, and after more it says nothing

Done = Callable[[int], None]
"""Takes how many frames of the file are done."""

Found = tuple[int, float, "Pose | None"]
"""Number and time of a frame that was looked at, and the pose in it."""


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
