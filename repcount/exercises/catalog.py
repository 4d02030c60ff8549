"""Finds exercises: those built in and a user's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from repcount.core.errors import SettingError
from repcount.exercises.files import checked, read_toml
from repcount.exercises.names import which_there_are
from repcount.exercises.spec import Exercise

_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Names of the built-in exercises, in alphabetical order."""
    return tuple(sorted(path.stem.replace("_", "-") for path in _FOLDER.glob("*.toml")))


def get(name: str) -> Exercise:
    """Return a built-in exercise.

    Raises
    ------
    SettingError
        There is none of that name; the text says which there are.
    """
    if name not in names():
        there = which_there_are(name, names(), "--exercise-file FILE")
        raise SettingError(f"there is no exercise `{name}`; {there}")
    return load(_FOLDER / f"{name.replace('-', '_')}.toml")


def load(path: Path) -> Exercise:
    """Read an exercise's file.

    Raises
    ------
    SettingError
        The file cannot be read or does not keep to the schema; the text names file, key and remedy.
    """
    return parse(read_toml(path), str(path))


def parse(values: dict[str, Any], origin: str) -> Exercise:
    """Check the values of an exercise's file against the schema; ``origin`` is named in errors."""
    return checked(Exercise, values, origin)
