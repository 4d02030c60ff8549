"""Sessions read back from what ``repcount export`` wrote: the CSV of sets, or the JSON of everything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from repcount.core.errors import InputError
from repcount.core.kept import PAIN_LEVELS, Dose, KeptSession, KeptSet, Kind
from repcount.core.model import NAN, Fault, Hold, Pace, Rep, Side, Status

REQUIRED: Final = ("session_id", "date_time", "exercise", "side", "set", "reps", "counted")
_ID_LENGTH: Final = 8
R = TypeVar("R", Rep, Hold, Fault, KeptSet)


def read_sessions(path: Path) -> tuple[KeptSession, ...]:
    """All sessions of an exported file.

    Raises
    ------
    InputError
        It cannot be read or is none; the text names line, column and remedy.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text; save it as CSV UTF-8") from error
    if text.lstrip().startswith("{"):
        return _document(path, text)
    return _table(path, text)


def _table(path: Path, text: str) -> tuple[KeptSession, ...]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # a spreadsheet may have saved it with its own
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
    if "kind" in (reader.fieldnames or ()):
        raise InputError(
            f"{path}: has one row per repetition; import the export per set, or the JSON, which has all"
        )
    if missing:
        raise InputError(f"{path}: lacks the column {missing[0]}; import what `repcount export` wrote")
    rows: list[tuple[KeptSession, KeptSet]] = []
    for cells in reader:
        try:
            rows.append(_row({key: cell or "" for key, cell in cells.items() if key}))
        except (ValueError, KeyError) as error:
            raise InputError(f"{path}, line {reader.line_num}: makes no sense ({error})") from error
    merged: dict[str, KeptSession] = {}
    for session, kept in rows:
        so_far = merged.setdefault(session.id, session)
        merged[session.id] = replace(so_far, sets=(*so_far.sets, kept))
    return tuple(merged.values())


def _row(cells: Mapping[str, str]) -> tuple[KeptSession, KeptSet]:
    def text(name: str) -> str:
        return cells.get(name, "").removeprefix("'")

    session = KeptSession(
        id=_id(text("session_id")),
        person=text("person"),
        started_at=_moment(text("date_time")),
        kind=Kind.VIDEO,
        source=text("source"),
        version=text("repcount_version"),
        pain_before=_pain(cells.get("pain_before", "")),
        pain_after=_pain(cells.get("pain_after", "")),
    )
    pairs = [word.rpartition(":") for word in text("faults").split()]
    kept = KeptSet(
        number=_whole(cells["set"]),
        exercise=text("exercise"),
        side=Side(cells["side"]),
        asked=Dose(0, _whole(cells.get("target_reps") or "0"), _number(cells.get("target_hold_s") or "0")),
        reps=_whole(cells["reps"]),
        counted=_whole(cells["counted"]),
        hold_s=_number(cells.get("hold_s") or "0"),
        rom_deg_median=_number(cells.get("rom_deg_median", "")),
        rom_deg_best=_number(cells.get("rom_deg_best", "")),
        tempo_s_median=_number(cells.get("tempo_s_median", "")),
        faults={code: int(count) for code, _, count in pairs},
    )
    return session, kept


def _document(path: Path, text: str) -> tuple[KeptSession, ...]:
    try:
        return tuple(_session(each) for each in json.loads(text)["sessions"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no JSON that `repcount export --json` wrote ({error})") from error


def _session(told: Mapping[str, Any]) -> KeptSession:
    values = {f.name: told[f.name] for f in fields(KeptSession) if f.name in told}
    ended_at = told.get("ended_at")
    return KeptSession(
        **{
            **values,
            "id": _id(told["id"]),
            "kind": Kind(told["kind"]),
            "started_at": _moment(told["started_at"]),
            "ended_at": None if ended_at is None else _moment(ended_at),
            "sets": tuple(_set(each) for each in told["sets"]),
        }
    )


def _set(told: Mapping[str, Any]) -> KeptSet:
    return replace(
        _record(KeptSet, told),
        side=Side(told["side"]),
        asked=Dose(**told["asked"]),
        not_judged=tuple(told["not_judged"]),
        repetitions=tuple(event_of(Rep, each) for each in told["repetitions"]),
        holds=tuple(event_of(Hold, each) for each in told["holds"]),
    )


def event_of(kind: type[R], told: Mapping[str, Any]) -> R:
    """The repetition or hold that JSON tells of; keys that are none of its own are left out."""
    values: dict[str, Any] = {
        "side": Side(told["side"]),
        "status": Status(told["status"]),
        "faults": tuple(_record(Fault, each) for each in told["faults"]),
    }
    values.update({name: Pace(told[name]) for name in ("up_pace", "down_pace") if name in told})
    return _record(kind, {**told, **values})


def _record(kind: type[R], told: Mapping[str, Any]) -> R:
    """A record of the keys that it knows; a missing number is unknown."""
    known = {f.name for f in fields(kind)}
    values: dict[str, Any] = {key: NAN if value is None else value for key, value in told.items()}
    return kind(**{key: value for key, value in values.items() if key in known})


def _id(text: str) -> str:
    if len(text) != _ID_LENGTH or not text.isalnum() or not text.isascii():
        raise ValueError(f"session_id {text!r} is none; it has eight letters and digits")
    return text.lower()


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo is not None else found.astimezone()


def _pain(text: str) -> int | None:
    if not text:
        return None
    level = _whole(text)
    if level not in PAIN_LEVELS:
        raise ValueError(f"pain {text} is not within 0 and 10")
    return level


def _whole(text: str) -> int:
    value = float(text)
    if value != int(value) or value < 0:
        raise ValueError(f"{text} is no count")
    return int(value)


def _number(text: str) -> float:
    return float(text.replace(",", ".")) if text else NAN
