"""The last session of each exercise against its first, and which changes are beyond the camera's error."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from repcount.core.history_records import KeptSession, KeptSet, middle
from repcount.core.records import NAN, Side
from repcount.report.words import Words

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
            if math.isfinite(value := middle(values)):
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
        first=_told(each.first, each.first_at, (unit, digits), words),
        last=_told(each.last, each.last_at, (unit, digits), words),
        change=sign + words.number(abs(change), digits, unit),
        verdict=words.say("beyond_error" if each.is_beyond_error else "within_error", error=error),
        is_beyond_error=each.is_beyond_error,
    )


def _told(value: float, at: datetime, form: tuple[str, int], words: Words) -> str:
    unit, digits = form
    return f"{words.number(value, digits, unit)} ({words.short_day(at)})"
