"""The report as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from repcount.core.history_records import KeptSession, name_key
from repcount.report.comparison import change_rows, changes_of
from repcount.report.plots import plots
from repcount.report.sentences import in_words, session_in_words
from repcount.report.session_view import ExerciseNames, SessionMaterial, session_view
from repcount.report.sources import TextPart, linked, sources_of
from repcount.report.weeks import weeks_of
from repcount.report.words import Sentence, Words

TEMPLATE: Final = "page.html.j2"
MOST_SESSIONS: Final = 30
"""Sessions told set by set; the plots are over all of them."""


def report(
    sessions: Sequence[KeptSession],
    told: Iterable[SessionMaterial],
    who: str,
    now: datetime,
    words: Words | None = None,
) -> str:
    """The page over many sessions.

    Parameters
    ----------
    sessions : all of them, oldest first, for the plots.
    told : those that stand in the table; the curves of those that have them can be unfolded there.
    """
    words = words or Words()
    weeks = weeks_of(sessions)
    shelf = ExerciseNames(words)
    shelf.learn(kept.exercise for session in sessions for kept in session.sets)
    views = [session_view(each, shelf) for each in told]
    alone = len({name_key(session.person) for session in sessions}) == 1
    changes = change_rows(changes_of(sessions), shelf.titles, words) if alone else []
    return _rendered(
        words,
        title=words.say("title_who", who=who) if who else words.say("title"),
        sentences=_cited(in_words(who, sessions, weeks, shelf.titles, words)),
        changes=changes,
        plots=plots(weeks, sessions, shelf.titles, words),
        sessions=views,
        several=not alone,
        omitted=max(0, len(sessions) - len(views)),
        sources=sources_of(shelf.known, words),
        now=now,
    )


def session_report(told: SessionMaterial, now: datetime, words: Words | None = None) -> str:
    """The page of one session, with the curve of each repetition."""
    words = words or Words()
    shelf = ExerciseNames(words)
    view = session_view(told, shelf)
    who = f", {told.session.person}" if told.session.person else ""
    return _rendered(
        words,
        title=words.say("session_title", when=view.when) + who,
        sentences=_cited(session_in_words(told.session, shelf.titles, shelf.fault_names, words)),
        changes=[],
        plots=[],
        sessions=[view],
        several=False,
        omitted=0,
        sources=sources_of(shelf.known, words),
        now=now,
    )


def _cited(sentences: Iterable[Sentence]) -> list[tuple[str, tuple[TextPart, ...]]]:
    return [(each.text, linked(each.source)) for each in sentences]


def _rendered(words: Words, **values: object) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    house = Environment(
        loader=PackageLoader("repcount", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    code = words.language.language
    return house.get_template(TEMPLATE).render(say=words.say, code=code, day=words.day, **values)
