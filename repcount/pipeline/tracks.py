"""The poses of an input, one for each frame, where nothing is to be counted yet."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

from repcount.core.files import refuse_no_file
from repcount.core.model import Frame, Pose
from repcount.core.protocols import FrameSource, PoseEstimator
from repcount.pipeline.assemble import Watch
from repcount.pose.estimator import (
    RECORDING_SUFFIX,
    ModelLoader,
    open_estimator,
    open_people_counter,
    open_recording,
)

LOOKED_AT: Final = 9
"""Pictures of a video in which people are counted."""
EVERY: Final = 15
"""One in so many frames, that is about one a second."""

Track = list[tuple[float, Pose | None]]
"""The time of each frame, media seconds, and the pose in it."""


def read_track(path: Path, model: ModelLoader, watch: Watch) -> Track:
    """Find the poses of a video, or read those of a landmark recording.

    Raises
    ------
    InputError, ModelError
        It cannot be read; there is no model.
    """
    refuse_no_file(path)
    with ExitStack() as stack:
        source, estimator = _opened(path, model, stack)
        tell = stack.enter_context(watch(source))
        track: Track = []
        for done, frame in enumerate(source, 1):
            track.append((frame.time_s, estimator.estimate(frame)))
            tell(done)
    return track


def _opened(path: Path, model: ModelLoader, stack: ExitStack) -> tuple[FrameSource, PoseEstimator]:
    if path.suffix.lower() == RECORDING_SUFFIX:
        return open_recording(path)
    source = _video(path)
    return source, stack.enter_context(open_estimator(model.get().path))


def _video(path: Path) -> FrameSource:
    from repcount.sources.pictures import EDGE_PX, GAP_S, Sampling
    from repcount.sources.video import VideoSource

    return VideoSource(path, Sampling(GAP_S, EDGE_PX))


def people_in(path: Path, model: ModelLoader) -> int:
    """How many people a video shows in the middle of what was looked at: 0, 1, or 2 for two and more.

    A landmark recording holds one person and no pictures: 1.
    """
    if path.suffix.lower() == RECORDING_SUFFIX:
        return 1
    with open_people_counter(model.get().path) as counter:
        looked_at = islice(_some(_video(path)), LOOKED_AT)
        return round(median([counter.count(frame) for frame in looked_at] or [0]))


def _some(frames: Iterable[Frame]) -> Iterable[Frame]:
    return islice(frames, 0, None, EVERY)
