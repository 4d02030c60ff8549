"""A video opened to be tracked, with or without pictures that are painted."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from repcount.core.protocols import FrameSource, PoseEstimator
from repcount.sources.facts import read_facts
from repcount.sources.sampling import EDGE_PX, GAP_S, Sampling
from repcount.sources.video import VideoSource
from repcount.tracking.video import JoinedPoses, TrackedVideo
from repcount.tracking.workers import Job


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def prepare(
    video: Path, bundle: Callable[[], Path], every_frame: bool, quiet: bool, turn_deg: int = 0
) -> Job:
    """Look at a video and say how it is tracked.

    Parameters
    ----------
    turn_deg : quarters by which the picture is to be turned, clockwise.
    bundle : gives the pose model; asked once the video has been found to be one.

    Raises
    ------
    InputError
        Where there is no picture to be had from it.
    """
    facts = read_facts(video, turn_deg)
    sampling = Sampling(0.0 if every_frame else GAP_S, EDGE_PX, turn_deg)
    return Job(video, facts, sampling, bundle(), quiet)


def open_pictures(job: Job, jobs: int, stack: ExitStack) -> tuple[FrameSource, PoseEstimator]:
    """Open a video twice: its whole pictures, and what finds the poses in them ahead of time."""
    pictures = stack.enter_context(VideoSource(job.video, replace(job.sampling, edge_px=None)))
    poses = JoinedPoses(stack.enter_context(TrackedVideo(job, jobs)))
    stack.callback(poses.close)
    return pictures, poses
