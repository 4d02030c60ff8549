"""Who may speak to the server: the token of the address, the page's own origin, not too fast."""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from typing import Final
from urllib.parse import urlsplit

TOKEN_BYTES: Final = 24
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


class Pace:
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
