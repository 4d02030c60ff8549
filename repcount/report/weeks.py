"""What was done in each week, in figures and plain words: repetitions, range, symmetry, adherence, pain."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean, median
from typing import Final

from repcount.core.history_records import KeptSession, KeptSet, PainMoment
from repcount.core.model import NAN, Side
from repcount.core.pain_advice import Light, after_session, light_of, over_sessions, rises, weeks_ago

WEEK: Final = timedelta(days=7)

Roms = dict[tuple[str, Side], list[float]]
MIN_CHANGE_DEG = 5.0
"""A change of range below this may be the camera's error (docs/accuracy.md)."""


@dataclass(frozen=True)
class Week:
    """One week, from Monday on; a share is 0..1, an unknown number NaN.

    Attributes
    ----------
    reps, hold_s : by exercise.
    rom_deg : median of the sets' medians, by exercise and side.
    pain : median answer at each moment of a session that was asked for.
    adherence : how much of what the plan asked for in each session was done, no more than all of it.
    """

    monday: date
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
    """Every week from the first session's to the last one's, those without any included."""
    by_monday: dict[date, list[KeptSession]] = {}
    for session in sessions:
        day = session.started_at.date()
        by_monday.setdefault(day - timedelta(days=day.weekday()), []).append(session)
    if not by_monday:
        return []
    first, last = min(by_monday), max(by_monday)
    mondays = (first + number * WEEK for number in range((last - first) // WEEK + 1))
    return [_week(monday, by_monday.get(monday, [])) for monday in mondays]


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


def _week(monday: date, sessions: Sequence[KeptSession]) -> Week:
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
        monday=monday,
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


def in_words(
    who: str, sessions: Sequence[KeptSession], weeks: Sequence[Week], titles: Mapping[str, str]
) -> list[str]:
    """A few sentences, the most important first; exercises by their ``titles``.

    Load, range and pain are told of one person only: mixed figures of several people would mean nothing.
    """
    if not sessions:
        return ["Nothing is kept yet for this choice."]
    days = len({session.started_at.date() for session in sessions})
    span = "this week" if len(weeks) == 1 else f"in {len(weeks)} weeks"
    people = len({session.person for session in sessions})
    name = who or ("You" if people == 1 else f"{people} people")
    did = f"{name} exercised on {_count(days, 'day')} {span}, {_count(len(sessions), 'session')} in all."
    if people > 1:
        return [did, "Name one of them (--person) to hear of load, range and pain."]
    return [
        did,
        *_load(sessions, titles),
        *_range(weeks, titles),
        *_pain(sessions),
    ]


def session_in_words(session: KeptSession, titles: Mapping[str, str], faults: Mapping[str, str]) -> list[str]:
    """What was done in one session, and what its pain says; ``faults`` are their names by code."""
    groups: dict[tuple[str, Side], list[KeptSet]] = {}
    for kept in session.sets:
        groups.setdefault((kept.exercise, kept.side), []).append(kept)
    told = [_done(titles.get(name, name), side, sets, faults) for (name, side), sets in groups.items()]
    if (session.pain_before, session.pain_after, session.pain_morning) != (None, None, None):
        told.append(f"Pain: {_lowered(after_session(session).text)}")
    return told


def _done(title: str, side: Side, sets: Sequence[KeptSet], names: Mapping[str, str]) -> str:
    counted, hold_s = sum(kept.counted for kept in sets), math.fsum(kept.hold_s for kept in sets)
    noun = "hold" if sets[0].asked.hold_s else "repetition"
    parts = [f"{_count(counted, noun)} in {_count(len(sets), 'set')}"]
    parts += [f"{hold_s:.0f} s held"] if hold_s else []
    known = [kept.rom_deg_median for kept in sets if math.isfinite(kept.rom_deg_median)]
    parts += [f"{median(known):.0f}° of range"] if known else []
    seen: Counter[str] = Counter()
    for kept in sets:
        seen.update(kept.faults)
    often = ", ".join(
        f"{names.get(code, code.replace('_', ' '))} {_times(n)}" for code, n in seen.most_common(3)
    )
    leg = "" if side is Side.BOTH else f", {side.value} leg"
    return f"{title}{leg}: {', '.join(parts)}; {often or 'no fault seen'}."


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _load(sessions: Sequence[KeptSession], titles: Mapping[str, str]) -> Iterator[str]:
    """The load of the seven days up to the newest session, as ``repcount live`` reckons it too."""
    now = sessions[-1].started_at
    weeks: list[list[KeptSession]] = [[], []]
    for session in sessions:
        if (week := weeks_ago(session, now)) in (0, 1):
            weeks[week].append(session)
    this, before = (sum(kept.reps for session in week for kept in session.sets) for week in weeks)
    if before:
        change = round(100 * (this / before - 1))
        word = f"{abs(change)} % {'more' if change > 0 else 'fewer'} than" if change else "as many as"
        yield f"{_count(this, 'repetition')} in the seven days up to {now:%d %B}, {word} in the seven before."
    for rise in rises((*weeks[1], *weeks[0]), now):
        what = "repetitions" if rise.unit == "reps" else "seconds held"
        title = titles.get(rise.exercise, rise.exercise)
        yield (
            f"{title}: {rise.this_week:.0f} {what} in those days, {100 * rise.share:.0f} % more than the "
            f"{rise.last_week:.0f} before; more than 10 % a week strains the knee: add less at a time."
        )


def _range(weeks: Sequence[Week], titles: Mapping[str, str]) -> Iterator[str]:
    keys = dict.fromkeys(key for week in weeks for key in week.rom_deg)
    for exercise, side in keys:
        known = [week.rom_deg[exercise, side] for week in weeks if (exercise, side) in week.rom_deg]
        change = known[-1] - known[0]
        if len(known) < 2 or abs(change) < MIN_CHANGE_DEG:
            continue
        leg = "" if side is Side.BOTH else f", {side.value} leg"
        word = "more" if change > 0 else "less"
        span = f"{known[0]:.0f}° to {known[-1]:.0f}°"
        title = titles.get(exercise, exercise)
        yield f"{title}{leg}: {abs(change):.0f}° {word} range than at first ({span})."


def _pain(sessions: Sequence[KeptSession]) -> Iterator[str]:
    """The last five sessions together; where the newest one alone is worse, what that one says."""
    after = [session.pain_after for session in sessions if session.pain_after is not None]
    if not after:
        return
    recent = median(after[-5:])
    light = light_of(math.ceil(recent))
    newest = after_session(
        [s for s in sessions if s.pain_after is not None or s.pain_morning is not None][-1]
    )
    advice = {
        Light.GREEN: "in the green: go on as planned.",
        Light.AMBER: "in the amber: do less until it is lower.",
        Light.RED: "in the red: stop, and talk to your physiotherapist or doctor.",
    }[light]
    if newest.light > light:
        advice = f"but the newest is {newest.light.name.lower()}: {_lowered(newest.text)}"
    yield f"Pain after the last {len(after[-5:])} sessions was {recent:g} of 10 (median), {advice}"
    unsettled = over_sessions(sessions)
    if unsettled is not None:
        yield f"Pain: {_lowered(unsettled.text)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
