"""The page's words: each that it asks for is there, and its files hold none of their own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import repcount.web
from repcount.config import Settings
from repcount.core.pain_advice import LESS_SOURCE
from repcount.exercises import languages, plans
from repcount.web.page_answers import choices
from tests.unit.exercises.test_languages import OTHERS, braces
from tests.words import foreign

PAGE = Path(repcount.web.__file__).parent / "page"
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.js")}
CALLED = re.compile(r"\b(?:say|has)\(([^{}()]*)")
ASKED = re.compile(r'(?<!=== )"(\w+)"')
BEGUN = re.compile(r"(?:say|has)\(`(\w+_)\$")


class Texts(HTMLParser):
    """Collects words that are asked for, and text that stands in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self.own: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.asked |= {value or "" for name, value in attrs if name in ("data-word", "data-label")}

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1] not in ("title", "p") and "noscript" not in self._open:
            self.own.append(data.strip())


def test_every_word_that_the_page_asks_for_is_there() -> None:
    words, texts = languages.load().screen, Texts()
    texts.feed((PAGE / "index.html").read_text(encoding="utf-8"))
    called = [call for script in SCRIPTS.values() for call in CALLED.findall(script)]
    asked = texts.asked | {key for call in called for key in ASKED.findall(call)}
    assert len(asked) > 45
    assert asked - set(words) == set()
    for start in (key for script in SCRIPTS.values() for key in BEGUN.findall(script)):
        assert any(key.startswith(start) for key in words), start
    assert texts.own == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_word_of_the_screen_with_the_same_braces(code: str) -> None:
    english, other = languages.load().screen, languages.load(code).screen
    assert {key: braces(text) for key, text in other.items()} == {
        key: braces(text) for key, text in english.items()
    }


def test_what_a_language_lacks_is_said_in_english(tmp_path: Path) -> None:
    file = tmp_path / "fr.toml"
    file.write_text('format = 1\nlanguage = "fr"\ntitle = "Français"\n[screen]\nstart = "Commencer"\n')
    words = languages.load(str(file)).screen_words()
    assert (words["start"], words["pause"]) == ("Commencer", "Pause")


@pytest.mark.parametrize("code", languages.languages())
def test_what_the_page_offers_is_in_its_language_and_says_what_it_rests_on(code: str) -> None:
    language = languages.load(code)
    offered = choices(Settings(language=code))
    plan = next(each for each in offered["plans"] if each["name"] == "knee")
    assert plan["title"] == language.plan(plans.get("knee")).title
    sources = offered["sources"]
    assert set(sources) == {"pain_before", "pain_after"}
    told = [*(each["title"] for each in offered["exercises"]), *(each["title"] for each in offered["plans"])]
    told += [source for lights in sources.values() for source in lights.values()]
    assert code == languages.ENGLISH or foreign("\n".join(told), code) == []
    assert all(light in lights for lights in sources.values() for light in offered["pain"])
    assert language.words.source(LESS_SOURCE) == sources["pain_before"]["amber"]


def test_how_far_is_told_on_a_card_as_in_a_table() -> None:
    offered = {
        one["name"]: {each["name"]: each for each in one["ranges"]}
        for one in choices(Settings())["exercises"]
    }
    assert offered["wall-squat"]["standard"] == {"name": "standard", "deg": 60, "less": "gentle"}
    assert offered["leg-press"]["standard"] == {"name": "standard", "deg": 90, "less": "gentle"}
    assert offered["calf-raise"]["standard"] == {"name": "standard", "deg": None, "less": "standard"}
