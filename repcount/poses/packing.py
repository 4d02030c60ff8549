"""Poses packed into few arrays, to be sent from one process to another without losing a bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repcount.core.model import Pose
from repcount.core.skeleton import LANDMARKS


@dataclass(frozen=True, eq=False)
class PackedPoses:
    """Frames that were looked at, in order.

    Attributes
    ----------
    index, time_s : of each frame, shape (T,).
    found : whether somebody was found, shape (T,).
    marks : pixels, visibility and metres of those who were, shape (F, 33, 7), float32.
    size_px : of the upright frames.
    """

    index: NDArray[np.int64]
    time_s: NDArray[np.float64]
    found: NDArray[np.bool_]
    marks: NDArray[np.float32]
    size_px: tuple[int, int]

    def __iter__(self) -> Iterator[tuple[int, float, Pose | None]]:
        row = 0
        frames = zip(self.index.tolist(), self.time_s.tolist(), self.found.tolist(), strict=True)
        for index, time_s, found in frames:
            pose = None
            if found:
                marks = self.marks[row]
                pose = Pose(marks[:, :3], marks[:, 3], marks[:, 4:], self.size_px)
                row += 1
            yield index, time_s, pose


def pack(frames: Sequence[tuple[int, float, Pose | None]], size_px: tuple[int, int]) -> PackedPoses:
    """Pack frames with their numbers and times."""
    poses = [pose for _index, _time_s, pose in frames if pose is not None]
    marks = np.empty((len(poses), len(LANDMARKS), 7), np.float32)
    for row, pose in zip(marks, poses, strict=True):
        row[:, :3], row[:, 3], row[:, 4:] = pose.landmarks_px, pose.visibility, pose.world_m
    return PackedPoses(
        np.array([index for index, _time_s, _pose in frames], np.int64),
        np.array([time_s for _index, time_s, _pose in frames], np.float64),
        np.array([pose is not None for _index, _time_s, pose in frames], np.bool_),
        marks,
        size_px,
    )
