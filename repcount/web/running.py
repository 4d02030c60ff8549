"""The server run: a socket on this machine, and uvicorn on it until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from repcount.core.errors import InputError, MissingDependencyError
from repcount.web.guard import new_token
from repcount.web.room import Room
from repcount.web.wire import LARGEST_BYTES

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.web.session import Place

HOST: Final = "127.0.0.1"
MOST_AT_ONCE: Final = 64


def run(settings: Settings, place: Place, port: int, tell: Callable[[str], None]) -> None:
    """Serve until the process is asked to end.

    Parameters
    ----------
    port : 0 takes a free one.
    tell : takes the lines for the terminal.

    Raises
    ------
    InputError
        The port is taken.
    MissingDependencyError
        The extra `phone` is not installed.
    """
    try:
        import uvicorn

        from repcount.web.server import application

        token = new_token()
        app = application(token, Room(settings, place))
    except ImportError as error:
        raise MissingDependencyError("serve needs more: pip install 'repcount[phone]'") from error
    with _listening(port) as door:
        number = door.getsockname()[1]
        tell(f"Open http://{HOST}:{number}/{token}/")
        tell("Plain HTTP, for browsers on this machine only. Ctrl-C ends it.")
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
            ws_max_size=LARGEST_BYTES + 1000,
            ws_max_queue=4,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=2,
        )
        uvicorn.Server(config).run(sockets=[door])


def _listening(port: int) -> socket.socket:
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
        door.listen(128)
    except OSError as error:
        door.close()
        raise InputError(f"port {port} is taken; choose another with --port") from error
    return door
