"""The tables. A change here needs a migration beside it: the tests hold the two against each other.

Moments are stored as UTC without a zone, with the zone's distance in seconds in a column of its own. Unknown
numbers are NULL. Lists and mappings that nobody searches are JSON texts.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

REVISION = "0002"
"""The migration that these tables stand at."""


class Base(DeclarativeBase):
    """All tables; constraints have names, so that a migration can speak of them."""

    type_annotation_map = {float: Double}  # noqa: RUF012  SQLAlchemy's way of saying it
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _owner(table: str, *, index: bool = True) -> Mapped[int]:
    """A reference to the row that this one belongs to. Both are deleted together."""
    return mapped_column(ForeignKey(f"{table}.id", ondelete="CASCADE"), index=index)


class PersonRow(Base):
    """Somebody who exercises; the empty name is the nameless one."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)


class OwnRangeRow(Base):
    """A person's own range in an exercise, as calibrated."""

    __tablename__ = "own_range"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    exercise: Mapped[str] = mapped_column(Text, primary_key=True)
    side: Mapped[str] = mapped_column(Text, primary_key=True)
    rest_deg: Mapped[float]
    peak_deg: Mapped[float]


class LimitRow(Base):
    """A value that a person should never pass, such as a knee's flexion."""

    __tablename__ = "own_limit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[float]


class ChangeRow(Base):
    """One step that ``undo`` takes back: sessions added or removed together."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    undone: Mapped[bool] = mapped_column(default=False)


class SessionRow(Base):
    """One session. A removed one is marked and stays for a while, so that it can be brought back."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = _owner("person")
    added_by: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("change.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    zone_s: Mapped[int]
    ended_at: Mapped[datetime | None]
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    content: Mapped[str | None] = mapped_column(Text, index=True)
    version: Mapped[str] = mapped_column(Text)
    plan: Mapped[str | None] = mapped_column(Text)
    settings: Mapped[str] = mapped_column(Text, default="{}")


class PainRow(Base):
    """An answer to the question for pain; one for each moment of a session."""

    __tablename__ = "pain"
    __table_args__ = (UniqueConstraint("session_id", "moment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = _owner("person")
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    moment: Mapped[str] = mapped_column(Text)
    level: Mapped[int]
    asked_at: Mapped[datetime]
    zone_s: Mapped[int]


class SetRow(Base):
    """A set with its figures, which are up to date after each repetition."""

    __tablename__ = "exercise_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _owner("session")
    position: Mapped[int]
    number: Mapped[int]
    exercise: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    asked_sets: Mapped[int]
    asked_reps: Mapped[int]
    asked_hold_s: Mapped[float]
    start_s: Mapped[float | None]
    end_s: Mapped[float | None]
    view_deg: Mapped[float | None]
    reps: Mapped[int]
    counted: Mapped[int]
    hold_s: Mapped[float]
    rom_deg_median: Mapped[float | None]
    rom_deg_best: Mapped[float | None]
    tempo_s_median: Mapped[float | None]
    faults: Mapped[str] = mapped_column(Text)
    not_judged: Mapped[str] = mapped_column(Text)
    range_fade: Mapped[float | None]
    tempo_fade: Mapped[float | None]
    symmetry: Mapped[float | None]


class RepetitionRow(Base):
    """One repetition, as it was reported."""

    __tablename__ = "repetition"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = _owner("exercise_set")
    number: Mapped[int]
    side: Mapped[str] = mapped_column(Text)
    start_s: Mapped[float | None]
    peak_s: Mapped[float | None]
    end_s: Mapped[float | None]
    announced_s: Mapped[float | None]
    rom_deg: Mapped[float | None]
    peak_deg: Mapped[float | None]
    up_s: Mapped[float | None]
    hold_s: Mapped[float | None]
    down_s: Mapped[float | None]
    confidence: Mapped[float | None]
    status: Mapped[str] = mapped_column(Text)
    faults: Mapped[str | None] = mapped_column(Text)
    curve_step_s: Mapped[float | None]
    curve: Mapped[bytes | None] = mapped_column(LargeBinary)
    target_share: Mapped[float | None]
    best_share: Mapped[float | None]
    up_pace: Mapped[str | None] = mapped_column(Text)
    down_pace: Mapped[str | None] = mapped_column(Text)


class HoldRow(Base):
    """One held position, as it was reported."""

    __tablename__ = "hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = _owner("exercise_set")
    number: Mapped[int]
    side: Mapped[str] = mapped_column(Text)
    start_s: Mapped[float | None]
    end_s: Mapped[float | None]
    valid_s: Mapped[float | None]
    breaks: Mapped[int]
    drift_deg: Mapped[float | None]
    tremor_deg: Mapped[float | None]
    status: Mapped[str] = mapped_column(Text)
    faults: Mapped[str | None] = mapped_column(Text)
    curve_step_s: Mapped[float | None]
    curve: Mapped[bytes | None] = mapped_column(LargeBinary)


class SavedFileRow(Base):
    """A file made of a session, so that it can be shown, and listed when somebody is forgotten."""

    __tablename__ = "saved_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _owner("session")
    kind: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    exercise: Mapped[str] = mapped_column(Text)
    fault: Mapped[str] = mapped_column(Text)
    time_s: Mapped[float | None]


Index("ix_session_person_started", SessionRow.person_id, SessionRow.started_at)
