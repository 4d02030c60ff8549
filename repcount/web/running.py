"""The server run: uvicorn on a socket until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import MissingDependencyError
from repcount.history.place import data_folder
from repcount.web.certificate import KeyPair, kept_pair, own_pair
from repcount.web.guard import new_token
from repcount.web.invitation import invitation
from repcount.web.listening import Door, Where, opened
from repcount.web.room import Place, Room
from repcount.web.wire import LARGEST_BYTES

if TYPE_CHECKING:
    from uvicorn import Config

MOST_AT_ONCE: Final = 256


def run(place: Place, where: Where, tell: Callable[[str], None], coloured: bool = False) -> None:
    """Serve until the process is asked to end.

    Parameters
    ----------
    tell : takes the lines for the terminal.
    coloured : the terminal knows colours.

    Raises
    ------
    InputError
        The port is taken, or there is no local network.
    SettingError
        Host or certificate will not do.
    MissingDependencyError
        The extra `phone` is not installed.
    """
    try:
        import cryptography  # noqa: F401
        import segno  # noqa: F401
        import uvicorn

        from repcount.web.server import application
    except ImportError as error:
        raise MissingDependencyError("serve needs more: pip install 'repcount[phone]'") from error
    token = new_token()
    app = application(token, Room(place))
    door = opened(where)
    with door.socket:
        pair = _pair(where, door)
        address = door.address(where.is_secure, token)
        fingerprint = None if pair is None else pair.fingerprint
        for line in invitation(address, coloured, fingerprint, where.certificate is not None):
            tell(line)
        uvicorn.Server(_config(app, pair)).run(sockets=[door.socket])


def _pair(where: Where, door: Door) -> KeyPair | None:
    if where.certificate is not None and where.key is not None:
        return own_pair(where.certificate, where.key)
    if not where.lan:
        return None
    here = socket.gethostname()
    names = (door.name, here, f"{here.partition('.')[0]}.local", "localhost")
    return kept_pair(tuple(filter(str.isascii, names)), data_folder() / "phone")


def _config(app: Any, pair: KeyPair | None) -> Config:
    from uvicorn import Config

    return Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST_BYTES + 1000,
        ws_max_queue=4,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=2,
        ssl_certfile=None if pair is None else str(pair.certificate),
        ssl_keyfile=None if pair is None else str(pair.key),
    )
