"""What a live session is made of: the doors to trainer, screen and onlookers, and how it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from repcount.core.guide import Command, Surroundings
from repcount.core.model import NAN, ExerciseSummary, Frame, Pose, Snapshot


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


class GuidedSession(Protocol):
    """What the loop drives: the trainer."""

    def step(self, time_s: float, pose: Pose | None, around: Surroundings) -> Snapshot:
        """Take the newest pose."""
        ...

    def apply(self, command: Command) -> None:
        """Take a command; it works from the next step on."""
        ...

    def finish(self, time_s: float) -> Snapshot:
        """End the session: what was nearly done is judged with what there is."""
        ...

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """Everything that was counted."""
        ...


class Onlookers(Protocol):
    """Counts people."""

    def count(self, frame: Frame) -> int:
        """How many people are in the picture, as far as it can count."""
        ...


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
