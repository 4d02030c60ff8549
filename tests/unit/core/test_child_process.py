"""A process that works for another one ends when that one is killed, and gives freed memory back."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from repcount.core.child_process import give_back
from tests.waiting import until

PIECE = 600  # bytes; Python keeps smaller ones in pools of its own
PIECES = 100_000
PARENT = """
import multiprocessing, os, signal, sys, time

def work(pipe):
    from repcount.core.child_process import follow_parent
    follow_parent()
    pipe.send((os.getpid(), signal.getsignal(signal.SIGINT) is signal.SIG_IGN))
    while True:  # never looks at its pipe
        time.sleep(60)

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    context.Process(target=work, args=(far,), daemon=True).start()
    print(*near.recv(), flush=True)
    sys.stdin.read()
"""
GLIBC_ONLY = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"), reason="needs glibc"
)
LARGE_BLOCKS = """
from pathlib import Path
from repcount.core.child_process import keep_apart

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


@pytest.mark.skipif(os.name != "posix", reason="looks at processes by their number")
def test_a_busy_worker_ends_when_its_parent_is_killed(tmp_path: os.PathLike[str]) -> None:
    script = os.path.join(tmp_path, "parent.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(PARENT)
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        number, leaves_ctrl_c = program.stdout.readline().split()
        program.send_signal(signal.SIGKILL)
        program.wait()
        until(lambda: _is_gone(int(number)))
    assert leaves_ctrl_c == "True"


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # nobody asked how it ended
        return file.read().rpartition(")")[2].split()[0] == "Z"


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


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
