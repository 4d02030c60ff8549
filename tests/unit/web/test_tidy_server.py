"""The server that is asked to end as early and as often as Ctrl-C can be pressed."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from typing import Any

import pytest

uvicorn = pytest.importorskip("uvicorn")
pytest.importorskip("fastapi")
pytestmark = pytest.mark.extra("fastapi", "uvicorn")


def test_a_server_that_is_asked_twice_to_end_ends_its_application_too() -> None:
    from repcount.web.server import tidy_server

    heard: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "lifespan"
        for kind in ("startup", "shutdown"):
            heard.append((await receive())["type"])
            await send({"type": f"lifespan.{kind}.complete"})

    async def press_ctrl_c_twice() -> None:
        server.should_exit = server.force_exit = True

    config = uvicorn.Config(application, lifespan="on", log_level="warning", timeout_notify=0)
    config.callback_notify = press_ctrl_c_twice  # is called while it serves
    server = tidy_server(config)
    with socket.create_server(("127.0.0.1", 0)) as door:
        asyncio.run(server.serve(sockets=[door]))
    assert heard == ["lifespan.startup", "lifespan.shutdown"]


@pytest.fixture
def heeded() -> Iterator[None]:
    """Ctrl-C raises, also where the tests run in a shell's background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_while_the_event_loop_is_made_waits_until_it_runs() -> None:
    from repcount.web.server import tidy_server

    heard: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        heard.append((await receive())["type"])
        await send({"type": "lifespan.startup.complete"})
        heard.append((await receive())["type"])
        await send({"type": "lifespan.shutdown.complete"})

    def loop_while_ctrl_c_is_pressed() -> asyncio.AbstractEventLoop:
        signal.raise_signal(signal.SIGINT)
        heard.append("a loop")
        return asyncio.new_event_loop()

    config = uvicorn.Config(application, lifespan="on", log_level="warning")
    config.get_loop_factory = lambda: loop_while_ctrl_c_is_pressed
    with socket.create_server(("127.0.0.1", 0)) as door, pytest.raises(KeyboardInterrupt):
        tidy_server(config).run(sockets=[door])
    assert heard == ["a loop", "lifespan.startup", "lifespan.shutdown"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
