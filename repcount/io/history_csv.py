"""The history as a table that others read: CSV of one row per set or per repetition, a workbook, and JSON.

Texts are escaped as in :mod:`repcount.io.spreadsheets`: no spreadsheet runs a person's name as a formula.
Sessions come one after the other, so that memory does not grow with their number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, Final, TextIO

from repcount.history.json_records import document_of
from repcount.io.json_document import DIGITS_DEG, DIGITS_S, degrees, seconds, share
from repcount.io.spreadsheets import (
    REPETITIONS,
    SETS,
    Cell,
    Dialect,
    Sheet,
    escape,
    row_writer,
    write_workbook,
)

if TYPE_CHECKING:
    from pathlib import Path

    from repcount.core.history_records import KeptSession, SetLine
    from repcount.core.records import Hold, Rep

SCHEMA: Final = 1

SET_COLUMNS: Final = (
    "session_id", "person", "date_time", "exercise", "side", "set",
    "target_reps", "target_hold_s", "reps", "counted", "hold_s",
    "rom_deg_median", "rom_deg_best", "tempo_s_median", "faults",
    "pain_before", "pain_after", "source", "repcount_version",
)  # fmt: skip
"""What each column holds is told in docs/history.md."""

REP_COLUMNS: Final = (
    "session_id", "person", "date_time", "exercise", "set", "kind", "number", "side",
    "start_s", "peak_s", "end_s", "rom_deg", "peak_deg", "up_s", "hold_s", "down_s",
    "valid_s", "breaks", "drift_deg", "tremor_deg", "faults", "confidence", "status",
    "source", "repcount_version",
)  # fmt: skip


def write_sets(file: TextIO, lines: Iterable[SetLine], dialect: Dialect = Dialect.EXCEL) -> int:
    """Write one row per set and return how many."""
    return _write(file, SET_COLUMNS, map(_set_cells, lines), dialect)


def write_repetitions(file: TextIO, sessions: Iterable[KeptSession], dialect: Dialect = Dialect.EXCEL) -> int:
    """Write one row per repetition or hold and return how many."""
    return _write(file, REP_COLUMNS, _all_events(sessions), dialect)


def write_sheets(path: Path, lines: Iterable[SetLine], sessions: Iterable[KeptSession]) -> int:
    """Write a workbook with a sheet of sets and one of repetitions and holds; return how many sets.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    sets = Sheet(SETS, SET_COLUMNS, map(_set_cells, lines))
    return write_workbook(path, [sets, Sheet(REPETITIONS, REP_COLUMNS, _all_events(sessions))])


def _all_events(sessions: Iterable[KeptSession]) -> Iterator[tuple[Cell, ...]]:
    return (row for session in sessions for row in _event_rows(session))


def write_document(file: TextIO, sessions: Iterable[KeptSession]) -> int:
    """Write everything but curves as one JSON document, and return how many sessions."""
    number = 0
    file.write(f'{{"schema": {SCHEMA}, "sessions": [')
    for number, session in enumerate(sessions, start=1):
        file.write(",\n" if number > 1 else "\n")
        json.dump(document_of(session), file, ensure_ascii=False, allow_nan=False)
    file.write("\n]}\n")
    return number


def _write(file: TextIO, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], dialect: Dialect) -> int:
    write = row_writer(file, dialect)
    write([columns])
    number = count()
    write(map(itemgetter(0), zip(rows, number, strict=False)))
    return next(number)


def _first(session: KeptSession) -> tuple[Cell, ...]:
    return session.id, escape(session.person), session.started_at.isoformat(timespec="seconds")


def _last(session: KeptSession) -> tuple[Cell, ...]:
    return escape(session.source), escape(session.version)


def _set_cells(line: SetLine) -> tuple[Cell, ...]:
    middle_deg, best_deg, tempo_s = line.rom_deg_median, line.rom_deg_best, line.tempo_s_median
    return (
        line.session_id,
        _escaped(line.person),
        _when(line.started_at, line.zone_s),
        _escaped(line.exercise),
        line.side,
        line.number,
        line.asked_reps,
        round(line.asked_hold_s, DIGITS_S) + 0.0,
        line.reps,
        line.counted,
        round(line.hold_s, DIGITS_S) + 0.0,
        None if middle_deg is None else round(middle_deg, DIGITS_DEG) + 0.0,
        None if best_deg is None else round(best_deg, DIGITS_DEG) + 0.0,
        None if tempo_s is None else round(tempo_s, DIGITS_S) + 0.0,
        _fault_words(line.faults),
        line.pain_before,
        line.pain_after,
        _escaped(line.source),
        _escaped(line.version),
    )


@lru_cache(maxsize=64)
def _when(at: datetime, zone_s: int) -> str:
    """The moment in its zone, to the second in every row, since readers take one form for the whole column.

    The sets of a session come one after the other.
    """
    zone = timezone(timedelta(seconds=zone_s))
    return at.replace(tzinfo=timezone.utc).astimezone(zone).isoformat(timespec="seconds")


@lru_cache(maxsize=1024)
def _fault_words(faults: str) -> str:
    """Faults with how often each was seen, as ``knee_bends:3 dropped:1``."""
    return escape(" ".join(f"{code}:{count}" for code, count in json.loads(faults).items()))


@lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """As ``escape``; the same few texts come again and again."""
    return escape(text)


def _event_rows(session: KeptSession) -> Iterator[tuple[Cell, ...]]:
    last = _last(session)
    for kept in session.sets:
        first = (*_first(session), escape(kept.exercise), kept.number)
        for rep in kept.repetitions:
            yield (*first, *_rep_cells(rep), *last)
        for hold in kept.holds:
            yield (*first, *_hold_cells(hold), *last)


def _rep_cells(rep: Rep) -> tuple[Cell, ...]:
    return (
        "repetition",
        rep.number,
        rep.side.value,
        seconds(rep.start_s),
        seconds(rep.peak_s),
        seconds(rep.end_s),
        degrees(rep.rom_deg),
        degrees(rep.peak_deg),
        seconds(rep.up_s),
        seconds(rep.hold_s),
        seconds(rep.down_s),
        *(None,) * 4,
        escape(" ".join(fault.code for fault in rep.faults)),
        share(rep.confidence),
        rep.status.value,
    )


def _hold_cells(hold: Hold) -> tuple[Cell, ...]:
    return (
        "hold",
        hold.number,
        hold.side.value,
        seconds(hold.start_s),
        None,
        seconds(hold.end_s),
        *(None,) * 5,
        seconds(hold.valid_s),
        hold.breaks,
        degrees(hold.drift_deg),
        degrees(hold.tremor_deg),
        escape(" ".join(fault.code for fault in hold.faults)),
        None,
        hold.status.value,
    )
