"""The videos and recordings of a folder, and of the folders in it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from repcount.core.errors import InputError

SUFFIXES: Final = (
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".3gp"),
    *(".3g2", ".wmv", ".flv", ".ogv", ".npz"),
)
"""What is looked for; a file of another name is analysed where it is named itself."""


def find_inputs(named: Sequence[Path], left_out: Collection[Path] = ()) -> list[Path]:
    """Return the files that were named, with the videos and recordings of each named folder in its place.

    They come sorted by name and each once. Hidden files, links to folders and what lies in ``left_out``
    (folders for results) are passed over.

    Raises
    ------
    InputError
        A folder cannot be read, or there is nothing in it.
    """
    apart = {path.resolve() for path in left_out}
    found: dict[Path, None] = {}
    for path in named:
        found.update(dict.fromkeys(_in_folder(path, apart) if path.is_dir() else [path]))
    return list(found)


def _in_folder(folder: Path, apart: Collection[Path]) -> list[Path]:
    found = sorted(_walk(folder, apart))
    if not found:
        kinds = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
        raise InputError(f"{folder}: no video or recording in this folder; looked for {kinds}")
    return found


def _walk(folder: Path, apart: Collection[Path]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        seen = (name for name in folders if not name.startswith("."))
        folders[:] = [name for name in seen if (Path(place) / name).resolve() not in apart]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(place) / name


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions") from error
