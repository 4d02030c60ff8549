"""Recordings of the repository, as frames and as a network of COCO's 17 points would give them."""

from __future__ import annotations

from pathlib import Path

from repcount.core.records import Pose
from repcount.core.skeleton import COCO17_ROWS
from tests.samples import POSES, Track, recorded

SQUAT = POSES / "wall_squat.npz"


def as_coco17(track: Track) -> Track:
    """The same frames from a network without heels and toes, and without anything in metres."""
    return [(time_s, None if pose is None else _bare(pose)) for time_s, pose in track]


def _bare(pose: Pose) -> Pose:
    return Pose.from_coco17(pose.landmarks_px[COCO17_ROWS, :2], pose.visibility[COCO17_ROWS], *pose.size_px)


def path_of(name: str) -> Path:
    return POSES / f"{name}.npz"


__all__ = ["SQUAT", "as_coco17", "path_of", "recorded"]
