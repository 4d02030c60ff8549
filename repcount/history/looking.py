"""An SQLite file looked at before it is touched: whose it is, how old, and whether it can be written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Final

from repcount.core.errors import HistoryError
from repcount.core.history_records import name_key
from repcount.history.location import HistoryLocation
from repcount.history.tables import REVISION

VERSION_TABLE: Final = "alembic_version"
_DIGITS: Final = len(REVISION)


def refuse_strange(present: str | None, tables: Collection[str], place: HistoryLocation) -> None:
    """Check that a database is ours, and of no newer repcount.

    Parameters
    ----------
    present : the migration that it stands at; None where it names none.
    tables : the names of what is in it.

    Raises
    ------
    HistoryError
        It is of another program, or of a repcount that this one does not know.
    """
    if present is None:
        if tables:
            raise HistoryError(
                f"{place.shown}: is a database of another program and is left as it is; "
                "name another file in REPCOUNT_DATABASE_URL"
            )
    elif len(present) != _DIGITS or not present.isdecimal() or present < "0001":
        raise HistoryError(
            f"{place.shown}: stands at the migration {present[:40]!r}, which no repcount has, and is left as "
            "it is; name another file in REPCOUNT_DATABASE_URL"
        )
    elif present > REVISION:
        raise HistoryError(
            f"{place.shown}: was written by a newer repcount and is left as it is; update repcount "
            f"(migration {present}; this one knows {REVISION})"
        )


def look(file: Path, place: HistoryLocation) -> str | None:
    """The migration that a file stands at, without a change to it; None for one that is new or empty.

    Raises
    ------
    HistoryError
        It is of another program or a newer repcount, or a folder.
    sqlite3.Error
        It is no database, damaged, or cannot be read.
    """
    if file.is_dir():
        raise HistoryError(f"{place.shown}: is a folder, not a history; name a file in REPCOUNT_DATABASE_URL")
    if not file.exists() or file.stat().st_size == 0:
        return None
    with closing(connect_read_only(file)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        present = None
        if VERSION_TABLE in tables:
            found = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
            present = None if found is None else str(found[0])
    refuse_strange(present, tables, place)
    return present


def connect_read_only(file: Path, wait_s: float = 5.0) -> sqlite3.Connection:
    """A connection that changes nothing, neither in the file nor beside it where nobody else writes.

    While another program has it open, its log lies beside the file and is read too.
    """
    log = file.with_name(file.name + "-wal")
    how = "mode=ro" if log.exists() else "mode=ro&immutable=1"
    found = sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, timeout=wait_s)
    add_functions(found)
    return found


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection what our questions call."""
    connection.create_function("name_key", 1, name_key, deterministic=True)


def is_read_only(file: Path) -> bool:
    """Whether the file is there and this user cannot write it, or nothing beside it."""
    return file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
