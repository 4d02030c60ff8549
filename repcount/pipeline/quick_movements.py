"""Movements that are too fast to be judged: how often a signal swings, and how quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.kinds import Side
from repcount.core.signal_names import Signals, reader
from repcount.features.extraction import SignalExtractor

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

SeenSignals = Sequence[tuple[float, Signals]]
Values = Iterable[tuple[float, float]]
"""A signal with its times, NaN where it is not known."""


def seen_signals(poses: Iterable[tuple[float, Pose | None]]) -> SeenSignals:
    """The signals of all frames in which the person was seen."""
    extractor = SignalExtractor()
    looks = ((time_s, extractor.update(time_s, pose).signals) for time_s, pose in poses)
    return [(time_s, signals) for time_s, signals in looks if signals is not None]


def quick_period_s(seen: SeenSignals, exercise: Exercise, least_deg: float) -> tuple[int, float]:
    """How many quick swings of that range the leg that swings most makes, and how long one takes.

    Parameters
    ----------
    least_deg : how far the signal has to go, and back.
    """
    found = []
    for side in (Side.LEFT, Side.RIGHT):
        read = reader(exercise.drive.signal, side)
        swings = quick_swings(((time_s, read(signals)) for time_s, signals in seen), least_deg)
        found.append([after - before for before, after in swings])
    periods = max(found, key=len)
    if not periods or sum(periods) < SHARE * (seen[-1][0] - seen[0][0]):
        return 0, float("inf")
    return len(periods), median(periods)


def quick_swings(values: Values, least: float) -> list[tuple[float, float]]:
    """The quick swings of a signal, each from one top to the next, s."""
    found = tops(((time_s, value) for time_s, value in values if value == value), least)
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


def tops(values: Values, least: float) -> Iterator[float]:
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
