"""The poses of a file: a video tracked by several processes and joined in order, or a recording."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Final

from repcount.core.child_process import give_back
from repcount.core.errors import InputError
from repcount.core.input_files import refuse_no_file
from repcount.core.protocols import FrameSource, PoseEstimator
from repcount.core.records import Frame, Pose
from repcount.pipeline.loop import FrameListener, Watch
from repcount.pipeline.video_workers import CannotBeCut, Done, Found, Job, join_poses
from repcount.pose.estimator import (
    RECORDING_SUFFIX,
    ModelLoader,
    open_estimator,
    open_people_counter,
    open_recording,
)
from repcount.sources.pictures import EDGE_PX, GAP_S, Sampling
from repcount.sources.segments import Segment, cut_segments, read_index
from repcount.sources.video import WHOLE, VideoSource, read_ahead
from repcount.sources.video_facts import read_facts

SETTLE_S: Final = 1.0
"""For how long before its segment a worker tracks; see docs/performance.md for how it was found."""
LOOKED_AT: Final = 9
"""Pictures of a video in which people are counted."""
EVERY: Final = 30
"""One in so many frames."""

Track = list[tuple[float, Pose | None]]
"""The time of each frame, media seconds, and the pose in it."""


class TrackedVideo:
    """A video whose poses are found by ``jobs`` processes; a ``FrameSource`` and its ``PoseEstimator``.

    Its frames come without pictures, and only those that were looked at. A file that cannot be cut
    (damaged, a pipe, stamps that do not increase) is tracked here, from its start to its end.

    Parameters
    ----------
    jobs : 1 tracks here, with the decoder in a thread of its own.

    Attributes
    ----------
    on_done : told how many frames are done, whatever part of the file they are in.

    Raises
    ------
    InputError
        Where there is no picture to be had from the file.
    """

    def __init__(self, job: Job, jobs: int) -> None:
        self._job = job
        self._jobs = jobs
        self.on_done: Done | None = None
        self._whole = VideoSource(job.video, job.sampling)
        self._read_whole = False
        self._poses = _Queue()

    @property
    def name(self) -> str:
        """The path, as given."""
        return self._whole.name

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the upright frames that the landmarks belong to."""
        return self._whole.size_px

    @property
    def duration_s(self) -> float | None:
        """How long the pictures last, as far as the container says."""
        return self._whole.duration_s

    @property
    def frame_count(self) -> int | None:
        """How many frames there are, as far as the container says."""
        return self._whole.frame_count

    @property
    def guessed_fps(self) -> float | None:
        """Pictures a second of a raw stream, which does not say so; None of any other."""
        return self._whole.guessed_fps

    @property
    def damage(self) -> str | None:
        """After reading: one line that says what was damaged and where; None for a sound file."""
        return self._whole.damage if self._read_whole else None

    def __iter__(self) -> Iterator[Frame]:
        for index, time_s, pose in self.found():
            self._poses.put(time_s, pose)
            yield Frame(time_s, index, size_px=self.size_px)

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose of a frame that ``__iter__`` gave."""
        return self._poses.take(frame.time_s)

    def close(self) -> None:
        """Let go of the file; the processes end with the iteration."""
        self._whole.close()

    def __enter__(self) -> TrackedVideo:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def found(self) -> Iterator[Found]:
        """Yield number, time and pose of every frame that is looked at, in order."""
        last = -1
        segments = self._segments()
        if len(segments) > 1:
            try:
                for found in join_poses(self._job, segments, self._jobs, self._tell):
                    last = found[0]
                    yield found
                return
            except CannotBeCut:
                pass
        yield from self._here(last)

    def _tell(self, frames: int) -> None:
        if self.on_done is not None:
            self.on_done(frames)

    def _segments(self) -> Sequence[Segment]:
        if self._jobs == 1:
            return ()
        index = read_index(self._job.video, self._job.facts)
        segments = (
            () if index is None else cut_segments(index, self._job.sampling.gap_s, self._jobs, SETTLE_S)
        )
        give_back()  # the index of a long file took some megabytes more while it was read
        return segments

    def _here(self, last: int) -> Iterator[Found]:
        """Track in this process. Frames up to ``last`` were given already and are not given again."""
        self._read_whole = True
        with open_estimator(self._job.bundle, self._job.quiet) as estimator:
            for frame in read_ahead(self._whole):
                pose = estimator.estimate(frame)
                self._tell(frame.index + 1)
                if frame.index > last:
                    yield frame.index, frame.time_s, pose


class JoinedPoses:
    """Poses of a ``TrackedVideo`` for the pictures of the same file, read a second time to be painted."""

    def __init__(self, tracked: TrackedVideo) -> None:
        self._found = tracked.found()

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose of the next frame.

        Raises
        ------
        InputError
            The file is not the same the second time.
        """
        for _index, time_s, pose in self._found:
            if time_s == frame.time_s:
                return pose
            break
        raise InputError("the video changed while it was read; leave it alone until the work is done")

    def close(self) -> None:
        """End the processes."""
        close = getattr(self._found, "close", None)
        if close is not None:
            close()


class _Queue:
    """The pose of the frame that was given last."""

    def __init__(self) -> None:
        self._now: tuple[float, Pose | None] | None = None

    def put(self, time_s: float, pose: Pose | None) -> None:
        self._now = (time_s, pose)

    def take(self, time_s: float) -> Pose | None:
        if self._now is None or self._now[0] != time_s:
            raise ValueError("only the frame that was given last has its pose here")
        return self._now[1]


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def prepare_video(
    video: Path, bundle: Callable[[], Path], every_frame: bool, quiet: bool, sampling: Sampling = WHOLE
) -> Job:
    """Look at a video and say how it is tracked.

    Parameters
    ----------
    sampling : how the picture is to be turned, and the rate of a raw stream.
    bundle : gives the pose model; asked once the video has been found to be one.

    Raises
    ------
    InputError
        Where there is no picture to be had from it.
    """
    facts = read_facts(video, sampling.turn_deg, sampling.fps)
    sampling = replace(sampling, gap_s=0.0 if every_frame else GAP_S, edge_px=EDGE_PX)
    return Job(video, facts, sampling, bundle(), quiet)


def open_pictures(job: Job, jobs: int, stack: ExitStack) -> tuple[FrameSource, PoseEstimator]:
    """Open a video twice: its whole pictures, and what finds the poses in them ahead of time."""
    pictures = stack.enter_context(VideoSource(job.video, replace(job.sampling, edge_px=None)))
    poses = JoinedPoses(stack.enter_context(TrackedVideo(job, jobs)))
    stack.callback(poses.close)
    return pictures, poses


def read_track(path: Path, model: ModelLoader, watch: Watch) -> Track:
    """Find the poses of a video, as ``analyze`` does, or read those of a landmark recording.

    Raises
    ------
    InputError, ModelError
        It cannot be read, or breaks off; there is no model.
    """
    refuse_no_file(path)
    with ExitStack() as stack:
        source, estimator, tell = _opened(path, model, watch, stack)
        track: Track = []
        for done, frame in enumerate(source, 1):
            track.append((frame.time_s, estimator.estimate(frame)))
            tell(done)
        if source.damage is not None:
            raise InputError(f"{source.damage}; film it anew")
    return track


def _opened(
    path: Path, model: ModelLoader, watch: Watch, stack: ExitStack
) -> tuple[FrameSource, PoseEstimator, FrameListener]:
    if path.suffix.lower() == RECORDING_SUFFIX:
        recorded, poses = open_recording(path)
        return recorded, poses, stack.enter_context(watch(recorded))
    job = prepare_video(path, lambda: model.get().path, every_frame=False, quiet=True)
    tracked = stack.enter_context(TrackedVideo(job, processors()))
    tracked.on_done = stack.enter_context(watch(tracked))
    return tracked, tracked, lambda done: None


def people_in(path: Path, model: ModelLoader) -> int:
    """How many people a video shows in the middle of what was looked at: 0, 1, or 2 for two and more.

    A landmark recording holds one person and no pictures: 1.
    """
    if path.suffix.lower() == RECORDING_SUFFIX:
        return 1
    refuse_no_file(path)
    with open_people_counter(model.get().path) as counter, VideoSource(path) as pictures:
        looked_at = islice(pictures, 0, EVERY * LOOKED_AT, EVERY)
        return round(median([counter.count(frame) for frame in looked_at] or [0]))
