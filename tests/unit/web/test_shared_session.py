"""The one session of the server, in this process, on the real network with pictures in which nobody is."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from repcount.config import Settings
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.web.shared_session import KEPT_S, ServerSetup, SharedSession
from tests.models import model_or_skip

KEY, OTHER = "a" * 32, "b" * 32
START = '{"do": "start", "exercise": "wall-squat"}'
JPEG = cv2.imencode(".jpg", np.full((48, 64, 3), 200, np.uint8))[1].tobytes()


def nothing() -> None:
    """Nobody is told."""


def history_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'history.db'}"


def told(folder: Path, story: Callable[[SharedSession], Awaitable[None]], kept_s: float = KEPT_S) -> None:
    """Run a story in a shared of its own."""
    model = model_or_skip().path

    async def run() -> None:
        shared = SharedSession(ServerSetup(model, Settings(database_url=history_of(folder))), kept_s)
        assert shared.take_camera(KEY, "page", nothing)
        await story(shared)
        await shared.close()

    asyncio.run(run())


def picture(seconds: float, number: int = 1) -> bytes:
    return struct.pack("<dI", 1000 * seconds, number) + JPEG


def test_a_session_waits_ten_minutes_for_its_own_phone_and_for_no_other(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        await shared.order(START)
        shared.release_camera("page")
        await shared.expire()
        assert shared.state()["state"] == "running"
        assert not shared.take_camera(OTHER, "other", nothing)
        assert shared.take_camera(KEY, "page again", nothing)

    assert KEPT_S == 600
    told(tmp_path, story)


def test_a_session_whose_phone_stays_away_is_ended_and_makes_room(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        await shared.order(START)
        await shared.expire()
        assert shared.state()["state"] == "running", "its phone is here"
        shared.release_camera("page")
        await shared.expire()
        assert shared.state()["state"] == "idle"
        assert shared.take_camera(OTHER, "other", nothing)

    told(tmp_path, story, kept_s=0)


def test_the_clock_of_a_session_stands_still_while_no_picture_comes(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        await shared.order(START)
        stamps_s = (
            50.0,
            50.1,
            50.2,
            350.2,
            350.3,
            4.0,
            4.1,
        )  # five minutes away; a clock begun anew
        answers = [await shared.picture(picture(stamp_s)) for stamp_s in stamps_s]
        times_s = [answer["snapshot"]["time"] for answer in answers]
        assert times_s == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])

    told(tmp_path, story)


def test_a_second_page_of_the_same_phone_ousts_the_first_and_the_first_cannot_leave_for_it(
    tmp_path: Path,
) -> None:
    async def story(shared: SharedSession) -> None:
        replaced: list[str] = []
        assert shared.take_camera(KEY, "second", lambda: replaced.append("second"))
        assert shared.take_camera(KEY, "third", nothing)
        assert replaced == ["second"]
        shared.release_camera("second")
        assert shared.is_camera("third")

    told(tmp_path, story)


def test_pain_before_is_kept_and_pain_after_is_answered_with_advice(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        await shared.order('{"do": "start", "plan": "knee", "pain": 3}')
        await shared.picture(picture(1.0))
        assert await shared.order('{"do": "pain", "pain": 6}') == {}, "the session is not over yet"
        await shared.order('{"do": "end"}')
        advice = (await shared.order('{"do": "pain", "pain": 6}'))["advice"]
        assert advice["light"] == "red"

    told(tmp_path, story)
    with History(find_place(history_of(tmp_path))) as history:
        (kept,) = history.sessions()
    assert (kept.plan, kept.pain_before, kept.pain_after, kept.source) == ("knee", 3, 6, "phone")


def test_an_answer_about_pain_has_no_place_where_nothing_was_done(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        await shared.order(START)
        await shared.order('{"do": "end"}')
        assert "no place" in (await shared.order('{"do": "pain", "pain": 2}'))["error"]

    told(tmp_path, story)


def test_what_one_phone_has_ended_is_not_shown_to_the_next(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        await shared.order(START)
        await shared.order('{"do": "end"}')
        shared.release_camera("page")
        assert shared.take_camera(KEY, "page again", nothing)
        assert (shared.state()["state"], shared.csv() is None) == ("done", False)
        shared.release_camera("page again")
        assert shared.take_camera(OTHER, "other", nothing)
        assert (shared.state(), shared.csv()) == ({"state": "idle"}, None)

    told(tmp_path, story)


def test_what_can_be_chosen_can_be_started(tmp_path: Path) -> None:
    async def story(shared: SharedSession) -> None:
        found = json.loads(json.dumps(shared.choices()))
        assert len(found["pain"]) == 11
        wishes = [
            {"exercise": one["name"], "range": range_["name"], "less": True}
            for one in found["exercises"]
            for range_ in one["ranges"]
        ]
        wishes += [{"plan": one["name"]} for one in found["plans"]]
        for wish in (wishes[0], wishes[-1]):
            answer = await shared.order(json.dumps({"do": "start", **wish}))
            assert answer["state"] == "running"
            await shared.order('{"do": "end"}')

    told(tmp_path, story)
