"""The one loop: frame in, pose found, session stepped, sinks written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from repcount.core.errors import RepcountError
from repcount.core.model import NAN, InputSummary
from repcount.core.protocols import Ending, FrameSource, PoseEstimator, Sink
from repcount.engine.auto import AutoSession
from repcount.engine.session import Session

FrameListener = Callable[[int], None]
"""Takes how many frames of the source are done, those that were left out included."""


def run(
    source: FrameSource,
    estimator: PoseEstimator,
    session: Session | AutoSession,
    sinks: Sequence[Sink] = (),
    on_frame: FrameListener | None = None,
) -> InputSummary:
    """Judge one source from its first frame to its last.

    Source and estimator stay open: they belong to the caller. The sinks are closed, or discarded where
    anything at all goes wrong, an interruption included, so that nothing half-written stays behind.

    Parameters
    ----------
    on_frame : told after every frame, for a progress bar.
    """
    try:
        summary = _judge(source, estimator, session, sinks, on_frame)
        for sink in sinks:
            sink.close()
    except BaseException:
        for sink in sinks:
            with suppress(RepcountError):  # the first failure is the one to tell
                sink.discard()
        raise
    return summary


def _judge(
    source: FrameSource,
    estimator: PoseEstimator,
    session: Session | AutoSession,
    sinks: Sequence[Sink],
    on_frame: FrameListener | None,
) -> InputSummary:
    frames = tracked = with_pose = 0
    time_s = 0.0
    for frame in source:
        pose = estimator.estimate(frame)
        if sinks:
            snapshot = session.step(frame.time_s, pose)
            for sink in sinks:
                sink.write(frame, snapshot)
            with_pose += snapshot.pose is not None
        else:
            with_pose += session.take(frame.time_s, pose)
        time_s = frame.time_s
        frames, tracked = frame.index + 1, tracked + 1
        if on_frame is not None:
            on_frame(frames)
    last = session.finish(time_s)
    for sink in sinks:
        if isinstance(sink, Ending):
            sink.end(last)
    return InputSummary(
        source=source.name,
        error=_complaint(source, tracked, with_pose),
        duration_s=NAN if source.duration_s is None else source.duration_s,
        frames=max(source.frame_count or 0, frames),
        frames_tracked=tracked,
        frames_with_pose=with_pose,
        exercises=session.summaries(),
        candidates=session.loose_candidates(),
    )


def _complaint(source: FrameSource, tracked: int, with_pose: int) -> str | None:
    parts = [source.damage] if source.damage else []
    if not with_pose:
        parts.append(
            f"{source.name}: nobody was found in any of its {tracked} frames; "
            "check that the whole body is in the picture and the room is lit"
        )
    return "; ".join(parts) or None
