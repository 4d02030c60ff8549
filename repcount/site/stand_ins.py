"""Stands in the browser where pydantic and platformdirs stand elsewhere: it has what the engine asks of them.

In the page's archive this file is both of these modules. In place of pydantic it makes values of the same
classes without the checks, which were made when the page was built: fields with their defaults, values within
values, copies. In place of platformdirs it knows that no user has folders there.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Union, cast, get_args, get_origin, get_type_hints

ConfigDict = dict


class ValidationError(ValueError):
    """Is never raised here."""

    def errors(self) -> list[Any]:
        """No complaints."""
        return []


class AfterValidator:
    """A check; not made."""

    def __init__(self, check: Callable[[Any], Any]) -> None:
        self.check = check


class _Default:
    def __init__(self, value: Any = ..., factory: Callable[[], Any] | None = None) -> None:
        self._value, self._factory = value, factory

    def get(self) -> Any:
        return self._factory() if self._factory is not None else self._value


def Field(default: Any = ..., default_factory: Callable[[], Any] | None = None, **checks: Any) -> Any:
    """A default; the checks are not made."""
    return _Default(default, default_factory)


def model_validator(mode: str) -> Callable[[Any], Any]:
    """A check of a whole; not made."""
    return lambda method: method


def field_validator(name: str, mode: str) -> Callable[[Any], Any]:
    """What is made of a raw value before it is taken."""

    def marked(method: Any) -> Any:
        method.__func__.prepares = name
        return method

    return marked


class BaseModel:
    """A record that is made from keywords, or of tables within tables."""

    model_config: ClassVar[Any] = {}
    _prepare: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls) -> None:
        own = {
            getattr(each.__func__, "prepares", None): name
            for name, each in vars(cls).items()
            if isinstance(each, classmethod)
        }
        cls._prepare = {**cls._prepare, **{field: name for field, name in own.items() if field}}

    def __init__(self, **values: Any) -> None:
        for name, (_, default) in _fields(cast("Any", type(self))).items():
            given = values[name] if name in values else default.get()
            if given is ...:
                raise TypeError(f"{type(self).__name__}: {name} is missing")
            object.__setattr__(self, name, given)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), repr(vars(self))))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"
        )

    @classmethod
    def model_validate(cls, values: Mapping[str, Any]) -> Any:
        """The record in a table."""
        made = {}
        for name, (hint, _) in _fields(cast("Any", cls)).items():
            if name in values:
                raw = values[name]
                prepare = cls._prepare.get(name)
                made[name] = _converted(hint, getattr(cls, prepare)(raw) if prepare else raw)
        return cls(**made)

    def model_copy(self, update: Mapping[str, Any] | None = None) -> Any:
        """The same with other values."""
        return type(self)(**{**vars(self), **(update or {})})

    def model_dump(self, exclude: set[str] | None = None) -> dict[str, Any]:
        """The values by name."""
        return {name: _plain(value) for name, value in vars(self).items() if name not in (exclude or ())}


@cache
def _fields(cls: Any) -> dict[str, tuple[Any, _Default]]:
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for name, hint in hints.items():
        if name.startswith("_") or name == "model_config":
            continue
        default = getattr(cls, name, ...)
        found[name] = (hint, default if isinstance(default, _Default) else _Default(default))
    return found


def _converted(hint: Any, raw: Any) -> Any:
    """A value of TOML as what the annotation says."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _converted(inner[0], raw)
    if origin in (Union, types.UnionType):
        known = [each for each in inner if each is not types.NoneType]
        return None if raw is None else _converted(known[0], raw)
    if origin is Literal or hint is Any:
        return raw
    if origin is tuple:
        one = inner[0]
        return tuple(_converted(one, each) for each in raw)
    if origin is dict:
        return {_converted(inner[0], key): _converted(inner[1], each) for key, each in raw.items()}
    return _of_class(hint, raw)


def _of_class(hint: Any, raw: Any) -> Any:
    if isinstance(raw, hint) and not isinstance(raw, bool | int):
        return raw
    if issubclass(hint, BaseModel):
        return hint.model_validate(raw)
    if issubclass(hint, Enum) or hint in (float, int):
        return hint(raw)
    return raw


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return tuple(_plain(each) for each in value) if isinstance(value, tuple | list) else value


def user_data_dir(name: str, appauthor: bool) -> str:
    """A folder beside this file, for what was packed with the page; there need not be one."""
    return str(Path(__file__).parent / "own" / name)
