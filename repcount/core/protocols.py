"""The three doors to the outside. Each is held by one contract suite in tests/contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from repcount.core.model import Frame, Pose, Snapshot


class FrameSource(Protocol):
    """Frames with strictly increasing media time, from a file or a camera. A context manager.

    Attributes
    ----------
    name : what messages call it, for a file its path.
    size_px : (width, height) of the upright frames.
    duration_s, frame_count : as far as known before reading; None otherwise.
    damage : None, or after reading one line that says where and why a file broke off.
    """

    @property
    def name(self) -> str: ...
    @property
    def size_px(self) -> tuple[int, int]: ...
    @property
    def duration_s(self) -> float | None: ...
    @property
    def frame_count(self) -> int | None: ...
    @property
    def damage(self) -> str | None: ...
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

    def write(self, frame: Frame, snapshot: Snapshot) -> None: ...
    def close(self) -> None:
        """Finish what was written and put it in its place; may be called twice."""

    def discard(self) -> None:
        """Leave nothing behind: what was being written is taken away."""
