"""Who is connected: strangers have little time and few places, and never those of whoever knows the token."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

FIRST_REQUEST_S: Final = 10.0
"""A connection that has not asked with the right token by then is ended."""
MOST_STRANGERS: Final = 128
MOST_OF_ONE: Final = 32
"""Strangers' connections from one address."""
MOST_KNOWN_OF_ONE: Final = 64
"""Connections of any kind from one address."""

Peer = tuple[str, int]
"""Address and port of the other end."""


@dataclass
class _Connection:
    wire: socket.socket
    peer: Peer
    since_s: float
    is_known: bool = False

    def end(self) -> None:
        """Let the event loop find that the other end is gone; it closes the socket itself."""
        with suppress(OSError):
            self.wire.shutdown(socket.SHUT_RDWR)


class Connections:
    """Bounds the connections of strangers, from before TLS until they have asked with the right token."""

    def __init__(self) -> None:
        self._open: list[_Connection] = []

    def admit(self, wire: socket.socket, peer: Peer) -> bool:
        """Whether a connection that was just accepted may stay.

        Where strangers have taken all their places, the one that has waited longest goes.
        """
        self._forget_closed()
        of_one = [each for each in self._open if each.peer[0] == peer[0]]
        strangers = [each for each in self._open if not each.is_known]
        if len(of_one) >= MOST_KNOWN_OF_ONE or sum(not each.is_known for each in of_one) >= MOST_OF_ONE:
            return False
        if len(strangers) >= MOST_STRANGERS:
            strangers[0].end()
            self._open.remove(strangers[0])
        self._open.append(_Connection(wire, peer, time.monotonic()))
        return True

    def know(self, peer: Peer | None) -> None:
        """The connection from ``peer`` has asked with the right token: it is no stranger's any more."""
        for each in self._open:
            if each.peer == peer and each.wire.fileno() >= 0:
                each.is_known = True

    def expire(self) -> None:
        """End the connections of strangers whose time is over."""
        self._forget_closed()
        now_s = time.monotonic()
        for each in self._open:
            if not each.is_known and now_s - each.since_s > FIRST_REQUEST_S:
                each.end()

    def _forget_closed(self) -> None:
        self._open = [each for each in self._open if each.wire.fileno() >= 0]


class GuardedSocket(socket.socket):
    """A listening socket that hands out only connections that may stay."""

    def __init__(self, *how: Any, **options: Any) -> None:
        super().__init__(*how, **options)
        self.connections = Connections()

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection that may stay; those before it are closed at once."""
        while True:
            wire, peer = super().accept()
            if self.connections.admit(wire, peer[:2]):
                return wire, peer
            wire.close()
