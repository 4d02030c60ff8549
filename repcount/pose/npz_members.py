"""The arrays of an ``.npz`` file, held against their headers before a byte of them is unpacked."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from collections.abc import Collection
from math import prod
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import InputError
from repcount.core.input_files import refuse_no_file

MOST_MEMBERS: Final = 100
MOST_BYTES: Final = 1 << 30
"""Of all arrays together, unpacked: more than ten hours at 30 frames a second."""
_BLOCK_BYTES: Final = 1 << 20
_NUMBERS: Final = "fiu"
_ENCRYPTED: Final = 0x1
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SINGLE: Final = b"\x93NUMPY"
_DAMAGE: Final = (
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    RecursionError,
    MemoryError,
    SyntaxError,
    TypeError,
    KeyError,
    OverflowError,
    struct.error,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What zipfile and NumPy raise for bytes that are none of theirs."""


def read_members(path: Path, keys: Collection[str], form: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of numbers under these keys, as far as they are there.

    Parameters
    ----------
    form : the remedy that a message ends with.

    Raises
    ------
    InputError
        The file cannot be read, is damaged, encrypted, packed in another way, or too large unpacked.
    """
    refuse_no_file(path)
    if path.is_dir():
        raise InputError(f"{path}: a folder, not a recording; name the files in it, or add --recursive")
    try:
        with path.open("rb") as file:
            if file.read(len(_SINGLE)) == _SINGLE:
                raise InputError(f"{path}: a single array, not a recording; {form}")
            with zipfile.ZipFile(file) as archive:
                return _arrays(path, archive, keys, form)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except PermissionError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except _DAMAGE as error:
        raise InputError(f"{path}: damaged, or not a recording of landmarks; {form}") from error


def _arrays(
    path: Path, archive: zipfile.ZipFile, keys: Collection[str], form: str
) -> dict[str, NDArray[Any]]:
    infos = archive.infolist()
    wanted = [info for info in infos if info.filename.removesuffix(".npy") in keys]
    names = {info.filename for info in wanted}
    if len(infos) > MOST_MEMBERS or len(names) < len(wanted):
        raise InputError(f"{path}: has {len(infos)} arrays, or one of them twice; {form}")
    for info in wanted:
        if info.flag_bits & _ENCRYPTED:
            raise InputError(f"{path}: is encrypted; unpack it and save it without a password")
        if info.compress_type not in _PACKINGS:
            raise InputError(f"{path}: is packed in a way that is not read; {form}")
    if sum(info.file_size for info in wanted) > MOST_BYTES:
        raise InputError(f"{path}: would take more than {MOST_BYTES >> 20} MB; cut the recording into parts")
    return {info.filename.removesuffix(".npy"): _array(archive, info) for info in wanted}


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> NDArray[Any]:
    """One array; a ``ValueError`` where its header does not say what its bytes are."""
    with archive.open(info) as member:
        shape, by_column, dtype = _header(member)
        count = prod(shape)
        if dtype.kind not in _NUMBERS or min(shape, default=0) < 0:
            raise ValueError("no numbers")
        if count * dtype.itemsize != info.file_size - member.tell():
            raise ValueError("the length is another one")
        values = np.empty(count, dtype)
        _fill(values, member)
        return values.reshape(shape, order="F" if by_column else "C")


def _header(member: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    version = np.lib.format.read_magic(member)
    if version == (1, 0):
        return np.lib.format.read_array_header_1_0(member)
    if version == (2, 0):
        return np.lib.format.read_array_header_2_0(member)
    raise ValueError("another version of the header")


def _fill(values: NDArray[Any], member: IO[bytes]) -> None:
    room = values.view(np.uint8)
    done = 0
    while done < len(room):
        block = member.read(min(_BLOCK_BYTES, len(room) - done))
        if not block:
            raise EOFError
        room[done : done + len(block)] = np.frombuffer(block, np.uint8)
        done += len(block)
    if member.read(1):  # at its end the checksum is looked at
        raise ValueError("there is more")
