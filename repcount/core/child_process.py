"""What a process that works for another one does: leaves it Ctrl-C, never outlives it, saves memory."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from multiprocessing import parent_process
from typing import Final

LARGE: Final = 1024 * 1024
"""Bytes from which a block is mapped by itself: more than a picture that is tracked. Left alone glibc puts
ever larger ones among the small: the index of an hour's file, which grows as it is read, took 12 MB.
"""
SPARE: Final = 4 * 1024 * 1024
"""Free bytes that may lie at the end, so that what each picture takes is not fetched anew each time."""
_TRIM_THRESHOLD: Final = -1  # the numbers that glibc's malloc.h has for mallopt
_MMAP_THRESHOLD: Final = -3


def follow_parent() -> None:
    """Set up the process it is called in, at its start.

    A parent that is killed tells nobody. A thread waits for its end, whatever the work is at, and then ends
    this process at once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return
    try:
        parent.join()
    except OSError:  # this process is ending, and has closed what tells of its parent
        return
    os._exit(1)


def keep_apart() -> None:
    """Ask glibc to map large blocks by themselves, so that they leave no holes when they are freed."""
    choose = _of_glibc("mallopt")
    if choose is not None:
        choose(_MMAP_THRESHOLD, LARGE)
        choose(_TRIM_THRESHOLD, SPARE)


def give_back() -> None:
    """Return freed memory to the system where the C library can. Every network that ends leaves holes."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> ctypes._NamedFuncPointer | None:
    """A function of glibc; None where the C library is another one."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    if library is None or not hasattr(library, "gnu_get_libc_version"):
        return None
    found: ctypes._NamedFuncPointer = getattr(library, name)
    return found
