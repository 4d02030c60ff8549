"""Whether a file that does not say how long it lasts was cut off: its last piece is longer than the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

EBML: Final = b"\x1a\x45\xdf\xa3"
FLV: Final = b"FLV"


def is_cut(path: Path) -> bool:
    """Whether the last piece of a Matroska, WebM or FLV file is not whole; False of any other file.

    Recorders that write as they go (a browser, a streaming program) leave the length out. A file that was
    cut exactly between two pieces looks like a whole one.
    """
    try:
        with path.open("rb") as file:
            size, head = os.fstat(file.fileno()).st_size, file.read(4)
            file.seek(0)
            if head == EBML:
                return _is_past(_elements(file), size)
            return head[:3] == FLV and _is_past(_tags(file), size)
    except OSError:
        return False


def _is_past(ends: Iterator[int | None], size: int) -> bool:
    """Whether one of the pieces ends behind the end of the file."""
    return any(end is None or end > size for end in ends)


def _elements(file: BinaryIO) -> Iterator[int | None]:
    """Where each Matroska element ends; None for one that breaks off in its first bytes.

    An element of unknown size is gone into; its parts follow as if they stood beside it.
    """
    while first := file.read(1):
        more = 8 - first[0].bit_length()  # bytes of its name
        if more > 3:
            return  # no element: nobody can read what follows
        file.seek(more, os.SEEK_CUR)
        length = file.read(1)
        if length == b"\0":
            return
        width = 9 - length[0].bit_length() if length else 1
        rest = file.read(width - 1)
        if not length or len(rest) < width - 1:
            yield None
            return
        value = int.from_bytes(bytes([length[0] & (0xFF >> width)]) + rest, "big")
        if value != (1 << 7 * width) - 1:  # all ones: it is not known
            yield file.seek(value, os.SEEK_CUR)


def _tags(file: BinaryIO) -> Iterator[int | None]:
    """Where each FLV tag ends, with the four bytes behind it that repeat its size."""
    head = file.read(9)
    file.seek(int.from_bytes(head[5:9], "big") + 4)
    while tag := file.read(11):
        yield None if len(tag) < 11 else file.seek(int.from_bytes(tag[1:4], "big") + 4, os.SEEK_CUR)
