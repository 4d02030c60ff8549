"""Arming: whether the person is in the start posture and stays in that of the exercise."""

from __future__ import annotations

from collections.abc import Sequence

from repcount.core.model import Side
from repcount.core.signals import Reader, Signals, reader
from repcount.exercises.spec import Condition, Exercise
from repcount.exercises.terms import Whose

ARM_S = 0.8  # the start posture counts once it has been held this long
BRIDGE_S = 0.5  # a breach shorter than this is a dropout of the network, not of the person


def opposite(side: Side) -> Side:
    """The other leg; both for both."""
    if side is Side.BOTH:
        return side
    return Side.RIGHT if side is Side.LEFT else Side.LEFT


def reader_of(condition: Condition, side: Side) -> Reader:
    """What reads the signal of a condition, where ``side`` is the active leg."""
    return reader(condition.signal, side if condition.leg is Whose.ACTIVE else opposite(side))


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


class Gate:
    """Armed by the start posture, disarmed by leaving the exercise's posture.

    Attributes
    ----------
    in_start : whether the newest signals show the start posture; looked at only until it is armed.
    """

    def __init__(self, exercise: Exercise, side: Side) -> None:
        drive = exercise.drive
        self._told, self._counted = reader(drive.signal, side), reader(drive.counted, side)
        self._at_rest = (drive.rest, drive.rest_also) if drive.rest_also else (drive.rest,)
        self._start = Conditions((*exercise.start, *exercise.stay), side)
        self._stay = Conditions(exercise.stay, side)
        self.reset()

    def reset(self) -> None:
        """Disarm."""
        self.armed = False
        self.armed_s = float("inf")
        self.in_start = False
        self._start_since: float | None = None
        self._start_seen = 0.0
        self._breach_since: float | None = None

    def arm(self, since_s: float) -> None:
        """Arm on other evidence than a held start posture."""
        self.armed, self.armed_s = True, min(self.armed_s, since_s)

    def update(self, time_s: float, signals: Signals) -> bool:
        """Take the newest signals; return False where the exercise's posture has been left for good."""
        if self._stay.meets(signals):
            self._breach_since = None
        else:
            self._breach_since = time_s if self._breach_since is None else self._breach_since
            if time_s - self._breach_since >= BRIDGE_S - 1e-9:
                since_s = self._breach_since
                self.reset()
                self._breach_since = since_s  # it stays left until it is taken again
                return False
        if not self.armed:
            self._watch_start(time_s, signals)
        return True

    def _watch_start(self, time_s: float, signals: Signals) -> None:
        self.in_start = self._shows_start(signals)
        if self.in_start:
            if self._start_since is None or time_s - self._start_seen > BRIDGE_S:
                self._start_since = time_s
            self._start_seen = time_s
            if time_s - self._start_since >= ARM_S - 1e-9:
                self.arm(time_s)
        elif self._start_since is not None and time_s - self._start_seen >= BRIDGE_S / 2:
            self._start_since = None

    def _shows_start(self, signals: Signals) -> bool:
        value, told = self._counted(signals), self._told(signals)
        for low, high in self._at_rest:
            if low <= value <= high and low <= told <= high:  # never of NaN
                return self._start.meets(signals)
        return False
