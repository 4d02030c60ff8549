"""What the figures say, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from repcount.core.kept import KeptSession
from repcount.core.model import Side
from repcount.report.weeks import Week

LOAD_RISE = 0.10
"""A weekly rise that strains the knee (project brief)."""

GREEN_UP_TO, AMBER_UP_TO = 3, 5
"""The pain traffic light: 0-3, 4-5, 6-10 (providephysiotherapy.org.uk)."""

MIN_CHANGE_DEG = 5.0
"""A change of range below this may be the camera's error (docs/accuracy.md)."""


def in_words(
    who: str, sessions: Sequence[KeptSession], weeks: Sequence[Week], titles: Mapping[str, str]
) -> list[str]:
    """A few sentences, the most important first; exercises by their ``titles``."""
    if not sessions:
        return ["Nothing is kept yet for this choice."]
    days = len({session.started_at.date() for session in sessions})
    span = "this week" if len(weeks) == 1 else f"in {len(weeks)} weeks"
    name = who or "You"
    return [
        f"{name} exercised on {_count(days, 'day')} {span}, {_count(len(sessions), 'session')} in all.",
        *_load(weeks),
        *_range(weeks, titles),
        *_pain(sessions),
    ]


def light(level: int) -> str:
    """The colour of a pain answer."""
    return "green" if level <= GREEN_UP_TO else "amber" if level <= AMBER_UP_TO else "red"


def _load(weeks: Sequence[Week]) -> Iterator[str]:
    if len(weeks) < 2:
        return
    before, now = (sum(week.reps.values()) for week in weeks[-2:])
    if not before:
        return
    rise = now / before - 1
    if round(100 * rise) == 0:
        yield f"In the newest week {now} repetitions, as many as the week before."
        return
    word = "more" if rise >= 0 else "fewer"
    text = f"In the newest week {now} repetitions, {abs(100 * rise):.0f} % {word} than the week before"
    yield text + (
        "; more than 10 % a week strains the knee: add less at a time." if rise > LOAD_RISE else "."
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
    after = [session.pain_after for session in sessions if session.pain_after is not None]
    if not after:
        return
    recent = median(after[-5:])
    colour = light(math.ceil(recent))
    advice = {
        "green": "in the green: go on as planned.",
        "amber": "in the amber: do less until it is lower.",
        "red": "in the red: stop, and talk to your physiotherapist or doctor.",
    }[colour]
    yield f"Pain after the last {len(after[-5:])} sessions was {recent:g} of 10 (median), {advice}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
