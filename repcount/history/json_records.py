"""Records as JSON, and made of JSON that a stranger may have written: every value is of its type."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from repcount.core.input_files import FormError, check_text
from repcount.core.moments import moment_of
from repcount.core.records import NAN

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R")
LARGEST: Final = 1e9
"""Of any number in a history: counts, seconds, degrees."""


def document_of(record: DataclassInstance) -> dict[str, Any]:
    """A record as JSON has it; an unknown number is None."""
    return dict(_document(asdict(record)))


def _document(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _document(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_document(each) for each in value]
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return getattr(value, "value", value)


def record_of(kind: Callable[..., R], found: object) -> R:
    """The record in a JSON object; unknown keys are left out, a null number is unknown.

    Raises
    ------
    FormError
        A key is missing, or a value is of another type or beyond what can be.
    """
    if not isinstance(found, dict):
        raise FormError("an object is expected")
    hints = _hints(kind)
    values = {name: _value(hint, found[name], name) for name, hint in hints.items() if name in found}
    lacking = [name for name in _required(kind) if name not in values]
    if lacking:
        raise FormError(f"{lacking[0]} is missing")
    return kind(**values)


def number_of(value: float) -> float:
    """A number that can be.

    Raises
    ------
    ValueError
        It is not finite, or too large.
    """
    if not abs(value) <= LARGEST:  # NaN is not
        raise ValueError("is not finite or too large")
    return value


@lru_cache(maxsize=32)
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _required(kind: Any) -> list[str]:
    return [each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING]


def _value(hint: Any, raw: object, name: str) -> Any:
    try:
        return _converted(hint, raw, name)
    except FormError:
        raise
    except ValueError as error:
        raise FormError(f"{name}: {error}") from error


def _converted(hint: Any, raw: object, name: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (known,) = [each for each in inner if each is not types.NoneType]
        return None if raw is None else _value(known, raw, name)
    if origin is tuple and isinstance(raw, list):
        return tuple(_value(inner[0], each, name) for each in raw)
    if origin is not None and issubclass(origin, Mapping) and isinstance(raw, dict):
        return {check_text(key): _value(inner[1], each, name) for key, each in raw.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return record_of(hint, raw)
    return _plain(hint, raw)


def _plain(hint: Any, raw: object) -> Any:
    """A number, word or moment; ``bool`` is no number."""
    if hint is float:
        if raw is None:
            return NAN
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            return number_of(float(raw))
    elif hint is bool and isinstance(raw, bool):
        return raw
    elif hint is int and isinstance(raw, int) and not isinstance(raw, bool):
        return int(number_of(raw))
    elif isinstance(raw, str):
        if hint is str:
            return check_text(raw)
        if hint is datetime:
            return moment_of(raw)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(raw)
    raise ValueError("is of another type")
