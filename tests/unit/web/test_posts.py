"""One POST a message: what is refused, and that a page by POST is the camera as one by WebSocket is."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from repcount.web.access import MOST_A_SECOND
from repcount.web.shared_session import SharedSession
from tests.models import model_or_skip
from tests.phones import serving
from tests.unit.web.test_shared_session import told
from tests.waiting import until

pytestmark = pytest.mark.extra("fastapi", "uvicorn")

KEY, OTHER = "a" * 32, "b" * 32


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    model_or_skip()
    with serving(tmp_path_factory.mktemp("data")) as there:
        yield there


def post(
    address: str, body: bytes | dict[str, object], key: str = KEY, page: str = "page-one", origin: str = ""
) -> tuple[int, str]:
    """The status and text of the answer."""
    own = "http://" + urlsplit(address).netloc
    kind = "application/json" if isinstance(body, dict) else "image/jpeg"
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    headers = {
        "Origin": origin or own,
        "Content-Type": kind,
        "X-Repcount-Key": key,
        "X-Repcount-Page": page,
    }
    try:
        with urlopen(Request(address + "talk", data, headers, method="POST")) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def camera(address: str, key: str = KEY, page: str = "page-one") -> str:
    """The role that a page gets."""
    status, text = post(address, {"do": "camera"}, key, page)
    assert status == 200
    return str(json.loads(text)["role"])


def test_a_wrong_token_and_a_foreign_page_are_refused(address: str) -> None:
    place = urlsplit(address)
    assert post(f"http://{place.netloc}/{'x' * 32}/", {"do": "camera"})[0] == 403
    assert post(address, {"do": "camera"}, origin="http://evil.example")[0] == 403


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"short", 400, "head"),
        (b"x" * 500_000, 413, "bytes"),
        (struct.pack("<dI", float("nan"), 1) + b"x", 400, "time"),
        ({"fly": "away"}, 400, "do"),
        ({"do": "fly"}, 200, ""),
        ({"do": "start", "exercise": "wall-squat", "sets": True}, 400, "whole number"),
        ({"do": "start", "exercise": "wall-squat", "pain": 11}, 400, "0 to 10"),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_reason_and_the_server_stays(
    address: str, body: bytes | dict[str, object], status: int, reason: str
) -> None:
    assert camera(address) == "camera"
    found, text = post(address, body)
    assert (found, reason in text) == (status, True)
    assert camera(address) == "camera"


def test_one_page_is_the_camera_and_another_phone_watches(address: str) -> None:
    assert camera(address) == "camera"
    assert camera(address, OTHER, "page-two") == "watch"
    assert post(address, {"do": "end"}, OTHER, "page-two")[0] == 409
    assert post(address, b"x" * 100, OTHER, "page-two")[0] == 409


def test_a_second_page_of_the_same_phone_takes_the_first_ones_place(address: str) -> None:
    assert camera(address, page="page-one") == "camera"
    assert camera(address, page="page-two") == "camera"
    assert post(address, {"do": "start", "exercise": "wall-squat"}, page="page-one")[0] == 409


def test_an_answer_is_not_held_back_until_the_network_acknowledges_its_head(address: str) -> None:
    there = urlsplit(address)
    headers = {"Origin": f"http://{there.netloc}", "X-Repcount-Key": KEY, "X-Repcount-Page": "page-one"}
    connection = HTTPConnection(there.netloc)

    def answered_in_s() -> float:
        start_s = time.perf_counter()
        connection.request("POST", there.path + "talk", b'{"do": "state"}', headers)
        connection.getresponse().read()
        return time.perf_counter() - start_s

    for _ in range(5):
        answered_in_s()
    until(lambda: answered_in_s() < 0.03)  # a delayed acknowledgement takes 0.04 s, each time
    connection.close()


def test_messages_that_come_too_fast_are_refused(tmp_path: Path) -> None:
    from fastapi import HTTPException

    from repcount.web.transport import Posts

    headers = {"x-repcount-key": KEY, "x-repcount-page": "page-one", "content-type": "application/json"}

    async def story(shared: SharedSession) -> None:
        posts = Posts(shared)

        async def all_at_once() -> None:
            for _ in range(100 * MOST_A_SECOND):
                await posts.answer(headers, b'{"do": "state"}')

        with pytest.raises(HTTPException) as refused:
            await all_at_once()
        assert refused.value.status_code == 429

    told(tmp_path, story)
