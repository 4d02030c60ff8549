"""Peak memory and time of ``repcount analyze`` against the length of the video.

Run it as ``python -m bench.memory [MINUTES ...]``; one and ten minutes are the default. Memory is that of all
processes together, pages that they share counted once (Linux's PSS), looked at ten times a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.clips import SIZES, clip
from bench.longer import repeat

LOOK_S: Final = 0.1


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _family(int(child)))]


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure(video: Path) -> tuple[float, float, int]:
    """Peak memory in MB, seconds on the wall clock, and the repetitions counted."""
    command = [sys.executable, "-m", "repcount", "analyze", str(video), "--json", "-", "--no-progress"]
    start_s, peak_mb = time.perf_counter(), 0.0
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL) as program,
    ):
        while program.poll() is None:
            peak_mb = max(peak_mb, sum(_pss_mb(pid) for pid in _family(program.pid)))
            time.sleep(LOOK_S)
        wall_s = time.perf_counter() - start_s
        output.seek(0)
        found = json.loads(output.read())["inputs"][0]["exercises"]
    return peak_mb, wall_s, sum(each["reps"] for each in found)


def main(minutes: list[float]) -> None:
    """Print a Markdown table."""
    print("| minutes of video | repetitions | time | peak memory |\n|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for length in minutes:
            video = Path(folder) / f"{length:g}.mp4"
            repeat(clip(SIZES[0]), video, length * 60)
            peak_mb, wall_s, reps = measure(video)
            print(f"| {length:g} | {reps} | {wall_s:.0f} s | {peak_mb:.0f} MB |", flush=True)


if __name__ == "__main__":
    main([float(arg) for arg in sys.argv[1:]] or [1.0, 10.0])
