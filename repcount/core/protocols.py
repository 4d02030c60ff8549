"""The doors to the outside: where frames come from, what finds poses, what shows and keeps the result.

Source, estimator and sink are each held by one contract suite in tests/contract.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, TypeVar, runtime_checkable

from repcount.core.guide import Command, Surroundings
from repcount.core.records import NAN, ExerciseSummary, Frame, Pose, Snapshot

Own = TypeVar("Own", bound="ClosedOrDiscarded")
Held = TypeVar("Held", bound="HeldOpen")


class FrameSource(Protocol):
    """Frames with strictly increasing media time, from a file or a camera. A context manager."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the upright frames."""
        ...

    @property
    def duration_s(self) -> float | None:
        """Length in media seconds, None where unknown."""
        ...

    @property
    def frame_count(self) -> int | None:
        """Number of frames, None where unknown."""
        ...

    @property
    def damage(self) -> str | None:
        """One line on where and why it broke off, None where it did not."""
        ...

    def __iter__(self) -> Iterator[Frame]: ...

    def close(self) -> None:
        """Let go of the file or device; may be called twice."""


class PoseEstimator(Protocol):
    """Finds the one person in a frame."""

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose, or None where nobody is found. Frames come in the order of their time."""

    def close(self) -> None:
        """Let go of the network; may be called twice."""


class HeldOpen(Protocol):
    """A context manager of itself."""

    def __enter__(self: Held) -> Held: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class OpenEstimator(PoseEstimator, HeldOpen, Protocol):
    """A network that is held open for one source."""


class Sink(Protocol):
    """Takes each frame with what is known after it."""

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        ...

    def close(self) -> None:
        """Finish what was written and put it in its place; may be called twice."""

    def discard(self) -> None:
        """Leave nothing behind: what was being written is taken away."""


class ClosedOrDiscarded(ABC):
    """A sink as a context manager: closed at the end, discarded where something goes wrong."""

    @abstractmethod
    def close(self) -> None:
        """As in :class:`Sink`."""

    @abstractmethod
    def discard(self) -> None:
        """As in :class:`Sink`."""

    def __enter__(self: Own) -> Own:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()


@runtime_checkable
class Ending(Protocol):
    """A sink that also wants to know what is reported after the last frame."""

    def end(self, snapshot: Snapshot) -> None:
        """Take what is known when all frames are done; comes once, before ``close``."""


class CountingSession(Protocol):
    """What the loop steps: poses in, snapshots out."""

    def step(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Take the newest pose, None where nobody was found; times must increase."""
        ...

    def finish(self, time_s: float) -> Snapshot:
        """End the session: what was nearly done is judged with what there is."""
        ...

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """Everything that was counted."""
        ...


class GuidedSession(CountingSession, Protocol):
    """A session with a trainer."""

    def step(self, time_s: float, pose: Pose | None, around: Surroundings | None = None) -> Snapshot:
        """Take the newest pose, and what else is known of the picture."""
        ...

    def apply(self, command: Command) -> None:
        """Take a command; it works from the next step on."""
        ...


class PeopleCounting(Protocol):
    """Counts people."""

    def count(self, frame: Frame) -> int:
        """How many people are in the picture, as far as it can count."""
        ...


class OpenPeopleCounter(PeopleCounting, HeldOpen, Protocol):
    """A network that counts people, held open."""

    def close(self) -> None:
        """Let go of the network; may be called twice."""


@dataclass(frozen=True)
class LiveStatus:
    """The running of a live session, over the last seconds.

    Attributes
    ----------
    waiting : why no picture comes and what to do, in one line; empty while pictures come.
    fps : frames a second that were processed; NaN before there are two.
    pose_ms : how long the pose network and the engine take for one, median.
    draw_ms : how long painting takes for one, median; NaN without a screen.
    delay_ms : from the taking of a picture to its being shown (without a screen: judged), 95th percentile.
    dropped : pictures of the camera that were passed over, since the start.
    unshown : processed ones that were not shown, since the start.
    losses : how often the camera was lost.
    """

    waiting: str = ""
    fps: float = NAN
    pose_ms: float = NAN
    draw_ms: float = NAN
    delay_ms: float = NAN
    dropped: int = 0
    unshown: int = 0
    losses: int = 0


class Screen(Protocol):
    """Where the person sees it. Called by the main thread alone."""

    def show(self, frame: Frame | None, snapshot: Snapshot | None, status: LiveStatus) -> None:
        """Show the newest picture; without one, that there is none."""
        ...

    def commands(self) -> tuple[Command, ...]:
        """What was asked for since the last call; closing the window is ``Command.QUIT``."""
        ...

    def close(self) -> None:
        """Take it away; may be called twice."""
        ...
