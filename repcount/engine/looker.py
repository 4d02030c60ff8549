"""From a pose to signals: whose body it is, which leg is which, and how it is bent."""

from __future__ import annotations

from typing import NamedTuple

from repcount.core.model import Pose
from repcount.core.signal_names import Signals
from repcount.engine.meter import Meter
from repcount.engine.person import Person, Sight
from repcount.engine.tracker import Tracker


class Look(NamedTuple):
    """What a frame showed of the person; no pose and no signals where it showed somebody else or nobody."""

    sight: Sight
    pose: Pose | None = None
    signals: Signals | None = None


class Looker:
    """Streams poses in; what was learnt of one body is forgotten with another."""

    def __init__(self) -> None:
        self._person = Person()
        self._tracker = Tracker()
        self._meter = Meter()

    def update(self, time_s: float, pose: Pose | None) -> Look:
        """Take the newest pose, None where nobody was found."""
        if pose is None:
            return Look(Sight.GONE)
        sight = self._person.update(time_s, pose)
        if sight is Sight.NEW:
            self._tracker, self._meter = Tracker(), Meter()
        elif sight is not Sight.HERE:
            return Look(sight)
        mended = self._tracker.update(time_s, pose)
        return Look(sight, mended, self._meter.update(time_s, mended))
