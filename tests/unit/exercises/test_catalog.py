from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from repcount.core.errors import SettingError
from repcount.exercises import catalog


@pytest.fixture
def values() -> dict[str, Any]:
    exercise = catalog.get("wall-squat").model_dump(mode="json", exclude_none=True)
    return deepcopy(exercise)


def complaint(values: dict[str, Any]) -> str:
    with pytest.raises(SettingError) as caught:
        catalog.parse(values, "my.toml")
    text = str(caught.value)
    assert text.startswith("my.toml: ")
    assert "\n" not in text
    return text


def test_the_five_exercises_are_there() -> None:
    assert catalog.names() == (
        "calf-raise",
        "hamstring-curl",
        "leg-press",
        "straight-leg-raise",
        "wall-squat",
    )


def test_what_was_read_can_be_written_and_read_again(values: dict[str, Any]) -> None:
    assert catalog.parse(values, "again") == catalog.get("wall-squat")


def test_an_unknown_exercise_names_the_nearest_and_all() -> None:
    with pytest.raises(SettingError, match=r"`wall-squats`; did you mean `wall-squat`\?.*leg-press"):
        catalog.get("wall-squats")


def test_an_unknown_signal_names_file_key_and_the_nearest(values: dict[str, Any]) -> None:
    values["drive"]["signal"] = "knee"
    text = complaint(values)
    assert "drive.signal: `knee` is no signal; did you mean `knee_flexion_deg`" in text


def test_an_unknown_key_names_the_nearest(values: dict[str, Any]) -> None:
    values["faults"][0]["abov"] = 3
    assert "faults[1].abov: no such key; did you mean `above`?" in complaint(values)


def test_a_missing_key_is_named(values: dict[str, Any]) -> None:
    del values["camera"]
    assert "camera: is missing; add it" in complaint(values)


def test_a_span_the_wrong_way_round_is_named(values: dict[str, Any]) -> None:
    values["drive"]["rest"] = [30, 10]
    assert "drive.rest: the first of [30, 10] must be the smaller" in complaint(values)


def test_a_default_preset_that_is_not_there_is_named(values: dict[str, Any]) -> None:
    values["default_preset"] = "deep"
    assert "default_preset `deep` is none of the presets: gentle, standard, full" in complaint(values)


def test_a_rule_needs_one_limit_and_words(values: dict[str, Any]) -> None:
    rule = values["faults"][0]
    rule["below"] = 1.0
    assert "say either `above` or `below`" in complaint(values)
    del rule["below"]
    rule["say"] = ""
    assert "needs `say`" in complaint(values)


def test_two_rules_of_one_code_are_refused(values: dict[str, Any]) -> None:
    values["faults"][1]["code"] = values["faults"][0]["code"]
    assert "is used twice" in complaint(values)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe", "not UTF-8"), (b"name = ", "not valid TOML"), (b"format = 1", "is missing; add it")],
)
def test_a_file_that_is_no_exercise_is_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(SettingError, match=says) as caught:
        catalog.load(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="check the path"):
        catalog.load(tmp_path / "none.toml")


def test_an_unknown_name_is_answered_with_all_there_are_and_each_once() -> None:
    for name, hint in (("wall-squad", "did you mean `wall-squat`?"), ("xyz", "known are calf-raise")):
        with pytest.raises(SettingError) as raised:
            catalog.get(name)
        text = str(raised.value)
        assert hint in text
        assert text.count("calf-raise") == 1
        assert text.endswith("your own: --exercise-file FILE)")
