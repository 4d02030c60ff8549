"""The queries of the tables: people, sessions and sets, with their pain; and the lines of a listing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, and_, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from repcount.core.history_records import Filter, PainMoment, SessionLine, known_median
from repcount.history.rows import moment, utc
from repcount.history.tables import PainRow, PersonRow, SessionRow, SetRow

Query = Any
"""A ``Select`` of SQLAlchemy, whose type tells of its columns in another way in each version."""

SESSION_COLUMNS = (
    SessionRow.uid, SessionRow.started_at, SessionRow.zone_s, SessionRow.ended_at, SessionRow.kind,
    SessionRow.source, SessionRow.content, SessionRow.version, SessionRow.plan, SessionRow.settings,
)  # fmt: skip

SET_COLUMNS = (
    SetRow.number, SetRow.exercise, SetRow.side, SetRow.asked_sets, SetRow.asked_reps, SetRow.asked_hold_s,
    SetRow.reps, SetRow.counted, SetRow.hold_s, SetRow.faults, SetRow.not_judged,
    SetRow.start_s, SetRow.end_s, SetRow.view_deg, SetRow.rom_deg_median, SetRow.rom_deg_best,
    SetRow.tempo_s_median, SetRow.range_fade, SetRow.tempo_fade, SetRow.symmetry,
)  # fmt: skip
"""In the order in which ``rows.set_of`` takes them."""

SUMMED_COLUMNS = (
    SetRow.exercise, SetRow.side, SetRow.asked_sets, SetRow.asked_reps, SetRow.asked_hold_s,
    SetRow.reps, SetRow.counted, SetRow.hold_s, SetRow.rom_deg_median,
)  # fmt: skip
"""In the order in which ``rows.summed_of`` takes them."""


def sessions(wanted: Filter) -> Query:
    """Sessions that are not removed, oldest first, each with its person's name and its pain."""
    pains = {when: aliased(PainRow) for when in PainMoment}
    query: Query = select(
        SessionRow.id.label("row"),
        *SESSION_COLUMNS,
        PersonRow.name.label("person"),
        *(pain.level.label(f"pain_{when.value}") for when, pain in pains.items()),
    ).join(PersonRow, PersonRow.id == SessionRow.person_id)
    for when, pain in pains.items():
        query = query.outerjoin(pain, and_(pain.session_id == SessionRow.id, pain.moment == when.value))
    return narrowed(query, wanted).order_by(SessionRow.started_at, SessionRow.id)


def newest(query: Query, most: int) -> Query:
    """So many of those sessions, newest first."""
    return query.order_by(None).order_by(SessionRow.started_at.desc(), SessionRow.id.desc()).limit(most)


def sets(wanted: Filter, columns: tuple[Query, ...] = SET_COLUMNS) -> Query:
    """The sets of those sessions, in the same order; the last column is the session of the set."""
    query: Query = select(*columns, SessionRow.id.label("session_row"))
    query = query.join_from(SessionRow, SetRow, SetRow.session_id == SessionRow.id)
    query = query.join(PersonRow, PersonRow.id == SessionRow.person_id)
    if wanted.exercise is not None:
        query = query.where(SetRow.exercise == wanted.exercise)
    return narrowed(query, wanted).order_by(SessionRow.started_at, SessionRow.id, SetRow.position)


def set_lines(wanted: Filter) -> Query:
    """Those sets, each with the facts of its session: the columns are the fields of ``SetLine``."""
    before, after = aliased(PainRow), aliased(PainRow)
    query: Query = select(
        SessionRow.uid, PersonRow.name, SessionRow.started_at, SessionRow.zone_s,
        SetRow.exercise, SetRow.side, SetRow.number, SetRow.asked_reps, SetRow.asked_hold_s,
        SetRow.reps, SetRow.counted, SetRow.hold_s,
        SetRow.rom_deg_median, SetRow.rom_deg_best, SetRow.tempo_s_median, SetRow.faults,
        before.level.label("before"), after.level.label("after"), SessionRow.source, SessionRow.version,
    ).join_from(SessionRow, PersonRow, PersonRow.id == SessionRow.person_id)  # fmt: skip
    for pain, when in ((before, PainMoment.BEFORE), (after, PainMoment.AFTER)):
        query = query.outerjoin(pain, and_(pain.session_id == SessionRow.id, pain.moment == when.value))
    query = query.join(
        SetRow, SetRow.session_id == SessionRow.id
    )  # last: pain is looked up once for each session
    if wanted.exercise is not None:
        query = query.where(SetRow.exercise == wanted.exercise)
    return narrowed(query, wanted).order_by(SessionRow.started_at, SessionRow.id, SetRow.position)


def totals(wanted: Filter) -> Query:
    """The sets of those sessions summed up: for each session and exercise, in the order of the sets."""
    sums = (func.count(), func.sum(SetRow.counted), func.sum(SetRow.hold_s))
    query: Query = select(SetRow.exercise, *sums, SessionRow.id.label("session_row"))
    query = query.join_from(SessionRow, SetRow, SetRow.session_id == SessionRow.id)
    query = query.join(PersonRow, PersonRow.id == SessionRow.person_id)
    if wanted.exercise is not None:
        query = query.where(SetRow.exercise == wanted.exercise)
    by_exercise = narrowed(query, wanted).group_by(SessionRow.id, SetRow.exercise)
    return by_exercise.order_by(SessionRow.id, func.min(SetRow.position))


def set_ranges(wanted: Filter) -> Query:
    """The median range of each set of those sessions, where it is known."""
    asked = sets(wanted, (SetRow.rom_deg_median,)).where(SetRow.rom_deg_median.is_not(None))
    return asked.order_by(None).order_by(SessionRow.id)


def narrowed(query: Query, wanted: Filter) -> Query:
    """The query with only the sessions that fit; it must have the tables of sessions and people in it."""
    query = query.where((SessionRow.removed_by + 0).is_(None))  # + 0: nearly all fit, so no index is asked
    if wanted.since is not None:
        query = query.where(SessionRow.started_at >= utc(wanted.since)[0])
    if wanted.until is not None:
        query = query.where(SessionRow.started_at < utc(wanted.until)[0])
    if wanted.person is not None:
        query = query.where(PersonRow.id.in_(rows_named(wanted.person).order_by(None)))
    if wanted.session is not None:
        query = query.where(SessionRow.uid.startswith(wanted.session.lower(), autoescape=True))
    if wanted.exercise is not None:
        any_set = aliased(SetRow)
        query = query.where(
            SessionRow.id.in_(select(any_set.session_id).where(any_set.exercise == wanted.exercise))
        )
    return query


def line_of(row: Row[Any], summed: Sequence[Sequence[Any]], ranges: Sequence[Sequence[Any]]) -> SessionLine:
    """A line of a listing: a row of :func:`sessions`, its rows of :func:`totals` and :func:`set_ranges`."""
    return SessionLine(
        id=row.uid,
        person=row.person,
        started_at=moment(row.started_at, row.zone_s),
        source=row.source,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        pain_morning=row.pain_morning,
        exercises=tuple(each[0] for each in summed),
        sets=sum(each[1] for each in summed),
        counted=sum(each[2] for each in summed),
        hold_s=math.fsum(each[3] for each in summed),
        rom_deg_median=known_median(each[0] for each in ranges),
    )


class _NameKey(FunctionElement[str]):
    """What names are compared by within the database: ``name_key`` of ``core/history_records.py``.

    SQLite calls that function itself. PostgreSQL has ``lower`` in its place, which leaves a few letters as
    they are that ``casefold`` changes, such as the German sharp s.
    """

    inherit_cache = True
    type = Text()


@compiles(_NameKey)
def _on_sqlite(element: _NameKey, compiler: Any, **options: Any) -> str:
    return f"name_key({compiler.process(element.clauses, **options)})"


@compiles(_NameKey, "postgresql")
def _on_postgresql(element: _NameKey, compiler: Any, **options: Any) -> str:
    return f"lower(normalize({compiler.process(element.clauses, **options)}, NFC))"


def is_named(person: str) -> ColumnElement[bool]:
    """The condition that a row of the table of people is of that name."""
    return _NameKey(PersonRow.name) == _NameKey(literal(person, Text()))


def rows_named(person: str) -> Any:
    """The rows of that name: one, or several that an older repcount made of two forms of it."""
    return select(PersonRow.id).where(is_named(person)).order_by(PersonRow.id)
