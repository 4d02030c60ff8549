"""Sessions read back from what ``repcount export`` wrote, and added to the history.

A session that is there already stays as it is; one that was removed comes back. Figures that cannot be are
refused: a decimal point that a spreadsheet took for the mark of thousands makes 3533 s of a tempo of 3.533 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, select, update

from repcount.core.errors import InputError
from repcount.core.history_records import PAIN_LEVELS, AskedDose, KeptSession, KeptSet, Kind
from repcount.core.input_files import (
    IMPORT_BYTES,
    FormError,
    check_text,
    form_error,
    in_short,
    parse_json,
    read_text,
    refuse_no_file,
)
from repcount.core.moments import moment_of
from repcount.core.records import NAN, Rep, Side
from repcount.history.json_records import number_of, record_of
from repcount.history.store import History
from repcount.history.table_rows import RowError, SheetRow, SheetRows, is_workbook, text_table, workbook_table
from repcount.history.tables import SessionRow
from repcount.history.writing import begin_change, keep_one

REQUIRED: Final = ("session_id", "date_time", "exercise", "side", "set", "reps", "counted")
_ID_LENGTH: Final = 8
V = TypeVar("V")
IMPORT = "import"
GERMAN_EXCEL: Final = ("utf-16", "cp1252")
"""How Excel on a German Windows saves text that is not to be UTF-8."""
MOST_DEG: Final = 360.0
MOST_REP_S: Final = 120.0
MOST_HOLD_S: Final = 300.0
"""Of one hold, where no longer one was asked for."""
MOST_COUNT: Final = 10_000


def read_sessions(path: Path) -> tuple[KeptSession, ...]:
    """All sessions of an exported file, as it was or as a spreadsheet saved it.

    Raises
    ------
    InputError
        It cannot be read or is none; the text names line, column and remedy.
    """
    refuse_no_file(path)
    try:
        if is_workbook(path):
            return _table(path, workbook_table(path))
        text = read_text(path, IMPORT_BYTES, also=GERMAN_EXCEL)
        return sessions_of_json(text) if text.lstrip().startswith("{") else _table(path, text_table(text))
    except RowError as error:
        raise InputError(f"{path}, {error}; nothing of the file is taken") from error
    except (FormError, OSError) as error:
        raise form_error(InputError, path, error, "import what `repcount export` wrote") from error


def _table(path: Path, table: SheetRows) -> tuple[KeptSession, ...]:
    missing = [name for name in REQUIRED if name not in table.columns]
    if "kind" in table.columns:
        raise InputError(
            f"{path}: has one row per repetition; import the export per set, or the JSON, which has all"
        )
    if missing:
        raise InputError(f"{path}: lacks the column {missing[0]}; import what `repcount export` wrote")
    merged: dict[str, KeptSession] = {}
    for row in table.rows:
        session, kept = _checked_row(row)
        so_far = merged.setdefault(session.id, session)
        merged[session.id] = replace(so_far, sets=(*so_far.sets, kept))
    return tuple(merged.values())


def _checked_row(row: SheetRow) -> tuple[KeptSession, KeptSet]:
    try:
        session, kept = _row(row.cells)
        _refuse_impossible(kept)
    except ValueError as error:
        raise RowError(row.place, error) from error
    return session, kept


def _row(cells: Mapping[str, str]) -> tuple[KeptSession, KeptSet]:
    def cell(column: str, read: Callable[[str], V]) -> V:
        try:
            return read(cells.get(column, "").removeprefix("'"))
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from error

    session = KeptSession(
        id=cell("session_id", _id),
        person=cell("person", check_text),
        started_at=cell("date_time", lambda text: moment_of(text, cells.get("zone", ""))),
        kind=Kind.VIDEO,
        source=cell("source", check_text),
        version=cell("repcount_version", check_text),
        pain_before=cell("pain_before", _pain),
        pain_after=cell("pain_after", _pain),
    )
    kept = KeptSet(
        number=cell("set", _whole),
        exercise=cell("exercise", check_text),
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


def sessions_of_json(text: str) -> tuple[KeptSession, ...]:
    """The sessions of a document that ``repcount export --json`` wrote.

    Raises
    ------
    FormError
        It is none.
    """
    try:
        found = parse_json(text)
        if not isinstance(found, dict) or not isinstance(found.get("sessions"), list):
            raise FormError("there is no list of sessions")
        return tuple(map(_session, found["sessions"]))
    except FormError as error:
        raise FormError(f"is no JSON that `repcount export --json` wrote: {error}") from error


def _session(found: object) -> KeptSession:
    session = record_of(KeptSession, found)
    for level in (session.pain_before, session.pain_after, session.pain_morning):
        if level is not None and level not in PAIN_LEVELS:
            raise FormError(f"pain: {level} is not within 0 and 10")
    try:
        _refuse_impossible_contents(session)
    except ValueError as error:
        raise FormError(f"session {in_short(session.id)}: {error}") from error
    try:
        return replace(session, id=_id(session.id))
    except ValueError as error:
        raise FormError(f"id: {error}") from error


def _id(text: str) -> str:
    if len(text) != _ID_LENGTH or not text.isalnum() or not text.isascii():
        raise ValueError(f"{text[:40]!r} is none; it has eight letters and digits")
    return text.lower()


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
        raise ValueError(f"{text[:40]!r} is no count")
    return int(value)


def _whole_or_none(text: str) -> int:
    return _whole(text or "0")


def _number(text: str) -> float:
    if not text:
        return NAN
    try:
        return number_of(float(text.replace(",", ".")))
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is no number") from error


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


def _refuse_impossible(kept: KeptSet) -> None:
    """Check the figures of a set.

    Raises
    ------
    ValueError
        One of them cannot be; the text begins with the column.
    """
    for name, value, most, unit in _limits(kept):
        if not value <= most and value == value:  # an unknown one is NaN
            raise ValueError(f"{name}: {value:g}{unit} cannot be; at most {most:g}{unit}")
        if value < 0:
            raise ValueError(f"{name}: {value:g}{unit} cannot be; it is less than nothing")


def _refuse_impossible_contents(session: KeptSession) -> None:
    """Check a session with all that is in it; as :func:`_refuse_impossible`."""
    for kept in session.sets:
        _refuse_impossible(kept)
        for rep in kept.repetitions:
            _refuse_repetition(rep)


def _limits(kept: KeptSet) -> Iterator[tuple[str, float, float, str]]:
    hold_s = max(MOST_HOLD_S, 2 * kept.asked.hold_s) * max(1, kept.counted + kept.reps)
    yield "target_reps", kept.asked.reps, MOST_COUNT, ""
    yield "target_hold_s", kept.asked.hold_s, 3600.0, " s"
    yield "set", kept.number, MOST_COUNT, ""
    yield "reps", kept.reps, MOST_COUNT, ""
    yield "counted", kept.counted, MOST_COUNT, ""
    yield "hold_s", kept.hold_s, hold_s, " s"
    yield "rom_deg_median", kept.rom_deg_median, MOST_DEG, "°"
    yield "rom_deg_best", kept.rom_deg_best, MOST_DEG, "°"
    yield "tempo_s_median", kept.tempo_s_median, MOST_REP_S, " s"


def _refuse_repetition(rep: Rep) -> None:
    if abs(rep.rom_deg) > MOST_DEG:
        raise ValueError(f"rom_deg: {rep.rom_deg:g}° cannot be; at most {MOST_DEG:g}°")
    if abs(rep.end_s - rep.start_s) > 2 * MOST_REP_S:
        raise ValueError(f"end_s: a repetition of {rep.end_s - rep.start_s:g} s cannot be")
