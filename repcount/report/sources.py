"""Where the rules come from: the sources of the exercises' files, with links where they name one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from repcount.exercises.spec import Exercise

OURS: Final = "derived"
"""How the source of a figure of our own begins; those are told by `repcount explain`."""

RULES: Final = (
    "Pain, 0-3 green, 4-5 amber, 6-10 red: providephysiotherapy.org.uk",
    "Pain back to normal within an hour and not worse the next morning: exercise.trekeducation.org",
    "A load that rises by more than 10 % a week strains the knee: project brief",
)
_NAMED: Final = re.compile(
    r"(?P<pmc>PMC\d+)|PubMed (?P<pubmed>\d+)"
    r"|(?P<site>(?:[a-z0-9-]+\.)+(?:org|com|edu|net)(?:\.[a-z]{2})?(?:/\S*\w)?)"
)


@dataclass(frozen=True)
class Part:
    """A piece of a text, and where it leads; to nowhere if ``link`` is empty."""

    text: str
    link: str = ""


def linked(text: str) -> tuple[Part, ...]:
    """The text in pieces: what names an article or a site is a link."""
    return tuple(part for part in _parts(text) if part.text)


def sources_of(exercises: Iterable[Exercise]) -> list[tuple[Part, ...]]:
    """The rules about pain and load, then each exercise with where its figures come from."""
    told = [*RULES, *(f"{one.title}: {'; '.join(_named(one))}" for one in exercises)]
    return [linked(text) for text in told]


def _named(one: Exercise) -> list[str]:
    figures = [one.source, one.dose.source, one.tempo.source, one.hold.source]
    figures += [preset.source for preset in one.presets.values()]
    named = [source for source in dict.fromkeys(figures) if not source.startswith(OURS)]
    return [source for source in named if not any(other.startswith(f"{source}:") for other in named)]


def _parts(text: str) -> Iterator[Part]:
    end = 0
    for found in _NAMED.finditer(text):
        yield Part(text[end : found.start()])
        yield Part(found.group(), _address(found))
        end = found.end()
    yield Part(text[end:])


def _address(found: re.Match[str]) -> str:
    if found["pmc"]:
        return f"https://www.ncbi.nlm.nih.gov/pmc/articles/{found['pmc']}/"
    if found["pubmed"]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{found['pubmed']}/"
    return f"https://{found['site']}"
