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
