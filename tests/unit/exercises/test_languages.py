from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import repcount
from repcount.core import pain_advice
from repcount.core.errors import SettingError
from repcount.core.phrases import english
from repcount.core.records import Phase
from repcount.core.signal_names import SIGNALS
from repcount.exercises import catalog, languages, plans
from repcount.features.describe import MEASURES, MOVEMENT, SPANS

OTHERS = [code for code in languages.languages() if code != languages.ENGLISH]


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def every_source() -> set[str]:
    """All that says where a figure or an advice comes from."""
    values: list[Any] = [catalog.get(name).model_dump() for name in catalog.names()]
    values += [plans.get(name).model_dump() for name in plans.names()]
    found = {text for each in values for text in sources_in(each)}
    return found | {text for name, text in vars(pain_advice).items() if name.endswith("_SOURCE")}


def sources_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("source"):
            yield value["source"]
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from sources_in(each)


def test_there_is_more_than_english() -> None:
    assert languages.ENGLISH in languages.languages()
    assert OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_phrase_and_phase_that_english_has(code: str) -> None:
    english, other = languages.load(), languages.load(code)
    assert other.language == code
    assert set(other.phases) == set(english.phases) == set(Phase)
    assert sorted(set(english.phrases) - set(other.phrases)) == [], "phrases that are missing"
    assert sorted(set(other.phrases) - set(english.phrases)) == [], "phrases that nobody says"
    assert {k: braces(v) for k, v in other.phrases.items()} == {
        k: braces(v) for k, v in english.phrases.items()
    }


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", catalog.names())
def test_a_language_has_all_words_about_an_exercise_and_none_that_there_is_not(code: str, name: str) -> None:
    exercise, words = catalog.get(name), languages.load(code).exercises[name]
    rules = {rule.code: rule for rule in (*exercise.rules, *filter(None, [exercise.beyond]))}
    missing = [key for key in ("title", "summary", "camera", "place", "ways") if not getattr(words, key)]
    assert missing == []
    assert len(words.how) == len(exercise.how)
    assert set(words.notes) == {preset for preset, each in exercise.presets.items() if each.note}
    assert set(words.faults) == set(rules)
    for fault, said in words.faults.items():
        assert said.name
        assert bool(said.say) == bool(said.praise) == bool(rules[fault].say)
        assert bool(said.why) == bool(getattr(rules[fault], "why", "")), fault
        assert not {"nicht", "kein", "keine", "falsch", "nie"} & set(said.say.lower().split())


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_tells_where_every_figure_comes_from(code: str) -> None:
    told = languages.load(code).sources
    assert sorted(every_source() - set(told)) == [], "sources without words"
    assert sorted(set(told) - every_source()) == [], "words for sources that there are not"


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_tells_what_every_signal_and_feature_means(code: str) -> None:
    features = [meaning for table in (MOVEMENT, SPANS) for _, meaning in table.values()]
    english = {*(info.doc for info in SIGNALS), *MEASURES.values(), *features}
    assert set(languages.load(code).meanings) == english


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_words_about_every_plan(code: str) -> None:
    assert set(languages.load(code).plans) == set(plans.names())


def test_every_phrase_that_the_code_says_is_there() -> None:
    said = {key: place for place, key in said_in_code()}
    assert len(said) > 5
    known = english().texts
    missing = {key: place for key, place in said.items() if not {key, f"report_{key}"} & set(known)}
    assert missing == {}


def said_in_code() -> Iterator[tuple[str, str]]:
    """Every text that is given to ``say`` or ``count`` as it stands."""
    for path in Path(repcount.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                if node.func.attr == "say":
                    yield path.name, first.value
                elif node.func.attr == "count" and ast.unparse(node.func.value).endswith("phrases"):
                    yield path.name, f"{first.value}.many"


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


def test_no_figure_rests_on_what_nobody_can_look_up() -> None:
    vague = ("brief", "common medical advice", "well known")
    assert [text for text in every_source() if any(word in text for word in vague)] == []
    assert [text for text in every_source() if text.strip(" .") in ("derived", "ours", "our own")] == []


def test_every_figure_of_medicine_has_its_source() -> None:
    """A paper or a guideline that can be looked up, or that it is derived and how."""
    look_up = re.compile(
        r"PMC\d|PubMed \d|doi|\b(19|20)\d\d\b|\.(org|com|uk|it)\b|AAOS|docs/|derived[:,] .{8,}"
    )
    named = {
        (name, part): figure.source
        for name in catalog.names()
        for exercise in [catalog.get(name)]
        for part, figure in {
            "how": exercise,
            "dose": exercise.dose,
            "tempo": exercise.tempo,
            "hold": exercise.hold,
            "rest and safe span": exercise.drive,
            **exercise.presets,
            **{rule.code: rule for rule in exercise.complaints if getattr(rule, "judged", True)},
            **dict(enumerate((*exercise.start, *exercise.stay, *exercise.require, *exercise.recognise))),
            **{f"on both {number}": each for number, each in enumerate(exercise.drive.on_both)},
        }.items()
    }
    assert {key: source for key, source in named.items() if not look_up.search(source)} == {}
    rules = [text for name, text in vars(pain_advice).items() if name.endswith("_SOURCE")]
    assert len(rules) >= 4
    assert [text for text in rules if not look_up.search(text)] == []
