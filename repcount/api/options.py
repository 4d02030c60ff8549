"""The options of the public functions: the same as those of the command line, checked in the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from repcount.config import Settings
from repcount.core.errors import SettingError
from repcount.core.setting_text import PARSERS
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import which_there_are
from repcount.pipeline import assemble

if TYPE_CHECKING:
    from repcount.pose.network_files import Progress


def settings_of(given: Mapping[str, Any]) -> Settings:
    """Return the settings with these values, None for what was not given; nothing else is read.

    Raises
    ------
    SettingError
        A value makes no sense.
    """
    values = {}
    for name, raw in given.items():
        if raw is not None:
            try:
                values[name] = PARSERS[name](str(raw) if isinstance(raw, Path) else raw, Path())
            except ValueError as error:
                raise SettingError(f"{name}={raw!r} makes no sense; {error}") from error
    return Settings(**values)


def watched_for(exercise: str | Exercise | None) -> tuple[Exercise, ...]:
    """Return what is to be watched for: the one that is named or given, or all of them.

    Raises
    ------
    SettingError
        There is none of that name.
    """
    if isinstance(exercise, Exercise):
        return (exercise,)
    if exercise not in (None, assemble.AUTO, *catalog.names()):
        there = which_there_are(
            str(exercise), catalog.names(), "repcount.load_exercise(path)", catalog.meanings()
        )
        raise SettingError(f"there is no exercise `{exercise}`; {there}")
    return assemble.choose_exercises(exercise, None)


@contextmanager
def silent_model() -> Iterator[Progress]:
    """Build the model without a word, where there is none yet."""
    yield lambda stage, share: None
