"""Strangers' connections: their time and their places are bounded, and never those of a known page."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from repcount.web import access
from repcount.web.access import MOST_OF_ONE, MOST_STRANGERS, Connections, GuardedSocket

ANNA = ("192.0.2.1", 5000)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as there:
        yield there


def wire(stack: ExitStack) -> tuple[socket.socket, socket.socket]:
    here, there = socket.socketpair()
    stack.enter_context(here)
    stack.enter_context(there).settimeout(5)
    return here, there


def test_one_address_has_few_places_and_another_is_let_in(stack: ExitStack) -> None:
    known = Connections()
    let_in = [known.admit(wire(stack)[0], (ANNA[0], port)) for port in range(MOST_OF_ONE + 1)]
    assert let_in == [True] * MOST_OF_ONE + [False]
    assert known.admit(wire(stack)[0], ("192.0.2.2", 1))


def test_a_closed_connection_gives_its_place_back(stack: ExitStack) -> None:
    known = Connections()
    first = wire(stack)[0]
    known.admit(first, ANNA)
    for port in range(MOST_OF_ONE - 1):
        known.admit(wire(stack)[0], (ANNA[0], port))
    assert not known.admit(wire(stack)[0], ANNA)
    first.close()
    assert known.admit(wire(stack)[0], ANNA)


def test_where_all_places_are_taken_the_stranger_that_waits_longest_goes_and_never_a_known_page(
    stack: ExitStack,
) -> None:
    known = Connections()
    phone, phones_end = wire(stack)
    known.admit(phone, ANNA)
    known.know(ANNA)
    pairs = [wire(stack) for _ in range(MOST_STRANGERS + 1)]
    assert all(known.admit(pair[0], (f"198.51.100.{number}", 1)) for number, pair in enumerate(pairs))
    assert pairs[0][1].recv(1) == b""
    for still_there in (phones_end, pairs[1][1]):
        still_there.setblocking(False)
        with pytest.raises(BlockingIOError):
            still_there.recv(1)


def test_a_stranger_that_says_nothing_is_ended_in_time_and_a_known_page_is_not(
    stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Connections()
    (phone, phones_end), (stranger, strangers_end) = wire(stack), wire(stack)
    known.admit(phone, ANNA)
    known.admit(stranger, ("192.0.2.2", 1))
    known.know(ANNA)
    known.expire()
    strangers_end.setblocking(False)
    with pytest.raises(BlockingIOError):
        strangers_end.recv(1)
    monkeypatch.setattr(access, "FIRST_REQUEST_S", -1.0)
    known.expire()
    assert strangers_end.recv(1) == b""
    phones_end.setblocking(False)
    with pytest.raises(BlockingIOError):
        phones_end.recv(1)


def test_the_listening_socket_closes_what_is_too_much_at_once(stack: ExitStack) -> None:
    with GuardedSocket(socket.AF_INET, socket.SOCK_STREAM) as door:
        door.bind(("127.0.0.1", 0))
        door.listen(128)
        door.setblocking(False)
        callers = [stack.enter_context(socket.create_connection(door.getsockname())) for _ in range(40)]
        for _ in range(MOST_OF_ONE):
            stack.enter_context(door.accept()[0])
        with pytest.raises(BlockingIOError):
            door.accept()
        callers[-1].settimeout(5)
        assert callers[-1].recv(1) == b""


@pytest.mark.extra("starlette")
@pytest.mark.parametrize("said", ["nothing", "nonsense"])
def test_a_page_that_is_gone_while_it_is_told_why_leaves_no_traceback(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    starlette = pytest.importorskip("starlette.websockets")
    from repcount.config import Settings
    from repcount.web import transport
    from repcount.web.shared_session import ServerSetup, SharedSession

    monkeypatch.setattr(transport, "HELLO_S", 0.01)
    messages: list[dict[str, Any]] = [{"type": "websocket.connect"}]
    if said == "nonsense":
        messages.append({"type": "websocket.receive", "text": "nonsense"})

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: dict[str, Any]) -> None:
        if message["type"] != "websocket.accept":
            raise OSError("gone")

    async def talk() -> None:
        door = starlette.WebSocket({"type": "websocket", "headers": []}, receive, send)
        await door.accept()
        await transport.converse(door, SharedSession(ServerSetup(transport.__file__, Settings())))

    asyncio.run(talk())
