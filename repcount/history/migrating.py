"""Tables brought up to date with Alembic, after a copy of what is there.

A database of a newer repcount is not touched.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from repcount.core.errors import HistoryError
from repcount.history.models import REVISION
from repcount.history.place import Place, make_private

VERSION_TABLE = "alembic_version"
BACKUP_SCHEMA = "repcount_backup_"
_LOCK = 0x7265_7063  # any number that is ours: two programs do not migrate one server at the same time


def bring_up_to_date(engine: Engine, place: Place) -> None:
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
        _refuse_strange(connection, present, place)
        if present is not None:
            _back_up(connection, present, place)
        migrate(connection, REVISION)


def present_revision(connection: Connection) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to one of them, within the transaction under way."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _refuse_strange(connection: Connection, present: str | None, place: Place) -> None:
    if present is None:
        if place.file is not None and inspect(connection).get_table_names():
            raise HistoryError(
                f"{place.shown}: is a database of another program and is left as it is; "
                "name another file in REPCOUNT_DATABASE_URL"
            )
    elif present > REVISION:
        raise HistoryError(
            f"{place.shown}: was written by a newer repcount and is left as it is; update repcount "
            f"(migration {present}; this one knows {REVISION})"
        )


def _back_up(connection: Connection, present: str, place: Place) -> None:
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S")
    if place.file is None:
        _back_up_on_server(connection, f"{BACKUP_SCHEMA}{present}_{stamp}".lower())
    else:
        _back_up_file(place.file, place.backups / f"history-{present}-{stamp}.db")


def _back_up_file(file: Path, copy: Path) -> None:
    make_private(copy)
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
