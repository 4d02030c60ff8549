"""Sessions to keep, and the databases to keep them in: SQLite always, PostgreSQL where it is installed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from repcount.core.history_records import AskedDose, KeptSession, KeptSet, Kind, new_id, with_figures
from repcount.core.records import Fault, Hold, Rep, Side, Status

ZONE = timezone(timedelta(hours=2))
MONDAY = datetime(2026, 3, 2, 18, 30, tzinfo=ZONE)


def rep(number: int, start_s: float | None = None, *, side: Side = Side.LEFT, rom_deg: float = 44.0) -> Rep:
    """One repetition of three seconds."""
    start = 3.5 * number if start_s is None else start_s
    return Rep(
        number, side, start, start + 1.4, start + 3.0, start + 3.1, rom_deg, 46.0, 1.2, 0.5, 1.3, (), 0.9
    )


def faulty(number: int) -> Rep:
    """One repetition with a fault."""
    fault = Fault("knee_bends", 31.5, "deg", 3.5 * number + 1.0)
    return replace(rep(number), faults=(fault,), status=Status.FORM)


def hold(number: int, start_s: float, side: Side = Side.BOTH) -> Hold:
    """One hold of fifteen seconds."""
    return Hold(number, side, start_s, start_s + 15.2, 15.0, 1, 2.5, 0.4)


def a_set(number: int = 1, reps: int = 4, exercise: str = "straight-leg-raise") -> KeptSet:
    """One set, the last repetition of which has a fault."""
    done = (*(rep(i, rom_deg=40.0 + i) for i in range(1, reps)), faulty(reps))
    bare = KeptSet(number, exercise, Side.LEFT, AskedDose(3, 12), view_deg=88.0, not_judged=("back_arches",))
    return with_figures(replace(bare, repetitions=done), reps)


def a_session(person: str = "anna", days: int = 0, sets: int = 2, **values: object) -> KeptSession:
    """One session of straight leg raises, so many days after a Monday."""
    started_at = MONDAY + timedelta(days=days)
    session = KeptSession(
        id=new_id(),
        person=person,
        started_at=started_at,
        kind=Kind.VIDEO,
        source="monday.mp4",
        version="0.1.0",
        ended_at=started_at + timedelta(minutes=4),
        settings={"range": "standard"},
        sets=tuple(a_set(number) for number in range(1, sets + 1)),
    )
    return replace(session, **values)  # type: ignore[arg-type]
