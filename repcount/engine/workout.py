"""Where the person stands in the sets."""

from __future__ import annotations

from repcount.core.model import CountBy, Hold, Rep, SetProgress, Status
from repcount.exercises.spec import Dose


def moves_on(done: Rep | Hold, count_by: CountBy, strict: bool) -> bool:
    """Whether a repetition or hold counts for the set: only ``ok`` if strict, else all but ``short``."""
    right_kind = isinstance(done, Hold) == (count_by is CountBy.HOLDS)
    good = done.status is Status.OK if strict else done.status is not Status.SHORT
    return right_kind and good


class Workout:
    """Counts what moves the set on.

    Parameters
    ----------
    count_by : repetitions or holds.
    strict : count only what is ``ok``; otherwise all but ``short``.
    """

    def __init__(self, dose: Dose, count_by: CountBy, *, strict: bool = False) -> None:
        self._dose = dose
        self._count_by = count_by
        self._strict = strict
        self.count = 0

    def fresh(self) -> Workout:
        """Another one of the same kind, with nothing done yet."""
        return Workout(self._dose, self._count_by, strict=self._strict)

    def add(self, done: Rep | Hold) -> bool:
        """Take a repetition or hold; return whether it moves the set on."""
        moves = moves_on(done, self._count_by, self._strict)
        self.count += moves
        return moves

    def take_back(self, done: Rep | Hold) -> None:
        """Undo :meth:`add`."""
        self.count -= moves_on(done, self._count_by, self._strict)

    @property
    def progress(self) -> SetProgress:
        """The set under way; the last one goes on where more is done than asked for."""
        by_holds = self._count_by is CountBy.HOLDS
        target = self._dose.holds if by_holds else self._dose.reps
        number = min(self.count // target, self._dose.sets - 1)
        return SetProgress(
            number=number + 1,
            sets=self._dose.sets,
            done=self.count - number * target,
            target=target,
            hold_target_s=self._dose.hold_s if by_holds else 0.0,
        )
