"""The three doors to the outside. Each is held by one contract suite in tests/contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from repcount.core.model import Frame, Pose, Snapshot


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


class Sink(Protocol):
    """Takes each frame with what is known after it."""

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        ...

    def close(self) -> None:
        """Finish what was written and put it in its place; may be called twice."""

    def discard(self) -> None:
        """Leave nothing behind: what was being written is taken away."""


@runtime_checkable
class Ending(Protocol):
    """What a sink has besides that wants to know what is reported after the last frame."""

    def end(self, snapshot: Snapshot) -> None:
        """Take what is known when all frames are done; comes once, before ``close``."""
