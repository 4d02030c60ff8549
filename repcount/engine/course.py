"""The course of a programme: which exercise is under way, its session and sets, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from repcount.core.guide import Achieved, Happening, TargetRange
from repcount.core.model import NAN, CountBy, ExerciseSummary, Hold, Rep, SetProgress, Snapshot
from repcount.engine.auto import AutoSession
from repcount.engine.bout import Block, Sets
from repcount.engine.framing import FINE, Advice
from repcount.engine.ledger import achieved, target_of
from repcount.engine.session import Session


class Course:
    """Goes through the exercises one by one.

    Attributes
    ----------
    item : the place of the exercise under way, from 0.
    session : of that exercise, and ``sets`` its sets.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)
        self._past: list[tuple[Sets, tuple[ExerciseSummary, ...]]] = []
        self.item = 0
        self._begin()

    def _begin(self) -> None:
        block = self.block
        self.session: Session | AutoSession = (
            AutoSession(block.exercises) if block.is_open else Session(*block.exercises[0])
        )
        self.sets = Sets(block)
        self.target: TargetRange | None = None if block.is_open else target_of(block)

    @property
    def block(self) -> Block:
        """The exercise under way."""
        return self._blocks[self.item]

    @property
    def items(self) -> int:
        """How many exercises there are."""
        return len(self._blocks)

    @property
    def title(self) -> str:
        """What the exercise under way is called."""
        return "Do any of the exercises" if self.block.is_open else self.block.exercise.title

    @property
    def start_posture(self) -> Advice:
        """What to be told until the start posture is taken."""
        return FINE if self.block.is_open else Advice("start_posture", self.block.exercise.how[0])

    @property
    def is_last(self) -> bool:
        """Whether no exercise follows."""
        return self.item + 1 == len(self._blocks)

    @property
    def rest_s(self) -> float:
        """Seconds of rest after a set."""
        return self.block.dose.rest_s

    @property
    def counts_holds(self) -> bool:
        """Whether holds move the set on."""
        return self.block.count_by is CountBy.HOLDS

    @property
    def next_up(self) -> str:
        """What follows this set."""
        if self.block.is_open:
            return ""
        if self.sets.other_leg_next:
            return "The other leg"
        if not self.sets.is_last:
            return f"Set {self.sets.number + 1} of {self.block.dose.sets}"
        return "The end" if self.is_last else self._blocks[self.item + 1].exercise.title

    def progress(self, snapshot: Snapshot) -> SetProgress:
        """The set under way; that of the exercise that was recognised where nobody named one."""
        return snapshot.progress if self.block.is_open else self.sets.progress

    def undo(self) -> tuple[Rep | Hold, ...]:
        """Take the last repetition back; return what went."""
        gone = self.session.undo()
        for done in gone:
            self.sets.take_back(done)
        return gone

    def go_on(self, time_s: float) -> None:
        """Begin the next exercise."""
        self.sets.end()
        self.session.finish(time_s)
        self._past.append((self.sets, self.session.summaries()))
        self.item += 1
        self._begin()

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """Every exercise that was begun, in order."""
        past = tuple(summary for _, summaries in self._past for summary in summaries)
        return (*past, *self.session.summaries())

    def achieved(self) -> tuple[Achieved, ...]:
        """The summary of all exercises so far."""
        return achieved([*self._past, (self.sets, self.session.summaries())])

    def happening(
        self, code: str, time_s: float, text: str, seconds: float = NAN, detail: str = ""
    ) -> Happening:
        """A happening of the set under way."""
        name = "auto" if self.block.is_open else self.block.exercise.name
        at, side = self.sets.progress, self.sets.side
        where = (at.number, at.sets, at.done, at.target)
        return Happening(code, time_s, text, name, side, *where, seconds=seconds, detail=detail)
