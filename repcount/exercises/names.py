"""Help with misspelt names."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?", or the list of what there is where nothing is close."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5) or [
        n for n in names if name and n.startswith(name)
    ]
    if close:
        return f"did you mean `{close[0]}`?"
    return "known are " + ", ".join(names)


def which_there_are(name: str, known: Iterable[str], own: str) -> str:
    """Return the near name, all names once, and ``own``: how a user's own is named."""
    names = sorted(known)
    hint = did_you_mean(name, names)
    listed = "" if hint.startswith("known") else f"known: {', '.join(names)}; "
    return f"{hint} ({listed}your own: {own})"
