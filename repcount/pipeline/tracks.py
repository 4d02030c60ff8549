"""The poses of an input, one for each frame, where nothing is to be counted yet."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

from repcount.core.errors import InputError
from repcount.core.files import refuse_no_file
from repcount.core.protocols import FrameSource, PoseEstimator
from repcount.core.records import Pose
from repcount.pipeline.assemble import Watch
from repcount.pipeline.loop import FrameListener
from repcount.pose.estimator import (
    RECORDING_SUFFIX,
    ModelLoader,
    open_people_counter,
    open_recording,
)

LOOKED_AT: Final = 9
"""Pictures of a video in which people are counted."""
EVERY: Final = 30
"""One in so many frames."""

Track = list[tuple[float, Pose | None]]
"""The time of each frame, media seconds, and the pose in it."""


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
    from repcount.pipeline.parallel_video import TrackedVideo, prepare_video, processors

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
    from repcount.sources.video import VideoSource

    refuse_no_file(path)
    with open_people_counter(model.get().path) as counter, VideoSource(path) as pictures:
        looked_at = islice(pictures, 0, EVERY * LOOKED_AT, EVERY)
        return round(median([counter.count(frame) for frame in looked_at] or [0]))
