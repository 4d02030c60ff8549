"""Repetitions and holds of one exercise, from the signals of both legs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from repcount.core.model import Phase, Side
from repcount.core.signals import Signals
from repcount.engine.leg import LegCounter, Movement
from repcount.engine.ranges import Ranges
from repcount.exercises.spec import Exercise, Legs

SAME_SHARE = 0.5  # legs that move together for this share of the shorter movement do one repetition
FOLLOW_S = 4.0  # two repetitions this close arm in hindsight, where none has seen the start posture
DELIBERATE_S = 3.0
WAIT_S = 1.5  # for the other leg to land, at most


def _overlap(a: Movement, b: Movement) -> float:
    """Shared share of the shorter of two movements."""
    shared = min(a.shape.end_s, b.shape.end_s) - max(a.shape.start_s, b.shape.start_s)
    shorter = min(a.shape.end_s - a.shape.start_s, b.shape.end_s - b.shape.start_s)
    return shared / shorter if shorter > 0 else 0.0


def _both(a: Movement, b: Movement) -> Movement:
    """One movement of both legs, measured on the leg that is seen better."""
    best = a if a.confidence >= b.confidence else b
    return replace(
        best,
        side=Side.BOTH,
        ended_s=max(a.ended_s, b.ended_s),
        armed=a.armed or b.armed,
        from_start=a.from_start or b.from_start,
    )


def _is_deliberate(movement: Movement) -> bool:
    """A position held for long, and reached from the start posture or left for it, is evidence in itself."""
    return movement.from_start and movement.held is not None and movement.held.valid_s >= DELIBERATE_S


@dataclass(frozen=True)
class _Waiting:
    movement: Movement
    since_s: float


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
        self._waiting: _Waiting | None = None
        self._unsure: Movement | None = None

    @property
    def armed(self) -> bool:
        """Whether some leg's start posture has been taken."""
        return any(leg.armed for leg in self._legs)

    @property
    def leading(self) -> LegCounter:
        """The leg to look at: the one that moves, else the one that is armed."""
        return max(self._legs, key=lambda leg: (leg.moving, leg.armed, leg.side is Side.LEFT))

    @property
    def phase(self) -> Phase:
        """Where in a repetition the person is."""
        return self.leading.phase

    @property
    def side(self) -> Side | None:
        """Which leg moves; None at rest."""
        moving = [leg for leg in self._legs if leg.moving]
        if not moving:
            return None
        return moving[0].side if len(moving) == 1 else Side.BOTH

    @property
    def drive(self) -> float:
        """The drive signal of the leading leg, NaN where unknown."""
        return self.leading.drive

    @property
    def holding_s(self) -> float:
        """Seconds held so far in the excursion under way."""
        return max(leg.holding_s for leg in self._legs)

    def lost(self) -> None:
        """Forget what was under way: the person was not seen for too long."""
        self._unsure = None
        for leg in self._legs:
            leg.lost()

    def update(self, time_s: float, signals: Signals) -> tuple[Movement, ...]:
        """Take the newest signals; return what has just been done."""
        ended = [leg.update(time_s, signals) for leg in self._legs]
        done = self._put_together(ended, time_s) + self._overdue(time_s)
        return tuple(trusted for movement in done for trusted in self._trust(movement))

    def flush(self) -> tuple[Movement, ...]:
        """End the session: give out what was as good as done and what waits for the other leg."""
        ended = [leg.flush() for leg in self._legs]
        last_s = max((movement.ended_s for movement in ended if movement is not None), default=0.0)
        done = self._put_together(ended, last_s) + self._take_waiting()
        return tuple(trusted for movement in done for trusted in self._trust(movement))

    def _put_together(self, ended: list[Movement | None], time_s: float) -> list[Movement]:
        finished = [movement for movement in ended if movement is not None]
        done: list[Movement] = []
        finished.sort(key=lambda movement: movement.shape.peak_s)
        for i, movement in enumerate(finished):
            done += self._pair(movement, time_s, expect_other=i + 1 < len(finished))
        return done

    def _trust(self, movement: Movement) -> tuple[Movement, ...]:
        """Let a movement count if there is evidence for it, and with it the one before, in hindsight."""
        before, self._unsure = self._unsure, None
        if before is not None and movement.shape.start_s - before.shape.end_s > FOLLOW_S:
            before = None
        if movement.armed or _is_deliberate(movement) or (before is not None and movement.from_start):
            for leg in self._legs:
                leg.arm()
            return (before, movement) if before is not None else (movement,)
        self._unsure = movement if movement.from_start else None
        return ()

    def _take_waiting(self) -> list[Movement]:
        waiting, self._waiting = self._waiting, None
        return [waiting.movement] if waiting else []

    def _pair(self, movement: Movement, time_s: float, *, expect_other: bool) -> list[Movement]:
        waiting = self._waiting
        if waiting is not None and waiting.movement.side is not movement.side:
            self._waiting = None
            if _overlap(waiting.movement, movement) >= SAME_SHARE:
                return [_both(waiting.movement, movement)]
            return [waiting.movement, *self._pair(movement, time_s, expect_other=expect_other)]
        out = self._take_waiting()
        if expect_other or self._other_may_belong(movement):
            self._waiting = _Waiting(movement, time_s)
            return out
        return [*out, movement]

    def _other_may_belong(self, movement: Movement) -> bool:
        for leg in self._legs:
            since = leg.moving_since_s
            if leg.side is not movement.side and since is not None and since < movement.shape.peak_end_s:
                return True
        return False

    def _overdue(self, time_s: float) -> list[Movement]:
        waiting = self._waiting
        if waiting is None:
            return []
        if time_s - waiting.since_s < WAIT_S and self._other_may_belong(waiting.movement):
            return []
        return self._take_waiting()
