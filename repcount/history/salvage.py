"""A damaged file: noticed before its figures are told, and what can still be read of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import DBAPIError

from repcount.core.errors import HistoryError
from repcount.core.history_records import Filter, KeptSession
from repcount.history import queries
from repcount.history.database import history_error
from repcount.history.looking import connect_read_only
from repcount.history.rows import session_of, set_of
from repcount.history.store import History, sets_with_contents
from repcount.history.tables import SessionRow


def refuse_damaged(history: History) -> None:
    """Check that the pages of a file hold together; a third of a second for a million repetitions.

    Raises
    ------
    HistoryError
        They do not; the text says how what can be read is saved.
    """
    file = history.place.file
    if file is None:
        return
    try:
        with closing(connect_read_only(file)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise history_error(history.place, str(error)) from error
    if found != "ok":
        raise history_error(history.place, f"malformed: {' '.join(str(found).split())[:120]}")


@dataclass
class Salvage:
    """Reads a damaged history session by session.

    Attributes
    ----------
    lost : how many sessions could not be read at all.
    bare : of how many only the figures of the sets could be read.
    """

    history: History
    lost: int = 0
    bare: int = 0

    def sessions(self, which: Filter) -> Iterator[KeptSession]:
        """The sessions that fit and can be read, in the order in which they were kept."""
        for row in range(1, self._last_row() + 1):
            try:
                with self.history.database.reading() as connection:
                    asked = queries.sessions(which).where(SessionRow.id == row)
                    there = connection.execute(asked).first()
                    found = None if there is None else self._read(connection, there)
            except (HistoryError, ValueError, TypeError, LookupError):
                self.lost += 1
            else:
                if found is not None:
                    yield found

    def _last_row(self) -> int:
        with self.history.database.reading() as connection:
            return int(connection.execute(select(func.max(SessionRow.id))).scalar() or 0)

    def _read(self, connection: Connection, there: Row[Any]) -> KeptSession:
        """The session with its repetitions; where these cannot be read, with the figures of its sets."""
        row = there.row
        with suppress(HistoryError, DBAPIError, ValueError, TypeError, LookupError):
            return session_of(there, sets_with_contents(connection, row, None))
        self.bare += 1
        asked = queries.sets(Filter()).where(SessionRow.id == row)
        return session_of(there, tuple(set_of(each) for each in connection.execute(asked)))
