"""Freed memory between what is still in use goes back to the system."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from repcount.tracking.memory import give_back

PIECE = 600  # bytes; Python keeps smaller ones in pools of its own
PIECES = 100_000


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="needs glibc"
)
def test_holes_in_memory_are_given_back() -> None:
    pieces = [bytes(PIECE) for _ in range(PIECES)]
    kept = bytes(PIECE)  # stands above the hole, which is not given back by itself
    del pieces
    before_mb = _resident_mb()
    give_back()
    assert before_mb - _resident_mb() > 0.5 * PIECE * PIECES / 1e6
    assert len(kept) == PIECE
