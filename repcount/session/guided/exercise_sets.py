"""The sets of one exercise of a programme: which one is under way, of which leg, and at which tempo."""

from __future__ import annotations

from dataclasses import dataclass, field

from repcount.core.errors import SettingError
from repcount.core.guide import Beat, Part, Tempo
from repcount.core.records import CountBy, Cue, Hold, Rep, SetProgress, Side, Snapshot
from repcount.exercises.spec import Dose, Exercise
from repcount.features.spans import opposite
from repcount.session.session import SessionOptions
from repcount.session.set_progress import moves_on


def tempo_of(text: str) -> Tempo:
    """Read ``2-1-2``: seconds up, held, down, and if there is a fourth, waited.

    Raises
    ------
    SettingError
        It is no tempo.
    """
    try:
        parts = [float(part) for part in text.split("-")]
    except ValueError:
        parts = []
    if len(parts) not in (3, 4) or not all(0 <= part <= 30 for part in parts) or not (parts[0] and parts[2]):
        raise SettingError(f"--tempo {text}: say seconds up-held-down, such as 2-1-2 or 1.5-0-2-1")
    return Tempo(*parts)


def beat_at(tempo: Tempo, since_s: float) -> Beat:
    """Where the tempo is ``since_s`` seconds after the set began."""
    number, left_s = divmod(max(0.0, since_s), tempo.whole_s)
    spans = (
        (Part.UP, tempo.up_s),
        (Part.HOLD, tempo.hold_s),
        (Part.DOWN, tempo.down_s),
        (Part.WAIT, tempo.wait_s),
    )
    for part, span_s in spans:
        if left_s < span_s:
            return Beat(int(number) + 1, part, left_s / span_s, _level(part, left_s / span_s))
        left_s -= span_s
    return Beat(int(number) + 2, Part.UP, 0.0, 0.0)


def _level(part: Part, share: float) -> float:
    return {Part.UP: share, Part.HOLD: 1.0, Part.DOWN: 1.0 - share, Part.WAIT: 0.0}[part]


@dataclass(frozen=True)
class Block:
    """One exercise of a programme.

    Attributes
    ----------
    exercises : with their options; several where it is to be found out which one is done.
    each_leg : every set is done with one leg and then with the other.
    """

    exercises: tuple[tuple[Exercise, SessionOptions], ...]
    each_leg: bool = False

    @property
    def exercise(self) -> Exercise:
        """The exercise, the first of several."""
        return self.exercises[0][0]

    @property
    def options(self) -> SessionOptions:
        """Its options."""
        return self.exercises[0][1]

    @property
    def is_open(self) -> bool:
        """Whether it is to be found out what is done: there are no sets then."""
        return len(self.exercises) > 1

    @property
    def dose(self) -> Dose:
        """How much is to be done."""
        return self.exercise.dose

    @property
    def count_by(self) -> CountBy:
        """What moves the set on."""
        return self.options.count_by or self.dose.count


@dataclass
class ExerciseSets:
    """Counts repetitions or holds into sets.

    Attributes
    ----------
    number : of the set under way, from 1.
    second_leg : whether it is the other leg's turn.
    done : in the set under way.
    """

    block: Block
    number: int = 1
    second_leg: bool = False
    done: int = 0
    completed: int = 0
    astray: int = 0
    _first: Side | None = None
    _credited: list[Rep | Hold] = field(default_factory=list)

    @property
    def target(self) -> int:
        """What a set asks for."""
        dose = self.block.dose
        return dose.holds if self.block.count_by is CountBy.HOLDS else dose.reps

    @property
    def whole(self) -> int:
        """Sets asked for; those of both legs where each has its own."""
        return self.block.dose.sets * (2 if self.block.each_leg else 1)

    @property
    def side(self) -> Side | None:
        """The leg whose turn it is; None where either will do."""
        if not self.block.each_leg:
            return self.block.options.side
        if self._first is None:
            return None
        return opposite(self._first) if self.second_leg else self._first

    @property
    def is_last(self) -> bool:
        """Whether no set follows."""
        legs_done = self.second_leg or not self.block.each_leg
        return legs_done and self.number >= self.block.dose.sets

    @property
    def other_leg_next(self) -> bool:
        """Whether the other leg follows, without a rest."""
        return self.block.each_leg and not self.second_leg

    def add(self, done: Rep | Hold) -> bool:
        """Take what was done; return whether it moves the set on."""
        if not moves_on(done, self.block.count_by, self.block.options.strict):
            return False
        if self.side not in (None, Side.BOTH, done.side) and done.side is not Side.BOTH:
            self.astray += 1
            return False
        if self.block.each_leg and self._first is None and done.side is not Side.BOTH:
            self._first = done.side
        self.astray = 0
        self.done += 1
        self._credited.append(done)
        return True

    def take_back(self, done: Rep | Hold) -> None:
        """Undo :meth:`add` where that moved the set on."""
        for credited in reversed(self._credited):
            if type(credited) is type(done) and credited.start_s == done.start_s:
                self._credited.remove(credited)
                self.done = max(0, self.done - 1)
                return

    @property
    def is_full(self) -> bool:
        """Whether the set has what it asks for."""
        return self.done >= self.target

    def go_on(self) -> None:
        """Begin the next set, or the other leg's."""
        self.completed += self.is_full
        if self.other_leg_next:
            self.second_leg = True
        else:
            self.number += 1
            self.second_leg = False
        self.done = self.astray = 0

    def end(self) -> None:
        """The last set has ended."""
        self.completed += self.is_full

    @property
    def progress(self) -> SetProgress:
        """For the picture."""
        dose = self.block.dose
        hold_s = dose.hold_s if self.block.count_by is CountBy.HOLDS else 0.0
        return SetProgress(min(self.number, dose.sets), dose.sets, self.done, self.target, hold_s)


def completed(snapshot: Snapshot) -> list[Rep | Hold]:
    """The repetitions and holds that a snapshot tells of."""
    return [event for event in snapshot.events if not isinstance(event, Cue)]
