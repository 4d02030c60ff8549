"""``python -m bench.speed``: how fast, as ratios to the plain MediaPipe loop in the same run.

The plain loop decodes with PyAV and calls ``detect_for_video`` with the whole bundle, one frame after the
other. Every way runs in a fresh interpreter; times go from before the import of mediapipe to the last frame,
those of the command from its start to its end. Clips are rendered when they are first asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.clips import SIZES, clip, folder
from repcount.poses.bundle import build_from_wheel, find_model
from repcount.poses.wheel import fetch_wheel

CORES: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
WAYS: Final = {
    "the plain loop": ("plain",),
    "every frame, one process": ("ours", "1", "0"),
    f"every frame, {CORES} processes": ("ours", str(CORES), "0"),
    "default of analyze": ("ours", str(CORES), "1"),
    "repcount analyze, whole": ("command",),
}


@dataclass(frozen=True)
class Run:
    """One way on one clip: wall clock and processor time in seconds, and what was counted."""

    wall_s: float
    cpu_s: float
    counts: dict[str, int]


def plain_bundle() -> Path:
    """The bundle with all that the wheel's networks hold."""
    path = folder() / "whole.task"
    if not path.exists():
        with tempfile.TemporaryDirectory() as room:
            build_from_wheel(fetch_wheel(Path(room), lambda stage, share: None), path, prune=False)
    return path


def measure(way: str, video: Path) -> Run:
    """Run one way in a fresh interpreter."""
    words = WAYS[way]
    if words[0] == "command":
        command = [sys.executable, "-m", "repcount", "analyze", str(video), "--json", "-", "--no-progress"]
    else:
        command = [sys.executable, "-m", "bench.speed_ways", str(video), *words]
    before, start_s = _cpu_s(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole_s, cpu_s = time.perf_counter() - start_s, _cpu_s() - before
    found = json.loads(done.stdout)
    if words[0] == "command":
        exercises = found["inputs"][0]["exercises"]
        return Run(whole_s, cpu_s, {each["exercise"]: each["reps"] for each in exercises})
    return Run(found["wall_s"], cpu_s, found["counts"])


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare(video: Path, rounds: int) -> dict[str, list[Run]]:
    """All ways in turn, so many times, so that what else the machine does falls on all of them."""
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            runs[way].append(measure(way, video))
    return runs


def table(name: str, runs: dict[str, list[Run]]) -> str:
    """Medians of the ratios of runs that belong together."""
    plain = runs["the plain loop"]
    lines = []
    for way, each in runs.items():
        ratio = statistics.median(p.wall_s / o.wall_s for p, o in zip(plain, each, strict=True))
        ratio_cpu = statistics.median(p.cpu_s / o.cpu_s for p, o in zip(plain, each, strict=True))
        wall_s = statistics.median(run.wall_s for run in each)
        same = all(run.counts == plain[0].counts for run in each)
        counts = " ".join(str(n) for n in each[0].counts.values())
        lines.append(
            f"| {name} | {way} | {wall_s:.1f} s | {ratio:.2f} | {ratio_cpu:.2f} | "
            f"{counts} {'(same)' if same else '(DIFFERENT)'} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="paired runs, of which the median is taken")
    parser.add_argument("--size", choices=[size.name for size in SIZES], help="only clips of this size")
    args = parser.parse_args()
    find_model(None, lambda stage, share: None)
    plain_bundle()
    print("| clip | way | wall clock | ratio | ratio of processor time | repetitions |")
    print("|---|---|---:|---:|---:|---|", flush=True)
    for size in SIZES:
        if args.size in (None, size.name):
            print(table(size.name, compare(clip(size), args.rounds)), flush=True)


if __name__ == "__main__":
    main()
