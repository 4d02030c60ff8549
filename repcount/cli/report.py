"""``repcount report`` and ``repcount stats``: what was done."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from repcount.cli.history import ExerciseFilter, PersonFilter, Since, Until, which
from repcount.cli.history_access import read_history, refuse_unknown
from repcount.cli.terminal import heading, say, table
from repcount.core.errors import HistoryError

if TYPE_CHECKING:
    from repcount.core.history_records import Filter
    from repcount.history.store import History
    from repcount.report.session_view import SessionMaterial
    from repcount.report.weeks import Week


NOTHING = "–"  # noqa: RUF001  a dash says that there is no figure
WEEKS = 12
"""How many of the newest weeks ``stats`` draws."""

PAIN_NAMES = {"before": "before", "after": "after", "morning": "next morning"}

Output = Annotated[str, typer.Argument(metavar="[FILE]", help="Where the page is put.")]
SessionId = Annotated[
    str | None, typer.Option("--session", metavar="ID", help="One session, with its curves; or: last.")
]
Open = Annotated[bool, typer.Option("--open", help="Show it in the browser.")]
BLOCKS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"


def report(
    output: Output = "report.html",
    session: SessionId = None,
    since: Since = None,
    until: Until = None,
    exercise: ExerciseFilter = None,
    person: PersonFilter = None,
    open_: Open = False,
) -> None:
    """Write a report as one HTML file that needs no network, for the screen, the phone and paper.

    \b
    Examples:
      repcount report
      repcount report anna.html --person anna --since 2026-03-01
      repcount report --session last --open
    """
    from repcount.core.files import write_text
    from repcount.report.page import MOST_SESSIONS, report, session_report

    path, now = Path(output), datetime.now().astimezone()
    with read_history() as store:
        if session is not None:
            page = session_report(_told(store, session, curves=True), now)
        else:
            wanted = which(since, until, exercise, person)
            refuse_unknown(store, wanted)
            sessions = store.sessions(wanted)
            if not sessions:
                raise HistoryError("nothing is kept that fits; `repcount analyze --save` keeps a session")
            newest = reversed(sessions[-MOST_SESSIONS:])
            page = report(sessions, (_with_files(store, each) for each in newest), person or "", now)
    write_text(path, page)
    say(f"written: {path}")
    if open_:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def stats(
    since: Since = None, until: Until = None, exercise: ExerciseFilter = None, person: PersonFilter = None
) -> None:
    """Show the essentials of what was done, week by week: the newest twelve weeks unless told otherwise.

    \b
    Examples:
      repcount stats
      repcount stats --person anna --exercise wall-squat
    """
    from repcount.report.session_view import ExerciseNames
    from repcount.report.weeks import in_words, weeks_of

    with read_history() as store:
        wanted = which(since, until, exercise, person)
        refuse_unknown(store, wanted)
        count = store.count(wanted)
        sessions = store.summed(wanted if since else _recent(store, wanted))
    weeks = weeks_of(sessions)
    shelf = ExerciseNames()
    shelf.learn(kept.exercise for each in sessions for kept in each.sets)
    for number, line in enumerate(in_words(person or "", sessions, weeks, shelf.titles)):
        (say if number else heading)(line)
    shown = weeks[-WEEKS:]
    if shown:
        say()
        columns = ("", f"the newest {len(shown)} weeks" if len(shown) > 1 else "this week", "first", "last")
        table(columns, list(_rows(shown)))
    if count > len(sessions):
        say(f"{count} sessions are kept in all; --since DATE goes further back")


def _recent(store: History, wanted: Filter) -> Filter:
    """The filter narrowed to the newest weeks, so that a long history is as quick as a short one."""
    newest = store.newest(wanted, 1)
    if not newest:
        return wanted
    last = newest[0].started_at
    monday = last.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=last.weekday())
    return replace(wanted, since=monday - timedelta(weeks=WEEKS - 1))


def _told(store: History, id_: str, curves: bool) -> SessionMaterial:
    from repcount.report.session_view import SessionMaterial

    session = store.session(id_)
    return SessionMaterial(session, store.files(session.id), store.curves(session.id) if curves else None)


def _with_files(store: History, session: object) -> SessionMaterial:
    from repcount.core.history_records import KeptSession
    from repcount.report.session_view import SessionMaterial

    assert isinstance(session, KeptSession)
    return SessionMaterial(session, store.files(session.id))


def _rows(weeks: Sequence[Week]) -> Iterator[tuple[str, str, str, str]]:
    from repcount.core.history_records import PainMoment

    yield _row("sessions", [float(week.sessions) for week in weeks], "")
    for name in dict.fromkeys(name for week in weeks for name in week.reps):
        if any(week.reps.get(name) for week in weeks):
            yield _row(f"{name} repetitions", [float(week.reps.get(name, 0)) for week in weeks], "")
        if any(week.hold_s.get(name) for week in weeks):
            yield _row(f"{name} held", [week.hold_s.get(name, 0.0) for week in weeks], " s")
    for name, side in dict.fromkeys(key for week in weeks for key in week.rom_deg):
        values = [week.rom_deg.get((name, side), math.nan) for week in weeks]
        yield _row(f"{name} range, {side.value}", values, "°")
    for name in dict.fromkeys(name for week in weeks for name, _ in week.rom_deg):
        shares = [100 * week.symmetry(name) for week in weeks]
        if any(map(math.isfinite, shares)):
            yield _row(f"{name} symmetry", shares, " %")
    for moment in PainMoment:
        levels = [week.pain.get(moment, math.nan) for week in weeks]
        if any(map(math.isfinite, levels)):
            yield _row(f"pain {PAIN_NAMES[moment.value]}, 0 to 10", levels, "")
    done = [100 * week.adherence for week in weeks]
    if any(map(math.isfinite, done)):  # where something was asked for
        yield _row("adherence", done, " %")


def _row(name: str, values: Sequence[float], unit: str) -> tuple[str, str, str, str]:

    known = [value for value in values if math.isfinite(value)]
    first, last = (f"{known[0]:.0f}{unit}", f"{known[-1]:.0f}{unit}") if known else (NOTHING, NOTHING)
    return name, sparkline(values), first, last


def sparkline(values: Sequence[float]) -> str:
    """One block for each number, from 0 or the smallest to the largest; an unknown one is a dot."""
    known = [value for value in values if math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    steps = (len(BLOCKS) - 1) / ((high - low) or 1.0)
    return "".join(BLOCKS[round((value - low) * steps)] if math.isfinite(value) else GAP for value in values)
