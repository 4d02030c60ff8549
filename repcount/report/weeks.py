"""What was done in each week, in figures: repetitions, range, symmetry, adherence, pain.

A week is seven days, and the last one ends with the day of the newest session: the weeks of the words, of the
charts and of the advice on load are the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean, median
from typing import Final

from repcount.core.history_records import KeptSession, KeptSet, PainMoment
from repcount.core.pain_advice import weeks_ago
from repcount.core.records import NAN, Side

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
