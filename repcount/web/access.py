"""Where the server listens and who may speak to it: addresses, the token, the page's own origin, the rate.

Strangers have little time and few places, and never those of whoever knows the token.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from repcount.core.errors import InputError, SettingError

TOKEN_BYTES: Final = 24
FIRST_REQUEST_S: Final = 10.0
"""A connection that has not asked with the right token by then is ended."""
MOST_STRANGERS: Final = 128
MOST_OF_ONE: Final = 32
"""Strangers' connections from one address."""
MOST_KNOWN_OF_ONE: Final = 64
"""Connections of any kind from one address."""
MOST_A_SECOND: Final = 90
"""Messages of one page."""
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self' blob: mediastream:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), screen-wake-lock=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
HERE: Final = "127.0.0.1"
AWAY: Final = {socket.AF_INET: ("192.0.2.1", 9), socket.AF_INET6: ("2001:db8::1", 9)}
"""Addresses of nobody, from the ranges for documents. Nothing is sent to them."""


Peer = tuple[str, int]
"""Address and port of the other end."""


def new_token() -> str:
    """Return a random token, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def same_token(given: str, token: str) -> bool:
    """Whether the tokens are the same, in a time that does not tell how far they agree."""
    return hmac.compare_digest(given.encode(), token.encode())


def own_origin(origin: str | None, host: str | None) -> bool:
    """Whether a page that names ``origin`` came from the server that it calls by ``host``."""
    if not origin or not host:
        return False
    return urlsplit(origin).netloc == host


@dataclass
class _Connection:
    connection: socket.socket
    peer: Peer
    since_s: float
    is_known: bool = False

    def end(self) -> None:
        """Let the event loop find that the other end is gone; it closes the socket itself."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class Connections:
    """Bounds the connections of strangers, from before TLS until they have asked with the right token."""

    def __init__(self) -> None:
        self._open: list[_Connection] = []

    def admit(self, connection: socket.socket, peer: Peer) -> bool:
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
        self._open.append(_Connection(connection, peer, time.monotonic()))
        return True

    def know(self, peer: Peer | None) -> None:
        """The connection from ``peer`` has asked with the right token: it is no stranger's any more."""
        for each in self._open:
            if each.peer == peer and each.connection.fileno() >= 0:
                each.is_known = True

    def expire(self) -> None:
        """End the connections of strangers whose time is over."""
        self._forget_closed()
        now_s = time.monotonic()
        for each in self._open:
            if not each.is_known and now_s - each.since_s > FIRST_REQUEST_S:
                each.end()

    def _forget_closed(self) -> None:
        self._open = [each for each in self._open if each.connection.fileno() >= 0]


class GuardedSocket(socket.socket):
    """A listening socket that hands out only connections that may stay."""

    def __init__(self, *how: Any, **options: Any) -> None:
        super().__init__(*how, **options)
        self.connections = Connections()

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection that may stay; those before it are closed at once."""
        while True:
            connection, peer = super().accept()
            if self.connections.admit(connection, peer[:2]):
                return connection, peer
            connection.close()


class RateLimit:
    """Bounds how much comes within a second.

    Parameters
    ----------
    most : messages in any second.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._times_s: deque[float] = deque()

    def allows(self, now_s: float) -> bool:
        """Whether one more may come at ``now_s``, a clock that never goes back."""
        while self._times_s and now_s - self._times_s[0] > 1:
            self._times_s.popleft()
        self._times_s.append(now_s)
        return len(self._times_s) <= self._most


@dataclass(frozen=True)
class ListenAddress:
    """Where to listen, as it was asked for.

    Attributes
    ----------
    host : an address or name of this machine; None is loopback, with ``lan`` the local network's.
    port : 0 takes a free one.
    lan : over HTTPS, for other devices.
    certificate, key : the user's own, instead of the one that is made; both or none.
    """

    host: str | None = None
    port: int = 8765
    lan: bool = False
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_secure(self) -> bool:
        """Whether over HTTPS."""
        return self.lan or self.certificate is not None


@dataclass(frozen=True)
class OpenSocket:
    """A socket that listens, and the name under which a browser finds it."""

    socket: GuardedSocket
    name: str

    def address(self, secure: bool, token: str) -> str:
        """The address of the page."""
        host = f"[{self.name}]" if ":" in self.name else self.name
        return f"http{'s' if secure else ''}://{host}:{self.socket.getsockname()[1]}/{token}/"


def open_socket(where: ListenAddress) -> OpenSocket:
    """Listen.

    Raises
    ------
    SettingError
        The host is none of this machine's, or is not this machine's own while there is no HTTPS.
    InputError
        The port is taken, or there is no local network.
    """
    if (where.certificate is None) != (where.key is None):
        raise SettingError("--cert and --key belong together; name both files, or none")
    host = where.host or (lan_address() if where.lan else HERE)
    family, place = _resolved(host, where.port)
    ip = ipaddress.ip_address(place[0].partition("%")[0])
    if not ip.is_loopback and not where.is_secure:
        raise SettingError(
            f"--host {host}: other devices are served over HTTPS only; add --lan, or --cert and --key"
        )
    listener = _listening(family, place, host)
    return OpenSocket(listener, lan_address(family) if ip.is_unspecified else host)


def lan_address(family: socket.AddressFamily = socket.AF_INET) -> str:
    """The address that this machine has in the local network. Nothing is sent to find it.

    Raises
    ------
    InputError
        There is no network.
    """
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(AWAY[family])
        except OSError as error:
            raise InputError("there is no local network; join one, or name an address with --host") from error
        return str(probe.getsockname()[0])


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise SettingError(f"--host {host}: no such host ({error.strerror})") from error
    family, _, _, _, place = found[0]
    return family, (str(place[0]), port)


def _listening(family: socket.AddressFamily, place: tuple[str, int], host: str) -> GuardedSocket:
    # asyncio sends small answers at once only on sockets that name TCP; others hold each back for 40 ms
    listener = GuardedSocket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(128)
    except OSError as error:
        listener.close()
        if isinstance(error, PermissionError):
            raise InputError(f"port {place[1]} may not be used; choose one above 1023 with --port") from error
        import errno

        if error.errno == errno.EADDRNOTAVAIL:
            raise SettingError(f"--host {host}: not an address of this machine") from error
        raise InputError(f"port {place[1]} is taken; choose another with --port") from error
    return listener
