"""The report as one HTML file that needs nothing else: no network, no script; and the sources it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from repcount.core.history_records import KeptSession, name_key
from repcount.core.pain_advice import DOCTOR_SOURCE, KNEE_SOURCE, LIGHT_SOURCE, LOAD_SOURCE
from repcount.exercises.spec import Exercise
from repcount.report.plots import plots
from repcount.report.progress import change_rows, changes_of, weeks_of
from repcount.report.sentences import in_words, session_in_words
from repcount.report.session_view import ExerciseNames, SessionMaterial, session_view
from repcount.report.words import Sentence, Words

TEMPLATE: Final = "page.html.j2"
MOST_SESSIONS: Final = 30
"""Sessions told set by set; the plots are over all of them."""
OURS: Final = "derived"
"""How the source of a figure of our own begins; those are told by `repcount explain`."""

RULES: Final = {"pain": LIGHT_SOURCE, "knee": KNEE_SOURCE, "load": LOAD_SOURCE, "doctor": DOCTOR_SOURCE}
ERRORS: Final = "docs/accuracy.md"
_NAMED: Final = re.compile(
    r"(?P<pmc>PMC\d+)|PubMed (?P<pubmed>\d+)|doi:? ?(?P<doi>10\.\d{4,}/[^\s;,]*\w)"
    r"|(?P<site>(?:[a-z0-9-]+\.)+(?:org|com|edu|net|uk)(?:\.[a-z]{2})?(?:/\S*\w)?)"
)
_IN_BRACKETS: Final = re.compile(r"[a-z0-9].* \((?P<work>.+)\)")


def report(
    sessions: Sequence[KeptSession],
    listed: Iterable[SessionMaterial],
    who: str,
    now: datetime,
    words: Words | None = None,
) -> str:
    """The page over many sessions.

    Parameters
    ----------
    sessions : all of them, oldest first, for the plots.
    listed : those that stand in the table; the curves of those that have them can be unfolded there.
    """
    words = words or Words()
    weeks = weeks_of(sessions)
    names = ExerciseNames(words)
    names.learn(kept.exercise for session in sessions for kept in session.sets)
    views = [session_view(each, names) for each in listed]
    alone = len({name_key(session.person) for session in sessions}) == 1
    changes = change_rows(changes_of(sessions), names.titles, words) if alone else []
    return _rendered(
        words,
        title=words.say("title_who", who=who) if who else words.say("title"),
        sentences=_cited(in_words(who, sessions, weeks, names.titles, words)),
        changes=changes,
        plots=plots(weeks, sessions, names.titles, words),
        sessions=views,
        several=not alone,
        omitted=max(0, len(sessions) - len(views)),
        sources=sources_of(names.known, words),
        now=now,
    )


def session_report(material: SessionMaterial, now: datetime, words: Words | None = None) -> str:
    """The page of one session, with the curve of each repetition."""
    words = words or Words()
    names = ExerciseNames(words)
    view = session_view(material, names)
    who = f", {material.session.person}" if material.session.person else ""
    return _rendered(
        words,
        title=words.say("session_title", when=view.when) + who,
        sentences=_cited(session_in_words(material.session, names.titles, names.fault_names, words)),
        changes=[],
        plots=[],
        sessions=[view],
        several=False,
        omitted=0,
        sources=sources_of(names.known, words),
        now=now,
    )


def _cited(sentences: Iterable[Sentence]) -> list[tuple[str, tuple[TextPart, ...]]]:
    return [(each.text, linked(each.source)) for each in sentences]


def _rendered(words: Words, **values: object) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("repcount", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    code = words.language.language
    return environment.get_template(TEMPLATE).render(say=words.say, code=code, day=words.day, **values)


@dataclass(frozen=True)
class TextPart:
    """A part of a text and its link; empty for plain text."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class CitedWork:
    """A paper, guideline or site, and the rules and exercises that rest on it."""

    name: tuple[TextPart, ...]
    used_for: str


def linked(text: str) -> tuple[TextPart, ...]:
    """The text in pieces: what names an article or a site is a link."""
    return tuple(part for part in _parts(text) if part.text)


def sources_of(exercises: Iterable[Exercise], words: Words) -> list[CitedWork]:
    """Each work once: those of the rules about pain and load, the camera's error, those of the exercises."""
    used: dict[str, list[str]] = {}
    for rule, source in RULES.items():
        for work in works_in(source):
            used.setdefault(work, []).append(words.say(f"rule_{rule}"))
    used[ERRORS] = [words.say("rule_error")]
    for one in exercises:
        for work in dict.fromkeys(work for source in _figures(one) for work in works_in(source)):
            used.setdefault(work, []).append(one.title)
    return [CitedWork(linked(work), "; ".join(uses)) for work, uses in used.items()]


def works_in(source: str) -> list[str]:
    """The works that a source names, without what each says: of ``3 x 10: PMC1, Table 1`` the latter."""
    pieces = [piece for piece in source.split("; ") if not piece.startswith(OURS)]
    found = []
    for piece in pieces:
        statement, _, work = piece.rpartition(": ")
        bracketed = _IN_BRACKETS.fullmatch(work)
        work = bracketed["work"] if bracketed else work
        if (statement or bracketed or len(pieces) == 1) and not work.startswith(OURS):
            found.append(work)
    return found


def _figures(one: Exercise) -> list[str]:
    figures = [one.source, one.dose.source, one.tempo.source, one.hold.source]
    return [*figures, *(preset.source for preset in one.presets.values())]


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
    return f"https://doi.org/{found['doi']}" if found["doi"] else f"https://{found['site']}"
