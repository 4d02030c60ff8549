"""``python -m bench.history``: how quick the history is when it is large.

usage: python -m bench.history [SESSIONS]     (10,000 with 1,000,000 repetitions unless told otherwise)

Fills a database in a folder of its own, then times the commands as a user calls them, start-up included, and
prints the table of docs/history.md: the clock and the processor of the middle one of three runs, each at a
terminal, and the peak memory of the command's process.
"""

from __future__ import annotations

import argparse
import os
import pty
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from repcount.core.history_records import AskedDose, KeptSession, KeptSet, Kind, new_id, with_figures
from repcount.core.records import Fault, Rep, Side
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.history.writing import keep

SETS, REPS, AT_ONCE = 10, 10, 250
FIRST_DAY = datetime(2020, 1, 1, 18, 0, tzinfo=timezone.utc)
CALLS = (
    ("history",),
    ("history", "--all"),
    ("history", "--person", "person 7", "--since", "2022-01-01"),
    ("stats",),
    ("stats", "--since", "2020-01-01"),
    ("export", "sets.csv"),
    ("export", "reps.csv", "--per", "rep"),
)

PEAK = """
import atexit, pathlib, resource
peak = lambda: str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
atexit.register(lambda: pathlib.Path("peak").write_text(peak()))
from repcount.cli import main
main()
"""


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.history", description=__doc__)
    parser.add_argument("sessions", nargs="?", type=int, default=10_000, help="how many are kept")
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_DATA_HOME"] = name
        began = time.perf_counter()
        fill(count)
        print(f"filled in {time.perf_counter() - began:.0f} s; {size_mb(folder):.0f} MB")
        print("| Command | Seconds by the clock | Seconds of processor | Peak memory |\n|---|---|---|---|")
        for call in CALLS:
            (clock_s, cpu_s), peak_mb = timed(call, folder)
            print(f"| `repcount {' '.join(call)}` | {clock_s:.2f} | {cpu_s:.2f} | {peak_mb:.0f} MB |")


def fill(count: int) -> None:
    """Keep so many sessions of ten sets of ten repetitions by twenty people."""
    with History(find_place(None)) as history:
        for first in range(0, count, AT_ONCE):
            keep(history, sessions(range(first, min(first + AT_ONCE, count))), "import")


def sessions(numbers: range) -> Iterator[KeptSession]:
    """Sessions of those numbers, one every four hours."""
    for number in numbers:
        began = FIRST_DAY + timedelta(hours=4 * number)
        yield KeptSession(
            new_id(), f"person {number % 20}", began, Kind.LIVE, "camera 0", "0.1.0",
            ended_at=began + timedelta(minutes=20), pain_before=number % 4, pain_after=number % 5,
            sets=tuple(a_set(number, place) for place in range(SETS)),
        )  # fmt: skip


def a_set(session: int, place: int) -> KeptSet:
    """One set; every seventh repetition has a fault."""
    exercise = ("straight-leg-raise", "wall-squat", "calf-raise")[place % 3]
    reps = []
    for number in range(1, REPS + 1):
        start_s = 60.0 * place + 4.0 * number
        faults = (Fault("knee_bends", 31.0, "deg", start_s + 1),) if (session + number) % 7 == 0 else ()
        rom_deg = 40.0 + (session * 13 + number * 7) % 10
        reps.append(
            Rep(number, Side.LEFT, start_s, start_s + 1.3, start_s + 3.1, start_s + 3.2,
                rom_deg, rom_deg + 2, 1.2, 0.6, 1.3, faults, 0.94)
        )  # fmt: skip
    bare = KeptSet(place // 3 + 1, exercise, Side.LEFT, AskedDose(3, 12), view_deg=85.0)
    return with_figures(replace(bare, repetitions=tuple(reps)), REPS)


def timed(call: tuple[str, ...], folder: Path) -> tuple[tuple[float, float], float]:
    """The middle of three runs of a command, by clock and processor in seconds, and its peak memory in MB."""
    runs = sorted(run(call, folder) for _ in range(3))
    return runs[1], int((folder / "peak").read_text()) / 1024


def run(call: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Run a command at a terminal, and return the seconds it took: by the clock, and of the processor."""
    here, there = pty.openpty()
    began, used = time.perf_counter(), _used_s()
    process = subprocess.Popen([sys.executable, "-c", PEAK, *call], cwd=folder, stdout=there, stderr=there)
    os.close(there)
    shown = b""
    with suppress(OSError):  # how Linux says that the other end was closed
        while part := os.read(here, 65536):
            shown = part
    code = process.wait()
    os.close(here)
    if code:
        raise SystemExit(f"{call}: {shown.decode()}")
    return time.perf_counter() - began, _used_s() - used


def _used_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def size_mb(folder: Path) -> float:
    """All files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
