"""Where the person stands in the sets, and what a set shows as a whole: fading range and pace, both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from statistics import mean

from repcount.core.records import NAN, CountBy, Hold, Rep, SetProgress, SetSummary, Side, Status
from repcount.exercises.spec import Dose


def moves_on(done: Rep | Hold, count_by: CountBy, strict: bool) -> bool:
    """Whether a repetition or hold counts for the set: only ``ok`` if strict, else all but ``short``."""
    right_kind = isinstance(done, Hold) == (count_by is CountBy.HOLDS)
    good = done.status is Status.OK if strict else done.status is not Status.SHORT
    return right_kind and good


class SetCounter:
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

    def fresh(self) -> SetCounter:
        """Another one of the same kind, with nothing done yet."""
        return SetCounter(self._dose, self._count_by, strict=self._strict)

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


LEAST_REPS = 4  # of one side: fewer do not show a trend


def set_summaries(sets: SetCounter, reps: Sequence[Rep], holds: Sequence[Hold]) -> tuple[SetSummary, ...]:
    """The sets that these repetitions and holds made, in order.

    Parameters
    ----------
    sets : whose rules say when a set is full; it is not changed.
    """
    fresh = sets.fresh()
    grouped: dict[int, list[Rep | Hold]] = {}
    every: list[Rep | Hold] = [*reps, *holds]
    for done in sorted(every, key=lambda done: (done.end_s, isinstance(done, Hold))):
        grouped.setdefault(fresh.progress.number, []).append(done)
        fresh.add(done)
    return tuple(set_summary(number, some) for number, some in grouped.items())


def set_summary(number: int, done: Sequence[Rep | Hold]) -> SetSummary:
    """One set."""
    reps = [one for one in done if isinstance(one, Rep)]
    holds = [one for one in done if isinstance(one, Hold)]
    return SetSummary(
        number=number,
        start_s=min(one.start_s for one in done),
        end_s=max(one.end_s for one in done),
        reps=len(reps),
        holds=len(holds),
        range_fade=_fade(reps, lambda rep: rep.rom_deg),
        tempo_fade=_fade(reps, lambda rep: rep.up_s + rep.down_s),
        symmetry=symmetry(reps),
        hold_drift_deg=_mean(hold.drift_deg for hold in holds),
        hold_tremor_deg=_mean(hold.tremor_deg for hold in holds),
        hold_breaks=sum(hold.breaks for hold in holds),
    )


def symmetry(reps: Sequence[Rep]) -> float:
    """Limb symmetry index: the mean peak of the weaker side over that of the other; NaN of one side alone.

    The peak and not the range: at rest the network reads the half-hidden leg too bent.
    """
    left, right = (
        _mean(rep.peak_deg for rep in reps if rep.side is side) for side in (Side.LEFT, Side.RIGHT)
    )
    low, high = min(left, right), max(left, right)
    return low / high if low > 0.0 and isfinite(left + right) else NAN


def _fade(reps: Sequence[Rep], of: Callable[[Rep], float]) -> float:
    """The last third over the first third, less 1, side by side; NaN where there are too few."""
    fades = []
    for side in Side:
        values = [of(rep) for rep in reps if rep.side is side and isfinite(of(rep))]
        third = max(1, len(values) // 3)
        if len(values) >= LEAST_REPS and mean(values[:third]) > 0.0:
            fades.append((len(values), mean(values[-third:]) / mean(values[:third]) - 1.0))
    return sum(n * fade for n, fade in fades) / sum(n for n, _ in fades) if fades else NAN


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if isfinite(value)]
    return mean(known) if known else NAN
