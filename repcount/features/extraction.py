"""From a pose to signals: whose body it is, which leg is which, and how it is bent."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from repcount.core.errors import SettingError
from repcount.core.records import NAN, Pose
from repcount.core.signal_names import NEEDS_FEET, Signals
from repcount.exercises.spec import Exercise
from repcount.features.camera_roll import CameraRoll
from repcount.features.foreshortening import PoseMeasurer
from repcount.features.visibility import unseen_joints
from repcount.tracking.identity import IdentityTracker, Sight
from repcount.tracking.leg_swap import LegSwapFilter


class Observation(NamedTuple):
    """What a frame showed of the person; no pose and no signals where it showed somebody else or nobody."""

    sight: Sight
    pose: Pose | None = None
    signals: Signals | None = None


class SignalExtractor:
    """Streams poses in; what was learnt of one body is forgotten with another.

    Parameters
    ----------
    exercise : the one that is counted, if only one is; the poses must have what it is counted by.

    Attributes
    ----------
    new_person_s : when another body first took the place of the one before; NaN where none did.
    """

    def __init__(self, exercise: Exercise | None = None) -> None:
        self._in_need = exercise if exercise and exercise.drive.counted in NEEDS_FEET else None
        self._identity = IdentityTracker()
        self._legs = LegSwapFilter()
        self._measurer = PoseMeasurer()
        self._roll = CameraRoll()
        self.new_person_s = NAN

    def update(self, time_s: float, pose: Pose | None) -> Observation:
        """Take the newest pose, None where nobody was found.

        Raises
        ------
        SettingError
            The exercise is counted by heels and toes, and the first pose has none.
        """
        if pose is None:
            return Observation(Sight.GONE)
        if self._in_need is not None:
            _require_feet(self._in_need, pose)
            self._in_need = None
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


def _require_feet(exercise: Exercise, pose: Pose) -> None:
    if not pose.has_feet:
        raise SettingError(
            f"{exercise.name} is counted by heels and toes ({exercise.drive.counted}), "
            "and these poses have none; use a network that finds them"
        )
