"""``repcount report`` and ``repcount stats``: what was done."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from repcount.cli.analyze_options import LanguageOption
from repcount.cli.history import ExerciseFilter, PersonFilter, Since, Until, which
from repcount.cli.history_access import read_history, refuse_unknown
from repcount.cli.terminal import heading, say, table, warn
from repcount.core.errors import HistoryError

if TYPE_CHECKING:
    from repcount.core.history_records import Filter, KeptSession
    from repcount.history.store import History
    from repcount.report.progress import Week
    from repcount.report.session_view import SessionMaterial
    from repcount.report.words import Words


NOTHING = "–"  # noqa: RUF001  a dash says that there is no figure
WEEKS = 12
"""How many of the newest weeks ``stats`` draws."""

Output = Annotated[str, typer.Argument(metavar="[FILE]", help="Where the page is put.")]
SessionId = Annotated[
    str | None, typer.Option("--session", metavar="ID", help="One session, with its curves; or: last.")
]
Open = Annotated[bool, typer.Option("--open", help="Show it in the browser.")]
Curves = Annotated[
    bool, typer.Option("--curves", help="The curve of each repetition too, to be unfolded in the table.")
]
BLOCKS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"


def report(
    output: Output = "report.html",
    session: SessionId = None,
    since: Since = None,
    until: Until = None,
    exercise: ExerciseFilter = None,
    person: PersonFilter = None,
    curves: Curves = False,
    open_: Open = False,
    language: LanguageOption = None,
) -> None:
    """Write a report as one HTML file that needs no network, for the screen, the phone and paper.

    \b
    Examples:
      repcount report
      repcount report anna.html --person anna --since 2026-03-01
      repcount report --session last --open
      repcount report anna.html --person anna --curves --language de
    """
    from repcount.core.files import write_text
    from repcount.report.page import MOST_SESSIONS, report, session_report

    path, now, words = Path(output), datetime.now().astimezone(), _words(language)
    with read_history() as store:
        if session is not None:
            page = session_report(_material(store, store.session(session), curves=True), now, words)
        else:
            wanted = which(since, until, exercise, person)
            refuse_unknown(store, wanted)
            sessions = store.sessions(wanted)
            if not sessions:
                raise HistoryError("nothing is kept that fits; `repcount analyze --save` keeps a session")
            newest = reversed(sessions[-MOST_SESSIONS:])
            listed = (_material(store, each, curves) for each in newest)
            page = report(sessions, listed, person or "", now, words)
    write_text(path, page)
    say(f"written: {path}")
    if open_:
        _show(path.resolve())


def _show(path: Path) -> None:
    """Open the page in a browser, or say that it could not be, and where it is."""
    import webbrowser

    try:
        shown = webbrowser.open(path.as_uri())
    except (webbrowser.Error, OSError):
        shown = False
    if not shown:
        warn(f"no browser could be opened; the report is {path}")


def _words(language: str | None) -> Words:
    from repcount.cli.listing import chosen_language
    from repcount.report.words import Words

    return Words(chosen_language(language))


def stats(
    since: Since = None,
    until: Until = None,
    exercise: ExerciseFilter = None,
    person: PersonFilter = None,
    language: LanguageOption = None,
) -> None:
    """Show the essentials of what was done, week by week: the newest twelve weeks unless told otherwise.

    \b
    Examples:
      repcount stats
      repcount stats --person anna --exercise wall-squat
    """
    from repcount.report.progress import weeks_of
    from repcount.report.sentences import in_words
    from repcount.report.session_view import ExerciseNames

    words = _words(language)
    with read_history() as store:
        wanted = which(since, until, exercise, person)
        refuse_unknown(store, wanted)
        count = store.count(wanted)
        sessions = store.summed(wanted if since else _recent(store, wanted))
    weeks = weeks_of(sessions)
    names = ExerciseNames(words)
    names.learn(kept.exercise for each in sessions for kept in each.sets)
    for number, line in enumerate(in_words(person or "", sessions, weeks, names.titles, words)):
        (say if number else heading)(f"{line.text} [{line.source}]" if line.source else line.text)
    shown = weeks[-WEEKS:]
    if shown:
        say()
        newest = words.say("stats_newest", n=len(shown)) if len(shown) > 1 else words.say("stats_one")
        columns = ("", newest, words.say("first").lower(), words.say("last").lower())
        table(columns, list(_rows(shown, names.titles, words)))
    if count > len(sessions):
        say(words.language.say("stats.more", n=count))


def _recent(store: History, wanted: Filter) -> Filter:
    """The filter narrowed to the newest weeks, so that a long history is as quick as a short one."""
    newest = store.newest(wanted, 1)
    if not newest:
        return wanted
    last = newest[0].started_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(wanted, since=last + timedelta(days=1) - timedelta(weeks=WEEKS))


def _material(store: History, session: KeptSession, curves: bool) -> SessionMaterial:
    """A session with its files, and with its curves where they are asked for."""
    from repcount.report.session_view import SessionMaterial

    if not curves:
        return SessionMaterial(session, store.files(session.id))
    return SessionMaterial(store.session(session.id), store.files(session.id), store.curves(session.id))


def _rows(
    weeks: Sequence[Week], titles: Mapping[str, str], words: Words
) -> Iterator[tuple[str, str, str, str]]:
    from repcount.core.history_records import PainMoment

    say = partial(_titled, titles, words)
    yield _row(say("sessions"), [float(week.sessions) for week in weeks], "")
    for name in dict.fromkeys(name for week in weeks for name in week.reps):
        if any(week.reps.get(name) for week in weeks):
            yield _row(say("reps", name), [float(week.reps.get(name, 0)) for week in weeks], "")
        if any(week.hold_s.get(name) for week in weeks):
            yield _row(say("held", name), [week.hold_s.get(name, 0.0) for week in weeks], " s")
    for name, side in dict.fromkeys(key for week in weeks for key in week.rom_deg):
        values = [week.rom_deg.get((name, side), math.nan) for week in weeks]
        yield _row(say("range", name, side=words.side(side)), values, "°")
    for name in dict.fromkeys(name for week in weeks for name, _ in week.rom_deg):
        shares = [100 * week.symmetry(name) for week in weeks]
        if any(map(math.isfinite, shares)):
            yield _row(say("symmetry", name), shares, " %")
    for moment in PainMoment:
        levels = [week.pain.get(moment, math.nan) for week in weeks]
        if any(map(math.isfinite, levels)):
            yield _row(say("pain", moment=words.pain(moment.value)), levels, "")
    done = [100 * week.adherence for week in weeks]
    if any(map(math.isfinite, done)):  # where something was asked for
        yield _row(say("adherence"), done, " %")


def _titled(titles: Mapping[str, str], words: Words, key: str, name: str = "", **more: str) -> str:
    """What a row is called: a figure, of an exercise where one is named."""
    return words.language.say(f"stats.{key}", title=titles.get(name, name), **more)


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
