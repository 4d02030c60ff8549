"""From an excursion to a movement: whether it is a repetition of the exercise, and what it showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from repcount.core.model import Side
from repcount.engine.evidence import BEFORE_S, in_both, middle, shown
from repcount.engine.excursion import Excursion
from repcount.engine.holding import Held
from repcount.engine.shape import Shape
from repcount.exercises.spec import Direction, Exercise, Preset, Requirement

REST_MARGIN = 0.15  # of the range: how far outside its band rest may lie
TOLD_MARGIN_DEG = 8.0  # a leg that lies half hidden is drawn with a bent hip
TOLD, IN_START, SEEN = -3, -2, -1  # what each sample carries besides what the exercise asks for


@dataclass(frozen=True)
class Movement:
    """One repetition of one leg, before the legs are put together; values in the signal's own sense.

    Attributes
    ----------
    armed : whether the start posture had been held before.
    from_start : whether it was seen at all, before or after.
    typical : whether it shows what tells this exercise from others where nobody has named it.
    on_both : whether the other leg was where it must go along.
    """

    side: Side
    shape: Shape
    rest: float
    peak: float
    rom: float
    held: Held | None
    confidence: float
    ended_s: float
    armed: bool
    from_start: bool
    typical: bool = True
    on_both: bool = False


class Evidence:
    """What is asked of the excursions of one leg.

    Attributes
    ----------
    asked : whose signals every sample must carry first, in this order.
    """

    def __init__(self, exercise: Exercise, preset: Preset, side: Side) -> None:
        self._exercise = exercise
        self._side = side
        self._sign = 1.0 if exercise.drive.direction is Direction.RISING else -1.0
        self._min_rom = preset.min_rom_deg
        self._is_one = exercise.drive.counted_by is None
        self.asked = (*exercise.require, *exercise.recognise, *exercise.drive.on_both)

    def from_rest(self, excursion: Excursion) -> Excursion:
        """Where the way out was not seen from its start, rest is where the leg came back to."""
        back = excursion.samples[-1].value
        margin = REST_MARGIN * excursion.rom
        if self._is_rest(excursion.rest, margin) or not self._is_rest(back, margin):
            return excursion
        return replace(excursion, rest=back)

    def _is_rest(self, value: float, margin: float) -> bool:
        lowest, highest = sorted(self._sign * limit for limit in self._exercise.drive.rest)
        return lowest - margin <= value <= highest + margin

    def _acceptable(self, excursion: Excursion, shape: Shape) -> bool:
        if shape.end_s - shape.start_s < self._exercise.tempo.min_rep_s:
            return False
        if excursion.rom < self._min_rom or not self._is_rest(excursion.rest, REST_MARGIN * excursion.rom):
            return False
        if not self._is_one and not self._is_told_rest(excursion, shape):
            return False
        return self._shows(excursion, shape, self._exercise.require, 0)

    def _is_told_rest(self, excursion: Excursion, shape: Shape) -> bool:
        """Whether the told signal was at rest too, before or after."""
        last_s = excursion.samples[-1].time_s
        spans = ((shape.start_s - BEFORE_S, shape.start_s), (last_s - BEFORE_S, last_s))
        told = [middle(excursion, TOLD, *span) for span in spans]
        return any(value != value or self._is_rest(value, TOLD_MARGIN_DEG) for value in told)

    def movement(
        self, excursion: Excursion, shape: Shape, held: Held | None, now_s: float, *, armed: bool
    ) -> Movement | None:
        """What the excursion was, None where it is no repetition; ``armed`` says whether it was before."""
        if not self._acceptable(excursion, shape):
            return None
        if not self._is_one:
            shape = in_both(excursion, shape, TOLD)
        seen = [s.extra[SEEN] for s in excursion.samples if s.time_s >= shape.start_s]
        peak = self._peak(excursion, shape)
        return Movement(
            side=self._side,
            shape=shape,
            rest=self._sign * excursion.rest,
            peak=self._sign * peak,
            rom=peak - excursion.rest,
            held=held,
            confidence=median(seen),
            ended_s=now_s,
            armed=armed,
            from_start=any(s.extra[IN_START] > 0 for s in excursion.samples),
            typical=self._is_typical(excursion, shape),
            on_both=self._is_on_both(excursion, shape),
        )

    def _peak(self, excursion: Excursion, shape: Shape) -> float:
        """The peak in the signal that is told, where another one is counted."""
        if self._is_one:
            return excursion.top
        peak = middle(excursion, TOLD, shape.peak_start_s, shape.peak_end_s)
        return excursion.top if peak != peak else peak

    def _is_typical(self, excursion: Excursion, shape: Shape) -> bool:
        first = len(self._exercise.require)
        return self._shows(excursion, shape, self._exercise.recognise, first)

    def _is_on_both(self, excursion: Excursion, shape: Shape) -> bool:
        asked, first = self._exercise.drive.on_both, len(self._exercise.require + self._exercise.recognise)
        return bool(asked) and self._shows(excursion, shape, asked, first)

    @staticmethod
    def _shows(excursion: Excursion, shape: Shape, asked: Sequence[Requirement], first: int) -> bool:
        return all(shown(excursion, shape, each, i) for i, each in enumerate(asked, first))
