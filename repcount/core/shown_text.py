"""Text from outside as it may be shown: control characters escaped, passwords in addresses hidden."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HIDDEN: Final = "***"
_ADDRESS: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+(?<![:;,.)'\"`>])", re.IGNORECASE)
_EXAMPLE: Final = ":PASSWORD@"
"""What our own messages tell people to write."""
_JOINERS: Final = "\u200c\u200d"
_VALUE: Final = re.compile(r"=[^&;#]*")


def printable(text: str, keep: str = "") -> str:
    r"""The text with all that a terminal would obey, or that would not be seen, as ``\x1b``.

    Parameters
    ----------
    keep : characters that stay, such as a line's end.
    """
    if text.isprintable():
        return text
    return "".join(letter if _is_plain(letter, keep) else _escaped(letter) for letter in text)


def _is_plain(letter: str, keep: str) -> bool:
    return (
        letter.isprintable() or letter in keep or letter in _JOINERS or unicodedata.category(letter) == "Zs"
    )


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def masked(text: str) -> str:
    """The text with what is secret in its addresses hidden."""
    if "://" not in text:
        return text
    return _ADDRESS.sub(lambda found: masked_url(found[0]), text)


def masked_url(address: str, keep_user: bool = True) -> str:
    """An address without its password and without the values of its query.

    Where it is not clear how far a password goes, more is hidden rather than less.

    Parameters
    ----------
    keep_user : the name before the password stays; otherwise name and password are left out.
    """
    scheme, sign, rest = address.partition("://")
    if not sign or _EXAMPLE in rest:
        return address
    user, rest = split_user(rest)
    before, mark, after = _cut(rest)
    if "@" in after:  # of a query, or of a password that holds a question mark
        return f"{scheme}://{HIDDEN}"
    shown = "" if user is None or not keep_user else f"{_named(user)}@"
    return f"{scheme}://{shown}{before}{mark}{_hidden_values(after)}"


def split_user(rest: str) -> tuple[str | None, str]:
    """Name and password, and what follows them, of an address after its scheme; None without them.

    A password may hold ``@`` and ``/`` that should have been written as ``%40`` and ``%2F``.
    """
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    before, mark, after = _cut(rest)
    if "@" not in before or not ("@" in authority or ":" in authority):
        return None, rest
    user, _, place = before.rpartition("@")
    return user, f"{place}{mark}{after}"


def _cut(rest: str) -> tuple[str, str, str]:
    """What stands before the query, the sign between, and the query with what follows."""
    found = re.search(r"[?#]", rest)
    return (rest, "", "") if found is None else (rest[: found.start()], found[0], rest[found.end() :])


def _named(user: str) -> str:
    name, sign, _ = user.partition(":")
    return f"{name}:{HIDDEN}" if sign else HIDDEN


def _hidden_values(query: str) -> str:
    if not query:
        return ""
    values, mark, _ = query.partition("#")
    shown = _VALUE.sub(f"={HIDDEN}", values) if "=" in values else HIDDEN
    return f"{shown}{mark}{HIDDEN if mark else ''}"


def masked_name(text: str) -> str:
    """What may be a file or an address that was mistyped, without what may be a name and password in it."""
    before, sign, after = text.rpartition("@")
    return f"{HIDDEN}@{after}" if sign and ":" in before else masked(text)
