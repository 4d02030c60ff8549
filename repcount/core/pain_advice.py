"""Advice on pain and load, from the answers and the weeks. Each advice has its source; none is a diagnosis.

The traffic light is that of providephysiotherapy.org.uk (0-3 green, 4-5 amber, 6-10 red); the bounds around a
session are those for runner's knee of trekeducation.org (never above 5, not worse next morning).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from repcount.core.history_records import KeptSession
from repcount.core.phrases import Phrases, english

AMBER_FROM, RED_FROM = 4, 6
WORSE_BY = 1
UNSETTLED_SESSIONS = 3
MOST_RISE = 0.10
WEEK_DAYS = 7

LIGHT_SOURCE = "traffic light 0-3, 4-5, 6-10: providephysiotherapy.org.uk"
KNEE_SOURCE = "never above 5, and not worse next morning: trekeducation.org, runner's knee"
GREEN_SOURCE = f"{LIGHT_SOURCE}; best under 2: trekeducation.org, runner's knee"
LESS_SOURCE = f"{LIGHT_SOURCE}; half the repetitions and the next smaller range: derived, it names no amount"
HALF_SOURCE = f"{LIGHT_SOURCE}; half of it after a rest: derived, it names no amount"
NEXT_SOURCE = (
    "that order: derived; one repetition more: derived, a small step; a load is raised once one to two "
    "repetitions more can be done: ACSM 2009, Progression models in resistance training "
    "(Med Sci Sports Exerc 41:687)"
)
DOCTOR_SOURCE = (
    "three sessions: derived; knee pain that does not improve belongs to a doctor: "
    "nhs.uk/conditions/knee-pain"
)
LOAD_SOURCE = (
    "rule of thumb from running: more pain in runners who rose by more than 30 % (Nielsen 2014, J Orthop "
    "Sports Phys Ther 44:739); 10 % for exercises: derived"
)
CYST_SOURCE = "a lump, and what a burst one looks like: 111.wales.nhs.uk, Baker's cyst"
KNEE_FLAG_SOURCE = "nhs.uk/conditions/knee-pain"
INJURY_FLAG_SOURCE = "cks.nice.org.uk/topics/knee-pain-assessment"
NIGHT_FLAG_SOURCE = "g-care.glos.nhs.uk, red flags for knee conditions"


class Light(IntEnum):
    """Green, amber or red; the greater the more careful."""

    GREEN = 0
    AMBER = 1
    RED = 2


@dataclass(frozen=True)
class LoadAdvice:
    """What to do, and where that rule comes from."""

    light: Light
    text: str
    source: str


@dataclass(frozen=True)
class Rise:
    """A load that grew from one week to the next; ``unit`` is ``reps`` or ``s`` of holding."""

    exercise: str
    unit: str
    last_week: float
    this_week: float

    @property
    def share(self) -> float:
        """Of last week's load: 0.1 is a tenth more."""
        return self.this_week / self.last_week - 1.0


def light_of(level: int) -> Light:
    """The light for an answer from 0 to 10."""
    if level >= RED_FROM:
        return Light.RED
    return Light.AMBER if level >= AMBER_FROM else Light.GREEN


def before_session(level: int, phrases: Phrases | None = None) -> LoadAdvice:
    """What an answer before a session says of that session."""
    light = light_of(level)
    keys = {Light.GREEN: "pain.go", Light.AMBER: "pain.less", Light.RED: "pain.not_today"}
    return _advice(light, keys[light], source_before(light), phrases)


def source_before(light: Light) -> str:
    """What the advice before a session rests on."""
    return LESS_SOURCE if light is Light.AMBER else LIGHT_SOURCE


def source_after(light: Light) -> str:
    """What the advice after a session rests on."""
    return {Light.GREEN: LIGHT_SOURCE, Light.AMBER: KNEE_SOURCE, Light.RED: HALF_SOURCE}[light]


def after_session(session: KeptSession, phrases: Phrases | None = None) -> LoadAdvice:
    """What the answers about a session say of the next one; green where nothing was answered."""
    before, after, morning = session.pain_before, session.pain_after, session.pain_morning
    worst = max((level for level in (after, morning) if level is not None), default=before or 0)
    if light_of(worst) is Light.RED:
        return _advice(Light.RED, "pain.too_much", source_after(Light.RED), phrases)
    if morning is not None and before is not None and morning - before >= WORSE_BY:
        return _advice(Light.AMBER, "pain.worse", source_after(Light.AMBER), phrases)
    if light_of(worst) is Light.AMBER:
        return _advice(Light.AMBER, "pain.less_next", source_after(Light.AMBER), phrases)
    return _advice(Light.GREEN, "pain.well", source_after(Light.GREEN), phrases)


def over_sessions(sessions: Sequence[KeptSession], phrases: Phrases | None = None) -> LoadAdvice | None:
    """Advice from the newest sessions together: see a doctor where pain does not settle; None otherwise.

    Parameters
    ----------
    sessions : of one person, oldest first.
    """
    answered = [s for s in sessions if s.pain_after is not None or s.pain_morning is not None]
    newest = answered[-UNSETTLED_SESSIONS:]
    if len(newest) < UNSETTLED_SESSIONS or any(after_session(s).light is Light.GREEN for s in newest):
        return None
    levels = [max(level for level in (s.pain_after, s.pain_morning) if level is not None) for s in newest]
    if levels[-1] < levels[0]:
        return None
    return _advice(Light.RED, "pain.unsettled", DOCTOR_SOURCE, phrases)


def _advice(light: Light, key: str, source: str, phrases: Phrases | None) -> LoadAdvice:
    """The advice in a language, English where none is given."""
    words = phrases or english()
    return LoadAdvice(light, words.say(key, sessions=UNSETTLED_SESSIONS), words.source(source))


def weeks_ago(session: KeptSession, now: datetime) -> int:
    """In which week a session was: 0 is the seven days up to today, 1 the seven before; -1 is the future."""
    days = now.date() - session.started_at.astimezone(now.tzinfo).date()
    return days // timedelta(days=WEEK_DAYS)


def rises(
    sessions: Iterable[KeptSession], now: datetime, planned: KeptSession | None = None
) -> tuple[Rise, ...]:
    """Exercises whose load of the seven days up to today is more than a tenth above the seven before.

    Days are whole ones: who exercises on the same days of each week, sooner or later in the evening, has the
    same load. A week in which an exercise was not done at all is no measure, and gives no warning.

    Parameters
    ----------
    planned : what is about to be done, counted to this week.
    """
    loads: dict[tuple[str, str], list[float]] = {}
    for session in (*sessions, *(() if planned is None else (planned,))):
        week = 0 if session is planned else weeks_ago(session, now)
        if week not in (0, 1):
            continue
        for kept in session.sets:
            for unit, amount in (("reps", float(kept.reps)), ("s", kept.hold_s)):
                loads.setdefault((kept.exercise, unit), [0.0, 0.0])[week] += amount
    found = (Rise(name, unit, last, this) for (name, unit), (this, last) in sorted(loads.items()) if last > 0)
    return tuple(rise for rise in found if rise.share > MOST_RISE + 1e-9)
