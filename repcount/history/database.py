"""The open database: connections set up, transactions begun, tables brought up to date.

SQLite runs in WAL mode with every commit on the disk before it returns; a writer takes the lock when it
begins, so that two of them wait for one another instead of failing halfway.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from repcount.core.errors import HistoryError, MissingDependencyError
from repcount.history.migrating import bring_up_to_date
from repcount.history.place import Place, make_private
from repcount.history.trouble import told

WAIT_S = 30.0
"""How long a writer waits for another one."""

_WRITES = "repcount_writes"


class Database:
    """A database at the present migration.

    Raises
    ------
    HistoryError
        It cannot be opened, is damaged, or was written by a newer repcount.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        if place.file is not None:
            make_private(place.file)
        self._engine = _engine(place)
        try:
            with self.telling():
                bring_up_to_date(self._engine, place)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database; may be called twice."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self.telling(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is on the disk at the end, or none."""
        engine = self._engine.execution_options(**{_WRITES: True})
        with self.telling(), engine.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the files.

        Raises
        ------
        HistoryError
            Another program has the history open, so that its log cannot be emptied.
        """
        if self.place.file is None:
            engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            with self.telling(), engine.connect() as connection:
                connection.exec_driver_sql("VACUUM FULL")
            return
        with self.telling(), closing(self._engine.raw_connection()) as raw:
            cursor = raw.cursor()
            for _ in range(2):
                cursor.execute("VACUUM")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                raise HistoryError(
                    f"{self.place.shown}: another repcount has the history open, so that traces may be "
                    "left in its log; close it, then say `repcount forget` for anybody once more"
                )

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn the database's errors into ours."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise told(self.place, str(getattr(error, "orig", error))) from error


def _engine(place: Place) -> Engine:
    if place.file is None:
        return _server_engine(place)
    engine = create_engine(place.url, poolclass=NullPool, connect_args={"timeout": WAIT_S})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _server_engine(place: Place) -> Engine:
    try:
        return create_engine(place.url, connect_args={"connect_timeout": 10})
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise MissingDependencyError(
            f"{place.shown}: PostgreSQL needs its driver; pip install 'repcount[postgres]'"
        ) from error


def _set_up(connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, not by Python's sqlite3
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
