"""Puts the movements of two legs together: two that go together are one repetition.

In a side view the far leg is half hidden, and the network draws it like the near leg. While the near leg
moves, the far leg seems to do the same, or something less likely. Nobody does short repetitions with one leg
during a long repetition of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from repcount.core.kinds import Why
from repcount.core.records import Side
from repcount.counting.leg import LegCounter
from repcount.counting.movement import Movement
from repcount.features.visibility import WORSE_SHARE

OVERLAP_SHARE = 0.5  # two movements that overlap for this share of the shorter one are rivals
# Rivals are one repetition of both legs if all of these hold:
ALIKE_SHARE = 0.65  # they overlap for this share of the longer one
ALIKE_ROM = 0.35  # the smaller range is this share of the larger one; a hidden leg is measured too small
PEAK_SHARE = 0.3  # their peaks are no further apart than this share of the longer one
AS_LIKELY = 2.0  # their log-odds differ by no more than this: a less likely one is an error of the network,
LIKELY = 0.5  # except if both have this or more
FOLLOWS_SHARE = 0.25  # of the range: a leg that is hardly seen must move this far to count as moving along
SAME_SET_S = 10.0  # repetitions closer than this are of one set
WAIT_S = 1.5  # the longest wait for the other leg to land, if that leg is the worse seen one


def _length(movement: Movement) -> float:
    return movement.shape.end_s - movement.shape.start_s


def _overlap_s(a: Movement, b: Movement) -> float:
    return min(a.shape.end_s, b.shape.end_s) - max(a.shape.start_s, b.shape.start_s)


def _are_rivals(a: Movement, b: Movement) -> bool:
    return a.side is not b.side and _overlap_s(a, b) >= OVERLAP_SHARE * min(_length(a), _length(b))


def _alike(a: Movement, b: Movement) -> bool:
    longer = max(_length(a), _length(b))
    return (
        _overlap_s(a, b) >= ALIKE_SHARE * longer
        and min(a.rom, b.rom) >= ALIKE_ROM * max(a.rom, b.rom)
        and abs(a.shape.peak_s - b.shape.peak_s) <= PEAK_SHARE * longer
        and (abs(a.log_odds - b.log_odds) <= AS_LIKELY or min(a.log_odds, b.log_odds) >= LIKELY)
    )


def _both(a: Movement, b: Movement) -> Movement:
    """One movement of both legs, measured on the leg that is seen better."""
    best = a if a.visibility >= b.visibility else b
    return replace(
        best,
        side=Side.BOTH,
        ended_s=max(a.ended_s, b.ended_s),
        log_odds=max(a.log_odds, b.log_odds),
        too_small=a.too_small and b.too_small,
    )


def _follows(leg: LegCounter, movement: Movement) -> bool:
    worse_seen = leg.visibility < WORSE_SHARE * movement.visibility
    return worse_seen and leg.change_during(movement.shape) >= FOLLOWS_SHARE * movement.rom


def _stays(leg: LegCounter, movement: Movement) -> bool:
    """Whether a leg that is seen better stays where it is."""
    better_seen = movement.visibility < WORSE_SHARE * leg.visibility
    return better_seen and leg.change_during(movement.shape) < FOLLOWS_SHARE * movement.rom


@dataclass(frozen=True)
class _Waiting:
    movement: Movement
    since_s: float


LeaveOut = Callable[[Movement, Why], None]
"""Told of each movement that is given up, and why."""


class Pairing:
    """Streams movements of the legs in, gives repetitions out.

    Parameters
    ----------
    leave_out : told of what is given up; None where nobody asks.
    """

    def __init__(self, legs: Sequence[LegCounter], leave_out: LeaveOut | None = None) -> None:
        self._legs = tuple(legs)
        self._leave_out = leave_out or (lambda movement, why: None)
        self._waiting: list[_Waiting] = []
        self._last: Movement | None = None

    def update(self, ended: Sequence[Movement | None], time_s: float) -> list[Movement]:
        """Take what the legs have just ended; return what is settled, in order of the peaks."""
        for movement in ended:
            if movement is not None:
                self._add(movement, time_s)
        if not self._waiting:
            return []
        ready = [w for w in self._waiting if not self._must_wait(w, time_s)]
        self._waiting = [w for w in self._waiting if w not in ready]
        return self._settled(w.movement for w in ready)

    def flush(self) -> list[Movement]:
        """Give out all that waits, at the end of a session."""
        rest = self._settled(w.movement for w in self._waiting)
        self._waiting.clear()
        return rest

    def _settled(self, movements: Iterable[Movement]) -> list[Movement]:
        found = (self._with_hidden(m) for m in sorted(movements, key=lambda m: m.shape.peak_s))
        return [movement for movement in found if movement is not None]

    def _add(self, movement: Movement, time_s: float) -> None:
        rivals = [w.movement for w in self._waiting if _are_rivals(w.movement, movement)]
        twin = next((rival for rival in rivals if _alike(rival, movement)), None)
        if twin is not None:
            self._drop(rivals, twin)
            movement = _both(twin, movement)
        else:
            if any(rival.log_odds > movement.log_odds for rival in rivals):
                self._leave_out(movement, Why.OTHER_LEG)
                return
            self._drop(rivals)
        self._waiting.append(_Waiting(movement, time_s))

    def _with_hidden(self, movement: Movement) -> Movement | None:
        """Make it a movement of both legs where the hardly seen leg follows, but too little to count alone.

        Where the other leg must move too, the movement is one of both legs, or none if that leg is well seen
        and stays.
        """
        last = self._last
        if movement.needs_both and movement.side is not Side.BOTH and len(self._legs) > 1:
            if any(_stays(leg, movement) for leg in self._legs if leg.side is not movement.side):
                self._leave_out(movement, Why.STAYED)
                return None
            movement = replace(movement, side=Side.BOTH)
        if last is not None and last.side is Side.BOTH and movement.side is not Side.BOTH:
            others = [leg for leg in self._legs if leg.side is not movement.side]
            near = movement.shape.start_s - last.shape.end_s <= SAME_SET_S
            if near and any(_follows(leg, movement) for leg in others):
                movement = replace(movement, side=Side.BOTH)
        self._last = movement
        return movement

    def _drop(self, movements: Sequence[Movement], twin: Movement | None = None) -> None:
        """Give up rivals of a better one; a twin goes on in that."""
        for movement in movements:
            if movement is not twin:
                self._leave_out(movement, Why.OTHER_LEG)
        self._waiting = [w for w in self._waiting if w.movement not in movements]

    def _must_wait(self, waiting: _Waiting, time_s: float) -> bool:
        movement = waiting.movement
        for leg in self._legs:
            since_s = leg.moving_since_s
            if movement.side in (leg.side, Side.BOTH) or since_s is None:
                continue
            if since_s < movement.shape.peak_end_s and leg.is_plausible:
                worse_seen = leg.visibility < WORSE_SHARE * movement.visibility
                return not worse_seen or time_s - waiting.since_s < WAIT_S
        return False
