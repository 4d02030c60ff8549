"""The start posture: whether the person has taken it, and has stayed in the exercise's posture since."""

from __future__ import annotations

from repcount.core.records import Side
from repcount.core.signal_names import Signals, reader
from repcount.exercises.spec import Exercise
from repcount.features.spans import Conditions

ARM_S = 0.8  # the start posture counts once it has been held this long
BRIDGE_S = 0.5  # a breach shorter than this is a dropout of the network, not of the person


class StartPosture:
    """Armed by the start posture, disarmed by leaving the exercise's posture. It shows; it forbids nothing.

    Attributes
    ----------
    in_start : whether the newest signals show the start posture; looked at only until it is armed.
    """

    def __init__(self, exercise: Exercise, side: Side) -> None:
        drive = exercise.drive
        self._reported, self._counted = reader(drive.signal, side), reader(drive.counted, side)
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

    def update(self, time_s: float, signals: Signals) -> None:
        """Take the newest signals."""
        if self._stay.meets(signals):
            self._breach_since = None
        else:
            self._breach_since = time_s if self._breach_since is None else self._breach_since
            if time_s - self._breach_since >= BRIDGE_S - 1e-9:
                since_s = self._breach_since
                self.reset()
                self._breach_since = since_s  # it stays left until it is taken again
                return
        if not self.armed:
            self._watch_start(time_s, signals)

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
        value, reported = self._counted(signals), self._reported(signals)
        for low, high in self._at_rest:
            if low <= value <= high and low <= reported <= high:  # never of NaN
                return self._start.meets(signals)
        return False
