"""From a pose to signals: whose body it is, which leg is which, and how it is bent."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from repcount.core.records import NAN, Pose
from repcount.core.signal_names import Signals
from repcount.features.camera_roll import CameraRoll
from repcount.features.foreshortening import PoseMeasurer
from repcount.features.picture_edge import unseen_joints
from repcount.tracking.identity import IdentityTracker, Sight
from repcount.tracking.leg_swap import LegSwapFilter


class Observation(NamedTuple):
    """What a frame showed of the person; no pose and no signals where it showed somebody else or nobody."""

    sight: Sight
    pose: Pose | None = None
    signals: Signals | None = None


class SignalExtractor:
    """Streams poses in; what was learnt of one body is forgotten with another.

    Attributes
    ----------
    new_person_s : when another body first took the place of the one before; NaN where none did.
    """

    def __init__(self) -> None:
        self._identity = IdentityTracker()
        self._legs = LegSwapFilter()
        self._measurer = PoseMeasurer()
        self._roll = CameraRoll()
        self.new_person_s = NAN

    def update(self, time_s: float, pose: Pose | None) -> Observation:
        """Take the newest pose, None where nobody was found."""
        if pose is None:
            return Observation(Sight.GONE)
        sight = self._identity.update(time_s, pose)
        if sight is Sight.NEW:
            self._legs, self._measurer = LegSwapFilter(), PoseMeasurer()
            self.new_person_s = time_s if self.new_person_s != self.new_person_s else self.new_person_s
        elif sight is not Sight.HERE:
            return Observation(sight)
        mended = self._legs.update(time_s, pose)
        signals, unseen = self._measurer.update(time_s, mended), unseen_joints(mended)
        if unseen:
            signals = replace(signals, unseen=unseen)
        return Observation(sight, mended, self._roll.update(time_s, mended, signals))
