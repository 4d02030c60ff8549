"""The history, opened: what there is, read as frozen records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, func, select

from repcount.core.errors import HistoryError
from repcount.core.history_records import (
    Filter,
    KeptSession,
    KeptSet,
    PainAnswer,
    PainMoment,
    SavedFile,
    SessionLine,
    SetLine,
    SignalCurve,
)
from repcount.core.records import Hold, Rep
from repcount.history import queries, tables
from repcount.history.database import Database
from repcount.history.location import HistoryLocation
from repcount.history.queries import is_named, line_of
from repcount.history.rows import curve_of, hold_of, moment, number, rep_of, session_of, set_of, summed_of

_AT_ONCE = 2000
"""Rows held in memory while many are read."""

_EVERYTHING = Filter()


class History:
    """Everything that was kept, for reading. A context manager.

    Parameters
    ----------
    place : as :func:`repcount.history.location.find_place` finds it.

    Raises
    ------
    HistoryError
        It cannot be opened; the text says why and what to do.
    """

    def __init__(self, place: HistoryLocation) -> None:
        self.database = Database(place)

    @property
    def place(self) -> HistoryLocation:
        """Where it is."""
        return self.database.place

    @property
    def is_read_only(self) -> bool:
        """Whether it can be looked at, and nothing be kept."""
        return self.database.is_read_only

    def close(self) -> None:
        """Let go of the database; may be called twice."""
        self.database.close()

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sessions(self, which: Filter = _EVERYTHING) -> tuple[KeptSession, ...]:
        """Sessions with the figures of their sets, oldest first.

        With ``which.exercise`` only the sets of that exercise are there.
        """
        return tuple(self._one_by_one(which, queries.sets(which), set_of))

    def summed(self, which: Filter = _EVERYTHING) -> tuple[KeptSession, ...]:
        """As :meth:`sessions`, with only the figures that weeks are summed from; quicker.

        Of a set there are exercise, side, what was asked, repetitions, counted, held and median range.
        """
        return tuple(self._one_by_one(which, queries.sets(which, queries.SUMMED_COLUMNS), summed_of))

    def lines(self, which: Filter = _EVERYTHING, most: int | None = None) -> tuple[SessionLine, ...]:
        """The newest sessions, or all, as lines of a listing; the database sums the sets."""
        with self.database.reading() as connection:
            asked, totals, set_ranges = (
                queries.sessions(which),
                queries.totals(which),
                queries.set_ranges(which),
            )
            if most is not None:
                asked = queries.newest(asked, most)
                totals, set_ranges = totals.where(_among(asked)), set_ranges.where(_among(asked))
            rows = connection.execute(asked).all()
            summed = dict(_by_session(connection.execute(totals)))
            ranges = dict(_by_session(connection.execute(set_ranges)))
            ordered = rows if most is None else reversed(rows)
            return tuple(line_of(row, summed.get(row.row, ()), ranges.get(row.row, ())) for row in ordered)

    def set_lines(self, which: Filter = _EVERYTHING) -> Iterator[SetLine]:
        """The sets of those sessions, one line each: memory does not grow with their number."""
        with self.database.reading() as connection:
            yield from map(SetLine._make, _streamed(connection, queries.set_lines(which)))

    def count(self, which: Filter = _EVERYTHING) -> int:
        """How many sessions fit."""
        with self.database.reading() as connection:
            found = queries.sessions(which).order_by(None).subquery()
            return connection.execute(select(func.count()).select_from(found)).scalar_one()

    def has_exercise(self, name: str) -> bool:
        """Whether a set of that exercise is kept, built in or the user's own."""
        asked = select(tables.SetRow.id).where(tables.SetRow.exercise == name).limit(1)
        with self.database.reading() as connection:
            return connection.execute(asked).first() is not None

    def newest(self, which: Filter, most: int) -> tuple[KeptSession, ...]:
        """The newest of the sessions that fit, oldest first, with the figures of their sets."""
        with self.database.reading() as connection:
            asked = queries.newest(queries.sessions(which), most)
            rows = connection.execute(asked).all()
            sets = queries.sets(which).where(_among(asked))
            mine = dict(_by_session(connection.execute(sets)))
            return tuple(session_of(row, tuple(map(set_of, mine.get(row.row, ())))) for row in reversed(rows))

    def _one_by_one(
        self, which: Filter, asked: Any, made: Callable[[Sequence[Any]], KeptSet]
    ) -> Iterator[KeptSession]:
        with self.database.reading() as connection:
            sets = _by_session(_streamed(connection, asked))
            waiting = next(sets, None)
            for row in _streamed(connection, queries.sessions(which)):
                mine: tuple[KeptSet, ...] = ()
                if waiting is not None and waiting[0] == row.row:
                    mine, waiting = tuple(map(made, waiting[1])), next(sets, None)
                yield session_of(row, mine)

    def details(self, which: Filter = _EVERYTHING) -> Iterator[KeptSession]:
        """As :meth:`sessions`, with all repetitions and holds. Memory does not grow with their number."""
        with self.database.reading() as connection:
            for row in _streamed(connection, queries.sessions(which)):
                yield session_of(row, sets_with_contents(connection, row.row, which.exercise))

    def session(self, start: str) -> KeptSession:
        """One session with its repetitions and holds, by its ID or the beginning of it; or ``last``.

        Raises
        ------
        HistoryError
            There is none, or there are several.
        """
        with self.database.reading() as connection:
            row = find_one(connection, start)
            return session_of(row, sets_with_contents(connection, row.row, None))

    def curves(self, id_: str) -> dict[tuple[str, str, int, float], SignalCurve]:
        """The counted signal through each repetition and hold of a session, where it was kept.

        Returns
        -------
        By exercise, kind (``repetition`` or ``hold``), number and ``start_s``.
        """
        found: dict[tuple[str, str, int, float], SignalCurve] = {}
        with self.database.reading() as connection:
            row = find_one(connection, id_)
            for kind, table in (("repetition", tables.RepetitionRow), ("hold", tables.HoldRow)):
                asked = (
                    select(
                        tables.SetRow.exercise, table.number, table.start_s, table.curve_step_s, table.curve
                    )
                    .join(tables.SetRow, tables.SetRow.id == table.set_id)
                    .where(tables.SetRow.session_id == row.row)
                )
                for exercise, count, start_s, step_s, packed in connection.execute(asked):
                    curve = curve_of(start_s, step_s, packed)
                    if curve is not None:
                        found[exercise, kind, count, curve.start_s] = curve
        return found

    def files(self, id_: str) -> tuple[SavedFile, ...]:
        """Files that were made of a session, whether they are still there or not."""
        with self.database.reading() as connection:
            row = find_one(connection, id_)
            table = tables.SavedFileRow
            asked = select(table.__table__).where(table.session_id == row.row).order_by(table.id)
            return tuple(
                SavedFile(f.kind, f.path, f.exercise, f.fault, number(f.time_s))
                for f in connection.execute(asked)
            )

    def pains(self, person: str | None = None) -> tuple[PainAnswer, ...]:
        """Every answer to the question for pain, oldest first; of one person or of all."""
        asked = (
            select(tables.PainRow.__table__, tables.PersonRow.name, tables.SessionRow.uid)
            .join(tables.PersonRow, tables.PersonRow.id == tables.PainRow.person_id)
            .outerjoin(tables.SessionRow, tables.SessionRow.id == tables.PainRow.session_id)
            .where(tables.SessionRow.removed_by.is_(None))
            .order_by(tables.PainRow.asked_at, tables.PainRow.id)
        )
        if person is not None:
            asked = asked.where(is_named(person))
        with self.database.reading() as connection:
            return tuple(
                PainAnswer(r.name, moment(r.asked_at, r.zone_s), PainMoment(r.moment), r.level, r.uid)
                for r in connection.execute(asked)
            )

    def kept_content(self, content: str, person: str) -> str | None:
        """The ID of the session that was made of a file with this hash; None where there is none."""
        asked = (
            select(tables.SessionRow.uid)
            .join(tables.PersonRow, tables.PersonRow.id == tables.SessionRow.person_id)
            .where(tables.SessionRow.content == content, is_named(person))
            .where(tables.SessionRow.removed_by.is_(None))
        )
        with self.database.reading() as connection:
            return connection.execute(asked).scalars().first()


@contextmanager
def open_history(place: HistoryLocation) -> Iterator[History]:
    """Open the history for the length of a block."""
    with History(place) as history:
        yield history


def find_one(connection: Connection, start: str) -> Any:
    """The row of the one session whose ID begins so; ``last`` is the newest.

    Raises
    ------
    HistoryError
        There is none, or there are several.
    """
    if start == "last":
        row = connection.execute(queries.newest(queries.sessions(_EVERYTHING), 1)).first()
        if row is None:
            raise HistoryError(
                "nothing is kept yet; `repcount analyze --save` and `repcount live` keep sessions"
            )
        return row
    found = connection.execute(queries.sessions(Filter(session=start)).limit(3)).all()
    if not found or not start:
        raise HistoryError(f"{start}: there is no such session; `repcount history` lists them")
    if len(found) > 1:
        raise HistoryError(f"{start}: several sessions begin so; give more of the ID")
    return found[0]


def _among(sessions: Any) -> Any:
    return tables.SessionRow.id.in_(sessions.with_only_columns(tables.SessionRow.id))


def _streamed(connection: Connection, question: Any) -> Any:
    return connection.execute(question.execution_options(yield_per=_AT_ONCE))


def _by_session(rows: Any) -> Iterator[tuple[int, list[Any]]]:
    for session_row, mine in groupby(rows, key=itemgetter(-1)):
        yield session_row, list(mine)


def sets_with_contents(connection: Connection, session_row: int, exercise: str | None) -> tuple[KeptSet, ...]:
    """The sets of a session with their repetitions and holds."""
    asked = (
        select(*queries.SET_COLUMNS, tables.SetRow.id.label("set_row"))
        .where(tables.SetRow.session_id == session_row)
        .order_by(tables.SetRow.position)
    )
    if exercise is not None:
        asked = asked.where(tables.SetRow.exercise == exercise)
    reps: dict[int, list[Rep]] = {}
    holds: dict[int, list[Hold]] = {}
    for row in _contents(connection, session_row, tables.RepetitionRow):
        reps.setdefault(row.set_id, []).append(rep_of(row))
    for row in _contents(connection, session_row, tables.HoldRow):
        holds.setdefault(row.set_id, []).append(hold_of(row))
    return tuple(
        set_of(row, tuple(reps.get(row.set_row, ())), tuple(holds.get(row.set_row, ())))
        for row in connection.execute(asked)
    )


def _contents(connection: Connection, session_row: int, table: Any) -> Any:
    columns = [column for column in table.__table__.columns if not column.name.startswith("curve")]
    asked = select(*columns).join(tables.SetRow, tables.SetRow.id == table.set_id)
    return connection.execute(asked.where(tables.SetRow.session_id == session_row).order_by(table.id))
