"""The names of people: one name in two forms of Unicode, or in small letters, is one person."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """What names are compared by; they are shown and kept as they were typed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
