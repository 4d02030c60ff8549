"""Steps taken back: sessions removed and brought back. What was removed long ago goes for good."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sqlalchemy import delete, func, select, update

from repcount.core.errors import HistoryError
from repcount.history.keeper import begin_change
from repcount.history.models import Change, Session
from repcount.history.store import History, find_one

REMOVE = "remove"
KEPT_DAYS = 30
"""How long a removed session can be brought back."""


def remove(history: History, start: str) -> str:
    """Remove the one session whose ID begins so, and return its ID.

    Raises
    ------
    HistoryError
        There is none, or there are several.
    """
    with history.database.writing() as connection:
        found = find_one(connection, start)
        change = begin_change(connection, REMOVE)
        connection.execute(update(Session).where(Session.id == found.row).values(removed_by=change))
        before = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(days=KEPT_DAYS)
        old = select(Change.id).where(Change.made_at < before)
        connection.execute(delete(Session).where(Session.removed_by.in_(old)))
    return str(found.uid)


def undo(history: History) -> str:
    """Take back the newest change that was not taken back yet, and say in a line what that was.

    Raises
    ------
    HistoryError
        There is none.
    """
    with history.database.writing() as connection:
        newest = select(Change).where(Change.undone.is_(False)).order_by(Change.id.desc()).limit(1)
        change = connection.execute(newest).first()
        if change is None:
            raise HistoryError("there is nothing to undo")
        connection.execute(update(Change).where(Change.id == change.id).values(undone=True))
        if change.word == REMOVE:
            mine, marked = Session.removed_by == change.id, None
        else:
            mine, marked = (Session.added_by == change.id) & Session.removed_by.is_(None), change.id
        uids = connection.execute(select(Session.uid).where(mine)).scalars().all()
        count = connection.execute(select(func.count()).select_from(Session).where(mine)).scalar_one()
        connection.execute(update(Session).where(mine).values(removed_by=marked))
    named = uids[0] if count == 1 else f"{count} sessions"
    return f"{named}: {'brought back' if change.word == REMOVE else 'taken out of the history'}"
