"""Whether the picture stands on its head or lies on its side: what would be counted if it were turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions

if TYPE_CHECKING:
    from repcount.core.records import Pose
    from repcount.exercises.spec import Exercise

TURNS_DEG: Final = (180, 90, 270)
LEAST: Final = 2
"""Repetitions that a turn has to bring before it is believed."""
MOST: Final = 4_500
"""Frames that are turned: the first five minutes of 15 a second."""
SLOWED: Final = 2.0
"""So much longer everything takes in slow motion."""

Poses = Sequence[tuple[float, "Pose | None"]]
Watched = Sequence[tuple["Exercise", SessionOptions]]


def likely_turn(poses: Poses, watched: Watched) -> tuple[int, int]:
    """The turn in degrees, clockwise, with which most is counted, and how much; 0 and 0 for too little."""
    first = poses[:MOST]
    found = {turn: _counted([(t, _or_none(pose, turn)) for t, pose in first], watched) for turn in TURNS_DEG}
    best = max(TURNS_DEG, key=lambda turn: sum(found[turn]))
    often = len(found[best])
    return (best, often) if often >= LEAST else (0, 0)


def count_slowed(poses: Poses, watched: Watched) -> int:
    """How much would be counted if all were done at half the pace."""
    return len(_counted([(SLOWED * time_s, pose) for time_s, pose in poses[:MOST]], watched))


def session_of(watched: Watched) -> Session | AutoSession:
    """A session that watches for these exercises."""
    return Session(*watched[0]) if len(watched) == 1 else AutoSession(watched)


def run_poses(session: Session | AutoSession, poses: Poses) -> None:
    """Take a session from the first pose to its end."""
    for time_s, pose in poses:
        session.step(time_s, pose)
    session.finish(poses[-1][0] if poses else 0.0)


def turned_pose(pose: Pose, turn_deg: int) -> Pose:
    """The same body in a picture that is turned clockwise by quarters."""
    import numpy as np  # here: the page that needs no computer imports this module and has no numpy

    width_px, height_px = pose.size_px
    for _ in range(turn_deg % 360 // 90):
        x, y, z = pose.landmarks_px.T
        forward, down, deep = pose.world_m.T
        pose = replace(
            pose,
            landmarks_px=np.stack([height_px - y, x, z], axis=1),
            world_m=np.stack([-down, forward, deep], axis=1),
            size_px=(height_px, width_px),
        )
        width_px, height_px = pose.size_px
    return pose


def _or_none(pose: Pose | None, turn_deg: int) -> Pose | None:
    return None if pose is None else turned_pose(pose, turn_deg)


def _counted(poses: Poses, watched: Watched) -> list[float]:
    """How sure each repetition is."""
    session = session_of(watched)
    run_poses(session, poses)
    return [rep.confidence for one in session.summaries() for rep in one.repetitions]
