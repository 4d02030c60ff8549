"""The spans of an exercise's file: how far outside each of them a movement, or a moment, is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from repcount.core.records import Side
from repcount.core.signal_names import SIGNALS, Reader, Signals, reader
from repcount.exercises.spec import Condition, Direction, Exercise, Measure, Requirement
from repcount.exercises.terms import Moment, WhichLeg
from repcount.features.candidate import Candidate
from repcount.features.signal_history import Windows, median_of, swing_of

FAR: Final = 3.0  # the most margins outside a span that are told apart
MARGIN_DEG: Final = 10.0  # one margin: outside a span by this much an angle speaks clearly against
MARGIN_RATIO: Final = 0.1  # the margin of a signal that is no angle

_UNITS = {info.name: info.unit for info in SIGNALS}


def opposite(side: Side) -> Side:
    """The other leg; both for both."""
    if side is Side.BOTH:
        return side
    return Side.RIGHT if side is Side.LEFT else Side.LEFT


def reader_of(condition: Condition, side: Side) -> Reader:
    """What reads the signal of a condition, where ``side`` is the active leg."""
    return reader(condition.signal, side if condition.leg is WhichLeg.ACTIVE else opposite(side))


class Conditions:
    """Some conditions of one leg, ready to be asked in every frame."""

    def __init__(self, conditions: Sequence[Condition], side: Side) -> None:
        self._spans = [(reader_of(each, side), *each.span) for each in conditions]

    def meets(self, signals: Signals) -> bool:
        """Whether all of them hold; an unknown signal does not speak against it."""
        for read, low, high in self._spans:
            value = read(signals)
            if value < low or value > high:
                return False
        return True


def peak_conditions(exercise: Exercise, side: Side) -> Conditions:
    """What a repetition must show at its peak, to be asked in a single moment."""
    asked = [each for each in exercise.require if each.at is Moment.PEAK and each.measure is Measure.VALUE]
    return Conditions(asked, side)


class ExerciseSpans:
    """The spans of an exercise's file, asked softly: how far outside each of them a candidate is."""

    def __init__(self, exercise: Exercise, side: Side) -> None:
        self._exercise = exercise
        self._sign = 1.0 if exercise.drive.direction is Direction.RISING else -1.0
        asked = (*exercise.require, *exercise.recognise)
        self._require = [(each, reader_of(each, side)) for each in asked]
        self._start = [(each, reader_of(each, side)) for each in exercise.start]
        self._on_both = [(each, reader_of(each, side)) for each in exercise.drive.on_both]
        self._stay = [(each, reader_of(each, side)) for each in exercise.stay]

    def needs_both(self, candidate: Candidate, seen: Windows) -> bool:
        """Whether the other leg shows that it must go along."""
        return bool(self._on_both) and all(
            self._missed(each, read, candidate, seen) == 0.0 for each, read in self._on_both
        )

    def features(self, candidate: Candidate, seen: Windows) -> dict[str, float]:
        """The four features of the spans; 0 is inside all of them."""
        shape, drive = candidate.shape, self._exercise.drive
        length_s, least_s = shape.end_s - shape.start_s, self._exercise.tempo.min_rep_s
        rests = [drive.rest] if drive.rest_also is None else [drive.rest, drive.rest_also]
        at_rest = self._sign * candidate.rest
        start = sum(_outside(each, median_of(map(read, seen.rest))) for each, read in self._start)
        stay = sum(_outside(each, median_of(map(read, seen.during))) for each, read in self._stay)
        return {
            "spans.require": sum(self._missed(each, read, candidate, seen) for each, read in self._require),
            "spans.posture": start + stay,
            "spans.rest": min(_beyond(span, at_rest, MARGIN_DEG) for span in rests),
            "spans.length": max(0.0, min(FAR, 2.0 * (1.0 - length_s / least_s))),
        }

    @staticmethod
    def _missed(each: Requirement, read: Reader, candidate: Candidate, seen: Windows) -> float:
        moments = seen.peak if each.at is Moment.PEAK else seen.during
        if each.measure is Measure.SWING:
            return _outside(each, swing_of(map(read, moments)))
        value = median_of(map(read, moments))
        if each.measure is Measure.VALUE:
            return _outside(each, value)
        value -= median_of(map(read, seen.rest))
        if each.measure is Measure.SHARE:
            return _beyond(each.span, value / candidate.rom, MARGIN_RATIO)
        return _outside(each, value)


def _outside(condition: Condition, value: float) -> float:
    return _beyond(condition.span, value, MARGIN_DEG if _UNITS[condition.signal] == "deg" else MARGIN_RATIO)


def _beyond(span: tuple[float, float], value: float, margin: float) -> float:
    """How far outside a span a value is, in margins; 0 inside, and where it is unknown."""
    out = max(span[0] - value, value - span[1], 0.0) / margin
    return min(out, FAR) if out == out else 0.0
