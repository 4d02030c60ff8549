"""Outputs that are no ordinary files: pipes, terminals, ``/dev/stdout``. They are written through."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from pathlib import Path
from typing import BinaryIO, Final

_STANDARD: Final = {"/dev/stdout": 1, "/dev/stderr": 2}
_NUMBERED: Final = re.compile(r"/(?:dev|proc/(?:self|thread-self|\d+))/fd/(\d+)")
_MOST_LINKS: Final = 40


def is_special(path: Path) -> bool:
    """Whether the path names a pipe, a terminal or another character device, or an open file of this process.

    ``/dev/stdout`` is special even where a shell has put an ordinary file there: it is not to be replaced.
    """
    if descriptor(path) is not None:
        return True
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def descriptor(path: Path) -> int | None:
    """The number of the open file of this process that the path names, through links too; None for others."""
    if os.name != "posix":
        return None
    name = os.path.abspath(path)
    for _ in range(_MOST_LINKS):
        name = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        if name in _STANDARD:
            return _STANDARD[name]
        found = _NUMBERED.fullmatch(name)
        if found is not None:
            return int(found[1])
        if not os.path.islink(name):
            return None
        name = os.path.join(os.path.dirname(name), os.readlink(name))
    return None


def write_through(source: Path, target: Path) -> None:
    """Write the bytes of a file to a special one, after what was written there before.

    Raises
    ------
    OSError
        It takes no more, or nobody reads it.
    """
    number = descriptor(target)
    if number is not None and sys.stdout is not None:
        sys.stdout.flush()
    handle = os.open(target, os.O_WRONLY) if number is None else os.dup(number)
    with source.open("rb") as read, os.fdopen(handle, "wb") as written:
        _copy(read, written)


def _copy(read: BinaryIO, written: BinaryIO) -> None:
    shutil.copyfileobj(read, written)
    written.flush()
