"""Puts the movements of two legs together: two that go together are one repetition.

In a side view the far leg is half hidden, and the network draws it after the near one: what it seems to
do while the near leg moves is a ghost unless it is alike. Nobody does short repetitions with one leg within
a long one of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from repcount.core.model import Side
from repcount.engine.guess import WORSE_SHARE
from repcount.engine.leg import LegCounter
from repcount.engine.movement import Movement

SAME_SHARE = 0.5  # legs that move together for this share of the shorter movement are one matter
ALIKE_SHARE = 0.65  # and of the longer one, one repetition
ALIKE_ROM = 0.35  # if the smaller has this share of the larger one's range; a hidden leg reads too small
PEAK_SHARE = 0.3  # whose peaks are no further apart than this share of the longer movement
FOLLOWS_SHARE = 0.25  # of the range: so far must a leg that is hardly seen have moved to have gone along
SAME_SET_S = 10.0  # repetitions closer than this are of one set
WAIT_S = 1.5  # for the other leg to land, at most, where it is the worse seen one


def _length(movement: Movement) -> float:
    return movement.shape.end_s - movement.shape.start_s


def _shared(a: Movement, b: Movement) -> float:
    return min(a.shape.end_s, b.shape.end_s) - max(a.shape.start_s, b.shape.start_s)


def _same_matter(a: Movement, b: Movement) -> bool:
    return a.side is not b.side and _shared(a, b) >= SAME_SHARE * min(_length(a), _length(b))


def _alike(a: Movement, b: Movement) -> bool:
    longer = max(_length(a), _length(b))
    return (
        _shared(a, b) >= ALIKE_SHARE * longer
        and min(a.rom, b.rom) >= ALIKE_ROM * max(a.rom, b.rom)
        and abs(a.shape.peak_s - b.shape.peak_s) <= PEAK_SHARE * longer
    )


def _is_ghost(movement: Movement, other: Movement) -> bool:
    """Whether a movement is what the network made of the other leg's: worse seen, or else the shorter."""
    if movement.confidence < WORSE_SHARE * other.confidence:
        return True
    return movement.confidence * WORSE_SHARE <= other.confidence and _length(movement) < _length(other)


def _both(a: Movement, b: Movement) -> Movement:
    """One movement of both legs, measured on the leg that is seen better."""
    best = a if a.confidence >= b.confidence else b
    return replace(
        best,
        side=Side.BOTH,
        ended_s=max(a.ended_s, b.ended_s),
        armed=a.armed or b.armed,
        from_start=a.from_start or b.from_start,
        typical=a.typical or b.typical,
    )


def _follows(leg: LegCounter, movement: Movement) -> bool:
    worse_seen = leg.visibility < WORSE_SHARE * movement.confidence
    return worse_seen and leg.change_during(movement.shape) >= FOLLOWS_SHARE * movement.rom


def _stays(leg: LegCounter, movement: Movement) -> bool:
    """Whether a leg that is seen better stays where it is."""
    better_seen = movement.confidence < WORSE_SHARE * leg.visibility
    return better_seen and leg.change_during(movement.shape) < FOLLOWS_SHARE * movement.rom


@dataclass(frozen=True)
class _Waiting:
    movement: Movement
    since_s: float


class Pairing:
    """Streams movements of the legs in, gives repetitions out."""

    def __init__(self, legs: Sequence[LegCounter]) -> None:
        self._legs = tuple(legs)
        self._waiting: list[_Waiting] = []
        self._last: Movement | None = None

    def reset(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

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
        rivals = [w.movement for w in self._waiting if _same_matter(w.movement, movement)]
        twin = next((rival for rival in rivals if _alike(rival, movement)), None)
        if twin is not None:
            self._drop(rivals)
            movement = _both(twin, movement)
        else:
            self._drop([rival for rival in rivals if _is_ghost(rival, movement)])
            if any(_is_ghost(movement, rival) for rival in rivals):
                return
        self._waiting.append(_Waiting(movement, time_s))

    def _with_hidden(self, movement: Movement) -> Movement | None:
        """A set of both legs goes on where the hardly seen leg follows, if too little to count alone.

        Where the other leg must go along the movement is one of both, and none if it is well seen not to.
        """
        last = self._last
        if movement.on_both and movement.side is not Side.BOTH and len(self._legs) > 1:
            if any(_stays(leg, movement) for leg in self._legs if leg.side is not movement.side):
                return None
            movement = replace(movement, side=Side.BOTH)
        if last is not None and last.side is Side.BOTH and movement.side is not Side.BOTH:
            others = [leg for leg in self._legs if leg.side is not movement.side]
            near = movement.shape.start_s - last.shape.end_s <= SAME_SET_S
            if near and any(_follows(leg, movement) for leg in others):
                movement = replace(movement, side=Side.BOTH)
        self._last = movement
        return movement

    def _drop(self, movements: Sequence[Movement]) -> None:
        self._waiting = [w for w in self._waiting if w.movement not in movements]

    def _must_wait(self, waiting: _Waiting, time_s: float) -> bool:
        movement = waiting.movement
        for leg in self._legs:
            since_s = leg.moving_since_s
            if movement.side in (leg.side, Side.BOTH) or since_s is None:
                continue
            if since_s < movement.shape.peak_end_s and leg.is_plausible:
                worse_seen = leg.visibility < WORSE_SHARE * movement.confidence
                return not worse_seen or time_s - waiting.since_s < WAIT_S
        return False
