"""Freed memory between what is still in use goes back to the system."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from repcount.pipeline.video_workers import give_back

PIECE = 600  # bytes; Python keeps smaller ones in pools of its own
PIECES = 100_000


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


GLIBC_ONLY = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"), reason="needs glibc"
)
LARGE_BLOCKS = """
from pathlib import Path
from repcount.pipeline.video_workers import keep_apart

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

keep_apart()
first = b"x" * 20_000_000
del first  # after this glibc would put the next one among the small blocks
second, above = b"x" * 10_000_000, b"x" * 600
before_mb = resident_mb()
del second
print(before_mb - resident_mb())
"""


@GLIBC_ONLY
def test_a_large_block_leaves_no_hole() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE_BLOCKS], check=True, capture_output=True, text=True)
    assert float(done.stdout) > 9.0


@GLIBC_ONLY
def test_holes_in_memory_are_given_back() -> None:
    pieces = [bytes(PIECE) for _ in range(PIECES)]
    kept = bytes(PIECE)  # stands above the hole, which is not given back by itself
    del pieces
    before_mb = _resident_mb()
    give_back()
    assert before_mb - _resident_mb() > 0.5 * PIECE * PIECES / 1e6
    assert len(kept) == PIECE
