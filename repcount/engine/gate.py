"""Arming: whether the person is in the start posture and stays in that of the exercise."""

from __future__ import annotations

from collections.abc import Sequence

from repcount.core.model import Side
from repcount.core.signals import Signals
from repcount.exercises.spec import Condition, Exercise

ARM_S = 0.8  # the start posture counts once it has been held this long
BRIDGE_S = 0.5  # a breach shorter than this is a dropout of the network, not of the person


def opposite(side: Side) -> Side:
    """The other leg; both for both."""
    return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}[side]


def meets(conditions: Sequence[Condition], signals: Signals, side: Side) -> bool:
    """Whether all conditions hold; an unknown signal does not speak against it."""
    for condition in conditions:
        whose = side if condition.leg.value == "active" else opposite(side)
        value = signals.value(condition.signal, whose)
        if value < condition.span[0] or value > condition.span[1]:
            return False
    return True


class Gate:
    """Armed by the start posture, disarmed by leaving the exercise's posture."""

    def __init__(self, exercise: Exercise, side: Side) -> None:
        self._exercise = exercise
        self._side = side
        self.reset()

    def reset(self) -> None:
        """Disarm."""
        self.armed = False
        self.armed_s = float("inf")
        self._start_since: float | None = None
        self._start_seen = 0.0
        self._breach_since: float | None = None

    def arm(self, since_s: float) -> None:
        """Arm on other evidence than a held start posture."""
        self.armed, self.armed_s = True, min(self.armed_s, since_s)

    def update(self, time_s: float, signals: Signals) -> bool:
        """Take the newest signals; return False where the exercise's posture has been left for good."""
        if meets(self._exercise.stay, signals, self._side):
            self._breach_since = None
        else:
            self._breach_since = time_s if self._breach_since is None else self._breach_since
            if time_s - self._breach_since >= BRIDGE_S - 1e-9:
                self.reset()
                return False
        if not self.armed:
            self._watch_start(time_s, signals)
        return True

    def _watch_start(self, time_s: float, signals: Signals) -> None:
        if self.in_start(signals):
            if self._start_since is None or time_s - self._start_seen > BRIDGE_S:
                self._start_since = time_s
            self._start_seen = time_s
            if time_s - self._start_since >= ARM_S - 1e-9:
                self.arm(time_s)
        elif self._start_since is not None and time_s - self._start_seen >= BRIDGE_S / 2:
            self._start_since = None

    def in_start(self, signals: Signals) -> bool:
        """Whether this one moment shows the start posture."""
        drive = self._exercise.drive
        value = signals.value(drive.counted, self._side)
        told = signals.value(drive.signal, self._side)
        if value != value or told != told:
            return False
        spans = (drive.rest, drive.rest_also) if drive.rest_also else (drive.rest,)
        at_rest = any(span[0] <= min(value, told) and max(value, told) <= span[1] for span in spans)
        return at_rest and meets((*self._exercise.start, *self._exercise.stay), signals, self._side)
