"""The server as it ends: what has begun is ended too, however early and often Ctrl-C comes."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uvicorn import Config, Server


def tidy_server(config: Config) -> Server:
    """A server that always ends its application; where uvicorn does not, a traceback is printed.

    uvicorn does not if it is asked to end while it starts, or is asked twice. Ctrl-C is obeyed only once the
    event loop runs: a loop that is half made prints a complaint when it is thrown away.
    """
    from uvicorn import Server

    class Tidy(Server):  # type: ignore[misc, unused-ignore]  # without the extra it has no types
        def run(self, sockets: list[socket.socket] | None = None) -> None:
            with self.capture_signals():
                super().run(sockets)

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.should_exit:
                await self.lifespan.shutdown()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await super().shutdown(sockets)
            if self.force_exit:
                await self.lifespan.shutdown()

    return Tidy(config)
