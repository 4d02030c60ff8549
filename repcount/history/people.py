"""People: who there is, their own ranges and limits, and forgetting them altogether."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, inspect, select, text

from repcount.core.errors import HistoryError
from repcount.core.model import PersonalRange, Side
from repcount.history import traces
from repcount.history.keeper import person_row
from repcount.history.migrating import BACKUP_SCHEMA
from repcount.history.models import Change, Limit, OwnRange, Person, SavedFile, Session
from repcount.history.store import History

Ranges = dict[str, dict[Side, PersonalRange]]
"""A person's own ranges by exercise and side."""


@dataclass(frozen=True)
class Known:
    """A person with what is known of them."""

    name: str
    sessions: int
    ranges: Ranges = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Forgotten:
    """What was removed with a person, and files of theirs elsewhere, which are left."""

    sessions: int
    removed: tuple[Path, ...]
    elsewhere: tuple[Path, ...]


def known(history: History) -> tuple[Known, ...]:
    """Everybody, by name."""
    with history.database.reading() as connection:
        counts = select(Session.person_id, func.count()).where(Session.removed_by.is_(None))
        sessions = {row: count for row, count in connection.execute(counts.group_by(Session.person_id))}
        people = connection.execute(select(Person.id, Person.name).order_by(Person.name)).all()
        return tuple(
            Known(p.name, sessions.get(p.id, 0), _ranges(connection, p.name), _limits(connection, p.name))
            for p in people
        )


def is_known(history: History, person: str) -> bool:
    """Whether anything was ever kept of somebody of that name, who is not forgotten."""
    with history.database.reading() as connection:
        return connection.execute(select(Person.id).where(Person.name == person)).first() is not None


def unknown(person: str) -> HistoryError:
    """The error for a name that nobody has."""
    who = person or "the nameless person"
    return HistoryError(f"{who}: is not known; `repcount people` lists those who are")


def ranges(history: History, person: str) -> Ranges:
    """The person's own ranges; none for somebody unknown."""
    with history.database.reading() as connection:
        return _ranges(connection, person)


def limits(history: History, person: str) -> dict[str, float]:
    """The person's limits of safety, by joint; none for somebody unknown."""
    with history.database.reading() as connection:
        return _limits(connection, person)


def keep_ranges(history: History, person: str, exercise: str, own: Mapping[Side, PersonalRange]) -> None:
    """Keep a person's ranges in an exercise; a side that is not named stays as it was."""
    with history.database.writing() as connection:
        row = person_row(connection, person)
        for side, each in own.items():
            key = {"person_id": row, "exercise": exercise, "side": side.value}
            connection.execute(delete(OwnRange).filter_by(**key))
            connection.execute(insert(OwnRange).values(**key, rest_deg=each.rest_deg, peak_deg=each.peak_deg))


def keep_limits(history: History, person: str, own: Mapping[str, float]) -> None:
    """Keep a person's limits in place of those there were."""
    with history.database.writing() as connection:
        row = person_row(connection, person)
        connection.execute(delete(Limit).where(Limit.person_id == row))
        for name, value in own.items():
            connection.execute(insert(Limit).values(person_id=row, name=name, value=value))


def forget(history: History, person: str) -> Forgotten:
    """Remove all that is kept of a person: from the database, its backups and the data folder.

    Raises
    ------
    HistoryError
        Nobody of that name is known and no file in the data folder tells of them, or not all could go.
    """
    place = history.place
    with history.database.writing() as connection:
        row = connection.execute(select(Person.id).where(Person.name == person)).scalar()
        mine = select(Session.id).where(Session.person_id == row)
        uids = set(connection.execute(select(Session.uid).where(Session.person_id == row)).scalars())
        saved = connection.execute(select(SavedFile.path).where(SavedFile.session_id.in_(mine))).scalars()
        own, elsewhere = traces.sorted_out([Path(path) for path in saved], place)
        own = [*own, *traces.of_person(place, person, uids)]
        if row is None and not own:
            raise unknown(person)
        connection.execute(delete(Person).where(Person.id == row))
        used = select(Session.added_by).union(
            select(Session.removed_by).where(Session.removed_by.is_not(None))
        )
        connection.execute(delete(Change).where(Change.id.not_in(used)))
        if place.file is None:
            _drop_backups(connection)
    try:
        removed = traces.remove([*own, *traces.backups(place)])
    finally:  # a file that cannot go keeps no row alive
        history.database.scrub()
    return Forgotten(len(uids), removed, tuple(elsewhere))


def _drop_backups(connection: Connection) -> None:
    for schema in inspect(connection).get_schema_names():
        if schema.startswith(BACKUP_SCHEMA):
            connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))


def _ranges(connection: Connection, person: str) -> Ranges:
    asked = select(OwnRange.__table__).join(Person, Person.id == OwnRange.person_id)
    found: Ranges = {}
    for row in connection.execute(asked.where(Person.name == person)):
        found.setdefault(row.exercise, {})[Side(row.side)] = PersonalRange(row.rest_deg, row.peak_deg)
    return found


def _limits(connection: Connection, person: str) -> dict[str, float]:
    asked = select(Limit.name, Limit.value).join(Person, Person.id == Limit.person_id)
    return {name: value for name, value in connection.execute(asked.where(Person.name == person))}
