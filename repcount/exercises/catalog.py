"""Finds exercises, those built in and a user's own file; TOML files are read and checked against a schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from repcount.core import limited_files
from repcount.core.errors import SettingError
from repcount.core.limited_files import FormError, form_error, in_short
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import did_you_mean, which_there_are

Schema = TypeVar("Schema", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """The values of a file.

    Raises
    ------
    SettingError
        It cannot be read, or is no TOML.
    """
    try:
        return limited_files.read_toml(path)
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
        raise SettingError(f"{origin}: {in_short(_first_complaint(error, schema))}") from error


def _first_complaint(error: ValidationError, schema: type[BaseModel]) -> str:
    first = error.errors()[0]
    key = _key(first["loc"])
    if first["type"] == "extra_forbidden":
        known = _fields_at(first["loc"][:-1], schema)
        return f"{key}: no such key; {did_you_mean(str(first['loc'][-1]), known)}"
    if first["type"] == "missing":
        return f"{key}: is missing; add it"
    message = first["msg"].removeprefix("Value error, ")
    more = len(error.errors()) - 1
    return f"{key}: {message}" + (f" (and {more} more)" if more else "")


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


def get(name: str) -> Exercise:
    """Return a built-in exercise.

    Raises
    ------
    SettingError
        There is none of that name; the text says which there are.
    """
    if name not in names():
        there = which_there_are(name, names(), "--exercise-file FILE")
        raise SettingError(f"there is no exercise `{in_short(name)}`; {there}")
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
