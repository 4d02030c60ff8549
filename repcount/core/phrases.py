"""What is said and shown, in one language: texts by key. English is beneath every language.

The texts stand in ``exercises/languages/``, one file for each language. A key has dots (``rest.next``); words
in braces are filled in. Whoever says something takes a :class:`Phrases`; nobody asks which language it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from repcount.core.input_files import read_toml

FOLDER: Final = Path(__file__).parents[1] / "exercises" / "languages"
SUFFIX: Final = ".toml"
ENGLISH: Final = "en"


@dataclass(frozen=True)
class Phrases:
    """The texts of one language.

    Attributes
    ----------
    language : its code, as in ISO 639.
    texts : by key; of a key that the language lacks, the English text.
    sources : where a figure comes from and what a signal means, in this language, by the English words.
    """

    language: str
    texts: Mapping[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """The text of that key, filled in."""
        return self.texts[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """A number of things: of ``1`` the text ``key.one``, else ``key.many``; ``{n}`` is the number."""
        return self.say(f"{key}.{'one' if number == 1 else 'many'}", n=number)

    def number(self, value: float, digits: int = 0, sign: bool = False) -> str:
        """A number with the language's decimal mark."""
        return f"{value:{'+' if sign else ''}.{digits}f}".replace(".", self.texts["decimal_mark"])

    def source(self, text: str) -> str:
        """Where a figure comes from, in this language; as it is where the language has no words for it."""
        return self.sources.get(text, text)

    def meaning(self, text: str) -> str:
        """What a signal means, in this language; as it is where the language has no words for it."""
        return self.sources.get(text, text)

    def group(self, name: str) -> dict[str, str]:
        """All texts whose keys begin with ``name.``, by the rest of their keys."""
        head = f"{name}."
        return {key[len(head) :]: text for key, text in self.texts.items() if key.startswith(head)}


def flat(tables: Mapping[str, Any]) -> dict[str, str]:
    """Texts in tables within tables, by keys with dots."""
    return dict(_flat(tables, ""))


def _flat(table: Mapping[str, Any], head: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{head}{key}.")
        else:
            yield head + key, str(value)


def phrases_of(language: str, texts: Mapping[str, str], sources: Mapping[str, str]) -> Phrases:
    """The phrases of a language; English where it says nothing."""
    return Phrases(language, {**english().texts, **texts}, sources)


@cache
def english() -> Phrases:
    """The English phrases: what is said where nobody has chosen a language."""
    found = read_toml(FOLDER / f"{ENGLISH}{SUFFIX}")
    return Phrases(ENGLISH, {**flat(found["phrases"]), **flat({"phase": found["phases"]})})
