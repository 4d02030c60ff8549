"""Memory that stays the same however long a video is: large blocks kept apart, freed ones given back."""

from __future__ import annotations

import ctypes
import os
from typing import Final

LARGE: Final = 1024 * 1024
"""Bytes from which a block is mapped by itself: more than a picture that is tracked. Left alone glibc puts
ever larger ones among the small: the index of an hour's file, which grows as it is read, took 12 MB.
"""
SPARE: Final = 4 * 1024 * 1024
"""Free bytes that may lie at the end, so that what each picture takes is not fetched anew each time."""
_TRIM_THRESHOLD: Final = -1  # the numbers that glibc's malloc.h has for mallopt
_MMAP_THRESHOLD: Final = -3


def keep_apart() -> None:
    """Map large blocks by themselves, where the C library can: they leave no holes when they go."""
    choose = _of_glibc("mallopt")
    if choose is not None:
        choose(_MMAP_THRESHOLD, LARGE)
        choose(_TRIM_THRESHOLD, SPARE)


def give_back() -> None:
    """Return freed memory to the system where the C library can: every network that ends leaves holes."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> ctypes._NamedFuncPointer | None:
    """A function of the C library; None where it is another one than glibc, whose numbers are its own."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    if library is None or not hasattr(library, "gnu_get_libc_version"):
        return None
    found: ctypes._NamedFuncPointer = getattr(library, name)
    return found
