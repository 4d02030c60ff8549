"""Exercises of one's own: the files in the user's folder, known everywhere by their names."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.core.errors import SettingError

if TYPE_CHECKING:
    from repcount.exercises.spec import Exercise

SUFFIX: Final = ".toml"


def folder() -> Path:
    """Where they lie: ``exercises`` in the user's data folder."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("repcount", appauthor=False)) / "exercises"


def files() -> dict[str, Path]:
    """The files by the name of the exercise in them, which is that of the file."""
    return {path.stem: path for path in sorted(folder().glob(f"*{SUFFIX}")) if path.is_file()}


def get(name: str) -> Exercise:
    """Return an exercise that comes with the program, or one of the user's own.

    Raises
    ------
    SettingError
        There is none of that name, or its file is wrong.
    """
    from repcount.exercises import catalog

    path = None if name in catalog.names() else files().get(name)
    if path is None:
        return catalog.get(name, also=files())
    return load(path)


def load(path: Path) -> Exercise:
    """Read a file of the user's folder.

    Raises
    ------
    SettingError
        The file is wrong, or holds another name than its own.
    """
    from repcount.exercises import catalog

    exercise = catalog.load(path)
    if exercise.name != path.stem:
        raise SettingError(f"{path}: holds `{exercise.name}`; name the file {exercise.name}{SUFFIX}")
    return exercise


def readable() -> tuple[Exercise, ...]:
    """All that there are, but for files of the user's own that are wrong: what was done is shown without."""
    from repcount.exercises import catalog

    found = [catalog.get(name) for name in catalog.names()]
    for path in files().values():
        with suppress(SettingError):
            found.append(load(path))
    return tuple(found)


def every() -> tuple[Exercise, ...]:
    """All that there are, those that come with the program first.

    Raises
    ------
    SettingError
        A file of the user's own is wrong.
    """
    from repcount.exercises import catalog

    built_in = catalog.names()
    own = (load(path) for name, path in files().items() if name not in built_in)
    return (*(catalog.get(name) for name in built_in), *own)
