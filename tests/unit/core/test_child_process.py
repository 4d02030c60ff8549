"""A process that works for another one ends when that one is killed, whatever it is doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.waiting import until

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
