"""The questions asked of the tables: which sessions, which sets, with their pain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from repcount.core.kept import Filter, Moment
from repcount.history.models import Pain, Person, Session, Set
from repcount.history.rows import utc

Question = Any
"""A ``Select`` of SQLAlchemy, whose type tells of its columns in another way in each version."""

SESSION_COLUMNS = (
    Session.uid, Session.started_at, Session.zone_s, Session.ended_at, Session.kind, Session.source,
    Session.content, Session.version, Session.plan, Session.settings,
)  # fmt: skip

SET_COLUMNS = (
    Set.number, Set.exercise, Set.side, Set.asked_sets, Set.asked_reps, Set.asked_hold_s,
    Set.reps, Set.counted, Set.hold_s, Set.faults, Set.not_judged,
    Set.start_s, Set.end_s, Set.view_deg, Set.rom_deg_median, Set.rom_deg_best, Set.tempo_s_median,
    Set.range_fade, Set.tempo_fade, Set.symmetry,
)  # fmt: skip
"""In the order in which ``rows.set_of`` takes them."""

SUMMED_COLUMNS = (
    Set.exercise, Set.side, Set.asked_sets, Set.asked_reps, Set.asked_hold_s,
    Set.reps, Set.counted, Set.hold_s, Set.rom_deg_median,
)  # fmt: skip
"""In the order in which ``rows.summed_of`` takes them."""


def sessions(which: Filter) -> Question:
    """Sessions that are not removed, oldest first, each with its person's name and its pain."""
    pains = {moment: aliased(Pain) for moment in Moment}
    found: Question = select(
        Session.id.label("row"),
        *SESSION_COLUMNS,
        Person.name.label("person"),
        *(pain.level.label(f"pain_{moment.value}") for moment, pain in pains.items()),
    ).join(Person, Person.id == Session.person_id)
    for moment, pain in pains.items():
        found = found.outerjoin(pain, and_(pain.session_id == Session.id, pain.moment == moment.value))
    return narrowed(found, which).order_by(Session.started_at, Session.id)


def newest(found: Question, most: int) -> Question:
    """So many of those sessions, newest first."""
    return found.order_by(None).order_by(Session.started_at.desc(), Session.id.desc()).limit(most)


def sets(which: Filter, columns: tuple[Question, ...] = SET_COLUMNS) -> Question:
    """The sets of those sessions, in the same order; the last column says whose a set is."""
    found: Question = select(*columns, Session.id.label("session_row"))
    found = found.join_from(Session, Set, Set.session_id == Session.id)
    found = found.join(Person, Person.id == Session.person_id)
    if which.exercise is not None:
        found = found.where(Set.exercise == which.exercise)
    return narrowed(found, which).order_by(Session.started_at, Session.id, Set.position)


def set_lines(which: Filter) -> Question:
    """Those sets, each with what is told of its session: the columns are the fields of ``SetLine``."""
    before, after = aliased(Pain), aliased(Pain)
    found: Question = select(
        Session.uid, Person.name, Session.started_at, Session.zone_s,
        Set.exercise, Set.side, Set.number, Set.asked_reps, Set.asked_hold_s,
        Set.reps, Set.counted, Set.hold_s,
        Set.rom_deg_median, Set.rom_deg_best, Set.tempo_s_median, Set.faults,
        before.level.label("before"), after.level.label("after"), Session.source, Session.version,
    ).join_from(Session, Person, Person.id == Session.person_id)  # fmt: skip
    for pain, when in ((before, Moment.BEFORE), (after, Moment.AFTER)):
        found = found.outerjoin(pain, and_(pain.session_id == Session.id, pain.moment == when.value))
    found = found.join(Set, Set.session_id == Session.id)  # last: pain is looked up once for each session
    if which.exercise is not None:
        found = found.where(Set.exercise == which.exercise)
    return narrowed(found, which).order_by(Session.started_at, Session.id, Set.position)


def totals(which: Filter) -> Question:
    """The sets of those sessions summed up: for each session and exercise, in the order of the sets."""
    sums = (func.count(), func.sum(Set.counted), func.sum(Set.hold_s), func.max(Set.rom_deg_best))
    found: Question = select(Set.exercise, *sums, Session.id.label("session_row"))
    found = found.join_from(Session, Set, Set.session_id == Session.id)
    found = found.join(Person, Person.id == Session.person_id)
    if which.exercise is not None:
        found = found.where(Set.exercise == which.exercise)
    by_exercise = narrowed(found, which).group_by(Session.id, Set.exercise)
    return by_exercise.order_by(Session.id, func.min(Set.position))


def narrowed(found: Question, which: Filter) -> Question:
    """Leave only the sessions that fit; the question must speak of ``session`` and ``person``."""
    found = found.where((Session.removed_by + 0).is_(None))  # + 0: nearly all fit, so no index is asked
    if which.since is not None:
        found = found.where(Session.started_at >= utc(which.since)[0])
    if which.until is not None:
        found = found.where(Session.started_at < utc(which.until)[0])
    if which.person is not None:
        found = found.where(Person.name == which.person)
    if which.session is not None:
        found = found.where(Session.uid.startswith(which.session.lower(), autoescape=True))
    if which.exercise is not None:
        mine = aliased(Set)
        found = found.where(Session.id.in_(select(mine.session_id).where(mine.exercise == which.exercise)))
    return found
