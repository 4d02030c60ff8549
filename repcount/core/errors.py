"""The few errors this package raises on purpose, and system libraries that are missing.

Each text names the thing and the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

PACKAGES: Final[dict[str, str]] = {
    "libGL.so.1": "libgl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
}
"""Debian package of each library. They are missed one after the other, so a message names them all."""
REMEDY: Final[str] = "apt-get install " + " ".join(dict.fromkeys(PACKAGES.values()))
_MISSING: Final[re.Pattern[str]] = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")


class RepcountError(Exception):
    """Base of all errors that a user can mend; the command line prints its text as one line."""


class InputError(RepcountError):
    """A video, recording or camera that cannot be read."""


class OutputError(RepcountError):
    """A file or folder that cannot be written."""


class ModelError(RepcountError):
    """The pose model is missing, damaged or cannot be fetched."""


class SettingError(RepcountError):
    """An option, a configuration value or an exercise file that makes no sense.

    Attributes
    ----------
    what : the whole text; with points the file or option that they are about.
    points : things to mend where there are several, each with its key and remedy; they are in the text, too.
    """

    def __init__(self, what: str, points: Sequence[str] = ()) -> None:
        super().__init__(f"{what}: {'; '.join(points)}" if points else what)
        self.what, self.points = what, tuple(points)


class MissingDependencyError(RepcountError):
    """A Python extra or a system library that is not installed; the text is the install line."""


class HistoryError(RepcountError):
    """The history cannot be opened, read or written."""


class DamagedHistoryError(HistoryError):
    """The history's file is damaged."""


@contextmanager
def naming_packages() -> Iterator[None]:
    """Turn the failed load of a system library within the block into the line that installs it.

    Raises
    ------
    MissingDependencyError
        In place of the loader's ImportError (cv2) or OSError (ctypes); other errors pass unchanged.
    """
    try:
        yield
    except (ImportError, OSError) as error:
        library = missing_library(error)
        if library is None:
            raise
        raise MissingDependencyError(_install_line(library)) from error


def missing_library(error: ImportError | OSError) -> str | None:
    """Return the file name of the system library that the loader missed; None for any other error."""
    found = _MISSING.search(str(error))
    return found.group(1) if found else None


def _install_line(library: str) -> str:
    if library in PACKAGES:
        return f"{library} is missing on this system: {REMEDY} (Debian, Ubuntu; elsewhere the like)"
    return f"{library} is missing on this system: install the system package that holds it"
