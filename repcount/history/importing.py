"""Sessions from elsewhere added to the history: those that are there already stay as they are.

One that was removed comes back: what the file holds is in the history afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from repcount.core.kept import KeptSession
from repcount.history.keeper import begin_change, keep_one
from repcount.history.models import Session
from repcount.history.store import History

IMPORT = "import"


@dataclass(frozen=True)
class Imported:
    """How many sessions were added, how many were there already, and how many were removed and are back."""

    added: int
    there: int
    back: int = 0


def add_sessions(history: History, sessions: Sequence[KeptSession]) -> Imported:
    """Add what is new, as one step that ``undo`` takes back: all of it or nothing."""
    with history.database.writing() as connection:
        there = {uid: by for uid, by in connection.execute(select(Session.uid, Session.removed_by))}
        new = [session for session in sessions if session.id not in there]
        removed = [session.id for session in sessions if there.get(session.id) is not None]
        if new or removed:
            change = begin_change(connection, IMPORT)
            for session in new:
                keep_one(connection, session, change, {})
            _bring_back(connection, removed, change)
    return Imported(len(new), len(sessions) - len(new) - len(removed), len(removed))


def _bring_back(connection: Connection, uids: Sequence[str], change: int) -> None:
    """Sessions that were removed are there again, as of this change: ``undo`` takes them out with it."""
    for uid in uids:
        mine = update(Session).where(Session.uid == uid)
        connection.execute(mine.values(removed_by=None, added_by=change))
