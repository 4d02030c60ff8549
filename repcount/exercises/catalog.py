"""Finds exercises, those built in and a user's own file; TOML files are read and checked against a schema."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from repcount.core import input_files
from repcount.core.errors import SettingError
from repcount.core.input_files import FormError, form_error, in_short
from repcount.core.phrases import FOLDER, SUFFIX
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import did_you_mean, which_there_are

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST_TOLD: Final = 30
"""Things to mend that are told of one file at a time."""

Schema = TypeVar("Schema", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """The values of a file.

    Raises
    ------
    SettingError
        It cannot be read, or is no TOML.
    """
    try:
        return input_files.read_toml(path)
    except (FormError, OSError) as error:
        raise form_error(SettingError, path, error, "mend it") from error


def checked(schema: type[Schema], values: dict[str, Any], origin: str) -> Schema:
    """Check values against a schema; ``origin`` is named in errors.

    Raises
    ------
    SettingError
        They do not keep to it; the text names origin, key and remedy.
    """
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        told = [in_short(_complaint(each, schema)) for each in error.errors()]
        more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
        raise SettingError(origin, (*told[:MOST_TOLD], *more)) from error


def _complaint(found: ErrorDetails, schema: type[BaseModel]) -> str:
    """One thing to mend, with its key and the remedy."""
    key = _key(found["loc"])
    if found["type"] == "extra_forbidden":
        known = _fields_at(found["loc"][:-1], schema)
        return f"{key}: no such key; {did_you_mean(str(found['loc'][-1]), known)}"
    if found["type"] == "missing":
        return f"{key}: is missing; add it"
    return f"{key}: {found['msg'].removeprefix('Value error, ')}"


def _key(location: tuple[int | str, ...]) -> str:
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the file"


def _fields_at(location: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    schema: dict[str, Any] = model.model_json_schema()
    node = schema
    for part in location:
        node = _resolve(node, schema)
        if isinstance(part, int):
            node = node["items"]
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties", {})
    return list(_resolve(node, schema).get("properties", {}))


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for choice in (node, *node.get("anyOf", ()), *node.get("allOf", ())):
        if "$ref" in choice:
            found: dict[str, Any] = schema["$defs"][choice["$ref"].rsplit("/", 1)[1]]
            return found
    return node


_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Names of the built-in exercises, in alphabetical order."""
    return tuple(sorted(path.stem.replace("_", "-") for path in _FOLDER.glob("*.toml")))


def get(name: str, also: Iterable[str] = ()) -> Exercise:
    """Return a built-in exercise.

    Parameters
    ----------
    also : other names that the error speaks of, where there is none of that name.

    Raises
    ------
    SettingError
        There is none of that name; the text says which there are.
    """
    if name not in names():
        there = which_there_are(name, (*names(), *also), "--exercise-file FILE", meanings())
        raise SettingError(f"there is no exercise `{in_short(name)}`; {there}")
    return load(_FOLDER / f"{name.replace('-', '_')}.toml")


def meanings() -> dict[str, list[str]]:
    """What else people call each exercise, in every language that there is."""
    spoken = [read_toml(path).get("exercises", {}) for path in sorted(FOLDER.glob(f"*{SUFFIX}"))]
    found: dict[str, list[str]] = {}
    for name in names():
        exercise = get(name)
        words = [each[name] for each in spoken if name in each]
        titles = [exercise.title, *(each["title"] for each in words)]
        found[name] = [*titles, *exercise.also, *(other for each in words for other in each.get("also", ()))]
    return found


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
