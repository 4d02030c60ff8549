"""Records turned into rows of the tables, and back."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from repcount.core.history_records import AskedDose, KeptSession, KeptSet, Kind, SignalCurve
from repcount.core.records import NAN, Fault, Hold, Pace, Rep, Side, Status

_UNSEEN = -32768
_PER_DEGREE = 100.0
_MOST_DEG = 327.0

SET_FIGURES = (
    "start_s",
    "end_s",
    "view_deg",
    "rom_deg_median",
    "rom_deg_best",
    "tempo_s_median",
    "range_fade",
    "tempo_fade",
    "symmetry",
)
REP_NUMBERS = (
    "start_s", "peak_s", "end_s", "announced_s", "rom_deg", "peak_deg",
    "up_s", "hold_s", "down_s", "confidence", "target_share", "best_share",
)  # fmt: skip
HOLD_NUMBERS = ("start_s", "end_s", "valid_s", "drift_deg", "tremor_deg")
_SET_FIELDS = tuple(each.name for each in fields(KeptSet))
_SIDES = {side.value: side for side in Side}
_UNSUMMED = vars(KeptSet(0, "", Side.BOTH))


def utc(moment: datetime) -> tuple[datetime, int]:
    """A moment as the tables hold it: UTC without a zone, and the zone's distance in seconds."""
    aware = moment if moment.tzinfo is not None else moment.astimezone()
    distance = aware.utcoffset() or timedelta()
    return aware.astimezone(timezone.utc).replace(tzinfo=None), int(distance.total_seconds())


def moment(stored: datetime, zone_s: int) -> datetime:
    """The moment, in the zone it was written in."""
    return stored.replace(tzinfo=timezone.utc).astimezone(_zone(zone_s))


@lru_cache(maxsize=64)
def _zone(distance_s: int) -> timezone:
    return timezone(timedelta(seconds=distance_s))


def null(value: float) -> float | None:
    """An unknown number as the tables hold it."""
    return value if math.isfinite(value) else None


def number(value: float | None) -> float:
    """A number of the tables; NaN where it is unknown."""
    return NAN if value is None else value


def session_values(session: KeptSession) -> dict[str, Any]:
    """The columns of a session but for those that point to other rows."""
    started_at, zone_s = utc(session.started_at)
    return {
        "uid": session.id,
        "started_at": started_at,
        "zone_s": zone_s,
        "ended_at": None if session.ended_at is None else utc(session.ended_at)[0],
        "kind": session.kind.value,
        "source": session.source,
        "content": session.content,
        "version": session.version,
        "plan": session.plan,
        "settings": json.dumps(dict(session.settings), ensure_ascii=False),
    }


def session_of(row: Row[Any], sets: tuple[KeptSet, ...] = ()) -> KeptSession:
    """The record of a row that has a session's columns, its person's name and its pain."""
    return KeptSession(
        id=row.uid,
        person=row.person,
        started_at=moment(row.started_at, row.zone_s),
        kind=Kind(row.kind),
        source=row.source,
        version=row.version,
        ended_at=None if row.ended_at is None else moment(row.ended_at, row.zone_s),
        content=row.content,
        plan=row.plan,
        settings={} if row.settings == "{}" else json.loads(row.settings),
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        pain_morning=row.pain_morning,
        sets=sets,
    )


def set_values(kept: KeptSet) -> dict[str, Any]:
    """The columns of a set but for those that say where it belongs."""
    return {
        "number": kept.number,
        "exercise": kept.exercise,
        "side": kept.side.value,
        "asked_sets": kept.asked.sets,
        "asked_reps": kept.asked.reps,
        "asked_hold_s": kept.asked.hold_s,
        "reps": kept.reps,
        "counted": kept.counted,
        "hold_s": kept.hold_s,
        "faults": json.dumps(dict(kept.faults)) if kept.faults else "{}",
        "not_judged": " ".join(kept.not_judged),
        **{name: null(getattr(kept, name)) for name in SET_FIGURES},
    }


@lru_cache(maxsize=1024)
def _fault_counts(text: str) -> dict[str, int]:
    """Faults and counts from their text. The same few texts come often, so they are cached."""
    return dict(json.loads(text))


@lru_cache(maxsize=1024)
def _dose(sets: int, reps: int, hold_s: float) -> AskedDose:
    return AskedDose(sets, reps, hold_s)


def set_of(values: Sequence[Any], repetitions: tuple[Rep, ...] = (), holds: tuple[Hold, ...] = ()) -> KeptSet:
    """The record of ``queries.SET_COLUMNS``; further columns are ignored.

    There may be hundreds of thousands. Values go by position, and into the record as ``copy`` and ``pickle``
    put them there, since the constructor of a frozen record sets one field after the other.
    """
    place, exercise, side, sets, asked, asked_hold_s, reps, counted, hold_s, faults, unjudged = values[:11]
    figures = [NAN if value is None else value for value in values[11:20]]
    start_s, end_s, view_deg, median_deg, best_deg, tempo_s, range_fade, tempo_fade, symmetry = figures
    kept = (
        place,
        exercise,
        _SIDES[side],
        _dose(sets, asked, asked_hold_s),
        start_s,
        end_s,
        view_deg,
        reps,
        counted,
        hold_s,
        median_deg,
        best_deg,
        tempo_s,
        _fault_counts(faults),
        tuple(unjudged.split()) if unjudged else (),
        range_fade,
        tempo_fade,
        symmetry,
        repetitions,
        holds,
    )
    record = KeptSet.__new__(KeptSet)
    record.__dict__.update(zip(_SET_FIELDS, kept, strict=True))
    return record


def summed_of(values: Sequence[Any]) -> KeptSet:
    """A set of ``queries.SUMMED_COLUMNS``, made as in :func:`set_of`; nothing else is known of it."""
    exercise, side, sets, asked, asked_hold_s, reps, counted, hold_s, median_deg = values[:9]
    record = KeptSet.__new__(KeptSet)
    record.__dict__.update(
        _UNSUMMED,
        exercise=exercise,
        side=_SIDES[side],
        asked=_dose(sets, asked, asked_hold_s),
        reps=reps,
        counted=counted,
        hold_s=hold_s,
        rom_deg_median=NAN if median_deg is None else median_deg,
    )
    return record


def rep_values(rep: Rep, curve: SignalCurve | None = None) -> dict[str, Any]:
    """The columns of a repetition but for its set."""
    return {
        "number": rep.number,
        "side": rep.side.value,
        "status": rep.status.value,
        "faults": _faults_text(rep.faults),
        "up_pace": rep.up_pace.value,
        "down_pace": rep.down_pace.value,
        **{name: null(getattr(rep, name)) for name in REP_NUMBERS},
        **_curve_values(curve),
    }


def rep_of(row: Row[Any]) -> Rep:
    """The record of a row that has a repetition's columns."""
    figures: dict[str, Any] = {name: number(getattr(row, name)) for name in REP_NUMBERS}
    return Rep(
        number=row.number,
        side=Side(row.side),
        faults=_faults(row.faults),
        status=Status(row.status),
        up_pace=Pace(row.up_pace or Pace.UNKNOWN),
        down_pace=Pace(row.down_pace or Pace.UNKNOWN),
        **figures,
    )


def hold_values(hold: Hold, curve: SignalCurve | None = None) -> dict[str, Any]:
    """The columns of a hold but for its set."""
    return {
        "number": hold.number,
        "side": hold.side.value,
        "breaks": hold.breaks,
        "status": hold.status.value,
        "faults": _faults_text(hold.faults),
        **{name: null(getattr(hold, name)) for name in HOLD_NUMBERS},
        **_curve_values(curve),
    }


def hold_of(row: Row[Any]) -> Hold:
    """The record of a row that has a hold's columns."""
    return Hold(
        number=row.number,
        side=Side(row.side),
        breaks=row.breaks,
        faults=_faults(row.faults),
        status=Status(row.status),
        **{name: number(getattr(row, name)) for name in HOLD_NUMBERS},
    )


def curve_of(start_s: float | None, step_s: float | None, packed: bytes | None) -> SignalCurve | None:
    """The curve of a repetition or hold; None where there is none."""
    if packed is None or step_s is None or start_s is None:
        return None
    values = array("h")
    values.frombytes(packed)
    return SignalCurve(start_s, step_s, tuple(NAN if v == _UNSEEN else v / _PER_DEGREE for v in values))


def _curve_values(curve: SignalCurve | None) -> dict[str, Any]:
    if curve is None:
        return {"curve_step_s": None, "curve": None}
    kept = array("h", [_packed(value) for value in curve.drive_deg])
    return {"curve_step_s": curve.step_s, "curve": kept.tobytes()}


def _packed(value: float) -> int:
    return round(max(-_MOST_DEG, min(_MOST_DEG, value)) * _PER_DEGREE) if math.isfinite(value) else _UNSEEN


def _faults_text(faults: Sequence[Fault]) -> str | None:
    if not faults:
        return None
    return json.dumps([[f.code, null(f.worst), f.unit, null(f.time_s)] for f in faults])


def _faults(text: str | None) -> tuple[Fault, ...]:
    if text is None:
        return ()
    return tuple(
        Fault(code, number(worst), unit, number(time_s)) for code, worst, unit, time_s in json.loads(text)
    )
