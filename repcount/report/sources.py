"""Where the rules and figures of a report come from: one line for each work, with what it is used for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from repcount.core.pain_advice import DOCTOR_SOURCE, KNEE_SOURCE, LIGHT_SOURCE, LOAD_SOURCE
from repcount.exercises.spec import Exercise
from repcount.report.words import Words

OURS: Final = "derived"
"""How the source of a figure of our own begins; those are told by `repcount explain`."""

RULES: Final = {"pain": LIGHT_SOURCE, "knee": KNEE_SOURCE, "load": LOAD_SOURCE, "doctor": DOCTOR_SOURCE}
ERRORS: Final = "docs/accuracy.md"
_NAMED: Final = re.compile(
    r"(?P<pmc>PMC\d+)|PubMed (?P<pubmed>\d+)|doi:? ?(?P<doi>10\.\d{4,}/[^\s;,]*\w)"
    r"|(?P<site>(?:[a-z0-9-]+\.)+(?:org|com|edu|net|uk)(?:\.[a-z]{2})?(?:/\S*\w)?)"
)
_IN_BRACKETS: Final = re.compile(r"[a-z0-9].* \((?P<work>.+)\)")


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
        told, _, work = piece.rpartition(": ")
        bracketed = _IN_BRACKETS.fullmatch(work)
        work = bracketed["work"] if bracketed else work
        if (told or bracketed or len(pieces) == 1) and not work.startswith(OURS):
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
