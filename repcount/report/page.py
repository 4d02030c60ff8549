"""The report as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from repcount.core.kept import KeptSession
from repcount.report.plots import plots
from repcount.report.sources import sources_of
from repcount.report.told import Shelf, Told, session_view
from repcount.report.weeks import weeks_of
from repcount.report.words import in_words, session_in_words

TEMPLATE: Final = "page.html.j2"
MOST_SESSIONS: Final = 30
"""Sessions told set by set; the plots are over all of them."""


def report(sessions: Sequence[KeptSession], told: Iterable[Told], who: str, now: datetime) -> str:
    """The page over many sessions.

    Parameters
    ----------
    sessions : all of them, oldest first, for the plots.
    told : those that are told set by set.
    """
    weeks = weeks_of(sessions)
    shelf = Shelf()
    shelf.learn(kept.exercise for session in sessions for kept in session.sets)
    views = [session_view(each, shelf) for each in told]
    return _rendered(
        title=f"Exercise report{f' for {who}' if who else ''}",
        words=in_words(who, sessions, weeks, shelf.titles),
        plots=plots(weeks, sessions, shelf.titles, now.date()),
        sessions=views,
        omitted=max(0, len(sessions) - len(views)),
        sources=sources_of(shelf.known),
        now=now,
    )


def session_report(told: Told, now: datetime) -> str:
    """The page of one session, with the curve of each repetition."""
    shelf = Shelf()
    view = session_view(told, shelf)
    return _rendered(
        title=f"Session of {view.when}{f', {told.session.person}' if told.session.person else ''}",
        words=session_in_words(told.session, shelf.titles, shelf.fault_names),
        plots=[],
        sessions=[view],
        omitted=0,
        sources=sources_of(shelf.known),
        now=now,
    )


def _rendered(**values: object) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    house = Environment(
        loader=PackageLoader("repcount", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return house.get_template(TEMPLATE).render(**values)
