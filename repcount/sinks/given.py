"""A sink that records the poses which the counting was given: none while the session was paused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from repcount.core.model import Frame, Pose, Snapshot


class PoseWriter(Protocol):
    """Where poses are written."""

    def append(self, time_s: float, pose: Pose | None) -> None:
        """Add one frame."""
        ...

    def close(self) -> None:
        """Put the recording in its place."""
        ...

    def discard(self) -> None:
        """Leave nothing behind."""
        ...


class GivenPoses:
    """Writes one pose for each frame.

    Parameters
    ----------
    given : returns the pose that the last step counted with, None where there was none.
    """

    def __init__(self, writer: PoseWriter, given: Callable[[], Pose | None]) -> None:
        self._writer = writer
        self._given = given

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        self._writer.append(frame.time_s, self._given())

    def close(self) -> None:
        """Put the recording in its place."""
        self._writer.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._writer.discard()
