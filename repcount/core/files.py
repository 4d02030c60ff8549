"""Files: results written beside their place and then renamed, so that nobody sees half of one; checksums."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import uuid
from collections.abc import Iterable
from pathlib import Path

from repcount.core.errors import InputError, OutputError

_BLOCK_BYTES = 1 << 20
OWNER_FOLDER = 0o700
OWNER_FILE = 0o600
"""For what is kept of people: its owner reads and writes it, and nobody else."""


class AtomicFile:
    """A hidden empty file in the folder of ``path``, to be filled and then kept or discarded.

    A symbolic link stays a link: what it points to is replaced.

    Parameters
    ----------
    path : where the result shall be; what is there stays until ``keep``.
    mode : who may read and write it, before the umask takes from that.

    Attributes
    ----------
    part : the file to be filled.

    Raises
    ------
    OutputError
        The folder is missing or cannot be written, or the path names something that is no ordinary file.
    """

    def __init__(self, path: Path, mode: int = 0o666) -> None:
        self._path = path
        self._place = Path(os.path.realpath(path))
        self.part = self._place.with_name(f".{uuid.uuid4().hex[:12]}.part")
        try:
            self._check_place()
            os.close(os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
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
            with self.part.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(self.part, self._place)
        except OSError as error:
            self.discard()
            raise write_error(self._path, error) from error

    def discard(self) -> None:
        """Leave nothing behind; may be called twice, and after ``keep``."""
        self.part.unlink(missing_ok=True)


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


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex; an ``OSError`` where it cannot be read."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            found.update(block)
    return found.hexdigest()


def content_hash(path: Path) -> str:
    """The SHA-256 of an input, in hex.

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        return file_sha256(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
