"""Why movements are missed where the person is seen: they are too fast, or the picture is turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.kinds import NothingCounted, Side
from repcount.core.signal_names import Signals, reader
from repcount.features.extraction import SignalExtractor
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions

if TYPE_CHECKING:
    from repcount.core.records import Pose
    from repcount.exercises.spec import Exercise

QUICK_S: Final = 1.05
"""A swing, from one top to the next, is quick if it takes less than this."""
MANY: Final = 8
"""This many quick swings are no accident."""
SOME: Final = 4
"""Where there are twice ``MANY`` or more, this many missing ones are no accident either."""
SHARE: Final = 0.4
"""Quick swings must fill this share of the time; those of a trembling landmark do not."""
TURNS_DEG: Final = (180, 90, 270)
LEAST_REPS: Final = 2
"""Repetitions that a turn has to bring before it is believed."""
MOST_FRAMES: Final = 4_500
"""Frames that are turned: the first five minutes of 15 a second."""
SLOWED: Final = 2.0
"""So much longer everything takes in slow motion."""

Poses = Sequence[tuple[float, "Pose | None"]]
Watched = Sequence[tuple["Exercise", SessionOptions]]
SeenSignals = Sequence[tuple[float, Signals]]
Values = Iterable[tuple[float, float]]
"""A signal with its times, NaN where it is not known."""


def seen_signals(poses: Poses) -> SeenSignals:
    """The signals of all frames in which the person was seen."""
    extractor = SignalExtractor()
    looks = ((time_s, extractor.update(time_s, pose).signals) for time_s, pose in poses)
    return [(time_s, signals) for time_s, signals in looks if signals is not None]


def too_fast(poses: Poses, watched: Watched) -> NothingCounted | None:
    """Whether most of the movements follow each other too quickly to be judged."""
    seen = seen_signals(poses)
    found = (_quick_period_s(seen, exercise, least_deg(exercise, options)) for exercise, options in watched)
    often, period_s = max(found, key=lambda each: each[0])
    return NothingCounted("too_fast", period_s, QUICK_S) if often >= MANY else None


def least_deg(exercise: Exercise, options: SessionOptions) -> float:
    """The smallest excursion that is a repetition at all."""
    return exercise.presets[options.preset or exercise.default_preset].min_rom_deg


def _quick_period_s(seen: SeenSignals, exercise: Exercise, way_deg: float) -> tuple[int, float]:
    """How many quick swings of that range the leg that swings most makes, and how long one takes.

    Parameters
    ----------
    way_deg : how far the signal has to go, and back.
    """
    found = []
    for side in (Side.LEFT, Side.RIGHT):
        read = reader(exercise.drive.signal, side)
        swings = quick_swings(((time_s, read(signals)) for time_s, signals in seen), way_deg)
        found.append([after - before for before, after in swings])
    periods = max(found, key=len)
    if not periods or sum(periods) < SHARE * (seen[-1][0] - seen[0][0]):
        return 0, float("inf")
    return len(periods), median(periods)


def quick_swings(values: Values, least: float) -> list[tuple[float, float]]:
    """The quick swings of a signal, each from one top to the next, s."""
    found = _tops(((time_s, value) for time_s, value in values if value == value), least)
    return [(before_s, after_s) for before_s, after_s in pairwise(found) if after_s - before_s < QUICK_S]


def uncounted_period_s(swings: Sequence[tuple[float, float]], peaks_s: Sequence[float]) -> float:
    """How long a swing takes in a row of quick swings that were mostly not counted; NaN where there is none.

    Parameters
    ----------
    peaks_s : of what was counted.
    """
    for stretch in _stretches(swings):
        first_s, last_s = stretch[0][0] - QUICK_S / 2, stretch[-1][1] + QUICK_S / 2
        missed = len(stretch) + 1 - sum(first_s < peak_s < last_s for peak_s in peaks_s)
        if missed >= MANY or (missed >= SOME and len(stretch) >= 2 * MANY):
            return median(after_s - before_s for before_s, after_s in stretch)
    return float("nan")


def _stretches(swings: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Swings that follow one another, but for a slower one here and there."""
    row: list[tuple[float, float]] = []
    for swing in swings:
        if row and swing[0] - row[-1][1] > 2 * QUICK_S:
            yield row
            row = []
        row.append(swing)
    if row:
        yield row


def _tops(values: Values, least: float) -> Iterator[float]:
    """When a signal was at its highest, each time before it fell by so much."""
    high, low, top_s, is_rising = float("-inf"), float("inf"), 0.0, True
    for time_s, value in values:
        if is_rising and value > high:
            high, top_s = value, time_s
        elif is_rising and high - value >= least:
            yield top_s
            low, is_rising = value, False
        elif not is_rising and value < low:
            low = value
        elif not is_rising and value - low >= least:
            high, top_s, is_rising = value, time_s, True


def likely_turn(poses: Poses, watched: Watched) -> tuple[int, int]:
    """The turn in degrees, clockwise, with which most is counted, and how much; 0 and 0 for too little."""
    first = poses[:MOST_FRAMES]
    found = {turn: _counted([(t, _or_none(pose, turn)) for t, pose in first], watched) for turn in TURNS_DEG}
    best = max(TURNS_DEG, key=lambda turn: sum(found[turn]))
    often = len(found[best])
    return (best, often) if often >= LEAST_REPS else (0, 0)


def count_slowed(poses: Poses, watched: Watched) -> int:
    """How much would be counted if all were done at half the pace."""
    return len(_counted([(SLOWED * time_s, pose) for time_s, pose in poses[:MOST_FRAMES]], watched))


def session_for(watched: Watched) -> Session | AutoSession:
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
    session = session_for(watched)
    run_poses(session, poses)
    return [rep.confidence for one in session.summaries() for rep in one.repetitions]
