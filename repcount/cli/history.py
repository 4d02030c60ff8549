"""``repcount history``, ``show``, ``delete``, ``undo``: what was kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.analyze_options import LanguageOption
from repcount.cli.history_access import open_history, parse_date, read_history, refuse_unknown, whole_history
from repcount.cli.results import show_session
from repcount.cli.terminal import exercise_names, heading, say, table

if TYPE_CHECKING:
    from repcount.core.history_records import Filter, KeptSession, SessionLine


NOTHING = "–"  # noqa: RUF001  a dash says that there is no figure

COLUMNS = ("id", "date", "person", "exercise", "sets", "counted", "held", "range", "pain", "origin")

Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day or moment on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day, or before this moment.")]
ExerciseFilter = Annotated[
    str | None,
    typer.Option(
        "--exercise", "-e", metavar="NAME", help="This exercise only.", autocompletion=exercise_names
    ),
]
PersonFilter = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", help="This person only; '' is the nameless one."),
]
Last = Annotated[int, typer.Option("--last", metavar="N", min=1, help="How many of the newest.")]
Everything = Annotated[bool, typer.Option("--all", help="All of them.")]
Id = Annotated[
    str,
    typer.Argument(metavar="ID", help="A session's ID or its beginning; or: last.", show_default=False),
]


def which(since: str | None, until: str | None, exercise: str | None, person: str | None) -> Filter:
    """The filter that the options ask for."""
    from repcount.core.history_records import Filter

    return Filter(
        since=parse_date(since, "--since"),
        until=parse_date(until, "--until", end=True),
        exercise=exercise,
        person=person,
    )


def history(
    since: Since = None,
    until: Until = None,
    exercise: ExerciseFilter = None,
    person: PersonFilter = None,
    last: Last = 20,
    everything: Everything = False,
    language: LanguageOption = None,
) -> None:
    """List the sessions that were kept, oldest first; a session's range is the median of its sets' medians.

    \b
    Examples:
      repcount history
      repcount history --since 2026-03-01 --exercise wall-squat --person anna
      repcount history --all
    """
    from repcount.cli.listing import chosen_language

    words = chosen_language(language)
    with read_history() as store:
        wanted = which(since, until, exercise, person)
        refuse_unknown(store, wanted)
        count = store.count(wanted)
        found = store.lines(wanted, None if everything else last)
    if not found:
        say(words.say("listing.nothing_fits"))
        return
    table([words.say(f"listing.{key}") for key in COLUMNS], [_row(line) for line in found])
    if count > len(found):
        say(words.say("listing.newest", n=len(found), all=count))


def show(id_: Id, language: LanguageOption = None) -> None:
    """Show one session: its sets, their figures and faults, and pain before and after.

    \b
    Examples:
      repcount show last
      repcount show kq7m
    """
    from repcount.cli.listing import chosen_language

    with whole_history() as store:
        session = store.session(id_)
        files = store.files(session.id)
    words = chosen_language(language)
    who = session.person or words.say("table.nameless")
    heading(f"{session.id}: {session.started_at:%Y-%m-%d %H:%M}, {who}, {session.source}")
    show_session(session, words)
    for file in files:
        kind = words.words.texts.get(f"file.{file.kind}", file.kind)
        say(f"{kind}: {file.path}")


def delete(id_: Id) -> None:
    """Remove one session; `repcount undo` brings it back, for thirty days.

    \b
    Examples:
      repcount delete kq7m2xtp
    """
    from repcount.history.writing import remove

    with open_history() as store:
        say(f"{remove(store, id_)} is removed; `repcount undo` brings it back")


def undo() -> None:
    """Take back the newest change of the history: a session that was kept, an import or a removal.

    Called again, it takes back the change before.

    \b
    Examples:
      repcount undo
    """
    from repcount.history.writing import undo as take_back

    with open_history() as store:
        say(take_back(store))


def _row(line: SessionLine) -> tuple[str, ...]:
    return (
        line.id,
        f"{line.started_at:%Y-%m-%d %H:%M}",
        line.person or NOTHING,
        ", ".join(line.exercises) or NOTHING,
        str(line.sets),
        str(line.counted),
        f"{line.hold_s:.0f} s" if line.hold_s else NOTHING,
        _figure(line.rom_deg_median, "°") if len(line.exercises) == 1 else NOTHING,
        _pain(line),
        line.source,
    )


def _figure(value: float, unit: str, digits: int = 0) -> str:
    return f"{value:.{digits}f}{unit}" if math.isfinite(value) else NOTHING


def _pain(session: KeptSession | SessionLine) -> str:
    answers = (session.pain_before, session.pain_after, session.pain_morning)
    if all(answer is None for answer in answers):
        return NOTHING
    return " ".join(NOTHING if answer is None else str(answer) for answer in answers)
