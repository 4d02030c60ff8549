"""``python -m bench.memory``: time and peak memory of ``repcount analyze`` against the length of the video.

usage: python -m bench.memory [MINUTES ...]

One and ten minutes are the default. Memory is that of all processes together: what each holds by itself, and
once what the one maps that maps most of programs and libraries, which all share. It is looked at ten times a
second. With ``--rounds`` each is measured so often; told are medians, and the largest memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.timing.clips import SIZES, clip
from bench.timing.longer import repeat

LOOK_S: Final = 0.1


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _family(int(child)))]


def _held_mb(pid: int) -> tuple[float, float]:
    """What a process holds by itself, and what it maps of programs and libraries."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    kb = {line.split()[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
    own = kb.get("Anonymous:", 0)
    return own / 1024, (kb.get("Rss:", 0) - own) / 1024


def memory_mb(pid: int) -> float:
    """Memory of a process and all below it."""
    held = [_held_mb(one) for one in _family(pid)]
    return sum(own for own, _ in held) + max(mapped for _, mapped in held)


@dataclass(frozen=True)
class Run:
    """One run of the command: the clock, processor time of all its processes, memory, what was counted."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    reps: int


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(video: Path) -> Run:
    """Judge a video once."""
    command = [sys.executable, "-m", "repcount", "analyze", str(video), "--json", "-", "--no-progress"]
    start_s, before_s, peak_mb = time.perf_counter(), _cpu_s(), 0.0
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL) as program,
    ):
        while program.poll() is None:
            peak_mb = max(peak_mb, memory_mb(program.pid))
            time.sleep(LOOK_S)
        wall_s = time.perf_counter() - start_s
        output.seek(0)
        found = json.loads(output.read())["inputs"][0]["exercises"]
    return Run(wall_s, _cpu_s() - before_s, peak_mb, sum(each["reps"] for each in found))


def line(minutes: float, runs: list[Run]) -> str:
    """One line of the table."""
    wall_s, cpu_s = (median(getattr(run, name) for run in runs) for name in ("wall_s", "cpu_s"))
    all_reps = "/".join(str(n) for n in sorted({run.reps for run in runs}))
    each = f"{wall_s / minutes:.2f} s | {cpu_s:.1f} s | {cpu_s / minutes:.2f} s"
    peak_mb = max(run.peak_mb for run in runs)
    return f"| {minutes:g} | {all_reps} | {wall_s:.1f} s | {each} | {peak_mb:.0f} MB |"


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("minutes", nargs="*", type=float, default=[1.0, 10.0])
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    print("| minutes of video | repetitions | time | a minute | processors | a minute | peak memory |")
    print("|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    runs: dict[float, list[Run]] = {length: [] for length in args.minutes}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(args.rounds):
            for length in args.minutes:
                video = Path(folder) / f"{length:g}.mp4"
                if not video.exists():
                    repeat(clip(SIZES[0]), video, length * 60)
                runs[length].append(measure(video))
                print(f"{length:g}: {runs[length][-1]}", file=sys.stderr, flush=True)
    for length in args.minutes:
        print(line(length, runs[length]), flush=True)


if __name__ == "__main__":
    main()
