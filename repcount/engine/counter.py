"""Repetitions and holds of one exercise, from the signals of both legs."""

from __future__ import annotations

from repcount.core.model import Phase, Side
from repcount.core.signals import Signals
from repcount.engine.leg import LegCounter
from repcount.engine.movement import Movement
from repcount.engine.pairing import Pairing
from repcount.engine.ranges import Ranges
from repcount.exercises.spec import Exercise, Legs

FOLLOW_S = 4.0  # two repetitions this close arm in hindsight, where none has seen the start posture
LIKE_SHARE = 0.5  # and the first no smaller than this share of the second
DELIBERATE_S = 3.0


def _goes_with(before: Movement, movement: Movement) -> bool:
    """Whether two movements are close in time and alike in range, so that one supports the other."""
    near = movement.shape.start_s - before.shape.end_s <= FOLLOW_S
    return near and before.rom >= LIKE_SHARE * movement.rom


def _is_deliberate(movement: Movement) -> bool:
    """A position held for long, and reached from the start posture or left for it, is evidence in itself."""
    return movement.from_start and movement.held is not None and movement.held.valid_s >= DELIBERATE_S


class RepCounter:
    """Streams signals in, gives movements out, left and right put together.

    Parameters
    ----------
    side : count this leg only; None finds out which leg moves.
    """

    def __init__(self, exercise: Exercise, asked: Ranges, side: Side | None = None) -> None:
        if side is not None and side is not Side.BOTH:
            sides: tuple[Side, ...] = (side,)
        elif exercise.drive.legs is Legs.TOGETHER:
            sides = (Side.BOTH,)
        else:
            sides = (Side.LEFT, Side.RIGHT)
        self._legs = tuple(LegCounter(exercise, asked.of(s), s) for s in sides)
        self._pairing = Pairing(self._legs)
        self._unsure: Movement | None = None
        self._last: Movement | None = None

    @property
    def armed(self) -> bool:
        """Whether some leg's start posture has been taken."""
        return any(leg.armed for leg in self._legs)

    @property
    def leading(self) -> LegCounter:
        """The leg to look at: the one that moves, else the one that is armed."""
        if len(self._legs) == 1:
            return self._legs[0]
        return max(self._legs, key=lambda leg: (leg.moving, leg.armed, leg.side is Side.LEFT))

    @property
    def phase(self) -> Phase:
        """Where in a repetition the person is."""
        return self.leading.phase

    @property
    def side(self) -> Side | None:
        """Which leg moves; None at rest."""
        return self.doing()[1]

    def doing(self) -> tuple[Phase, Side | None, bool]:
        """The phase, which leg moves, and whether that, if any does, can be a repetition."""
        moving = [leg for leg in self._legs if leg.moving]
        if not moving:
            return Phase.READY if self.armed else Phase.WAITING, None, True
        plausible = [leg for leg in moving if leg.is_plausible]
        which = plausible or moving
        return self.phase, which[0].side if len(which) == 1 else Side.BOTH, bool(plausible)

    @property
    def drive(self) -> float:
        """The drive signal of the leading leg, NaN where unknown."""
        return self.leading.drive

    @property
    def holding_s(self) -> float:
        """Seconds held so far in the excursion under way."""
        return max(leg.holding_s for leg in self._legs)

    def wait(self, time_s: float) -> None:
        """Go on from where it was for all that: somebody else was in the way until now."""
        for leg in self._legs:
            leg.wait(time_s)

    def lost(self) -> None:
        """Forget what was under way: the person was not seen for too long."""
        self._unsure = self._last = None
        self._pairing.reset()
        for leg in self._legs:
            leg.lost()

    def update(self, time_s: float, signals: Signals) -> tuple[Movement, ...]:
        """Take the newest signals; return what has just been done."""
        ended = [leg.update(time_s, signals) for leg in self._legs]
        done = self._pairing.update(ended, time_s)
        if not done:
            return ()
        return tuple(trusted for movement in done for trusted in self._trust(movement))

    def flush(self) -> tuple[Movement, ...]:
        """End the session: give out what was as good as done and what waits for the other leg."""
        ended = [leg.flush() for leg in self._legs]
        last_s = max((movement.ended_s for movement in ended if movement is not None), default=0.0)
        done = self._pairing.update(ended, last_s) + self._pairing.flush()
        return tuple(trusted for movement in done for trusted in self._trust(movement))

    def _trust(self, movement: Movement) -> tuple[Movement, ...]:
        """Let a movement count if there is evidence for it, and with it the one before, in hindsight."""
        before, self._unsure = self._unsure, None
        if before is not None and not _goes_with(before, movement):
            before = None
        last = self._last
        goes_on = before is not None or (last is not None and _goes_with(last, movement))
        if movement.armed or _is_deliberate(movement) or (goes_on and movement.from_start):
            self._last = movement
            for leg in self._legs:
                leg.arm(movement.shape.end_s)
            return (before, movement) if before is not None else (movement,)
        self._unsure = movement if movement.from_start else None
        return ()
