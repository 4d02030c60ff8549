"""What a live session came to, in words for the person: what was done, and what next time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.guide import ExerciseReview
from repcount.core.history_records import Filter, KeptSession
from repcount.core.pain_advice import Light, light_of, rises
from repcount.core.records import NAN, CountBy, ExerciseSummary, Hold, Rep
from repcount.pipeline.assemble import asked_range

if TYPE_CHECKING:
    from repcount.core.guide import Achieved
    from repcount.exercises.languages import Language
    from repcount.exercises.spec import Exercise
    from repcount.history.store import History
    from repcount.session.guided.exercise_sets import Block

LOOKED_AT: Final = 12
"""Sessions of the history that are looked at for the last and the best time."""
_NEAR_DEG: Final = 10.0


@dataclass(frozen=True)
class Looking:
    """What a session is looked at with.

    Attributes
    ----------
    past : the person's newest sessions, this one included where it is kept.
    session_id : of this one; None where it is not kept.
    pain : the worst answer about this session; None where nobody answered.
    """

    past: tuple[KeptSession, ...]
    now: datetime
    session_id: str | None = None
    pain: int | None = None


def looked_up(history: History, person: str, now: datetime, session_id: str | None) -> Looking:
    """Look the person's newest sessions up, with all that was done in them."""
    newest = history.newest(Filter(person=person), LOOKED_AT)
    past = tuple(history.session(each.id) for each in newest)
    here = next((each for each in past if each.id == session_id), None)
    answers = [] if here is None else [here.pain_before, here.pain_after]
    worst = max((level for level in answers if level is not None), default=None)
    return Looking(past, now, session_id, worst)


def review(
    blocks: Sequence[Block],
    achieved: Sequence[Achieved],
    summaries: Sequence[ExerciseSummary],
    looking: Looking,
    language: Language,
) -> tuple[ExerciseReview, ...]:
    """The summary of a session, an entry for each exercise of which anything was to be told."""
    left = list(summaries)
    found = []
    for each in achieved:
        summary = next((one for one in left if one.exercise == each.exercise), None)
        if summary is not None:
            left.remove(summary)
            found.append(_Reviewer(blocks, each, summary, looking, language.screen_words()).review())
    return tuple(found)


class _Reviewer:
    """Finds the words for one exercise."""

    def __init__(
        self,
        blocks: Sequence[Block],
        achieved: Achieved,
        summary: ExerciseSummary,
        looking: Looking,
        words: Mapping[str, str],
    ) -> None:
        known = {exercise.name: (exercise, options) for b in blocks for exercise, options in b.exercises}
        self._exercise, self._options = known[summary.exercise]
        self._achieved, self._summary, self._looking, self._words = achieved, summary, looking, words
        dose = self._exercise.dose
        self._by_holds = (self._options.count_by or dose.count) is CountBy.HOLDS
        self._asked = achieved.sets * (dose.holds if self._by_holds else dose.reps)
        self._range = asked_range(self._exercise, self._options)
        self._deg = self._middle(summary.repetitions)
        self._faults = _faults_of(self._exercise, (*summary.repetitions, *summary.holds))

    def review(self) -> ExerciseReview:
        counted = self._achieved.counted
        done = f"{counted} {self._say('of_target', target=self._asked)}" if self._asked else str(counted)
        lines = [(name, text) for name, text in self._lines() if text]
        return ExerciseReview(self._summary.exercise, self._achieved.title, counted, done, tuple(lines))

    def _say(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)

    def _lines(self) -> Iterator[tuple[str, str]]:
        each = self._achieved
        if each.sets:
            yield self._say("sum_sets"), f"{each.sets_done} {self._say('of_target', target=each.sets)}"
        if each.hold_s > 0:
            yield self._say("sum_holds"), self._say("sum_held", seconds=round(each.hold_s))
        if math.isfinite(self._deg):
            yield self._say("sum_range"), self._reached()
        yield self._say("sum_before"), self._before()
        yield self._say("sum_form"), self._form()
        yield self._say("sum_next"), self._next()

    def _reached(self) -> str:
        """How far, against what was asked for or is usual."""
        if not math.isfinite(self._range.deg):
            return f"{self._deg:.0f}°"
        key = "sum_range_asked" if self._range.named else "sum_range_usual"
        return self._say(key, deg=round(self._deg), asked=round(self._range.deg))

    def _middle(self, repetitions: Sequence[Rep]) -> float:
        """Median of how far they came; NaN where none is known."""
        reached = [self._range.reached_deg(rep) for rep in repetitions]
        known = [deg for deg in reached if math.isfinite(deg)]
        return median(known) if known else NAN

    def _before(self) -> str:
        """Last and best time, from the history."""
        times = [
            (
                sum(kept.counted for kept in sets),
                self._middle([rep for kept in sets for rep in kept.repetitions]),
            )
            for session in self._looking.past
            if session.id != self._looking.session_id
            if (sets := [kept for kept in session.sets if kept.exercise == self._summary.exercise])
        ]
        if not times:
            return ""
        last, best = times[-1], max(times, key=lambda time: (time[0], time[1]))
        return " · ".join(
            self._say(key, what=_amount(time)) for key, time in (("sum_last", last), ("sum_best", best))
        )

    def _form(self) -> str:
        told = [
            self._say("sum_fault_once" if times == 1 else "sum_fault", name=name, times=times)
            for name, times in self._faults.most_common()
        ]
        if not told and self._achieved.counted:
            told = [self._say("sum_no_faults")]
        return ", ".join(told)

    def _next(self) -> str:
        """What next time: pain comes first, then load, then form, then range."""
        pain, name = self._looking.pain, self._summary.exercise
        if pain is not None and light_of(pain) is not Light.GREEN:
            return self._say("sum_next_rest" if light_of(pain) is Light.RED else "sum_next_less")
        if not self._achieved.counted:
            return ""
        if any(rise.exercise == name for rise in rises(self._looking.past, self._looking.now)):
            return self._say("sum_next_fewer")
        if self._faults:
            return self._form_next(self._faults.most_common(1)[0][0])
        if math.isfinite(self._deg) and self._deg < self._range.deg - _NEAR_DEG:
            return self._say("sum_next_range")
        is_whole = pain is not None and 0 < self._asked <= self._achieved.counted
        return self._say("sum_next_more" if is_whole else "sum_next_same")

    def _form_next(self, fault: str) -> str:
        """The same with the cue of that fault; with its name where it has none."""
        cue = next((rule.say for rule in self._exercise.complaints if rule.name == fault and rule.say), "")
        return self._say("sum_next_cue", cue=cue) if cue else self._say("sum_next_form", name=fault)


def _amount(time: tuple[int, float]) -> str:
    counted, deg = time
    return f"{counted}, {deg:.0f}°" if math.isfinite(deg) else str(counted)


def _faults_of(exercise: Exercise, done: Sequence[Rep | Hold]) -> Counter[str]:
    """How often each fault was seen, by its name; one seen in a repetition and its hold counts once."""
    names = exercise.fault_names
    seen = {(fault.code, fault.time_s) for each in done for fault in each.faults}
    return Counter(names.get(code, code) for code, _ in seen)
