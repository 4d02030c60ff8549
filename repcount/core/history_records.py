"""The records of what the history keeps: sessions, their sets, pain answers. All frozen.

A moment is an aware ``datetime``; a time within a session is in media seconds. An unknown number is NaN, an
answer that was not given is None. :class:`SetLine` alone has its values as the database keeps them.
"""

from __future__ import annotations

import math
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from statistics import median
from typing import NamedTuple

from repcount.core.records import NAN, Hold, Rep, Side

_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: no word, and no month that a spreadsheet would see in it
_DIGITS = "23456789"
_ID_LENGTH = 8
PAIN_LEVELS = range(11)
"""Answers to "how much does it hurt?": 0 is not at all, 10 the worst that can be thought of."""


def name_key(name: str) -> str:
    """What the names of people are compared by; they are shown and kept as they were typed.

    One name in two forms of Unicode, or in small letters, is one person.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class PainMoment(str, Enum):
    """When pain was asked for."""

    BEFORE = "before"  # the session
    AFTER = "after"  # the session
    MORNING = "morning"  # the morning after


class Kind(str, Enum):
    """Where a session came from."""

    LIVE = "live"
    VIDEO = "video"


@dataclass(frozen=True)
class PainAnswer:
    """One answer, 0 to 10, and the session it belongs to, if any."""

    person: str
    asked_at: datetime
    moment: PainMoment
    level: int
    session_id: str | None = None


@dataclass(frozen=True)
class AskedDose:
    """What a set was asked to be; 0 where it was not asked for.

    Attributes
    ----------
    hold_s : how long each hold should be; known where holds move the set on, even if no number of them is.
    """

    sets: int = 0
    reps: int = 0
    hold_s: float = 0.0


@dataclass(frozen=True)
class KeptSet:
    """One set: its figures, and its repetitions and holds where they were asked for.

    Attributes
    ----------
    number : of the sets of this exercise and side in this session, from 1.
    asked : what the set should have been; ``asked.reps`` counts holds where holds move the set on.
    reps : repetitions seen.
    counted : repetitions or holds that moved the set on.
    hold_s : valid seconds of all holds.
    rom_deg_median, rom_deg_best : range of motion of the repetitions.
    tempo_s_median : from a repetition's start to its end.
    faults : how often each fault was seen, by code.
    not_judged : form rules that the camera's view could not judge.
    range_fade, tempo_fade, symmetry : as in :class:`repcount.core.records.SetSummary`.
    repetitions, holds : empty in a listing, and where only the figures were imported.
    """

    number: int
    exercise: str
    side: Side
    asked: AskedDose = AskedDose()
    start_s: float = NAN
    end_s: float = NAN
    view_deg: float = NAN
    reps: int = 0
    counted: int = 0
    hold_s: float = 0.0
    rom_deg_median: float = NAN
    rom_deg_best: float = NAN
    tempo_s_median: float = NAN
    faults: Mapping[str, int] = field(default_factory=dict)
    not_judged: tuple[str, ...] = ()
    range_fade: float = NAN
    tempo_fade: float = NAN
    symmetry: float = NAN
    repetitions: tuple[Rep, ...] = ()
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True)
class KeptSession:
    """One session; ``sets`` is empty where only sessions were asked for.

    Attributes
    ----------
    id : eight letters and digits, the same on every machine that the session was brought to.
    person : the name, empty for the nameless one.
    ended_at : None where the session broke off, or where that is not known.
    source : the camera or the file.
    content : hash of the file's bytes, for finding it again; None for a camera.
    plan : the programme that was followed, None where there was none.
    settings : what the session ran with, as it is written down.
    """

    id: str
    person: str
    started_at: datetime
    kind: Kind
    source: str
    version: str
    ended_at: datetime | None = None
    content: str | None = None
    plan: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    pain_before: int | None = None
    pain_after: int | None = None
    pain_morning: int | None = None
    sets: tuple[KeptSet, ...] = ()


@dataclass(frozen=True)
class SessionLine:
    """One session as a listing has it: its sets summed up.

    Attributes
    ----------
    exercises : in the order in which they were begun.
    counted, hold_s : over all sets.
    rom_deg_median : median of the sets' medians; NaN where it is unknown.
    """

    id: str
    person: str
    started_at: datetime
    source: str
    pain_before: int | None
    pain_after: int | None
    pain_morning: int | None
    exercises: tuple[str, ...] = ()
    sets: int = 0
    counted: int = 0
    hold_s: float = 0.0
    rom_deg_median: float = NAN


class SetLine(NamedTuple):
    """One set with the facts of its session: one row of an export, of which there may be very many.

    It is a tuple of the values of a database row, since those are made fastest: ``started_at`` is in UTC,
    without a zone, and ``zone_s`` is the zone's distance from UTC; an unknown number is None; ``faults`` is
    JSON.
    """

    session_id: str
    person: str
    started_at: datetime
    zone_s: int
    exercise: str
    side: str
    number: int
    asked_reps: int
    asked_hold_s: float
    reps: int
    counted: int
    hold_s: float
    rom_deg_median: float | None
    rom_deg_best: float | None
    tempo_s_median: float | None
    faults: str
    pain_before: int | None
    pain_after: int | None
    source: str
    version: str


@dataclass(frozen=True)
class SignalCurve:
    """The counted signal through one repetition or hold, at even steps; NaN where it was not seen."""

    start_s: float
    step_s: float
    drive_deg: tuple[float, ...]


@dataclass(frozen=True)
class SavedFile:
    """A file that was made of a session: an evidence picture with its fault, a video, landmarks."""

    kind: str
    path: str
    exercise: str = ""
    fault: str = ""
    time_s: float = NAN


@dataclass(frozen=True)
class Filter:
    """Which sessions: all that fit everything that is given.

    Attributes
    ----------
    since, until : from the first moment on, and before the second.
    person : None is everybody, an empty text the nameless one.
    session : an ID or the beginning of one.
    """

    since: datetime | None = None
    until: datetime | None = None
    exercise: str | None = None
    person: str | None = None
    session: str | None = None


def new_id() -> str:
    """An ID for a session: a letter first, so that no spreadsheet takes it for a number."""
    rest = (secrets.choice(_LETTERS + _DIGITS) for _ in range(_ID_LENGTH - 1))
    return secrets.choice(_LETTERS) + "".join(rest)


def with_figures(kept: KeptSet, counted: int) -> KeptSet:
    """The set with its figures worked out from its repetitions and holds."""
    reps, holds = kept.repetitions, kept.holds
    events: Sequence[Rep | Hold] = (*reps, *holds)
    return replace(
        kept,
        start_s=min((event.start_s for event in events), default=kept.start_s),
        end_s=max((event.end_s for event in events), default=kept.end_s),
        reps=len(reps),
        counted=counted,
        hold_s=round(math.fsum(hold.valid_s for hold in holds), 3),
        rom_deg_median=known_median(rep.rom_deg for rep in reps),
        rom_deg_best=max(_known(rep.rom_deg for rep in reps), default=NAN),
        tempo_s_median=known_median(rep.end_s - rep.start_s for rep in reps),
        faults=fault_counts(events),
    )


def fault_counts(events: Iterable[Rep | Hold]) -> dict[str, int]:
    """How often each fault was seen; one seen in a repetition and in its hold counts once."""
    seen = {(fault.code, fault.time_s) for event in events for fault in event.faults}
    return dict(sorted(Counter(code for code, _ in seen).items()))


def known_median(values: Iterable[float]) -> float:
    """The median of what is known; NaN where nothing is."""
    known = _known(values)
    return median(known) if known else NAN


def _known(values: Iterable[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)]
