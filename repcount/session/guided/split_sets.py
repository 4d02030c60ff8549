"""The sets in what was judged of a recording, which shows no rests and says no set numbers.

A pause of 20 s or more ends a set of repetitions: rests are 30 s at least, and nobody waits that long between
two repetitions. A set has one side; where the legs take turns, each leg has its set. Holds have a rest after
each one, so sets of holds are cut by the dose instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from repcount.core.history_records import AskedDose, KeptSet, with_figures
from repcount.core.records import CountBy, ExerciseSummary, Hold, Rep, Side
from repcount.session.set_progress import moves_on, set_summary

SET_ENDS_AFTER_S = 20.0
"""Derived: shorter than any rest between sets (30 s, trekeducation.org), longer than pauses in one."""


@dataclass(frozen=True)
class Counting:
    """What a set is, and what moves it on.

    Attributes
    ----------
    asked : the dose of a set.
    is_asked : whether somebody asked for that dose; otherwise it is what the exercise's file proposes.
    """

    asked: AskedDose
    by: CountBy
    strict: bool = False
    is_asked: bool = True

    @property
    def kept(self) -> AskedDose:
        """The dose that the history keeps; if nobody asked for a dose, only the length of a hold."""
        return self.asked if self.is_asked else AskedDose(hold_s=self.asked.hold_s)


def sets_of(summary: ExerciseSummary, counting: Counting) -> tuple[KeptSet, ...]:
    """The sets of one exercise, in the order in which they were begun."""
    events: Sequence[Rep | Hold] = sorted(
        (*summary.repetitions, *summary.holds), key=lambda event: (event.start_s, isinstance(event, Hold))
    )
    runs = _by_dose(events, counting) if counting.by is CountBy.HOLDS else _by_pauses(events)
    numbers: dict[Side, int] = {}
    found = []
    for run in runs:
        for side, mine in _by_side(run):
            numbers[side] = numbers.get(side, 0) + 1
            found.append(_kept(summary, counting, numbers[side], side, mine))
    return tuple(found)


def _kept(
    summary: ExerciseSummary, counting: Counting, number: int, side: Side, events: Sequence[Rep | Hold]
) -> KeptSet:
    bare = KeptSet(
        number=number,
        exercise=summary.exercise,
        side=side,
        asked=counting.kept,
        view_deg=summary.view_deg,
        not_judged=summary.not_judged,
        repetitions=tuple(event for event in events if isinstance(event, Rep)),
        holds=tuple(event for event in events if isinstance(event, Hold)),
    )
    kept = with_figures(bare, sum(moves_on(event, counting.by, counting.strict) for event in events))
    trend = set_summary(number, events)
    return replace(kept, range_fade=trend.range_fade, tempo_fade=trend.tempo_fade, symmetry=trend.symmetry)


def _by_pauses(events: Sequence[Rep | Hold]) -> list[list[Rep | Hold]]:
    runs: list[list[Rep | Hold]] = []
    end_s = 0.0
    for event in events:
        if not runs or event.start_s - end_s >= SET_ENDS_AFTER_S:
            runs.append([])
        runs[-1].append(event)
        end_s = max(end_s, event.end_s)
    return runs


def _by_dose(events: Sequence[Rep | Hold], counting: Counting) -> list[list[Rep | Hold]]:
    runs: list[list[Rep | Hold]] = [[]]
    done: dict[Side, int] = {}
    for event in events:
        if counting.asked.reps and done and min(done.values()) >= counting.asked.reps:
            runs.append([])
            done = {}
        runs[-1].append(event)
        if isinstance(event, Hold):
            done[event.side] = done.get(event.side, 0) + moves_on(event, counting.by, counting.strict)
    return [run for run in runs if run]


def _by_side(run: Sequence[Rep | Hold]) -> list[tuple[Side, list[Rep | Hold]]]:
    """One leg after the other; legs that worked together even once have one set of both."""
    sides = list(dict.fromkeys(event.side for event in run))
    if Side.BOTH in sides:
        return [(Side.BOTH, list(run))]
    return [(side, [event for event in run if event.side is side]) for side in sides]
