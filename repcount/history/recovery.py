"""What can be recovered: a live session that the history did not take, and the rest of a damaged file.

The journal of a session lies in the data folder. A line of it is the whole session so far: the last whole
line is what counts. While its program lives the file is locked; after that the next start takes it up.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy.exc import DBAPIError

from repcount.core.errors import HistoryError
from repcount.core.files import OWNER_FILE, is_free, make_private_folder
from repcount.core.history_records import Filter, KeptSession, SavedFile
from repcount.core.input_files import IMPORT_BYTES, FormError, parse_json, read_text
from repcount.history import queries
from repcount.history.csv_import import sessions_of_json
from repcount.history.database import history_error
from repcount.history.json_records import document_of, record_of
from repcount.history.location import HistoryLocation, connect_read_only
from repcount.history.people import JOURNALS
from repcount.history.rows import session_of, set_of
from repcount.history.store import History, sets_with_contents
from repcount.history.tables import SessionRow
from repcount.history.writing import begin_change, keep_one, note_files

SUFFIX: Final = ".jsonl"


class SessionJournal:
    """Holds a session that the history does not take at present.

    Attributes
    ----------
    path : where it is, once something was written.
    """

    def __init__(self, place: HistoryLocation, session_id: str) -> None:
        self.path = place.folder / JOURNALS / f"{session_id}{SUFFIX}"
        self._file: IO[str] | None = None

    def write(self, session: KeptSession, files: Sequence[SavedFile]) -> None:
        """Write the session as it is now; it is on the disk when this returns.

        Raises
        ------
        OSError
            It cannot be written.
        """
        if self._file is None:
            make_private_folder(self.path.parent.parent, ours=True)
            make_private_folder(self.path.parent, ours=True)
            self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_FILE), "a")
            is_free(self._file.fileno())
        document = {"person": session.person, "session": session.id, "sessions": [document_of(session)]}
        line = json.dumps({**document, "files": [document_of(each) for each in files]}, allow_nan=False)
        self._file.write(f"{line}\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def remove(self) -> None:
        """The history has everything after all."""
        if self._file is not None:
            self.path.unlink(missing_ok=True)
            self.close()

    def close(self) -> None:
        """Leave it to the next start."""
        if self._file is not None:
            self._file.close()
            self._file = None


def take_up(history: History) -> Iterator[str]:
    """Put what earlier sessions left in journals into the history, and say of each where it is.

    A session that somebody removed meanwhile stays removed.
    """
    if history.is_read_only:
        return
    for path in sorted((history.place.folder / JOURNALS).glob(f"*{SUFFIX}")):
        try:
            with path.open("r+", encoding="utf-8") as file:
                if not is_free(file.fileno()):
                    continue
                found = _last_of(path)
                if found is not None:
                    _keep(history, *found)
                    path.unlink()
                    yield f"{found[0].id}: what could not be kept of this session is in the history now"
        except (FormError, HistoryError, OSError) as error:
            yield f"{path}: cannot be taken into the history now ({error}); it is left as it is"


def _last_of(path: Path) -> tuple[KeptSession, tuple[SavedFile, ...]] | None:
    """The session in the last whole line, with its files; None where it is the journal of something else."""
    for line in reversed(read_text(path, IMPORT_BYTES).splitlines()):
        try:
            document = parse_json(line)
        except FormError:  # the program was killed while it wrote
            continue
        if not isinstance(document, dict) or "sessions" not in document:
            return None
        (session,) = sessions_of_json(json.dumps({"sessions": document["sessions"]}))
        return session, tuple(record_of(SavedFile, each) for each in document.get("files", ()))
    return None


def _keep(history: History, session: KeptSession, files: Sequence[SavedFile]) -> None:
    """Put a session in the place of what was kept of it, with pain that was answered later."""
    with history.database.writing() as connection:
        asked = select(SessionRow.id, SessionRow.removed_by).where(SessionRow.uid == session.id)
        there = connection.execute(asked).first()
    if there is not None and there.removed_by is not None:
        return
    if there is not None:
        before = history.session(session.id)
        pains = {
            name: value
            for name, value in asdict(before).items()
            if name.startswith("pain_") and getattr(session, name) is None
        }
        session = replace(session, **pains)
    with history.database.writing() as connection:
        connection.execute(delete(SessionRow).where(SessionRow.uid == session.id))
        keep_one(connection, session, begin_change(connection, session.kind.value), {})
        row = connection.execute(select(SessionRow.id).where(SessionRow.uid == session.id)).scalar_one()
        note_files(connection, row, files)


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
