"""A program that films people at home talks to nobody: watched from outside, by the system calls it makes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.models import model_or_skip

CLIP = Path(__file__).parents[2] / "sample_videos" / "wall_squat.mp4"
STRACE = shutil.which("strace")

CALL = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg|bind)\(")
ON_THIS_MACHINE = re.compile(
    r"sa_family=AF_(UNIX|LOCAL|NETLINK)"
    r'|inet_addr\("127\.\d+\.\d+\.\d+"\)'
    r'|inet_pton\(AF_INET6, "::1"'
)
LOOK_UP = re.compile(r"htons\((53|853|5353)\)|nscd/socket|systemd\.resolve|io\.systemd\.Resolve")
ADDRESSED = re.compile(r"sa_family=")

TALKER = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 443))"


def calls_off_the_machine(trace: str) -> list[str]:
    """The lines of a trace in which something is looked up or addressed that is not this machine."""
    calls = [line for line in trace.splitlines() if CALL.search(line)]
    outward = [line for line in calls if ADDRESSED.search(line) and not ON_THIS_MACHINE.search(line)]
    return outward + [line for line in calls if LOOK_UP.search(line)]


def traced(folder: Path, *arguments: str) -> str:
    trace = folder / "trace.txt"
    watched = [STRACE or "strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", str(trace)]
    command = [*watched, sys.executable, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not trace.exists() or "Operation not permitted" in run.stderr:
        pytest.skip(f"strace may not watch here: {run.stderr.strip()}")
    assert run.returncode == 0, run.stderr
    return trace.read_text(errors="replace")


@pytest.mark.slow
@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_an_analysis_opens_no_connection_and_looks_nothing_up(tmp_path: Path) -> None:
    model = model_or_skip()
    arguments = ("analyze", str(CLIP), "--exercise", "wall-squat", "--model", str(model.path))
    trace = traced(tmp_path, "-m", "repcount", *arguments)
    assert "exited with 0" in trace
    assert calls_off_the_machine(trace) == []


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_a_program_that_does_call_out_is_caught(tmp_path: Path) -> None:
    assert len(calls_off_the_machine(traced(tmp_path, "-c", TALKER))) >= 1


INET = '7 connect(3, {sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr("%s")}, 16) = 0'
INET6 = (
    '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(%d), inet_pton(AF_INET6, "%s", &sin6_addr)}, 28) = 0'
)
UNIX = '7 connect(3, {sa_family=AF_UNIX, sun_path="%s"}, 110) = 0'


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        (INET % (443, "192.0.2.1"), True),
        (INET6 % (443, "2001:db8::1"), True),
        (INET % (53, "127.0.0.53"), True),  # a look-up through this machine's own resolver
        (UNIX % "/var/run/nscd/socket", True),
        (INET % (8000, "127.0.0.1"), False),
        (INET6 % (8000, "::1"), False),
        (UNIX % "/tmp/.X11-unix/X0", False),
        ("7 +++ exited with 0 +++", False),
    ],
)
def test_what_counts_as_calling_out(line: str, caught: bool) -> None:
    assert bool(calls_off_the_machine(line)) is caught
