"""Words for the shell's completion; cheap, since the shell asks at every press of the tab key."""

from __future__ import annotations

from pathlib import Path

import repcount


def listed_exercises() -> list[str]:
    """Names of the built-in exercises, from the listing of their folder."""
    folder = Path(repcount.__file__).parent / "exercises"
    return sorted(path.stem.replace("_", "-") for path in folder.glob("*.toml"))


def exercise_names(incomplete: str) -> list[str]:
    """Names of the built-in exercises that begin so."""
    return [name for name in listed_exercises() if name.startswith(incomplete)]


def exercise_choices(incomplete: str) -> list[str]:
    """As :func:`exercise_names`, and the word for finding out which one is done."""
    return [name for name in ("auto", *listed_exercises()) if name.startswith(incomplete)]
