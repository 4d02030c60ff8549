"""The questions asked of the tables: which people, sessions and sets, with their pain; lines of a listing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, and_, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from repcount.core.history_records import Filter, PainMoment, SessionLine, middle
from repcount.history.rows import moment, utc
from repcount.history.tables import PainRow, PersonRow, SessionRow, SetRow

Question = Any
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


def sessions(which: Filter) -> Question:
    """Sessions that are not removed, oldest first, each with its person's name and its pain."""
    pains = {when: aliased(PainRow) for when in PainMoment}
    found: Question = select(
        SessionRow.id.label("row"),
        *SESSION_COLUMNS,
        PersonRow.name.label("person"),
        *(pain.level.label(f"pain_{when.value}") for when, pain in pains.items()),
    ).join(PersonRow, PersonRow.id == SessionRow.person_id)
    for when, pain in pains.items():
        found = found.outerjoin(pain, and_(pain.session_id == SessionRow.id, pain.moment == when.value))
    return narrowed(found, which).order_by(SessionRow.started_at, SessionRow.id)


def newest(found: Question, most: int) -> Question:
    """So many of those sessions, newest first."""
    return found.order_by(None).order_by(SessionRow.started_at.desc(), SessionRow.id.desc()).limit(most)


def sets(which: Filter, columns: tuple[Question, ...] = SET_COLUMNS) -> Question:
    """The sets of those sessions, in the same order; the last column is the session of the set."""
    found: Question = select(*columns, SessionRow.id.label("session_row"))
    found = found.join_from(SessionRow, SetRow, SetRow.session_id == SessionRow.id)
    found = found.join(PersonRow, PersonRow.id == SessionRow.person_id)
    if which.exercise is not None:
        found = found.where(SetRow.exercise == which.exercise)
    return narrowed(found, which).order_by(SessionRow.started_at, SessionRow.id, SetRow.position)


def set_lines(which: Filter) -> Question:
    """Those sets, each with the facts of its session: the columns are the fields of ``SetLine``."""
    before, after = aliased(PainRow), aliased(PainRow)
    found: Question = select(
        SessionRow.uid, PersonRow.name, SessionRow.started_at, SessionRow.zone_s,
        SetRow.exercise, SetRow.side, SetRow.number, SetRow.asked_reps, SetRow.asked_hold_s,
        SetRow.reps, SetRow.counted, SetRow.hold_s,
        SetRow.rom_deg_median, SetRow.rom_deg_best, SetRow.tempo_s_median, SetRow.faults,
        before.level.label("before"), after.level.label("after"), SessionRow.source, SessionRow.version,
    ).join_from(SessionRow, PersonRow, PersonRow.id == SessionRow.person_id)  # fmt: skip
    for pain, when in ((before, PainMoment.BEFORE), (after, PainMoment.AFTER)):
        found = found.outerjoin(pain, and_(pain.session_id == SessionRow.id, pain.moment == when.value))
    found = found.join(
        SetRow, SetRow.session_id == SessionRow.id
    )  # last: pain is looked up once for each session
    if which.exercise is not None:
        found = found.where(SetRow.exercise == which.exercise)
    return narrowed(found, which).order_by(SessionRow.started_at, SessionRow.id, SetRow.position)


def totals(which: Filter) -> Question:
    """The sets of those sessions summed up: for each session and exercise, in the order of the sets."""
    sums = (func.count(), func.sum(SetRow.counted), func.sum(SetRow.hold_s))
    found: Question = select(SetRow.exercise, *sums, SessionRow.id.label("session_row"))
    found = found.join_from(SessionRow, SetRow, SetRow.session_id == SessionRow.id)
    found = found.join(PersonRow, PersonRow.id == SessionRow.person_id)
    if which.exercise is not None:
        found = found.where(SetRow.exercise == which.exercise)
    by_exercise = narrowed(found, which).group_by(SessionRow.id, SetRow.exercise)
    return by_exercise.order_by(SessionRow.id, func.min(SetRow.position))


def medians(which: Filter) -> Question:
    """The median range of each set of those sessions, where it is known."""
    asked = sets(which, (SetRow.rom_deg_median,)).where(SetRow.rom_deg_median.is_not(None))
    return asked.order_by(None).order_by(SessionRow.id)


def narrowed(found: Question, which: Filter) -> Question:
    """Leave only the sessions that fit; the question must speak of ``session`` and ``person``."""
    found = found.where((SessionRow.removed_by + 0).is_(None))  # + 0: nearly all fit, so no index is asked
    if which.since is not None:
        found = found.where(SessionRow.started_at >= utc(which.since)[0])
    if which.until is not None:
        found = found.where(SessionRow.started_at < utc(which.until)[0])
    if which.person is not None:
        found = found.where(PersonRow.id.in_(rows_named(which.person).order_by(None)))
    if which.session is not None:
        found = found.where(SessionRow.uid.startswith(which.session.lower(), autoescape=True))
    if which.exercise is not None:
        mine = aliased(SetRow)
        found = found.where(SessionRow.id.in_(select(mine.session_id).where(mine.exercise == which.exercise)))
    return found


def line_of(row: Row[Any], totals: Sequence[Sequence[Any]], medians: Sequence[Sequence[Any]]) -> SessionLine:
    """The line of a listing: a row of :func:`sessions`, and of :func:`totals` and :func:`medians`."""
    return SessionLine(
        id=row.uid,
        person=row.person,
        started_at=moment(row.started_at, row.zone_s),
        source=row.source,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        pain_morning=row.pain_morning,
        exercises=tuple(each[0] for each in totals),
        sets=sum(each[1] for each in totals),
        counted=sum(each[2] for each in totals),
        hold_s=math.fsum(each[3] for each in totals),
        rom_deg_median=middle(each[0] for each in medians),
    )


class _NameKey(FunctionElement[str]):
    """``name_key`` of the core within the database; SQLite is given it with each connection."""

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
