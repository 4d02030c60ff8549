"""What the terminal says when the server runs: the address, its QR code, and the warning to expect."""

from __future__ import annotations

import io
from typing import Final

WHITE_ON_BLACK: Final = "\x1b[97;40m"
PLAIN: Final = "\x1b[0m"


def qr_code(text: str, coloured: bool) -> str:
    """A QR code of half blocks, for a terminal.

    Parameters
    ----------
    coloured : says white on black by escape sequences; without, it is right on a dark terminal only.
    """
    import segno

    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True, border=2)
    lines = drawn.getvalue().splitlines()
    return "\n".join(f"{WHITE_ON_BLACK}{line}{PLAIN}" for line in lines) if coloured else "\n".join(lines)


def invitation(address: str, coloured: bool, fingerprint: str | None, own: bool) -> list[str]:
    """Lines for the person at the terminal.

    Parameters
    ----------
    fingerprint : of the certificate; None over plain HTTP.
    own : the certificate is the user's own.
    """
    if fingerprint is None:
        return [
            f"Open {address}",
            "Plain HTTP, for browsers on this machine only; --lan serves a phone. Ctrl-C ends.",
        ]
    lines = [f"Scan this with the phone, or open {address}", qr_code(address, coloured)]
    if not own:
        lines += [
            "The browser warns once, as this machine made the certificate itself: Advanced, then go on.",
            f"If you want to be sure that it is this one: SHA-256 {fingerprint}",
        ]
    return [
        *lines,
        "The phone must be in the same network. Whoever has the address can watch. Ctrl-C ends.",
    ]
