"""The settings and where each value comes from: defaults, the user's file, the environment, options.

The one file that knows the configuration file and the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from repcount.core.errors import SettingError
from repcount.core.input_files import FormError, form_error, in_short, read_toml
from repcount.core.records import CountBy, Side
from repcount.core.setting_text import PARSERS
from repcount.core.shown_text import HIDDEN, masked

ENVIRONMENT_PREFIX = "REPCOUNT_"
_LANGUAGES = Path(__file__).parent / "exercises" / "languages"
FILE_VARIABLE = "REPCOUNT_CONFIG"

_DOC = "doc"
Raw = str | bool | int
"""A value as it is written down, before it is checked."""


@dataclass(frozen=True)
class Settings:
    """All that can be set once instead of with each call; None leaves it to the exercise or the model."""

    model: Path | None = field(
        default=None, metadata={_DOC: "a pose model of your own (.task); otherwise the one that is built"}
    )
    range: str | None = field(
        default=None, metadata={_DOC: "range of motion asked for; otherwise the exercise's own"}
    )
    side: Side | None = field(default=None, metadata={_DOC: "the leg that is watched: auto, left or right"})
    count: CountBy | None = field(
        default=None, metadata={_DOC: "what moves the set on: reps or holds; otherwise the exercise's own"}
    )
    turn: int = field(default=0, metadata={_DOC: "turn a video clockwise: 0, 90, 180, 270 degrees"})
    fps: float | None = field(
        default=None,
        metadata={_DOC: "pictures a second of a raw H.264 or H.265 stream, which does not say so"},
    )
    strict: bool = field(
        default=False, metadata={_DOC: "count only what was done without a fault: true or false"}
    )
    calibration: Path | None = field(
        default=None, metadata={_DOC: "a person's own ranges, as `repcount calibrate` writes them"}
    )
    limit: Mapping[str, float] = field(
        default_factory=dict, metadata={_DOC: "limits of safety, degrees of flexion: knee=60 hip=80"}
    )
    language: str = field(
        default="en",
        metadata={_DOC: "of what is said and shown: en, de, or a file of words (.toml)"},
    )
    jobs: int | None = field(
        default=None, metadata={_DOC: "how many processes track a video; otherwise one for each processor"}
    )
    every_frame: bool = field(
        default=False,
        metadata={_DOC: "track every frame of a video instead of as many as counting takes: true or false"},
    )
    progress: bool = field(default=True, metadata={_DOC: "show how far the work is: true or false"})
    verbose: bool = field(
        default=False, metadata={_DOC: "let the libraries' own messages through: true or false"}
    )
    person: str = field(default="", metadata={_DOC: "who exercises; empty is one nameless person"})
    database_url: str | None = field(
        default=None, metadata={_DOC: "where the history is; otherwise a file in the user's data folder"}
    )


@dataclass(frozen=True)
class Setting:
    """One line of ``repcount config``: what is set, to what, and by whom."""

    name: str
    value: str
    origin: str
    doc: str


@dataclass(frozen=True)
class Configuration:
    """The settings in force and, for each of them, where it was set."""

    settings: Settings
    origins: Mapping[str, str]

    def lines(self) -> tuple[Setting, ...]:
        """Every setting in the order of :class:`Settings`."""
        return tuple(
            Setting(f.name, _shown(getattr(self.settings, f.name)), self.origins[f.name], f.metadata[_DOC])
            for f in fields(Settings)
        )


@dataclass(frozen=True)
class _Layer:
    """The values of one place; ``label`` says for a key where a reader finds it."""

    values: Mapping[str, Any]
    label: Callable[[str], str]
    folder: Path = Path()


def load(
    options: Mapping[str, Raw | None] | None = None, environment: Mapping[str, str] | None = None
) -> Configuration:
    """Gather the settings; the later of defaults, file, environment, options wins.

    Parameters
    ----------
    options : what the command line gave, None for what it did not give.
    environment : ``os.environ`` where not given.

    Raises
    ------
    SettingError
        A key that there is not, or a value that makes no sense; the text says where it stands.
    """
    environ = os.environ if environment is None else environment
    given = {key: value for key, value in (options or {}).items() if value is not None}
    layers = (
        _locale_layer(environ),
        _file_layer(config_file(environ)),
        _environment_layer(environ),
        _Layer(given, lambda key: f"option --{key}"),
    )
    values: dict[str, Any] = {}
    origins = {f.name: "default" for f in fields(Settings)}
    for layer in layers:
        for key, raw in layer.values.items():
            values[key] = _checked(key, raw, layer)
            origins[key] = layer.label(key)
    return Configuration(Settings(**values), origins)


def config_file(environment: Mapping[str, str] | None = None) -> Path:
    """Where the user's file is looked for, whether it is there or not."""
    environ = os.environ if environment is None else environment
    named = environ.get(FILE_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_dir

    return Path(user_config_dir("repcount", appauthor=False)) / "config.toml"


def _file_layer(path: Path) -> _Layer:
    values = _read_toml(path)
    known = [f.name for f in fields(Settings)]
    for key in values:
        if key not in known:
            raise SettingError(f"{path}: `{in_short(key)}` is no setting; known are {', '.join(known)}")
    return _Layer(values, lambda key: f"{path}", path.parent)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path)
    except FileNotFoundError:
        return {}
    except (FormError, OSError) as error:
        raise form_error(SettingError, path, error, "mend or remove it") from error


def _environment_layer(environ: Mapping[str, str]) -> _Layer:
    found = {f.name: environ.get(ENVIRONMENT_PREFIX + f.name.upper(), "") for f in fields(Settings)}
    return _Layer(
        {key: value for key, value in found.items() if value},
        lambda key: f"environment {ENVIRONMENT_PREFIX}{key.upper()}",
    )


def _locale_layer(environ: Mapping[str, str]) -> _Layer:
    """The language of the user's locale, where there are words in it."""
    variable = next((name for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    code = environ.get(variable, "").replace("-", "_").split("_")[0].split(".")[0].lower()
    known = code.isalpha() and (_LANGUAGES / f"{code}.toml").exists()
    return _Layer({"language": code} if known else {}, lambda key: f"environment {variable}")


def _checked(key: str, raw: Any, layer: _Layer) -> Any:
    try:
        return PARSERS[key](raw, layer.folder)
    except ValueError as error:
        given = HIDDEN if key == "database_url" else in_short(repr(raw))
        raise SettingError(f"{layer.label(key)}: {key} = {given} makes no sense; {error}") from error


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return masked(value) or "nameless"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return " ".join(f"{joint}={limit:g}" for joint, limit in value.items()) or "none"
    if isinstance(value, (Side, CountBy)):
        return str(value.value)
    return "auto" if value is None else str(value)
