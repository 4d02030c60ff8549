"""Writing into the history: sessions whole, or one as it happens; removing, and taking steps back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from repcount.core.errors import HistoryError
from repcount.core.history_records import (
    KeptSession,
    KeptSet,
    PainAnswer,
    PainMoment,
    SavedFile,
    SignalCurve,
    with_figures,
)
from repcount.core.records import Hold, Rep
from repcount.history.queries import rows_named
from repcount.history.rows import hold_values, null, rep_values, session_values, set_values, utc
from repcount.history.store import History, find_one
from repcount.history.tables import (
    ChangeRow,
    HoldRow,
    PainRow,
    PersonRow,
    RepetitionRow,
    SavedFileRow,
    SessionRow,
    SetRow,
)

Curves = Mapping[Rep | Hold, SignalCurve]
REMOVE = "remove"
KEPT_DAYS = 30
"""How long a removed session can be brought back."""


def person_row(connection: Connection, name: str) -> int:
    """The row of a person, who is made known if need be."""
    found = connection.execute(rows_named(name)).scalars().first()
    if found is not None:
        return int(found)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        connection.execute(pg_insert(PersonRow).values(name=name).on_conflict_do_nothing())
        return connection.execute(select(PersonRow.id).where(PersonRow.name == name)).scalar_one()
    return _inserted(connection, PersonRow, {"name": name})


def begin_change(connection: Connection, word: str) -> int:
    """A step that ``undo`` can take back."""
    return _inserted(connection, ChangeRow, {"word": word, "made_at": _now(), "undone": False})


def keep(history: History, sessions: Iterable[KeptSession], word: str, curves: Curves | None = None) -> int:
    """Add whole sessions as one step; all of them or none. Returns how many."""
    with history.database.writing() as connection:
        change = begin_change(connection, word)
        count = 0
        for session in sessions:
            keep_one(connection, session, change, curves or {})
            count += 1
    return count


def keep_one(connection: Connection, session: KeptSession, change: int, curves: Curves) -> None:
    """Add a session with its sets, their contents and its pain."""
    person = person_row(connection, session.person)
    row = _inserted(
        connection, SessionRow, {**session_values(session), "person_id": person, "added_by": change}
    )
    for position, kept in enumerate(session.sets, start=1):
        set_row = _inserted(connection, SetRow, {**set_values(kept), "session_id": row, "position": position})
        _keep_contents(connection, set_row, kept, curves)
    answers = {
        PainMoment.BEFORE: session.pain_before,
        PainMoment.AFTER: session.pain_after,
        PainMoment.MORNING: session.pain_morning,
    }
    for moment, level in answers.items():
        if level is not None:
            asked = PainAnswer(session.person, session.started_at, moment, level, session.id)
            _insert_pain(connection, person, row, asked)


def _keep_contents(connection: Connection, set_row: int, kept: KeptSet, curves: Curves) -> None:
    reps = [{**rep_values(rep, curves.get(rep)), "set_id": set_row} for rep in kept.repetitions]
    holds = [{**hold_values(hold, curves.get(hold)), "set_id": set_row} for hold in kept.holds]
    if reps:
        connection.execute(insert(RepetitionRow), reps)
    if holds:
        connection.execute(insert(HoldRow), holds)


class SessionKeeper:
    """A session kept as it happens: what a method takes is on the disk when it returns.

    Empty sets leave no trace; a session without any set does, so that its pain answers have a place.
    """

    def __init__(self, history: History, session: KeptSession) -> None:
        self._history = history
        self.id = session.id
        self._set_row: int | None = None
        self._kept: KeptSet | None = None
        with history.database.writing() as connection:
            self._person = person_row(connection, session.person)
            change = begin_change(connection, session.kind.value)
            values = {**session_values(session), "person_id": self._person, "added_by": change}
            self._row = _inserted(connection, SessionRow, values)

    def begin_set(self, kept: KeptSet) -> None:
        """Begin the next set; nothing is written before something is done in it."""
        self._set_row, self._kept = None, replace(kept, repetitions=(), holds=())

    def add(self, done: Rep | Hold, counted: int, curve: SignalCurve | None = None) -> None:
        """Keep a repetition or hold of the set under way; ``counted`` is that of the set so far."""
        kept = self._under_way()
        if isinstance(done, Rep):
            kept = replace(kept, repetitions=(*kept.repetitions, done))
        else:
            kept = replace(kept, holds=(*kept.holds, done))
        kept = with_figures(kept, counted)
        with self._history.database.writing() as connection:
            row = self._write_figures(connection, kept)
            if isinstance(done, Rep):
                connection.execute(insert(RepetitionRow).values(**rep_values(done, curve), set_id=row))
            else:
                connection.execute(insert(HoldRow).values(**hold_values(done, curve), set_id=row))
        self._set_row, self._kept = row, kept

    def take_back(self, done: Rep | Hold, counted: int) -> None:
        """Remove a repetition or hold of the set under way; a set that has nothing left goes with it."""
        kept = self._under_way()
        kept = replace(
            kept,
            repetitions=tuple(rep for rep in kept.repetitions if rep != done),
            holds=tuple(hold for hold in kept.holds if hold != done),
        )
        kept = with_figures(kept, counted)
        table = RepetitionRow if isinstance(done, Rep) else HoldRow
        with self._history.database.writing() as connection:
            row: int | None = self._write_figures(connection, kept)
            same = (table.set_id == row, table.number == done.number, table.start_s == null(done.start_s))
            connection.execute(delete(table).where(*same))
            if not (kept.repetitions or kept.holds):
                connection.execute(delete(SetRow).where(SetRow.id == row))
                row = None
        self._set_row, self._kept = row, kept

    def answer(self, moment: PainMoment, level: int, asked_at: datetime) -> None:
        """Keep an answer to the question for pain; a later one takes its place."""
        with self._history.database.writing() as connection:
            answer = PainAnswer("", asked_at, moment, level, self.id)
            _insert_pain(connection, self._person, self._row, answer)

    def saved(self, files: Sequence[SavedFile]) -> None:
        """Remember files that were made of the session."""
        with self._history.database.writing() as connection:
            note_files(connection, self._row, files)

    def end(self, ended_at: datetime) -> None:
        """Say when the session ended."""
        with self._history.database.writing() as connection:
            when = utc(ended_at)[0]
            connection.execute(update(SessionRow).where(SessionRow.id == self._row).values(ended_at=when))

    def _under_way(self) -> KeptSet:
        if self._kept is None:
            raise ValueError("begin_set comes first")
        return self._kept

    def _write_figures(self, connection: Connection, kept: KeptSet) -> int:
        if self._set_row is not None:
            connection.execute(update(SetRow).where(SetRow.id == self._set_row).values(**set_values(kept)))
            return self._set_row
        last = select(func.coalesce(func.max(SetRow.position), 0)).where(SetRow.session_id == self._row)
        position = connection.execute(last).scalar_one() + 1
        return _inserted(
            connection, SetRow, {**set_values(kept), "session_id": self._row, "position": position}
        )


def keep_pain(history: History, answer: PainAnswer) -> None:
    """Keep an answer, with the session it names or on its own; a later one takes its place."""
    with history.database.writing() as connection:
        person = person_row(connection, answer.person)
        row = connection.execute(select(SessionRow.id).where(SessionRow.uid == answer.session_id)).scalar()
        _insert_pain(connection, person, row, answer)


def note_files(connection: Connection, session_row: int, files: Sequence[SavedFile]) -> None:
    """Remember files that were made of a session."""
    for file in files:
        values = {"kind": file.kind, "path": file.path, "exercise": file.exercise, "fault": file.fault}
        connection.execute(
            insert(SavedFileRow).values(**values, session_id=session_row, time_s=null(file.time_s))
        )


def keep_files(history: History, id_: str, files: Sequence[SavedFile]) -> None:
    """Remember files that were made of a session that is kept already."""
    with history.database.writing() as connection:
        row = connection.execute(select(SessionRow.id).where(SessionRow.uid == id_)).scalar_one()
        note_files(connection, row, files)


def _insert_pain(connection: Connection, person: int, session_row: int | None, answer: PainAnswer) -> None:
    if session_row is not None:
        same = (PainRow.session_id == session_row, PainRow.moment == answer.moment.value)
        connection.execute(delete(PainRow).where(*same))
    asked_at, zone_s = utc(answer.asked_at)
    values = {"moment": answer.moment.value, "level": answer.level, "asked_at": asked_at, "zone_s": zone_s}
    connection.execute(insert(PainRow).values(**values, person_id=person, session_id=session_row))


def _inserted(connection: Connection, table: Any, values: Mapping[str, Any]) -> int:
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    if key is None:
        raise ValueError("the row has no key")
    return int(key[0])


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None)


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
        connection.execute(update(SessionRow).where(SessionRow.id == found.row).values(removed_by=change))
        before = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(days=KEPT_DAYS)
        old = select(ChangeRow.id).where(ChangeRow.made_at < before)
        connection.execute(delete(SessionRow).where(SessionRow.removed_by.in_(old)))
    return str(found.uid)


def undo(history: History) -> str:
    """Take back the newest change that was not taken back yet, and say in a line what that was.

    Raises
    ------
    HistoryError
        There is none.
    """
    with history.database.writing() as connection:
        newest = select(ChangeRow).where(ChangeRow.undone.is_(False)).order_by(ChangeRow.id.desc()).limit(1)
        change = connection.execute(newest).first()
        if change is None:
            raise HistoryError("there is nothing to undo")
        connection.execute(update(ChangeRow).where(ChangeRow.id == change.id).values(undone=True))
        if change.word == REMOVE:
            mine, marked = SessionRow.removed_by == change.id, None
        else:
            mine, marked = (SessionRow.added_by == change.id) & SessionRow.removed_by.is_(None), change.id
        uids = connection.execute(select(SessionRow.uid).where(mine)).scalars().all()
        count = connection.execute(select(func.count()).select_from(SessionRow).where(mine)).scalar_one()
        connection.execute(update(SessionRow).where(mine).values(removed_by=marked))
    named = uids[0] if count == 1 else f"{count} sessions"
    return f"{named}: {'brought back' if change.word == REMOVE else 'taken out of the history'}"
