"""What every exercise's file must say, whoever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

import repcount
from repcount.core.records import Side
from repcount.counting.start_posture import StartPosture
from repcount.exercises import catalog
from repcount.exercises.spec import Direction, Exercise
from repcount.session.session import Session, SessionOptions

pytestmark = pytest.mark.parametrize("name", catalog.names())


@pytest.fixture
def exercise(name: str) -> Exercise:
    return catalog.get(name)


def test_its_file_is_named_as_it_is(name: str, exercise: Exercise) -> None:
    assert exercise.name == name


def test_every_figure_has_a_source(exercise: Exercise) -> None:
    rules = (*exercise.faults, *exercise.tempo_faults, exercise.short)
    sources = [exercise.source, exercise.dose.source, exercise.tempo.source, exercise.hold.source]
    sources += [preset.source for preset in exercise.presets.values()] + [rule.source for rule in rules]
    assert all(source.strip() for source in sources)


def test_cues_are_positive_and_short(exercise: Exercise) -> None:
    for rule in (*exercise.faults, *exercise.tempo_faults, exercise.short):
        words = rule.say.lower().split()
        assert len(words) <= 9
        assert not {"don't", "not", "wrong", "bad", "never", "no"} & set(words)


def test_every_preset_lies_beyond_rest_and_can_be_run(exercise: Exercise) -> None:
    for name, preset in exercise.presets.items():
        Session(exercise, SessionOptions(preset=name))
        rest = exercise.drive.rest
        if exercise.drive.direction is Direction.RISING:
            assert preset.target_deg - preset.min_rom_deg >= rest[0]
        else:
            assert preset.target_deg + preset.min_rom_deg <= rest[1]


def test_it_is_armed_by_nothing_at_first(exercise: Exercise) -> None:
    assert not StartPosture(exercise, Side.BOTH).armed


@pytest.mark.parametrize("room", ["tracking", "features", "counting", "form", "session"])
def test_what_judges_knows_no_exercise_by_name(name: str, room: str) -> None:
    paths = list((Path(repcount.__file__).parent / room).rglob("*.py"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert name not in text
        assert f'"{name.replace("-", "_")}' not in text
