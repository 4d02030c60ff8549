"""What a page asks for, made into a session: limits of two places, a tempo."""

from __future__ import annotations

import pytest

from repcount.config import Settings
from repcount.core.errors import SettingError
from repcount.core.guide import Tempo
from repcount.web.page_answers import choices
from repcount.web.page_requests import session_request

SQUAT = {"do": "start", "exercise": "wall-squat"}


def test_of_the_limit_of_the_computer_and_that_of_the_page_the_smaller_holds() -> None:
    here = Settings(limit={"knee": 50.0, "hip": 80.0})
    for asked, knee_deg in (("knee=60", 50.0), ("knee=45 trunk=70", 45.0), ("", 50.0)):
        wanted = session_request({**SQUAT, "limit": asked}, here, {})
        assert (wanted.settings.limit["knee"], wanted.settings.limit["hip"]) == (knee_deg, 80.0)
        assert wanted.blocks[0].exercise.presets["full"].target_deg == knee_deg


def test_a_limit_holds_in_every_exercise_of_a_plan() -> None:
    wanted = session_request({"do": "start", "plan": "knee", "limit": "knee=40"}, Settings(), {})
    faults = [{rule.code for rule in block.exercise.faults} for block in wanted.blocks]
    assert all("limit_knee" in codes for codes in faults)


def test_a_tempo_is_that_of_live() -> None:
    assert session_request({**SQUAT, "tempo": "2-0-3.5"}, Settings(), {}).tempo == Tempo(2.0, 0.0, 3.5)
    assert session_request({**SQUAT, "tempo": ""}, Settings(), {}).tempo is None
    with pytest.raises(SettingError, match="--tempo 2-1"):
        session_request({**SQUAT, "tempo": "2-1"}, Settings(), {})


def test_each_exercise_has_a_tempo_that_is_controlled_and_as_long_as_its_holds() -> None:
    found = {one["name"]: (one["tempo"], one["joint"]) for one in choices(Settings())["exercises"]}
    assert found["wall-squat"] == ([2.0, 1.0, 2.0], "knee")
    assert found["calf-raise"] == ([1.5, 1.0, 2.0], "heel")
    assert found["hamstring-curl"] == ([2.0, 15.0, 2.0], "knee")


def test_the_smallest_limit_that_the_page_takes_leaves_room_and_one_degree_less_does_not() -> None:
    for one in choices(Settings())["exercises"]:
        order = {"do": "start", "exercise": one["name"]}
        session_request({**order, "limit": f"{one['joint']}={one['least']}"}, Settings(), {})
        with pytest.raises(SettingError, match="leaves no room"):
            session_request({**order, "limit": f"{one['joint']}={one['least'] - 1}"}, Settings(), {})
