"""Whether a person is at rest in a good place, in the start posture of an exercise that nobody knows."""

from __future__ import annotations

from typing import Final

from repcount.core.guide import Surroundings
from repcount.core.records import NAN, Pose
from repcount.session.guided.framing import FINE, STEADY_S, FramingAdvice, FramingCheck, framing_advice
from repcount.session.guided.stillness import StillnessWatch

STILL_S: Final = 1.5  # the posture must be kept this long
SETTLES_S: Final = 6.0  # the least time to hear the instruction and to lie or sit down
PATIENCE_S: Final = 20.0  # the longest wait for a person to keep still
_ANY_VIEW: Final = ((0.0, 90.0),)
_START: Final = FramingAdvice("keep_still")


class SettlingCheck:
    """Streams looks in; asks for a good place, then for the start posture, until it is kept still.

    Attributes
    ----------
    placed : whether the place is good.
    ready : whether the posture is kept still as well.
    """

    def __init__(self) -> None:
        self._framing, self._still = FramingCheck(), StillnessWatch()
        self._began_s = self._placed_s = NAN
        self.placed = self.ready = False

    def update(self, time_s: float, pose: Pose | None, around: Surroundings) -> FramingAdvice:
        """Take one look; return what is to be told."""
        still_s = self._still.update(time_s, pose)
        advice = self._framing.update(time_s, framing_advice(pose, around, NAN, _ANY_VIEW))
        self._began_s = time_s if self._began_s != self._began_s else self._began_s
        self.placed = advice == FINE and time_s - self._began_s >= STEADY_S
        if not self.placed:
            self._placed_s = NAN
            return advice
        self._placed_s = time_s if self._placed_s != self._placed_s else self._placed_s
        placed_s = time_s - self._placed_s
        self.ready = (still_s >= STILL_S and placed_s >= SETTLES_S) or placed_s >= PATIENCE_S
        return FINE if self.ready else _START
