"""Sessions from elsewhere added to the history: those that are there already stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from repcount.core.kept import KeptSession
from repcount.history.keeper import begin_change, keep_one
from repcount.history.models import Session
from repcount.history.store import History

IMPORT = "import"


@dataclass(frozen=True)
class Imported:
    """How many sessions were added, and how many were there already (removed ones included)."""

    added: int
    there: int


def add_sessions(history: History, sessions: Sequence[KeptSession]) -> Imported:
    """Add what is new, as one step that ``undo`` takes back: all of it or nothing."""
    with history.database.writing() as connection:
        there = set(connection.execute(select(Session.uid)).scalars())
        new = [session for session in sessions if session.id not in there]
        if new:
            change = begin_change(connection, IMPORT)
            for session in new:
                keep_one(connection, session, change, {})
    return Imported(len(new), len(sessions) - len(new))
