"""Progress in figures: what was done in each week, and the last session of each exercise against its first.

A week is seven days, and the last one ends with the day of the newest session: the weeks of the words, of the
charts and of the advice on load are the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import Final

from repcount.core.history_records import KeptSession, KeptSet, PainMoment, known_median
from repcount.core.pain_advice import weeks_ago
from repcount.core.records import NAN, Side
from repcount.report.words import Words

WEEK: Final = timedelta(days=7)

Roms = dict[tuple[str, Side], list[float]]


@dataclass(frozen=True)
class Week:
    """Seven days; a share is 0..1, an unknown number NaN.

    Attributes
    ----------
    last_day : with which it ends.
    reps, hold_s : by exercise.
    rom_deg : median of the sets' medians, by exercise and side.
    pain : median answer at each moment of a session that was asked for.
    adherence : how much of what the plan asked for in each session was done, no more than all of it.
    """

    last_day: date
    sessions: int = 0
    reps: dict[str, int] = field(default_factory=dict)
    hold_s: dict[str, float] = field(default_factory=dict)
    rom_deg: dict[tuple[str, Side], float] = field(default_factory=dict)
    pain: dict[PainMoment, float] = field(default_factory=dict)
    adherence: float = NAN

    def symmetry(self, exercise: str) -> float:
        """The smaller of the two sides' ranges as a share of the larger one; NaN where one is missing."""
        left, right = (self.rom_deg.get((exercise, side), NAN) for side in (Side.LEFT, Side.RIGHT))
        larger = max(left, right)
        return min(left, right) / larger if larger > 0 and math.isfinite(left + right) else NAN


def weeks_of(sessions: Iterable[KeptSession]) -> list[Week]:
    """Every week from the first session's to the newest one's, those without any included."""
    found = list(sessions)
    if not found:
        return []
    now = max(session.started_at for session in found)
    by_age: dict[int, list[KeptSession]] = {}
    for session in found:
        by_age.setdefault(weeks_ago(session, now), []).append(session)
    ages = range(max(by_age), -1, -1)
    return [_week(now.date() - age * WEEK, by_age.get(age, [])) for age in ages]


def adherence(session: KeptSession) -> float:
    """How much of what was asked for is done: the mean over exercises and sides of counted out of asked.

    A side that was to do three sets and did one has done a third. NaN where nothing was asked for.
    """
    groups: dict[tuple[str, Side], list[KeptSet]] = {}
    for kept in session.sets:
        groups.setdefault((kept.exercise, kept.side), []).append(kept)
    shares = []
    for sets in groups.values():
        asked = max(max(kept.asked.sets, 1) * kept.asked.reps for kept in sets)
        if asked:
            shares.append(min(1.0, sum(kept.counted for kept in sets) / asked))
    return fmean(shares) if shares else NAN


def _week(last_day: date, sessions: Sequence[KeptSession]) -> Week:
    reps: dict[str, int] = {}
    hold_s: dict[str, float] = {}
    roms: Roms = {}
    for kept in (kept for session in sessions for kept in session.sets):
        reps[kept.exercise] = reps.get(kept.exercise, 0) + kept.reps
        hold_s[kept.exercise] = hold_s.get(kept.exercise, 0.0) + kept.hold_s
        if math.isfinite(kept.rom_deg_median):
            roms.setdefault((kept.exercise, kept.side), []).append(kept.rom_deg_median)
    done = [share for share in map(adherence, sessions) if math.isfinite(share)]
    return Week(
        last_day=last_day,
        sessions=len(sessions),
        reps=reps,
        hold_s=hold_s,
        rom_deg={key: median(values) for key, values in roms.items()},
        pain={moment: float(median(levels)) for moment, levels in _pains(sessions).items() if levels},
        adherence=fmean(done) if done else NAN,
    )


def _pains(sessions: Sequence[KeptSession]) -> dict[PainMoment, list[int]]:
    answers = {
        PainMoment.BEFORE: [session.pain_before for session in sessions],
        PainMoment.AFTER: [session.pain_after for session in sessions],
        PainMoment.MORNING: [session.pain_morning for session in sessions],
    }
    return {moment: [level for level in found if level is not None] for moment, found in answers.items()}


RANGE_ERROR_DEG: Final = 7.0
"""Mean error of a repetition's range, 4.9° (docs/accuracy.md), times the root of two for a difference."""
TEMPO_ERROR_S: Final = 0.1
"""Median error of a moment, 0.04 s (docs/accuracy.md): a difference of two times has four of them."""
HOLD_ERROR_S: Final = 0.2
"""Median error of a hold's time, 0.13 s (docs/accuracy.md), times the root of two for a difference."""

_MEASURES: Final = (
    ("range", "°", 0, RANGE_ERROR_DEG),
    ("tempo", " s", 2, TEMPO_ERROR_S),
    ("hold", " s", 2, HOLD_ERROR_S),
)
"""Name, unit, digits that are shown, error; what is said of a change follows from what is shown."""


@dataclass(frozen=True)
class Change:
    """One figure of an exercise and side, in the first and in the last session that has it.

    Attributes
    ----------
    measure : ``range``, ``tempo`` or ``hold``.
    error : the least change that is more than the camera's error.
    """

    exercise: str
    side: Side
    measure: str
    first: float
    last: float
    first_at: datetime
    last_at: datetime
    error: float

    @property
    def difference(self) -> float:
        """The last less the first, each as it is shown."""
        digits = next(digits for name, _, digits, _ in _MEASURES if name == self.measure)
        return round(round(self.last, digits) - round(self.first, digits), digits)

    @property
    def is_beyond_error(self) -> bool:
        """Whether it changed by more than the camera may err."""
        return abs(self.difference) > self.error


@dataclass(frozen=True)
class ComparisonRow:
    """A change in words."""

    title: str
    side: str
    measure: str
    first: str
    last: str
    change: str
    verdict: str
    is_beyond_error: bool


def changes_of(sessions: Sequence[KeptSession]) -> list[Change]:
    """The changes of one person's exercises, in the order in which they were begun; sessions oldest first."""
    found: dict[tuple[str, Side, str], list[tuple[datetime, float]]] = {}
    for session in sessions:
        for key, values in _figures(session).items():
            if math.isfinite(value := known_median(values)):
                found.setdefault(key, []).append((session.started_at, value))
    errors = {name: error for name, _, _, error in _MEASURES}
    order = {name: number for number, name in enumerate(dict.fromkeys(key[0] for key in found))}
    places = {key: (order[key[0]], list(Side).index(key[1]), list(errors).index(key[2])) for key in found}
    return [
        Change(name, side, measure, seen[0][1], seen[-1][1], seen[0][0], seen[-1][0], errors[measure])
        for (name, side, measure), seen in sorted(found.items(), key=lambda item: places[item[0]])
        if len(seen) > 1
    ]


def _figures(session: KeptSession) -> dict[tuple[str, Side, str], list[float]]:
    found: dict[tuple[str, Side, str], list[float]] = {}
    for kept in session.sets:
        for measure, value in _measured(kept):
            found.setdefault((kept.exercise, kept.side, measure), []).append(value)
    return found


def _measured(kept: KeptSet) -> Iterator[tuple[str, float]]:
    yield "range", kept.rom_deg_median
    yield "tempo", kept.tempo_s_median
    is_held = bool(kept.asked.hold_s) and kept.counted > 0
    yield "hold", kept.hold_s / kept.counted if is_held else NAN


def change_rows(changes: Sequence[Change], titles: Mapping[str, str], words: Words) -> list[ComparisonRow]:
    """The changes in words."""
    return [_row(each, titles, words) for each in changes]


def _row(each: Change, titles: Mapping[str, str], words: Words) -> ComparisonRow:
    unit, digits = next((unit, digits) for name, unit, digits, _ in _MEASURES if name == each.measure)
    change, error = each.difference, words.number(each.error, digits, unit)
    sign = "+" if change > 0 else "−" if change < 0 else "±"  # noqa: RUF001
    return ComparisonRow(
        title=titles.get(each.exercise, each.exercise),
        side=words.side(each.side),
        measure=words.say(f"measure_{each.measure}"),
        first=_dated_value(each.first, each.first_at, (unit, digits), words),
        last=_dated_value(each.last, each.last_at, (unit, digits), words),
        change=sign + words.number(abs(change), digits, unit),
        verdict=words.say("beyond_error" if each.is_beyond_error else "within_error", error=error),
        is_beyond_error=each.is_beyond_error,
    )


def _dated_value(value: float, at: datetime, form: tuple[str, int], words: Words) -> str:
    unit, digits = form
    return f"{words.number(value, digits, unit)} ({words.short_day(at)})"
