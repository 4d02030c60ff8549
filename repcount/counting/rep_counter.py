"""Repetitions and holds of one exercise, from the signals of both legs."""

from __future__ import annotations

from collections.abc import Sequence

from repcount.core.records import NAN, Phase, Side
from repcount.core.signal_names import Signals
from repcount.counting.bilateral import Pairing
from repcount.counting.decision import Decision, DecisionLog, Scores, SetDecision
from repcount.counting.leg import LegCounter
from repcount.counting.movement import Movement
from repcount.counting.ranges import TargetRanges
from repcount.counting.scoring import sides_of
from repcount.exercises.spec import Exercise
from repcount.features.signal_history import SignalHistory


class RepCounter:
    """Streams signals in, gives out what counts, left and right put together.

    Parameters
    ----------
    asked : what gives the preset of each side.
    side : count this leg only; None finds out which leg moves.
    scores : other scores than those that come with the program.
    log : where every decision is written down; None where nobody asks for them.

    Attributes
    ----------
    model : what scores the movements.
    """

    def __init__(
        self,
        exercise: Exercise,
        asked: TargetRanges,
        side: Side | None = None,
        scores: Scores | None = None,
        log: DecisionLog | None = None,
    ) -> None:
        sides = sides_of(exercise) if side is None or side is Side.BOTH else (side,)
        self._history = SignalHistory()
        self.model = model = (scores or Scores()).of(exercise)
        self.legs = tuple(LegCounter(exercise, asked.of(s), s, model, self._history) for s in sides)
        self._set = SetDecision(scores.weights if scores is not None else None, log)
        self._pairing = Pairing(self.legs, None if log is None else self._set.leave_out)
        self._likelier: LegCounter | None = None

    @property
    def armed(self) -> bool:
        """Whether some leg's start posture has been taken."""
        return _first_armed(self.legs).armed

    def shown(self) -> tuple[Phase, Side | None]:
        """Where in a repetition the person is, and which leg moves in a way that can be one; None at rest."""
        legs = self._repeating
        under_way = [leg for leg in legs if not leg.is_still]
        return (_first_armed(under_way).phase, _side_of(legs)) if under_way else (self._resting, None)

    @property
    def drive(self) -> float:
        """The drive signal of the leg to look at, NaN where unknown."""
        return _first_armed(self._repeating or self.legs).drive

    def doing(self) -> tuple[Phase, Side | None, bool]:
        """The phase, which leg moves, and whether that, if any does, can be a repetition."""
        repeating = self._repeating
        legs = repeating or [leg for leg in self.legs if leg.moving]
        if not legs:
            return self._resting, None, True
        return _first_armed(legs).phase, _side_of(legs), legs is repeating

    @property
    def _repeating(self) -> list[LegCounter]:
        """The legs that do what can be a repetition; the other one, put down bent, is none of them."""
        legs = [leg for leg in self.legs if leg.moving and leg.is_plausible]
        return [leg for leg in legs if leg is self._likelier] or legs

    def _compare_legs(self) -> None:
        """Remember, until one of two moving legs rests, which one alone looked as at a repetition's peak."""
        if len(self.legs) < 2 or not all(leg.moving for leg in self.legs):
            self._likelier = None
            return
        likelier = [leg for leg in self.legs if leg.is_like_peak]
        if len(likelier) == 1:
            self._likelier = likelier[0]

    @property
    def _resting(self) -> Phase:
        return Phase.READY if self.armed else Phase.WAITING

    @property
    def leg_drives(self) -> tuple[float, float]:
        """The drive signals of the left and the right leg; NaN where unknown, or where both are one."""
        drives = {leg.side: leg.drive for leg in self.legs}
        return drives.get(Side.LEFT, NAN), drives.get(Side.RIGHT, NAN)

    @property
    def holding_s(self) -> float:
        """Seconds held so far in the excursion under way."""
        return max(leg.holding_s for leg in self.legs)

    def likeliest(self, decision: Decision) -> float:
        """Log-odds of one that counts, in hindsight."""
        return self._set.likeliest(decision)

    def wait(self, time_s: float) -> None:
        """Keep what is under way: somebody else was in the way until now."""
        for leg in self.legs:
            leg.wait(time_s)

    def lost(self) -> tuple[Decision, ...]:
        """Give out what was as good as done, and forget the rest: the person was not seen for too long."""
        decided = self.flush()
        for leg in self.legs:
            leg.lost()
        return decided

    def update(self, time_s: float, signals: Signals) -> tuple[Decision, ...]:
        """Take the newest signals; return what counts now."""
        self._history.add(time_s, signals)
        ended = [leg.update(time_s, signals) for leg in self.legs]
        self._compare_legs()
        return self._decided(self._pairing.update(ended, time_s))

    def flush(self) -> tuple[Decision, ...]:
        """End the session: give out what was as good as done and what waits for the other leg."""
        ended = [leg.flush() for leg in self.legs]
        last_s = max((movement.ended_s for movement in ended if movement is not None), default=0.0)
        return self._decided(self._pairing.update(ended, last_s) + self._pairing.flush())

    def _decided(self, movements: list[Movement]) -> tuple[Decision, ...]:
        if not movements:
            return ()
        counted = tuple(decision for movement in movements for decision in self._set.update(movement))
        for decision in counted:
            for leg in self.legs:
                leg.arm(decision.movement.shape.end_s)
        return counted


def _first_armed(legs: Sequence[LegCounter]) -> LegCounter:
    """The first leg whose start posture has been taken; the first one where that of none has."""
    for leg in legs:
        if leg.armed:
            return leg
    return legs[0]


def _side_of(legs: Sequence[LegCounter]) -> Side:
    return legs[0].side if len(legs) == 1 else Side.BOTH
