"""A network between browser and server on this machine: it can be cut, and may let no WebSocket through."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

UPGRADE = b"upgrade: websocket"


class Wire:
    """Carries connections to the server of ``address``. A context manager.

    Parameters
    ----------
    sockets : False swallows WebSockets, as some networks and browsers do: no answer, no refusal.
    """

    def __init__(self, address: str, sockets: bool = True) -> None:
        there = urlsplit(address)
        self._server = (there.hostname or "", there.port or 0)
        self._sockets = sockets
        self._whole = True
        self._ends: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}{there.path}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and let no new one through."""
        self._whole = False
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *what: object) -> None:
        self.cut()
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._door.accept()
                threading.Thread(target=self._carry, args=(browser,), daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        self._ends.append(browser)
        with browser, suppress(OSError):
            first = browser.recv(1 << 16)
            if not self._sockets and UPGRADE in first.lower():
                browser.recv(1)  # until the browser gives up
            elif self._whole and first:
                with socket.create_connection(self._server) as server:
                    self._ends.append(server)
                    server.sendall(first)
                    back = threading.Thread(target=_shovel, args=(server, browser), daemon=True)
                    back.start()
                    _shovel(browser, server)
                    back.join()


def _shovel(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
