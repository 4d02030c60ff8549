from __future__ import annotations

from pathlib import Path

import pytest

from repcount.config import Settings
from repcount.core.errors import SettingError
from repcount.core.records import CountBy, Side
from repcount.exercises import plans
from repcount.pipeline.programme import ProgrammeRequest, blocks_of

OWN = """
format = 1
name = "monday"
title = "Monday"
summary = "Short."
rest_s = 45.0
[[exercises]]
exercise = "wall-squat"
sets = 2
reps = 10
range = "gentle"
[[exercises]]
exercise = "hamstring-curl"
holds = 2
hold_s = 5.0
side = "left"
rest_s = 5.0
"""


def own(tmp_path: Path, text: str = OWN) -> str:
    path = tmp_path / "monday.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_knee_plan_is_what_the_brief_asks_for() -> None:
    found = [
        (
            b.exercise.name,
            b.dose.sets,
            b.dose.holds if b.count_by is CountBy.HOLDS else b.dose.reps,
            b.each_leg,
        )
        for b in blocks_of(ProgrammeRequest(plan="knee"), Settings())
    ]
    assert found == [
        ("straight-leg-raise", 3, 12, True),
        ("hamstring-curl", 1, 3, False),
        ("wall-squat", 3, 12, False),
        ("calf-raise", 3, 12, False),
        ("leg-press", 3, 12, False),
    ]
    assert {b.dose.rest_s for b in blocks_of(ProgrammeRequest(plan="knee"), Settings())} == {60.0}


def test_a_plan_of_ones_own_says_sets_range_side_and_rest(tmp_path: Path) -> None:
    squat, curl = blocks_of(ProgrammeRequest(plan=own(tmp_path)), Settings())
    assert (squat.dose.sets, squat.dose.reps, squat.dose.rest_s) == (2, 10, 45.0)
    assert squat.options.preset == "gentle"
    assert (curl.dose.holds, curl.dose.hold_s, curl.dose.rest_s) == (2, 5.0, 5.0)
    assert curl.options.side is Side.LEFT


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("wall-squat", "wall-squad", "did you mean"),
        ("gentle", "gentler", "has no range"),
        ("sets = 2", "sets = 0", "exercises"),
        ("sets = 2", "set = 2", "did you mean `sets`"),
        ('side = "left"', 'side = "left"\neach_leg = true', "say one of them"),
        ("holds = 2", "holds = 2\nreps = 3", "either"),
    ],
)
def test_a_wrong_plan_is_told_with_file_and_remedy(tmp_path: Path, old: str, new: str, told: str) -> None:
    name = own(tmp_path, OWN.replace(old, new))
    with pytest.raises(SettingError, match=told) as raised:
        plans.get(name)
    assert "monday.toml" in str(raised.value)


def test_an_unknown_plan_names_those_there_are() -> None:
    with pytest.raises(SettingError, match="knee"):
        plans.get("kneee")


def test_options_dose_one_exercise() -> None:
    wish = ProgrammeRequest(exercise="calf-raise", sets=2, reps=8, rest_s=10.0)
    (block,) = blocks_of(wish, Settings())
    assert (block.dose.sets, block.dose.reps, block.dose.rest_s) == (2, 8, 10.0)


def test_a_hold_makes_holds_count() -> None:
    (block,) = blocks_of(ProgrammeRequest(exercise="wall-squat", hold_s=20.0, reps=2), Settings())
    assert (block.count_by, block.dose.holds, block.dose.hold_s) == (CountBy.HOLDS, 2, 20.0)


def test_naming_a_leg_asks_for_that_leg_alone() -> None:
    (block,) = blocks_of(ProgrammeRequest(exercise="straight-leg-raise"), Settings(side=Side.RIGHT))
    assert (block.each_leg, block.options.side) == (False, Side.RIGHT)
    (block,) = blocks_of(ProgrammeRequest(exercise="straight-leg-raise"), Settings())
    assert block.each_leg


def test_a_plan_and_a_dose_do_not_go_together() -> None:
    with pytest.raises(SettingError, match="--sets and --plan"):
        blocks_of(ProgrammeRequest(plan="knee", sets=2), Settings())
