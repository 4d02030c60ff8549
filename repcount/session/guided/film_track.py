"""The poses of a film that is being made: cut where it was interrupted, begun in the start posture."""

from __future__ import annotations

from typing import Final

from repcount.core.records import Pose
from repcount.session.guided.stillness import postures_apart

SEAM_S: Final = 0.5  # between what was before an interruption and what is after it
SAME_POSTURE: Final = 0.12
"""Of the body's extent, mean of the joints: nearer postures are the same one."""

Track = tuple[tuple[float, Pose | None], ...]
"""The time of each frame, media seconds, and the pose in it."""


class FilmTrack:
    """Collects poses; its clock stands still while nothing is collected."""

    def __init__(self) -> None:
        self._poses: list[tuple[float, Pose | None]] = []
        self._marks: list[int] = []
        self._kept = 0
        self._shift_s: float | None = None

    def add(self, time_s: float, pose: Pose | None) -> None:
        """Take the newest pose, None where nobody was found; times must increase."""
        if self._shift_s is None:
            self._shift_s = time_s - (self._poses[-1][0] + SEAM_S if self._poses else 0.0)
        self._poses.append((time_s - self._shift_s, pose))

    @property
    def begun(self) -> int:
        """How many repetitions have been begun."""
        return len(self._marks)

    def mark(self) -> None:
        """The next repetition begins here."""
        self._marks.append(len(self._poses))

    def cut(self, repetitions: int) -> None:
        """Keep so many repetitions, and nothing that came after them."""
        if repetitions < len(self._marks):
            self._kept = self._marks[repetitions] if repetitions else 0
        del self._marks[repetitions:]
        del self._poses[self._kept :]
        self._shift_s = None

    def poses(self) -> Track:
        """The film, with times from 0 on. It begins where the body first has the posture of the end.

        So lying or sitting down before the first repetition is not in the film, if the person does not get up
        before the end.
        """
        last = next((pose for _, pose in reversed(self._poses) if pose is not None), None)
        if last is None:
            return ()
        alike = (
            i
            for i, (_, pose) in enumerate(self._poses)
            if pose is not None and postures_apart(last, pose) <= SAME_POSTURE
        )
        found = self._poses[next(alike, 0) :]
        return tuple((time_s - found[0][0], pose) for time_s, pose in found)
