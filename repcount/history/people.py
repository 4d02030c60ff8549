"""People: who there is, their own ranges and limits, and forgetting them altogether."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy import Connection, delete, func, insert, inspect, select, text

from repcount.core.errors import HistoryError
from repcount.core.files import remove_abandoned
from repcount.core.history_records import name_key
from repcount.core.records import PersonalRange, Side
from repcount.history.database import BACKUP_SCHEMA
from repcount.history.location import HistoryLocation
from repcount.history.queries import is_named, rows_named
from repcount.history.store import History
from repcount.history.tables import ChangeRow, LimitRow, OwnRangeRow, PersonRow, SavedFileRow, SessionRow
from repcount.history.writing import person_row

EVIDENCE = "evidence"
JOURNALS = "journals"
CALIBRATION = "calibration.toml"
_HEAD_LINES = 5
Ranges = dict[str, dict[Side, PersonalRange]]
"""A person's own ranges by exercise and side."""


def existing_files(paths: Iterable[Path], place: HistoryLocation) -> tuple[list[Path], list[Path]]:
    """The existing files, in two parts: in the data folder, and elsewhere."""
    there = [path for path in dict.fromkeys(paths) if path.exists()]
    inside = [path for path in there if path.resolve().is_relative_to(place.folder.resolve())]
    return inside, [path for path in there if path not in inside]


def files_of_person(place: HistoryLocation, person: str, sessions: Collection[str]) -> list[Path]:
    """Journals and evidence of a person. The calibration file there is the nameless one's."""
    found = [path for path in (place.folder / JOURNALS).glob("*") if _tells_of(path, person, sessions)]
    found += [place.folder / EVIDENCE / session for session in sessions]
    if not person:
        found.append(place.folder / CALIBRATION)
    return [path for path in found if path.exists()]


def backups(place: HistoryLocation) -> list[Path]:
    """Copies made before migrations; each holds everybody."""
    return sorted(place.backups.glob("history-*.db*"))


def remove_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Remove files and folders, and return them.

    Raises
    ------
    HistoryError
        One of them cannot be removed; the others are.
    """
    failures = []
    for path in paths:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            failures.append(f"{path} ({error.strerror})")
    if failures:
        raise HistoryError(f"could not be removed, do it by hand: {', '.join(failures)}")
    return tuple(paths)


def remove_empty_folders(place: HistoryLocation, removed: Iterable[Path]) -> None:
    """Remove the folders within the data folder in which nothing is left: their names tell, too."""
    home = place.folder.resolve()
    for path in removed:
        for folder in path.resolve().parents:
            if folder == home or not folder.is_relative_to(home):
                break
            with suppress(OSError):  # something is left in it
                folder.rmdir()


def abandoned_parts(place: HistoryLocation, elsewhere: Iterable[Path]) -> list[Path]:
    """Remove unfinished files that killed programs left in the data folder, here, and beside saved files.

    They may hold anybody's film or history, and are of no use.
    """
    inside = [place.folder, *(path for path in place.folder.rglob("*") if path.is_dir())]
    folders = dict.fromkeys([*inside, Path.cwd(), Path(gettempdir()), *(path.parent for path in elsewhere)])
    return [part for folder in folders for part in remove_abandoned(folder)]


def _tells_of(path: Path, person: str, sessions: Collection[str]) -> bool:
    """Whether the first lines of a journal name the person or one of their sessions."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = [line for _, line in zip(range(_HEAD_LINES), file, strict=False)]
    except OSError:
        return False
    for line in lines:
        try:
            document = json.loads(line)
        except ValueError:
            continue
        if isinstance(document, dict) and _is_of(document, person, sessions):
            return True
    return False


def _is_of(document: Mapping[str, object], person: str, sessions: Collection[str]) -> bool:
    name = document.get("person")
    same = isinstance(name, str) and name_key(name) == name_key(person)
    return same or document.get("session") in sessions


@dataclass(frozen=True)
class Known:
    """A person with what is known of them."""

    name: str
    sessions: int
    ranges: Ranges = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Forgotten:
    """What was removed with a person, and files outside the data folder, which stay."""

    sessions: int
    removed: tuple[Path, ...]
    elsewhere: tuple[Path, ...]


def known(history: History) -> tuple[Known, ...]:
    """Everybody, by the name that was typed first."""
    with history.database.reading() as connection:
        counts = select(SessionRow.person_id, func.count()).where(SessionRow.removed_by.is_(None))
        sessions = {row: count for row, count in connection.execute(counts.group_by(SessionRow.person_id))}
        people = connection.execute(select(PersonRow.id, PersonRow.name).order_by(PersonRow.id)).all()
        found: dict[str, Known] = {}
        for p in people:
            mine = found.get(name_key(p.name))
            if mine is None:
                mine = Known(p.name, 0, _ranges(connection, p.name), _limits(connection, p.name))
            found[name_key(p.name)] = replace(mine, sessions=mine.sessions + sessions.get(p.id, 0))
        return tuple(sorted(found.values(), key=lambda each: each.name))


def is_known(history: History, person: str) -> bool:
    """Whether anything is kept of a person of that name."""
    with history.database.reading() as connection:
        return connection.execute(rows_named(person)).first() is not None


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
            connection.execute(delete(OwnRangeRow).filter_by(**key))
            connection.execute(
                insert(OwnRangeRow).values(**key, rest_deg=each.rest_deg, peak_deg=each.peak_deg)
            )


def keep_limits(history: History, person: str, own: Mapping[str, float]) -> None:
    """Keep a person's limits in place of those there were."""
    with history.database.writing() as connection:
        row = person_row(connection, person)
        connection.execute(delete(LimitRow).where(LimitRow.person_id == row))
        for name, value in own.items():
            connection.execute(insert(LimitRow).values(person_id=row, name=name, value=value))


def forget(history: History, person: str) -> Forgotten:
    """Remove all that is kept of a person: from the database, its backups and the data folder.

    Raises
    ------
    HistoryError
        Nobody of that name is known and no file in the data folder tells of them, or not all could go.
    """
    place = history.place
    unfinished = history.database.unscrubbed.exists()
    with history.database.writing() as connection:
        rows = connection.execute(rows_named(person)).scalars().all()
        mine = select(SessionRow.id).where(SessionRow.person_id.in_(rows))
        uids = set(connection.execute(select(SessionRow.uid).where(SessionRow.id.in_(mine))).scalars())
        saved = connection.execute(
            select(SavedFileRow.path).where(SavedFileRow.session_id.in_(mine))
        ).scalars()
        own, elsewhere = existing_files([Path(path) for path in saved], place)
        own = [*own, *files_of_person(place, person, uids)]
        if not rows and not own and not unfinished:
            raise unknown(person)
        connection.execute(delete(PersonRow).where(PersonRow.id.in_(rows)))
        used = select(SessionRow.added_by).union(
            select(SessionRow.removed_by).where(SessionRow.removed_by.is_not(None))
        )
        connection.execute(delete(ChangeRow).where(ChangeRow.id.not_in(used)))
        if place.file is None:
            _drop_backups(connection)
    try:
        removed = remove_files([*own, *backups(place)])
        remove_empty_folders(place, removed)
        parts = abandoned_parts(place, elsewhere)
    finally:  # rows go even where a file cannot be removed
        history.database.scrub()
    return Forgotten(len(uids), (*removed, *parts), tuple(elsewhere))


def _drop_backups(connection: Connection) -> None:
    for schema in inspect(connection).get_schema_names():
        if schema.startswith(BACKUP_SCHEMA):
            connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))


def _ranges(connection: Connection, person: str) -> Ranges:
    asked = select(OwnRangeRow.__table__).join(PersonRow, PersonRow.id == OwnRangeRow.person_id)
    found: Ranges = {}
    for row in connection.execute(asked.where(is_named(person))):
        found.setdefault(row.exercise, {})[Side(row.side)] = PersonalRange(row.rest_deg, row.peak_deg)
    return found


def _limits(connection: Connection, person: str) -> dict[str, float]:
    asked = select(LimitRow.name, LimitRow.value).join(PersonRow, PersonRow.id == LimitRow.person_id)
    found: dict[str, float] = {}
    for name, value in connection.execute(asked.where(is_named(person))):
        found[name] = min(value, found.get(name, value))
    return found
