"""A built page shown on localhost, with the headers that a host of it should send too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from repcount.core.errors import InputError, SettingError
from repcount.site.build import MARK, POLICY
from repcount.web.shared_session import SiteFolder

HERE: Final = "127.0.0.1"
HEADERS: Final = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), screen-wake-lock=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
KINDS: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".tflite": "application/octet-stream",
}


class PageHandler(SimpleHTTPRequestHandler):
    """Answers with the files of a folder, and tells nobody of it."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **KINDS}  # noqa: RUF012 - as its base has it

    def end_headers(self) -> None:
        """Send the headers of safety with the others."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Tell nothing."""


def built_page(folder: Path) -> SiteFolder:
    """The page in a folder, for a server of any kind.

    Raises
    ------
    InputError
        There is no page in the folder.
    """
    if not (folder / MARK).is_file():
        raise InputError(f"{folder}: holds no page; `repcount site build {folder}` makes one")
    return SiteFolder(folder, HEADERS, KINDS)


def serve_site(folder: Path, port: int, tell: Callable[[str], None]) -> None:
    """Show the page in ``folder`` until it is interrupted.

    Parameters
    ----------
    port : 0 takes a free one.
    tell : takes the address.

    Raises
    ------
    InputError
        There is no page in the folder.
    SettingError
        The port is taken.
    """
    built_page(folder)
    try:
        server = ThreadingHTTPServer((HERE, port), partial(PageHandler, directory=str(folder)))
    except OSError as error:
        raise SettingError(
            f"--port {port}: cannot be listened on ({error.strerror}); name another"
        ) from error
    with server:
        tell(f"http://localhost:{server.server_address[1]}/")
        server.serve_forever()
