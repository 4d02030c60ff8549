"""Why nothing was counted: the likeliest reason, found by going over the landmarks once more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.errors import RepcountError
from repcount.core.kinds import NAN, NothingCounted, Side, Why
from repcount.core.signal_names import reader
from repcount.exercises import catalog
from repcount.features.extraction import SignalExtractor
from repcount.pose.estimator import RECORDING_SUFFIX
from repcount.session.auto_session import AutoSession
from repcount.session.guided.framing import DARK
from repcount.session.session import Session, SessionOptions

if TYPE_CHECKING:
    from repcount.core.kinds import CandidateSummary
    from repcount.core.model import Frame, InputSummary, Pose, Snapshot
    from repcount.exercises.spec import Exercise

MOST_KEPT: Final = 12_000
"""Frames that are gone over: the first thirteen minutes of 15 a second."""
SELDOM: Final = 0.5
"""Of the frames; where somebody is seen in less, that is the reason."""
LEAST_PER_S: Final = 6.0
"""Pictures a second down to which no exercise loses a repetition (docs/performance.md)."""
STILL_DEG: Final = 6.0
"""A signal that swings by less has not moved: the network trembles by as much."""
EDGES: Final = 20
"""One of so many values at each end is left out of a swing."""
LOOKED_AT: Final = 5
"""Pictures whose brightness is measured, of the first ones of a video."""

Watched = Sequence[tuple["Exercise", SessionOptions]]


class KeptPoses:
    """Remembers the poses of an input until something is counted; a sink."""

    def __init__(self) -> None:
        self.poses: list[tuple[float, Pose | None]] = []
        self._wanted = True

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        if snapshot.reps:
            self._wanted = False
            self.poses.clear()
        elif self._wanted and len(self.poses) < MOST_KEPT:
            self.poses.append((frame.time_s, snapshot.pose))

    def close(self) -> None:
        """Nothing is written."""

    def discard(self) -> None:
        """Nothing is written."""


def why_nothing(
    summary: InputSummary, poses: Sequence[tuple[float, Pose | None]], watched: Watched, path: Path
) -> NothingCounted | None:
    """The likeliest reason why nothing was counted; None where something was, or nothing was looked at.

    Parameters
    ----------
    poses : with their times, from the first frame on.
    watched : the exercises that were watched for; several where none was named.
    """
    if not summary.frames_tracked or any(one.repetitions or one.holds for one in summary.exercises):
        return None
    share = summary.frames_with_pose / summary.frames_tracked
    if not share:
        return NothingCounted("nobody_dark" if _is_dark(path) else "nobody")
    per_s = _per_second(poses)
    if per_s < LEAST_PER_S:
        return NothingCounted("few_pictures", per_s, LEAST_PER_S)
    if share < SELDOM:
        return NothingCounted("seldom", 100 * share)
    return _of_movements(poses, watched)


def _of_movements(poses: Sequence[tuple[float, Pose | None]], watched: Watched) -> NothingCounted:
    named = watched[0][0] if len(watched) == 1 else None
    found = _candidates(poses, watched)
    if named is None:
        sure = any(each.why is Why.NOT_NAMED for each in found)
        return NothingCounted("not_named" if sure else "unlike" if found else "still")
    other = _other_exercise(poses, named)
    if other:
        return NothingCounted("other_exercise", exercise=other)
    return _of_candidates(found, named, watched[0][1]) if found else _of_swing(poses, *watched[0])


def _of_swing(
    poses: Sequence[tuple[float, Pose | None]], exercise: Exercise, options: SessionOptions
) -> NothingCounted:
    """Where no movement stands out: whether the counted signal moved at all."""
    extractor = SignalExtractor()
    seen = [extractor.update(time_s, pose).signals for time_s, pose in poses]
    swings = [0.0]
    for side in (Side.LEFT, Side.RIGHT):
        read = reader(exercise.drive.signal, side)
        values = sorted(v for v in (read(each) for each in seen if each is not None) if v == v)
        if values:
            outer = len(values) // EDGES
            swings.append(values[-1 - outer] - values[outer])
    least = exercise.presets[options.preset or exercise.default_preset].min_rom_deg
    moved = STILL_DEG <= max(swings) < least
    return NothingCounted("too_small", max(swings), least) if moved else NothingCounted("still")


def _of_candidates(
    found: Sequence[CandidateSummary], exercise: Exercise, options: SessionOptions
) -> NothingCounted:
    """The reason that most movements have, the size before the pace."""
    reasons = [each.why for each in found]
    for why in (Why.TOO_SMALL, Why.STAYED, Why.OTHER_LEG):
        if 2 * reasons.count(why) > len(reasons):
            if why is not Why.TOO_SMALL:
                return NothingCounted(why.value)
            preset = exercise.presets[options.preset or exercise.default_preset]
            largest = max((each.rom_deg for each in found if math.isfinite(each.rom_deg)), default=NAN)
            return NothingCounted("too_small", largest, preset.min_rom_deg)
    length_s = median(each.end_s - each.start_s for each in found)
    if length_s < exercise.tempo.min_rep_s:
        return NothingCounted("too_fast", length_s, exercise.tempo.min_rep_s)
    return NothingCounted("unlike")


def _candidates(poses: Sequence[tuple[float, Pose | None]], watched: Watched) -> list[CandidateSummary]:
    """Every movement that might have been a repetition."""
    explained = [(exercise, replace(options, explain=True)) for exercise, options in watched]
    session = Session(*explained[0]) if len(explained) == 1 else AutoSession(explained)
    _run(session, poses)
    if isinstance(session, AutoSession):
        return list(session.loose_candidates() or ())
    return list(session.summary().candidates or ())


def _other_exercise(poses: Sequence[tuple[float, Pose | None]], named: Exercise) -> str:
    """The name of the built-in exercise that was done instead; empty where none was recognised."""
    others = [catalog.get(name) for name in catalog.names() if name != named.name]
    session = AutoSession([(each, SessionOptions()) for each in others])
    _run(session, poses)
    found = session.summaries()
    return max(found, key=lambda each: len(each.repetitions)).exercise if found else ""


def _run(session: Session | AutoSession, poses: Sequence[tuple[float, Pose | None]]) -> None:
    for time_s, pose in poses:
        session.step(time_s, pose)
    session.finish(poses[-1][0] if poses else 0.0)


def _per_second(poses: Sequence[tuple[float, Pose | None]]) -> float:
    steps_s = [after - before for (before, _), (after, _) in pairwise(poses)]
    return 1.0 / median(steps_s) if steps_s else math.inf


def _is_dark(path: Path) -> bool:
    """Whether the first pictures of a video are too dark; not where there are none to be seen."""
    if path.suffix.lower() == RECORDING_SUFFIX:
        return False
    from repcount.sources.pictures import brightness
    from repcount.sources.video import VideoSource

    try:
        with VideoSource(path) as source:
            found = [
                brightness(frame.image) for frame in islice(source, LOOKED_AT) if frame.image is not None
            ]
    except RepcountError:
        return False
    return bool(found) and median(found) < DARK
