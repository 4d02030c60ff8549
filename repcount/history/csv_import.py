"""Sessions read back from what ``repcount export`` wrote, and added to the history.

A session that is there already stays as it is; one that was removed comes back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, select, update

from repcount.core.errors import InputError
from repcount.core.model import NAN, Fault, Hold, Pace, Rep, Side, Status
from repcount.core.session_records import PAIN_LEVELS, AskedDose, KeptSession, KeptSet, Kind
from repcount.history.store import History
from repcount.history.tables import SessionRow
from repcount.history.writing import begin_change, keep_one

REQUIRED: Final = ("session_id", "date_time", "exercise", "side", "set", "reps", "counted")
_ID_LENGTH: Final = 8
R = TypeVar("R", Rep, Hold, Fault, KeptSet)
V = TypeVar("V")
IMPORT = "import"


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
        if not any(cells.values()):  # spreadsheets leave rows of nothing at the end
            continue
        try:
            rows.append(_row(_whole_row(cells)))
        except ValueError as error:
            raise InputError(f"{path}, line {reader.line_num}: makes no sense ({error})") from error
    merged: dict[str, KeptSession] = {}
    for session, kept in rows:
        so_far = merged.setdefault(session.id, session)
        merged[session.id] = replace(so_far, sets=(*so_far.sets, kept))
    return tuple(merged.values())


def _whole_row(cells: Mapping[str | None, str | None]) -> dict[str, str]:
    """The cells of a row by column; extra cells that a spreadsheet added at the end are left out.

    Raises
    ------
    ValueError
        There are fewer cells than columns.
    """
    if None in cells.values():
        raise ValueError("the row is cut off; export it anew")
    return {key: cell for key, cell in cells.items() if key and cell is not None}


def _row(cells: Mapping[str, str]) -> tuple[KeptSession, KeptSet]:
    def cell(column: str, read: Callable[[str], V]) -> V:
        try:
            return read(cells.get(column, "").removeprefix("'"))
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from error

    session = KeptSession(
        id=cell("session_id", _id),
        person=cell("person", str),
        started_at=cell("date_time", _moment),
        kind=Kind.VIDEO,
        source=cell("source", str),
        version=cell("repcount_version", str),
        pain_before=cell("pain_before", _pain),
        pain_after=cell("pain_after", _pain),
    )
    kept = KeptSet(
        number=cell("set", _whole),
        exercise=cell("exercise", str),
        side=cell("side", Side),
        asked=AskedDose(0, cell("target_reps", _whole_or_none), cell("target_hold_s", _number_or_none)),
        reps=cell("reps", _whole),
        counted=cell("counted", _whole),
        hold_s=cell("hold_s", _number_or_none),
        rom_deg_median=cell("rom_deg_median", _number),
        rom_deg_best=cell("rom_deg_best", _number),
        tempo_s_median=cell("tempo_s_median", _number),
        faults=cell("faults", _faults),
    )
    return session, kept


def _document(path: Path, text: str) -> tuple[KeptSession, ...]:
    try:
        return tuple(_session(each) for each in json.loads(text)["sessions"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no JSON that `repcount export --json` wrote ({error})") from error


def _session(found: Mapping[str, Any]) -> KeptSession:
    values = {f.name: found[f.name] for f in fields(KeptSession) if f.name in found}
    ended_at = found.get("ended_at")
    return KeptSession(
        **{
            **values,
            "id": _id(found["id"]),
            "kind": Kind(found["kind"]),
            "started_at": _moment(found["started_at"]),
            "ended_at": None if ended_at is None else _moment(ended_at),
            "sets": tuple(_set(each) for each in found["sets"]),
        }
    )


def _set(found: Mapping[str, Any]) -> KeptSet:
    return replace(
        _record(KeptSet, found),
        side=Side(found["side"]),
        asked=AskedDose(**found["asked"]),
        not_judged=tuple(found["not_judged"]),
        repetitions=tuple(event_of(Rep, each) for each in found["repetitions"]),
        holds=tuple(event_of(Hold, each) for each in found["holds"]),
    )


def event_of(kind: type[R], found: Mapping[str, Any]) -> R:
    """The repetition or hold in a JSON object; unknown keys are left out."""
    values: dict[str, Any] = {
        "side": Side(found["side"]),
        "status": Status(found["status"]),
        "faults": tuple(_record(Fault, each) for each in found["faults"]),
    }
    values.update({name: Pace(found[name]) for name in ("up_pace", "down_pace") if name in found})
    return _record(kind, {**found, **values})


def _record(kind: type[R], found: Mapping[str, Any]) -> R:
    """A record made of its known keys; a null number is unknown."""
    known = {f.name for f in fields(kind)}
    values: dict[str, Any] = {key: NAN if value is None else value for key, value in found.items()}
    return kind(**{key: value for key, value in values.items() if key in known})


def _id(text: str) -> str:
    if len(text) != _ID_LENGTH or not text.isalnum() or not text.isascii():
        raise ValueError(f"{text!r} is none; it has eight letters and digits")
    return text.lower()


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo is not None else found.astimezone()


def _pain(text: str) -> int | None:
    if not text:
        return None
    level = _whole(text)
    if level not in PAIN_LEVELS:
        raise ValueError(f"{text} is not within 0 and 10")
    return level


def _whole(text: str) -> int:
    value = _number(text)
    if not value >= 0 or value != int(value):
        raise ValueError(f"{text!r} is no count")
    return int(value)


def _whole_or_none(text: str) -> int:
    return _whole(text or "0")


def _number(text: str) -> float:
    if not text:
        return NAN
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"{text!r} is no number") from error


def _number_or_none(text: str) -> float:
    return _number(text or "0")


def _faults(text: str) -> dict[str, int]:
    pairs = [word.rpartition(":") for word in text.split()]
    return {code: _whole(count) for code, _, count in pairs}


@dataclass(frozen=True)
class Imported:
    """How many sessions were added, how many were there already, and how many were removed and are back."""

    added: int
    there: int
    back: int = 0


def add_sessions(history: History, sessions: Sequence[KeptSession]) -> Imported:
    """Add what is new, as one step that ``undo`` takes back."""
    with history.database.writing() as connection:
        there = {uid: by for uid, by in connection.execute(select(SessionRow.uid, SessionRow.removed_by))}
        new = [session for session in sessions if session.id not in there]
        removed = [session.id for session in sessions if there.get(session.id) is not None]
        if new or removed:
            change = begin_change(connection, IMPORT)
            for session in new:
                keep_one(connection, session, change, {})
            _bring_back(connection, removed, change)
    return Imported(len(new), len(sessions) - len(new) - len(removed), len(removed))


def _bring_back(connection: Connection, uids: Sequence[str], change: int) -> None:
    """Bring removed sessions back as part of this change, so that ``undo`` takes them out again."""
    for uid in uids:
        mine = update(SessionRow).where(SessionRow.uid == uid)
        connection.execute(mine.values(removed_by=None, added_by=change))
