"""Files that are written: beside their place and then renamed, so that nobody sees half of one.

Pipes, terminals and ``/dev/stdout`` are no ordinary files: they are written through.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import uuid
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

from repcount.core.errors import OutputError

PART_PREFIX: Final = ".repcount-"
PART_SUFFIX: Final = ".part"
OWNER_FOLDER = 0o700
OWNER_FILE = 0o600
"""For what is kept of people: its owner reads and writes it, and nobody else."""

_STANDARD: Final = {"/dev/stdout": 1, "/dev/stderr": 2}
_NUMBERED: Final = re.compile(r"/(?:dev|proc/(?:self|thread-self|\d+))/fd/(\d+)")
_MOST_LINKS: Final = 40


class AtomicFile:
    """A hidden empty file in the folder of ``path``, to be filled and then kept or discarded.

    Nobody else can read it until it is kept. A symbolic link stays a link: what it points to is replaced.
    What is no ordinary file (a pipe, a terminal, ``/dev/stdout``) is written to, not replaced. What a
    program that was killed left behind in the folder is removed.

    Parameters
    ----------
    path : where the result shall be; what is there stays until ``keep``.
    mode : who may read and write it then, before the umask takes from that.

    Attributes
    ----------
    part : the file to be filled.

    Raises
    ------
    OutputError
        The folder is missing or cannot be written, or the path names a folder, a socket or a disk.
    """

    def __init__(self, path: Path, mode: int = 0o666) -> None:
        self._path = path
        self._is_special = is_special(path)
        self._place = Path(os.path.realpath(path))
        folder = Path(tempfile.gettempdir()) if self._is_special else self._place.parent
        self._lock: int | None = None
        try:
            if not self._is_special:
                self._check_place()
            _look_once(folder)
            self.part, self._lock = _new_part(folder, mode)
            self._mode = stat.S_IMODE(os.fstat(self._lock).st_mode)
            self.part.chmod(OWNER_FILE)
        except OSError as error:
            raise write_error(path, error) from error

    def _check_place(self) -> None:
        try:
            mode = self._place.stat().st_mode
        except FileNotFoundError:
            return
        if stat.S_ISDIR(mode):
            raise OutputError(f"{self._path}: is a folder; name a file in it")
        if not stat.S_ISREG(mode):
            raise OutputError(f"{self._path}: is no ordinary file; name another")

    def keep(self) -> None:
        """Put the file in its place, once its bytes are on the disk."""
        try:
            if self._is_special:
                write_through(self.part, self._path)
            else:
                with self.part.open("rb+") as file:
                    os.fsync(file.fileno())
                os.replace(self.part, self._place)
                self._place.chmod(self._mode)
        except OSError as error:
            raise write_error(self._path, error) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing behind; may be called twice, and after ``keep``."""
        self.part.unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _new_part(folder: Path, mode: int) -> tuple[Path, int]:
    """An empty file that is locked as long as this process lives and holds it."""
    while True:
        part = folder / f"{PART_PREFIX}{uuid.uuid4().hex[:12]}{PART_SUFFIX}"
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        if not _locks() or (is_free(handle) and part.exists()):
            return part, handle
        os.close(handle)  # at this very moment another program took it for an abandoned one


@lru_cache(maxsize=256)
def _look_once(folder: Path) -> None:
    remove_abandoned(folder)


def remove_abandoned(folder: Path) -> list[Path]:
    """Remove unfinished files that killed programs left behind in a folder, and return them."""
    if not _locks():
        return []
    found = []
    for part in folder.glob(f"{PART_PREFIX}*{PART_SUFFIX}"):
        with suppress(OSError):  # it is another user's, or gone already
            handle = os.open(part, os.O_RDWR | os.O_NOFOLLOW)
            try:
                if is_free(handle):
                    part.unlink()
                    found.append(part)
            finally:
                os.close(handle)
    return found


def _locks() -> bool:
    return os.name == "posix"


def is_free(handle: int) -> bool:
    """Whether nobody has locked the open file; from now on this process has, until it is closed."""
    if not _locks():
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_error(path: Path, error: Exception) -> OutputError:
    """The error that says why ``path`` cannot be written, and what to do."""
    number = getattr(error, "errno", None)
    if not path.parent.is_dir():
        return OutputError(f"{path}: there is no folder {path.parent}; create it or name another place")
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError(f"{path}: there is no room left; free some space or name another place")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return OutputError(f"{path}: cannot be written ({reason}); name another place")


def write_text(path: Path, text: str, mode: int = 0o666) -> None:
    r"""Write a UTF-8 file whole or not at all; line ends stay as they are.

    A character that UTF-8 does not have, as in a file name of broken bytes, is written as ``\udc..``,
    which JSON reads back.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    draft = AtomicFile(path, mode)
    try:
        draft.part.write_bytes(text.encode("utf-8", errors="backslashreplace"))
        draft.keep()
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        draft.discard()


def make_private_folder(folder: Path, *, ours: bool) -> None:
    """Create a folder that only its owner can read. An existing one is closed to others where it is ours."""
    folder.mkdir(parents=True, exist_ok=True, mode=OWNER_FOLDER)  # another program may make it at this moment
    if ours:
        close_to_others(folder, OWNER_FOLDER)


def close_to_others(path: Path, mode: int) -> bool:
    """Take away the rights of others, where the path is the user's own; whether they had any."""
    if os.name != "posix" or not path.stat().st_mode & 0o077 or path.stat().st_uid != os.getuid():
        return False
    path.chmod(mode)
    return True


def refuse_overwrite(inputs: Iterable[Path], output: Path) -> None:
    """Check that the output is none of the inputs, by whatever path or link it is named.

    Raises
    ------
    OutputError
        It is one.
    """
    if any(_same_file(path, output) for path in inputs):
        raise OutputError(f"{output}: is an input and is not overwritten; name another file")


def _same_file(a: Path, b: Path) -> bool:
    try:
        return os.path.samefile(a, b)
    except OSError:  # one of them is not there
        return os.path.realpath(a) == os.path.realpath(b)


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
