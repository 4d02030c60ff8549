"""The report as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from repcount.core.history_records import KeptSession
from repcount.core.pain_advice import LOAD_SOURCE
from repcount.exercises.spec import Exercise
from repcount.report.plots import plots
from repcount.report.session_view import ExerciseNames, SessionMaterial, session_view
from repcount.report.weeks import in_words, session_in_words, weeks_of

OURS: Final = "derived"
"""How the source of a figure of our own begins; those are told by `repcount explain`."""

RULES: Final = (
    "Pain, 0-3 green, 4-5 amber, 6-10 red: providephysiotherapy.org.uk",
    "Pain back to normal within an hour and not worse the next morning: exercise.trekeducation.org",
    f"A load that rises by more than 10 % a week, {LOAD_SOURCE}",
)
_NAMED: Final = re.compile(
    r"(?P<pmc>PMC\d+)|PubMed (?P<pubmed>\d+)"
    r"|(?P<site>(?:[a-z0-9-]+\.)+(?:org|com|edu|net)(?:\.[a-z]{2})?(?:/\S*\w)?)"
)
TEMPLATE: Final = "page.html.j2"
MOST_SESSIONS: Final = 30
"""Sessions told set by set; the plots are over all of them."""


@dataclass(frozen=True)
class TextPart:
    """A part of a text and its link; empty for plain text."""

    text: str
    link: str = ""


def linked(text: str) -> tuple[TextPart, ...]:
    """The text in pieces: what names an article or a site is a link."""
    return tuple(part for part in _parts(text) if part.text)


def sources_of(exercises: Iterable[Exercise]) -> list[tuple[TextPart, ...]]:
    """The rules about pain and load, then each exercise with where its figures come from."""
    told = [*RULES, *(f"{one.title}: {'; '.join(_named(one))}" for one in exercises)]
    return [linked(text) for text in told]


def _named(one: Exercise) -> list[str]:
    figures = [one.source, one.dose.source, one.tempo.source, one.hold.source]
    figures += [preset.source for preset in one.presets.values()]
    named = [source for source in dict.fromkeys(figures) if not source.startswith(OURS)]
    return [source for source in named if not any(other.startswith(f"{source}:") for other in named)]


def _parts(text: str) -> Iterator[TextPart]:
    end = 0
    for found in _NAMED.finditer(text):
        yield TextPart(text[end : found.start()])
        yield TextPart(found.group(), _address(found))
        end = found.end()
    yield TextPart(text[end:])


def _address(found: re.Match[str]) -> str:
    if found["pmc"]:
        return f"https://www.ncbi.nlm.nih.gov/pmc/articles/{found['pmc']}/"
    if found["pubmed"]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{found['pubmed']}/"
    return f"https://{found['site']}"


def report(sessions: Sequence[KeptSession], told: Iterable[SessionMaterial], who: str, now: datetime) -> str:
    """The page over many sessions.

    Parameters
    ----------
    sessions : all of them, oldest first, for the plots.
    told : those that are shown set by set.
    """
    weeks = weeks_of(sessions)
    shelf = ExerciseNames()
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


def session_report(told: SessionMaterial, now: datetime) -> str:
    """The page of one session, with the curve of each repetition."""
    shelf = ExerciseNames()
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
