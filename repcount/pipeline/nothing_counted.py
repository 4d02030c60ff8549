"""Why nothing was counted: the likeliest reason, found by going over the landmarks once more.

Where nobody was seen at all, the pictures are looked at: it may be dark, or somebody too small in them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.errors import RepcountError
from repcount.core.kinds import NAN, NothingCounted, Side, Why
from repcount.core.signal_names import reader
from repcount.exercises import catalog
from repcount.pipeline.input_notes import LEAST_PER_S, per_second
from repcount.pipeline.missed_movements import (
    Poses,
    Watched,
    count_slowed,
    least_deg,
    likely_turn,
    run_poses,
    seen_signals,
    session_for,
    too_fast,
)
from repcount.pose.estimator import RECORDING_SUFFIX, open_people_counter
from repcount.session.auto_session import AutoSession
from repcount.session.guided.framing import DARK
from repcount.session.session import SessionOptions

if TYPE_CHECKING:
    from repcount.core.kinds import CandidateSummary
    from repcount.core.records import Frame, InputSummary
    from repcount.exercises.spec import Exercise

SLOWED_SHARE: Final = 0.8
"""If slow motion counts this share of what a turned picture counts, the pace is the reason, not the turn."""
LEAST_SEEN_SHARE: Final = 0.5
"""Share of the frames: a person seen in fewer is the reason."""
STILL_DEG: Final = 6.0
"""A signal that swings by less has not moved: the network trembles this much."""
TRIMMED_ONE_IN: Final = 20
"""One value in this many is left out at each end: it may be a jump of the network."""
LOOKED_AT: Final = 5
"""Pictures that are looked at, of the first ones of a video."""
TILES: Final = 5
"""So many overlapping parts across and down, a third of the picture's sides each."""


def why_nothing(
    summary: InputSummary, poses: Poses, watched: Watched, look_for_somebody: Callable[[], NothingCounted]
) -> NothingCounted | None:
    """The likeliest reason why nothing was counted; None if something was, or no frame was tracked.

    Parameters
    ----------
    poses : with their times, from the first frame on.
    watched : the exercises that were watched for; several where none was named.
    look_for_somebody : looks at the pictures, where nobody was seen in any.
    """
    if not summary.frames_tracked or any(one.repetitions or one.holds for one in summary.exercises):
        return None
    share = summary.frames_with_pose / summary.frames_tracked
    if not share:
        return look_for_somebody()
    per_s = per_second([time_s for time_s, _ in poses])
    if per_s < LEAST_PER_S:
        return NothingCounted("few_pictures", per_s, LEAST_PER_S)
    if share < LEAST_SEEN_SHARE:
        return NothingCounted("seldom", 100 * share)
    pace_reason = too_fast(poses, watched)
    return (
        _turn_reason(poses, watched, pace_reason is not None)
        or pace_reason
        or _movement_reason(poses, watched)
    )


def _turn_reason(poses: Poses, watched: Watched, is_fast: bool) -> NothingCounted | None:
    """The turn, if a turned picture counts more than another exercise or slow motion in this picture."""
    turn_deg, often = likely_turn(poses, watched)
    if not often or (len(watched) == 1 and _other_exercise(poses, watched[0][0])[1] >= often):
        return None
    if is_fast and count_slowed(poses, watched) >= SLOWED_SHARE * often:
        return None
    return NothingCounted("turned", turn_deg)


def _movement_reason(poses: Poses, watched: Watched) -> NothingCounted:
    named = watched[0][0] if len(watched) == 1 else None
    other = "" if named is None else _other_exercise(poses, named)[0]
    if other:
        return NothingCounted("other_exercise", exercise=other)
    found = _candidates(poses, watched)
    if named is None:
        sure = any(each.why is Why.NOT_NAMED for each in found)
        return NothingCounted("not_named" if sure else "unlike" if found else "still")
    return _candidate_reason(found, named, watched[0][1]) if found else _swing_reason(poses, *watched[0])


def _swing_reason(poses: Poses, exercise: Exercise, options: SessionOptions) -> NothingCounted:
    """Where no movement stands out: whether the counted signal moved at all."""
    swings, seen = [0.0], seen_signals(poses)
    for side in (Side.LEFT, Side.RIGHT):
        read = reader(exercise.drive.signal, side)
        values = sorted(v for v in (read(signals) for _, signals in seen) if v == v)
        if values:
            outer = len(values) // TRIMMED_ONE_IN
            swings.append(values[-1 - outer] - values[outer])
    least = least_deg(exercise, options)
    if max(swings) >= least:
        return NothingCounted("unlike")
    moved = max(swings) >= STILL_DEG
    return NothingCounted("too_small", max(swings), least) if moved else NothingCounted("still")


def _candidate_reason(
    found: Sequence[CandidateSummary], exercise: Exercise, options: SessionOptions
) -> NothingCounted:
    """The reason that most movements have, the size before the pace."""
    reasons = [each.why for each in found]
    for why in (Why.TOO_SMALL, Why.STAYED, Why.OTHER_LEG):
        if 2 * reasons.count(why) > len(reasons):
            if why is not Why.TOO_SMALL:
                return NothingCounted(why.value)
            small = (each.rom_deg for each in found if each.why is why and math.isfinite(each.rom_deg))
            largest = max(small, default=NAN)
            return NothingCounted("too_small", largest, least_deg(exercise, options))
    length_s = median(each.end_s - each.start_s for each in found)
    if length_s < exercise.tempo.min_rep_s:
        return NothingCounted("too_fast", length_s, exercise.tempo.min_rep_s)
    return NothingCounted("unlike")


def _candidates(poses: Poses, watched: Watched) -> list[CandidateSummary]:
    """Every movement that might have been a repetition."""
    session = session_for([(exercise, replace(options, explain=True)) for exercise, options in watched])
    run_poses(session, poses)
    if isinstance(session, AutoSession):
        return list(session.loose_candidates() or ())
    return list(session.summary().candidates or ())


def _other_exercise(poses: Poses, named: Exercise) -> tuple[str, int]:
    """The built-in exercise that was done instead, and how often; an empty name where none was recognised."""
    others = [catalog.get(name) for name in catalog.names() if name != named.name]
    session = AutoSession([(each, SessionOptions()) for each in others])
    run_poses(session, poses)
    found = session.summaries()
    best = max(found, key=lambda each: len(each.repetitions), default=None)
    return ("", 0) if best is None else (best.exercise, len(best.repetitions))


def why_nobody(path: Path, model: Callable[[], Path]) -> NothingCounted:
    """The likeliest reason why nobody was seen in a video; a recording holds no pictures to look at.

    Parameters
    ----------
    model : gives the file of the pose model.
    """
    pictures = () if path.suffix.lower() == RECORDING_SUFFIX else _first_pictures(path)
    if not pictures:
        return NothingCounted("nobody")
    from repcount.sources.pictures import brightness

    if median(brightness(frame.image) for frame in pictures if frame.image is not None) < DARK:
        return NothingCounted("nobody_dark")
    first_and_last = (pictures[0], pictures[-1]) if len(pictures) > 1 else pictures
    return NothingCounted("nobody_far" if _is_far(first_and_last, model()) else "nobody")


def _first_pictures(path: Path) -> Sequence[Frame]:
    from repcount.sources.video import VideoSource

    try:
        with VideoSource(path) as source:
            return [frame for frame in islice(source, LOOKED_AT) if frame.image is not None]
    except RepcountError:
        return ()


def _is_far(pictures: Sequence[Frame], model: Path) -> bool:
    """Whether somebody is found in a part of a picture that is looked at alone."""
    with open_people_counter(model) as people:
        return any(people.count(part) for picture in pictures for part in _parts(picture))


def _parts(picture: Frame) -> Iterator[Frame]:
    image = picture.image
    if image is None:
        return
    height, width = (size // 3 for size in image.shape[:2])
    for row in range(TILES):
        for column in range(TILES):
            top, left = row * height // 2, column * width // 2
            yield replace(picture, image=image[top : top + height, left : left + width].copy())
