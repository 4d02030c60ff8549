"""The open database: connections, transactions, tables brought up to date, and complaints told in one line.

Tables are brought up to date with Alembic, after a copy of what is there. A database of a newer repcount is
not touched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from repcount.core.errors import DamagedHistoryError, HistoryError, MissingDependencyError
from repcount.core.files import OWNER_FILE
from repcount.history import location
from repcount.history.location import HistoryLocation
from repcount.history.tables import REVISION

_KEPT = "nothing that was kept before is changed"

_DAMAGED = (
    "the file is damaged and is left as it is; `repcount export saved.json --salvage` writes what can be "
    "read; then move it away and import that, or put a copy from its folder `backups` in its place"
)
_WORDS = (
    (("database is locked", "lock timeout"), "another repcount is writing to it; try again"),
    (
        ("readonly", "read-only", "unable to open database file"),
        "it cannot be written; make the file and its folder writable, "
        "or name another database in REPCOUNT_DATABASE_URL",
    ),
    (
        ("database or disk is full", "disk i/o error", "no space left", "disk full"),
        f"there is no room left; free some space ({_KEPT})",
    ),
    (("malformed", "not a database", "corrupt"), _DAMAGED),
    (
        ("connection", "could not translate", "does not exist", "authentication"),
        "the database cannot be reached; check REPCOUNT_DATABASE_URL and the server",
    ),
)
BACKUP_SCHEMA = "repcount_backup_"
_LOCK = 0x7265_7063  # any number that is ours: two programs do not migrate one server at the same time
WAIT_S = 30.0
"""How long a writer waits for another one."""
_WRITES = "repcount_writes"


def history_error(place: HistoryLocation, complaint: str) -> HistoryError:
    """The error for what a database complains of."""
    line = " ".join(complaint.split())
    low = line.lower()
    for signs, words in _WORDS:
        if any(sign in low for sign in signs):
            kind = DamagedHistoryError if words is _DAMAGED else HistoryError
            return kind(f"{place.shown}: {words} [{line}]")
    return HistoryError(f"{place.shown}: the history does not work ({line}); {_KEPT}")


def bring_up_to_date(engine: Engine, place: HistoryLocation) -> None:
    """Create the tables, or migrate them if they are of an older repcount.

    Raises
    ------
    HistoryError
        They are of a newer repcount, or the copy cannot be made.
    """
    with engine.connect() as connection:
        if present_revision(connection) == REVISION:
            return
    with engine.execution_options(repcount_writes=True).begin() as connection:
        if place.file is None:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        present = present_revision(connection)  # once more: another program may have been faster
        if present == REVISION:
            return
        tables = inspect(connection).get_table_names() if place.file is not None else ()
        location.refuse_foreign(present, tables, place)
        if present is not None:
            _back_up(connection, present, place)
        migrate(connection, REVISION)


def present_revision(connection: Connection) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    if not inspect(connection).has_table(location.VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {location.VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to one of them, within the transaction under way."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _back_up(connection: Connection, present: str, place: HistoryLocation) -> None:
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S")
    if place.file is None:
        _back_up_on_server(connection, f"{BACKUP_SCHEMA}{present}_{stamp}".lower())
    else:
        _back_up_file(place.file, place.backups / f"history-{present}-{stamp}.db")


def _back_up_file(file: Path, copy: Path) -> None:
    location.make_private(copy)
    try:
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        with copy.open("rb+") as written:
            os.fsync(written.fileno())
    except (sqlite3.Error, OSError) as error:
        copy.unlink(missing_ok=True)
        raise HistoryError(
            f"{copy}: the copy before the migration cannot be made ({error}); "
            "free some space; the history is left as it is"
        ) from error


def _back_up_on_server(connection: Connection, schema: str) -> None:
    connection.execute(text(f"CREATE SCHEMA {schema}"))
    for table in inspect(connection).get_table_names():
        connection.execute(text(f'CREATE TABLE {schema}."{table}" AS TABLE "{table}"'))


class Database:
    """A database at the present migration.

    A file that this user cannot write is opened for reading.

    Attributes
    ----------
    is_read_only : whether nothing can be kept in it.

    Raises
    ------
    HistoryError
        It cannot be opened, is damaged, or was written by a newer repcount. It is left as it is then.
    """

    def __init__(self, place: HistoryLocation) -> None:
        self.place = place
        self._wait_s = WAIT_S
        self.is_read_only = place.file is not None and location.is_read_only(place.file)
        if place.file is not None:
            self._check_file(place.file)
        self._engine = self._open_engine()
        try:
            with self.translating_errors():
                if not self.is_read_only:
                    bring_up_to_date(self._engine, place)
        except BaseException:
            self.close()
            raise

    def _check_file(self, file: Path) -> None:
        """See whose it is before anything is changed; then it is made our own."""
        with self.translating_errors():
            present = location.revision_of_file(file, self.place)
        if not self.is_read_only:
            location.make_private(file)
        elif present != REVISION:
            raise HistoryError(
                f"{self.place.shown}: must be brought up to date and cannot be written; make the file "
                "and its folder writable, or name another database in REPCOUNT_DATABASE_URL"
            )

    def _open_engine(self) -> Engine:
        file = self.place.file
        if file is None:
            return _server_engine(self.place)
        if self.is_read_only:
            engine = create_engine(
                "sqlite://", poolclass=NullPool, creator=lambda: location.connect_read_only(file, WAIT_S)
            )
        else:
            engine = create_engine(self.place.url, poolclass=NullPool, connect_args={"timeout": WAIT_S})
            event.listen(engine, "connect", self._set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def _set_up(self, connection: Any, record: object) -> None:
        location.add_functions(connection)
        connection.isolation_level = None  # transactions are begun by _begin, not by Python's sqlite3
        wait = f"busy_timeout={round(1000 * self._wait_s)}"
        for pragma in (wait, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @contextmanager
    def waiting(self, wait_s: float) -> Iterator[None]:
        """For the length of a block, wait no longer than this for another writer of a file."""
        before, self._wait_s = self._wait_s, wait_s
        try:
            yield
        finally:
            self._wait_s = before

    def close(self) -> None:
        """Let go of the database; may be called twice."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self.translating_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is on the disk at the end, or none."""
        self.refuse_read_only()
        engine = self._engine.execution_options(**{_WRITES: True})
        with self.translating_errors(), engine.begin() as connection:
            yield connection

    def refuse_read_only(self) -> None:
        """Check that something can be kept.

        Raises
        ------
        HistoryError
            The file cannot be written.
        """
        if self.is_read_only:
            raise history_error(self.place, "read-only")

    @property
    def unscrubbed(self) -> Path:
        """A file that is there as long as traces of deleted rows may be left."""
        file = self.place.file or self.place.folder / "server"
        return file.with_name(f"{file.name}-unscrubbed")

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the files.

        Raises
        ------
        HistoryError
            Another program has the history open, so that its log cannot be emptied.
        """
        if self.place.file is None:
            engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            with self.translating_errors(), engine.connect() as connection:
                connection.exec_driver_sql("VACUUM FULL")
            return
        self.unscrubbed.touch(OWNER_FILE)
        with self.translating_errors(), closing(self._engine.raw_connection()) as raw:
            cursor = raw.cursor()
            for _ in range(2):
                cursor.execute("VACUUM")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                self.unscrubbed.unlink(missing_ok=True)
            else:
                raise HistoryError(
                    f"{self.place.shown}: another repcount has the history open, so that traces may be "
                    "left in its log; close it, then say `repcount forget` for anybody once more"
                )

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Turn the database's errors into ours."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise history_error(self.place, str(getattr(error, "orig", error))) from error


def _server_engine(place: HistoryLocation) -> Engine:
    try:
        return create_engine(place.url, connect_args={"connect_timeout": 10})
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise MissingDependencyError(
            f"{place.shown}: PostgreSQL needs its driver; pip install 'repcount[postgres]'"
        ) from error


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
