"""Where the history is: a file in the user's data folder, or the database that a URL names.

Folder and files are for their owner's eyes only. An SQLite file is looked at before it is touched: whose it
is, how old, and whether it can be written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repcount.core.errors import HistoryError, SettingError
from repcount.core.files import OWNER_FILE, close_to_others, make_private_folder
from repcount.core.history_records import name_key
from repcount.core.shown_text import masked_url, split_user
from repcount.history.tables import REVISION

FILE_NAME = "history.db"
BACKUPS = "backups"
VERSION_TABLE: Final = "alembic_version"
_DIGITS: Final = len(REVISION)


@dataclass(frozen=True)
class HistoryLocation:
    """A database, and the folder in which everything else about people is kept.

    Attributes
    ----------
    url : as SQLAlchemy takes it; it may hold a password, so ``shown`` stands in messages.
    file : of an SQLite database, None for a server.
    folder : the data folder.
    """

    url: str
    shown: str
    file: Path | None
    folder: Path

    @property
    def backups(self) -> Path:
        """Where copies are put before a migration."""
        return (self.file.parent if self.file is not None else self.folder) / BACKUPS


def data_folder() -> Path:
    """The user's data folder, whether it is there or not."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("repcount", appauthor=False))


def find_place(url: str | None) -> HistoryLocation:
    """Return the place that a setting names, or the file in the data folder.

    Raises
    ------
    SettingError
        The URL is none, or of a database that repcount does not speak to.
    """
    folder = data_folder()
    if url is None:
        return _file_place(folder / FILE_NAME, folder)
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise _no_url("it is none") from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise _no_url("it names no file; write sqlite:////path/of/history.db")
        return _file_place(Path(parsed.database).expanduser().absolute(), folder)
    if kind not in ("postgres", "postgresql"):
        raise _no_url(f"`{kind}` is no database that repcount speaks to")
    user, _ = split_user(url.partition("://")[2])
    if user is not None and set(user) & set("@/?#"):
        raise _no_url("its password holds @, /, ? or #; write %40, %2F, %3F or %23 for it")
    parsed = parsed.set(drivername="postgresql+psycopg")
    shown = masked_url(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
    return HistoryLocation(parsed.render_as_string(hide_password=False), shown, None, folder)


def _no_url(reason: str) -> SettingError:
    return SettingError(
        f"database_url: {reason}; write postgresql://USER:PASSWORD@HOST/DATABASE, or leave it out"
    )


def _file_place(file: Path, folder: Path) -> HistoryLocation:
    from sqlalchemy.engine import URL

    url = URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
    return HistoryLocation(url, str(file), file, folder)


def make_private(file: Path) -> None:
    """Create the file and its folder if need be, readable by their owner only.

    Raises
    ------
    HistoryError
        They cannot be created.
    """
    try:
        make_private_folder(file.parent, ours=file.parent == data_folder())
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, OWNER_FILE))
        close_to_others(file, OWNER_FILE)
    except OSError as error:
        raise HistoryError(
            f"{file}: the history cannot be written ({error.strerror}); "
            "make its folder writable or name another database in REPCOUNT_DATABASE_URL"
        ) from error


def refuse_foreign(present: str | None, tables: Collection[str], place: HistoryLocation) -> None:
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


def revision_of_file(file: Path, place: HistoryLocation) -> str | None:
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
    refuse_foreign(present, tables, place)
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
