from __future__ import annotations

import string
from pathlib import Path

import pytest

from repcount.core.errors import SettingError
from repcount.core.model import Phase
from repcount.exercises import catalog, languages

OTHERS = [code for code in languages.languages() if code != languages.ENGLISH]


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_more_than_english() -> None:
    assert languages.ENGLISH in languages.languages()
    assert OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_phrase_and_phase_that_english_has(code: str) -> None:
    english, other = languages.load(), languages.load(code)
    assert other.language == code
    assert set(other.phases) == set(english.phases) == set(Phase)
    assert {k: braces(v) for k, v in other.phrases.items()} == {
        k: braces(v) for k, v in english.phrases.items()
    }


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", catalog.names())
def test_a_language_has_words_for_every_rule_and_for_none_that_there_is_not(code: str, name: str) -> None:
    exercise, words = catalog.get(name), languages.load(code).exercises[name]
    rules = {rule.code: rule for rule in exercise.rules}
    assert words.title
    assert set(words.faults) == set(rules)
    for fault, said in words.faults.items():
        assert said.name
        assert bool(said.say) == bool(said.praise) == bool(rules[fault].say)
        assert not {"nicht", "kein", "keine", "falsch", "nie"} & set(said.say.lower().split())


def test_cues_are_told_in_the_language_asked_for() -> None:
    told = languages.in_language(catalog.get("wall-squat"), languages.load("de"))
    heels = next(rule for rule in told.faults if rule.code == "heels_lift")
    assert heels.say == "Lass die Fersen am Boden"
    assert told.title == "Kniebeuge an der Wand"


def test_every_cue_has_its_word_of_praise_in_english_too() -> None:
    for name in catalog.names():
        told = languages.in_language(catalog.get(name), languages.load())
        assert all(rule.praise for rule in told.rules if rule.say)


def test_a_third_language_is_a_file_and_what_it_lacks_is_said_in_english(tmp_path: Path) -> None:
    path = tmp_path / "fr.toml"
    path.write_text(
        'format = 1\nlanguage = "fr"\ntitle = "F"\n[exercises.wall-squat.faults]\n'
        'heels_lift = { say = "Garde les talons au sol" }\n'
    )
    french = languages.load(str(path))
    told = {rule.code: rule.say for rule in languages.in_language(catalog.get("wall-squat"), french).faults}
    assert told["heels_lift"] == "Garde les talons au sol"
    assert told["too_deep"] == "Stay above knee height"
    assert french.say("praise") == languages.load().phrases["praise"]


def test_an_own_exercise_brings_its_words_and_they_come_first() -> None:
    values = catalog.get("wall-squat").model_dump(mode="json")
    values["words"] = {"de": {"faults": {"heels_lift": {"say": "Fersen unten lassen"}}}}
    told = languages.in_language(catalog.parse(values, "mine.toml"), languages.load("de"))
    assert {r.code: r.say for r in told.faults}["heels_lift"] == "Fersen unten lassen"
    values["words"]["de"]["faults"] = {"heel_lift": {"say": "x"}}
    with pytest.raises(SettingError, match=r"mine\.toml: .*no fault `heel_lift`; did you mean `heels_lift`"):
        catalog.parse(values, "mine.toml")


def test_an_unknown_language_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"no words in `fr`.*known are de, en"):
        languages.load("fr")
    with pytest.raises(SettingError, match=r"fr\.toml: cannot be read"):
        languages.load(str(tmp_path / "fr.toml"))
