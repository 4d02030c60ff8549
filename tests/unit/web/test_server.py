from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from repcount.site.build import MARK
from repcount.site.static_server import HEADERS
from tests.models import model_or_skip
from tests.phones import serving
from tests.waiting import PATIENCE_S

sockets = pytest.importorskip("websockets.sync.client")
pytestmark = pytest.mark.extra("websockets", "fastapi", "uvicorn")

KEY = "a" * 32


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    model_or_skip()
    page = tmp_path_factory.mktemp("page")
    (page / MARK).write_text("{}")
    (page / "index.html").write_text("<p>alone")
    (page / "litert").mkdir()
    (page / "litert" / "a.wasm").write_text("wasm")
    with serving(tmp_path_factory.mktemp("data"), "--site", str(page)) as there:
        yield there


def get(address: str, path: str = "") -> tuple[int, dict[str, str], str]:
    from urllib.error import HTTPError
    from urllib.request import urlopen

    try:
        with urlopen(address + path) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def door(address: str, origin: str | None = None, path: str = "socket") -> Any:
    own = "http://" + urlsplit(address).netloc
    return sockets.connect(address.replace("http", "ws", 1) + path, origin=origin or own)


def wrong(address: str) -> str:
    return f"http://{urlsplit(address).netloc}/{'x' * 32}/"


@contextmanager
def camera(address: str, key: str = KEY) -> Iterator[Any]:
    with door(address) as there:
        there.send(json.dumps({"do": "camera", "key": key}))
        yield there


def why_closed(there: Any) -> tuple[int, str]:
    from websockets.exceptions import ConnectionClosed

    try:
        while True:
            there.recv(timeout=PATIENCE_S)
    except ConnectionClosed:
        return there.close_code, there.close_reason


@pytest.mark.parametrize("path", ["", "app.js", "choices", "summary.csv"])
def test_a_wrong_token_is_refused_everywhere(address: str, path: str) -> None:
    assert get(wrong(address), path)[0] == 403


def test_a_wrong_token_or_a_foreign_page_gets_no_socket(address: str) -> None:
    from websockets.exceptions import InvalidStatus

    for there, origin in ((wrong(address), None), (address, "http://evil.example")):
        with pytest.raises(InvalidStatus) as refused, door(there, origin):
            pass
        assert refused.value.response.status_code == 403


def test_the_page_that_needs_no_computer_lies_beside_with_its_own_policy(address: str) -> None:
    assert json.loads(get(address, "choices")[2])["alone"] is True
    status, headers, body = get(address, "alone/")
    assert (status, body, headers["content-type"]) == (200, "<p>alone", "text/html; charset=utf-8")
    assert headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert get(address, "alone/litert/a.wasm")[1]["content-type"] == "application/wasm"
    assert [get(address, f"alone/{path}")[0] for path in ("no.js", "litert", "%2e%2e/a", "..%2fa")] == [
        404
    ] * 4
    assert get(wrong(address), "alone/")[0] == 403


def test_a_folder_that_is_no_page_is_told_before_anything_is_served(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="holds no page; `repcount site build"),
        serving(tmp_path, "--site", str(tmp_path)),
    ):
        pass


def test_the_page_has_a_policy_without_inline_script_and_folders_are_not_listed(address: str) -> None:
    status, headers, page = get(address)
    assert status == 200
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert page.count("<script") == page.count('<script type="module" src=')
    assert get(address, "page")[0] == 404
    assert get(address, "..%2fserver.py")[0] in (403, 404)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"short", "head"),
        (struct.pack("<dI", float("nan"), 1) + b"x", "time"),
        ("no json", "JSON"),
        ("[1]", "object"),
        ("[" * 3000, "JSON"),
        ("x" * 5000, "letters"),
        ('{"do": "fly"}', None),
        ('{"do": "start", "exercise": "wall-squat", "sets": 1e9}', "whole number"),
        ('{"do": "start", "plan": "/etc/passwd.toml"}', "name"),
    ],
)
def test_what_makes_no_sense_closes_the_socket_with_a_reason_and_the_server_stays(
    address: str, message: str | bytes, reason: str | None
) -> None:
    with camera(address) as there:
        assert json.loads(there.recv())["role"] == "camera"
        there.send(message)
        if reason is not None:
            code, why = why_closed(there)
            assert code == 1008
            assert reason in why
    assert get(address)[0] == 200


def test_a_picture_that_is_too_large_closes_the_socket(address: str) -> None:
    with camera(address) as there:
        there.recv()
        there.send(b"x" * 500_000)
        assert why_closed(there)[0] == 1009
    assert get(address)[0] == 200


def test_a_picture_that_is_none_closes_the_socket_and_the_session_is_there_when_the_phone_is_back(
    address: str,
) -> None:
    with camera(address) as there:
        there.recv()
        there.send('{"do": "start", "exercise": "wall-squat"}')
        assert json.loads(there.recv(timeout=PATIENCE_S))["state"] == "running"
        there.send(struct.pack("<dI", 1.0, 1) + b"no picture at all")
        code, why = why_closed(there)
        assert (code, "JPEG" in why) == (1008, True)
    with camera(address, "b" * 32) as other:
        assert json.loads(other.recv())["role"] == "watch"
    with camera(address) as again:
        assert json.loads(again.recv())["state"] == "running"
        again.send('{"do": "end"}')
        assert json.loads(again.recv(timeout=PATIENCE_S))["state"] == "done"


def test_a_second_page_of_the_same_phone_takes_the_first_ones_place(address: str) -> None:
    with camera(address) as first:
        assert json.loads(first.recv())["role"] == "camera"
        with camera(address) as second:
            assert json.loads(second.recv())["role"] == "camera"
            assert why_closed(first) == (4001, "another page is the camera now")


def test_a_page_that_sends_too_fast_is_closed(address: str) -> None:
    with camera(address) as there:
        for _ in range(200):
            there.send('{"do": "state"}')
        code, why = why_closed(there)
        assert (code, "in a second" in why) == (1008, True)


def test_no_more_than_eight_watch(address: str) -> None:
    with ExitStack() as stack:
        watching = [stack.enter_context(door(address)) for _ in range(9)]
        for there in watching:
            there.send('{"do": "watch"}')
        assert [json.loads(there.recv(timeout=PATIENCE_S))["role"] for there in watching[:8]] == ["watch"] * 8
        assert why_closed(watching[8]) == (1013, "too many are watching")
        watching[0].send('{"do": "end"}')
        assert why_closed(watching[0]) == (1008, "who watches says nothing")


def test_an_unknown_exercise_is_told_and_the_page_may_choose_again(address: str) -> None:
    with camera(address) as there:
        there.recv()
        there.send('{"do": "start", "exercise": "wall-sqat"}')
        assert "wall-squat" in json.loads(there.recv(timeout=PATIENCE_S))["error"]


def test_twenty_idle_connections_do_not_keep_others_out(address: str) -> None:
    place = urlsplit(address)
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(socket.create_connection((place.hostname, place.port)))
        silent = [stack.enter_context(door(address)) for _ in range(20)]
        with camera(address) as there:
            assert json.loads(there.recv(timeout=PATIENCE_S))["role"] == "camera"
        assert why_closed(silent[0]) == (1008, "nothing was said for too long")


def test_silent_connections_of_strangers_are_ended_and_keep_nobody_out(address: str) -> None:
    place = urlsplit(address)
    with camera(address) as there, ExitStack() as stack:
        there.recv(timeout=PATIENCE_S)
        silent = [
            stack.enter_context(socket.create_connection((place.hostname, place.port))) for _ in range(300)
        ]
        for each in silent:
            each.settimeout(PATIENCE_S)
            with suppress(ConnectionResetError):
                assert each.recv(1) == b""
        there.send('{"do": "state"}')
        assert "state" in json.loads(there.recv(timeout=PATIENCE_S))
        assert get(address)[0] == 200
