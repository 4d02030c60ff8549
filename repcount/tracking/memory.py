"""Freed memory given back to the system."""

from __future__ import annotations

import ctypes
import os


def give_back() -> None:
    """Return freed memory to the system where the C library can: every network that ends leaves holes."""
    if os.name == "posix":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
        if trim is not None:
            trim(0)
