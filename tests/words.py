"""Which words a language has, and which words of a text are not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from repcount.exercises import catalog, languages

WORD = re.compile(r"[^\W\d_]{2,}")
NO_WORDS = (
    re.compile(r"`[^`]*`"),  # what is typed
    re.compile(r"--[a-z][a-z-]*"),  # options
    re.compile(r"\S*/\S*"),  # paths and addresses
    re.compile(r"\b[\w-]+(?:\.[\w-]+)+"),  # names of files and sites
    re.compile(r"\b\w*_\w*\b"),  # names of signals and faults
    re.compile(r"\{\w*\}"),  # what is filled in
)
NAMES = {"repcount", "npz", "mp4", "auto"}
"""Names that are the same in every language."""


def tokens(text: str) -> set[str]:
    """The words of a text, in small letters, without what is typed or is a name of a program."""
    for pattern in NO_WORDS:
        text = pattern.sub(" ", text)
    return {word.lower() for word in WORD.findall(text)}


def texts_in(value: Any) -> Iterator[str]:
    """All texts in tables and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def vocabulary(code: str) -> set[str]:
    """Every word that the file of a language has."""
    return {word for text in texts_in(languages.load(code).model_dump()) for word in tokens(text)}


def identifiers() -> set[str]:
    """Names of exercises, ranges and faults, which are typed and stand in JSON."""
    found = [catalog.get(name) for name in catalog.names()]
    names = {exercise.name for exercise in found} | {preset for one in found for preset in one.presets}
    codes = {rule.code for exercise in found for rule in exercise.rules}
    return {word for name in names | codes for word in tokens(name)}


def foreign(text: str, code: str, allowed: set[str] | None = None) -> list[str]:
    """Words of a text that are no words of a language, in order."""
    known = vocabulary(code) | identifiers() | NAMES | (allowed or set())
    return sorted(tokens(text) - known)
