"""What a database complains of, told as one line with what to do."""

from __future__ import annotations

from repcount.core.errors import HistoryError
from repcount.history.place import Place

_KEPT = "nothing that was kept before is changed"

_WORDS = (
    (("database is locked", "lock timeout"), "another repcount is writing to it; try again"),
    (
        ("readonly", "read-only", "unable to open database file"),
        "it cannot be written; make the file and its folder writable, "
        "or name another database in REPCOUNT_DATABASE_URL",
    ),
    (
        ("database or disk is full", "disk i/o error", "no space left", "disk full"),
        f"there is no room left; free some space ({_KEPT})",
    ),
    (
        ("malformed", "not a database", "corrupt"),
        "the file is damaged and is left as it is; move it away and put a copy from its folder "
        "`backups` in its place, or begin a new one",
    ),
    (
        ("connection", "could not translate", "does not exist", "authentication"),
        "the database cannot be reached; check REPCOUNT_DATABASE_URL and the server",
    ),
)


def told(place: Place, complaint: str) -> HistoryError:
    """The error for what a database complains of."""
    line = " ".join(complaint.split())
    low = line.lower()
    for signs, words in _WORDS:
        if any(sign in low for sign in signs):
            return HistoryError(f"{place.shown}: {words} [{line}]")
    return HistoryError(f"{place.shown}: the history does not work ({line}); {_KEPT}")
