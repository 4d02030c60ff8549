"""What somebody is told who slips in a name, or in the file of an exercise."""

from __future__ import annotations

from typing import Any

import pytest

from repcount.core.errors import SettingError
from repcount.exercises import catalog
from repcount.exercises.terms import SIGNAL_NAMES, did_you_mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("squat", "wall-squat"),
        ("wall sit", "wall-squat"),
        ("slr", "straight-leg-raise"),
        ("leg lifts", "straight-leg-raise"),
        ("heel raise", "calf-raise"),
        ("hamstring", "hamstring-curl"),
        ("leg curl", "hamstring-curl"),
        ("Kniebeuge", "wall-squat"),
        ("Wadenheben", "calf-raise"),
        ("wall-squad", "wall-squat"),
        ("leg-pres", "leg-press"),
    ],
)
def test_an_exercise_is_understood_by_its_meaning(typed: str, meant: str) -> None:
    with pytest.raises(SettingError, match=f"did you mean `{meant}`\\?"):
        catalog.get(typed)


def test_where_nothing_is_meant_all_are_listed() -> None:
    with pytest.raises(SettingError, match="there is no exercise `piano`; known are calf-raise, "):
        catalog.get("piano")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("knee", "knee_flexion_deg"),
        ("knee_angle", "knee_flexion_deg"),
        ("torso_lean", "trunk_tilt_deg"),
        ("heel_lift", "heel_rise_deg"),
        ("hip_bend", "hip_flexion_deg"),
    ],
)
def test_a_signal_is_understood_by_its_meaning(typed: str, meant: str) -> None:
    assert did_you_mean(typed, SIGNAL_NAMES) == f"did you mean `{meant}`?"


def test_all_that_is_wrong_in_a_file_is_told_at_once() -> None:
    values: dict[str, Any] = catalog.get("wall-squat").model_dump(mode="json")
    del values["dose"], values["presets"]["gentle"]["source"]
    values["drive"]["signal"] = "knee_angle"
    values["tempo"]["upp_s"] = [1.0, 2.0]
    values["faults"][0]["above"] = "much"
    with pytest.raises(SettingError) as caught:
        catalog.parse(values, "mine.toml")
    text = str(caught.value)
    assert text.startswith("mine.toml: ")
    assert (caught.value.what, len(caught.value.points)) == ("mine.toml", 5)
    assert "\n" not in text
    for told in (
        "dose: is missing; add it",
        "presets.gentle.source: is missing; add it",
        "drive.signal: `knee_angle` is no signal; did you mean `knee_flexion_deg`?",
        "tempo.upp_s: no such key; did you mean `up_s`?",
        "faults[1].above: ",
    ):
        assert told in text


def test_of_very_many_slips_the_first_are_told_and_the_rest_counted() -> None:
    values: dict[str, Any] = catalog.get("wall-squat").model_dump(mode="json")
    values |= {f"wrong_{number}": 1 for number in range(38)}
    with pytest.raises(SettingError, match=r"; and 8 more$"):
        catalog.parse(values, "mine.toml")
