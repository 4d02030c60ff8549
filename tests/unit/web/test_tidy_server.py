"""The server that is asked twice to end, as by Ctrl-C pressed again."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from repcount.web.tidy_server import tidy_server

uvicorn = pytest.importorskip("uvicorn")
pytestmark = pytest.mark.extra("uvicorn")


def test_a_server_that_is_asked_twice_to_end_ends_its_application_too() -> None:
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
