"""Where the history is: a file in the user's data folder, or the database that a URL names.

Folder and files are for their owner's eyes only.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from repcount.core.errors import HistoryError, SettingError
from repcount.core.files import OWNER_FILE, close_to_others, make_private_folder
from repcount.core.shown_text import masked_url, split_user

FILE_NAME = "history.db"
BACKUPS = "backups"


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
