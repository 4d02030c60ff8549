"""The one loop: frame in, pose found, session stepped, sinks written. Files, camera and phone drive it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from typing import Final

from repcount.core.errors import InputError, RepcountError, SettingError
from repcount.core.guide import Command, Stage, Surroundings
from repcount.core.protocols import (
    CountingSession,
    Ending,
    FrameSource,
    GuidedSession,
    PeopleCounting,
    PoseEstimator,
    Sink,
)
from repcount.core.records import NAN, Frame, InputSummary, Note, Pose, Snapshot
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session

COUNT_PEOPLE_EVERY_S: Final = 0.5
LONGER_S: Final = 0.5
"""By no more than this a source may last longer than it says."""

FrameListener = Callable[[int], None]
"""Takes how many frames of the source are done, those that were left out included."""

Watch = Callable[[FrameSource], AbstractContextManager[FrameListener]]
"""Opens what shows the progress through a source."""


class FrameLoop:
    """Takes one frame after the other. Estimator, session and sinks are opened by the caller.

    A sink that fails is discarded and left out from then on; the others go on.

    Parameters
    ----------
    on_failure : takes one line about a sink that failed.

    Attributes
    ----------
    frames, with_pose : frames so far, and how many of them show the person.
    last : what is known after the newest frame; None before the first one.
    """

    def __init__(
        self,
        estimator: PoseEstimator,
        session: CountingSession,
        sinks: Sequence[Sink] = (),
        on_failure: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._estimator, self._session = estimator, session
        self._on_failure = on_failure
        self._sinks = list(sinks)
        self.frames = self.with_pose = 0
        self._passed_over: list[tuple[float, float]] = []
        self._is_passing = False
        self.last: Snapshot | None = None

    def step(self, frame: Frame) -> Snapshot:
        """Take the next frame."""
        pose = self._estimator.estimate(frame)
        self.last = self._count(frame, pose)
        self.frames += 1
        self.with_pose += self.last.pose is not None
        self._write(frame, self.last)
        return self.last

    def finish(self) -> Snapshot:
        """End the session at the newest frame and tell the sinks what that brought."""
        self.last = self._session.finish(0.0 if self.last is None else self.last.time_s)
        for sink in tuple(self._sinks):
            if isinstance(sink, Ending):
                self._safely(sink, partial(sink.end, self.last))
        return self.last

    def close(self) -> None:
        """Close the sinks; what one complains of is told."""
        for sink in tuple(self._sinks):
            self._safely(sink, sink.close)

    def discard(self) -> None:
        """Take away what the sinks have written."""
        for sink in self._sinks:
            with suppress(RepcountError):  # the first failure is the one to tell
                sink.discard()

    def summary(self, source: str, duration_s: float, frames: int, error: str | None = None) -> InputSummary:
        """All that was counted; ``frames`` includes those that were not judged."""
        return InputSummary(
            source=source,
            error=error,
            duration_s=duration_s,
            frames=frames,
            frames_tracked=self.frames,
            frames_with_pose=self.with_pose,
            exercises=self._session.summaries(),
            passed_over=tuple(self._passed_over),
        )

    def _note_passing(self, time_s: float, is_passing: bool) -> None:
        if is_passing:
            start_s = self._passed_over.pop()[0] if self._is_passing else time_s
            self._passed_over.append((start_s, time_s))
        self._is_passing = is_passing

    def _count(self, frame: Frame, pose: Pose | None) -> Snapshot:
        snapshot = self._session.step(frame.time_s, pose)
        self._note_passing(frame.time_s, pose is not None and snapshot.pose is None)
        return snapshot

    def _write(self, frame: Frame, snapshot: Snapshot) -> None:
        for sink in tuple(self._sinks):
            self._safely(sink, partial(sink.write, frame, snapshot))

    def _safely(self, sink: Sink, work: Callable[[], None]) -> None:
        try:
            work()
        except RepcountError as error:
            self._sinks.remove(sink)
            self._on_failure(str(error))
            with suppress(RepcountError):
                sink.discard()


class GuidedLoop(FrameLoop):
    """The loop of a live session: it takes commands.

    Parameters
    ----------
    people : counts people, about twice a second while the person finds the right place; None counts nobody.
    on_failure : takes one line about a sink that failed.
    """

    def __init__(
        self,
        estimator: PoseEstimator,
        trainer: GuidedSession,
        people: PeopleCounting | None = None,
        on_failure: Callable[[str], None] = lambda line: None,
    ) -> None:
        super().__init__(estimator, trainer, on_failure=on_failure)
        self._trainer, self._people = trainer, people
        self._counted_s = -math.inf
        self._number: int | None = None

    def open(self, sinks: Sequence[Sink]) -> None:
        """Write to these from now on."""
        self._sinks += sinks

    def apply(self, command: Command) -> None:
        """Take a command; it works from the next frame on."""
        self._trainer.apply(command)

    def _count(self, frame: Frame, pose: Pose | None) -> Snapshot:
        around = Surroundings(frame.brightness, self._people_in(frame))
        return self._trainer.step(frame.time_s, pose, around)

    def _people_in(self, frame: Frame) -> int | None:
        """How many people there are; None where nobody counts them now."""
        guide = None if self.last is None else self.last.guide
        if self._people is None or (guide is not None and guide.stage is not Stage.FRAMING):
            self._counted_s, self._number = -math.inf, None
        elif frame.time_s - self._counted_s >= COUNT_PEOPLE_EVERY_S:
            self._counted_s, self._number = frame.time_s, self._people.count(frame)
        return self._number


def run(
    source: FrameSource,
    estimator: PoseEstimator,
    session: Session | AutoSession,
    sinks: Sequence[Sink] = (),
    on_frame: FrameListener | None = None,
) -> InputSummary:
    """Judge one source from its first frame to its last.

    Source and estimator stay open: they belong to the caller. The sinks are closed, or discarded where
    anything else goes wrong, an interruption included, so that nothing half-written stays behind. A sink
    that fails is discarded alone: the rest is judged and written, and the failure is part of ``error``.

    Parameters
    ----------
    on_frame : told after every frame, for a progress bar.

    Raises
    ------
    InputError
        The source cannot be read on, or its poses lack what the exercise is counted by.
    """
    failures: list[str] = []
    loop = FrameLoop(estimator, session, sinks, failures.append)
    try:
        frames, before_s, last_s = 0, 0.0, 0.0
        for frame in source:
            loop.step(frame)
            frames, before_s, last_s = frame.index + 1, last_s, frame.time_s
            if on_frame is not None:
                on_frame(frames)
        loop.finish()
        duration_s = _length_s(source.duration_s, 2 * last_s - before_s)
        frames = max(source.frame_count or 0, frames)
        summary = loop.summary(source.name, duration_s, frames, _complaint(source, loop))
        loop.close()
    except BaseException as error:
        loop.discard()
        if isinstance(error, SettingError):
            raise InputError(f"{source.name}: {error}") from error
        raise
    told = "; ".join(part for part in (summary.error, *failures) if part) or None
    return replace(summary, error=told, candidates=session.loose_candidates(), notes=_notes(session))


def _length_s(told_s: float | None, seen_s: float) -> float:
    """How long a source lasts: what it says, or what was seen where that is longer, as in files joined."""
    if told_s is None:
        return seen_s if seen_s > 0 else NAN  # a still picture has no length
    return seen_s if seen_s > told_s + LONGER_S else told_s


def _notes(session: Session | AutoSession) -> tuple[Note, ...]:
    came_s = session.new_person_s
    return (Note("another_person", came_s),) if came_s == came_s else ()


def _complaint(source: FrameSource, loop: FrameLoop) -> str | None:
    parts = [source.damage] if source.damage else []
    if not loop.with_pose:
        parts.append(
            f"{source.name}: nobody was found in any of its {loop.frames} frames; "
            "check that the whole body is in the picture and the room is lit"
        )
    return "; ".join(parts) or None
