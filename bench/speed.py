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

from bench.timing.clips import SIZES, clip
from bench.timing.ways import counted, plain_bundle
from repcount.pose.bundle import find_model
from repcount.pose.recording import Recording

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
    """One way on one clip: wall clock and processor time in seconds, and what was counted in each scene."""

    wall_s: float
    cpu_s: float
    counts: list[dict[str, int]]


def measure(way: str, video: Path) -> Run:
    """Run one way in a fresh interpreter."""
    if WAYS[way] == ("command",):
        return _measure_command(video)
    _whole_s, cpu_s, said = _timed("bench.timing.ways", str(video), *WAYS[way])
    found = json.loads(said)
    return Run(found["wall_s"], cpu_s, found["counts"])


def _measure_command(video: Path) -> Run:
    """The whole command, which keeps its landmarks so that each scene can be counted as in the other ways."""
    with tempfile.TemporaryDirectory() as room:
        poses = Path(room) / "poses.npz"
        words = (str(video), "--json", "-", "--no-progress", "--save-poses", str(poses))
        wall_s, cpu_s, _said = _timed("repcount", "analyze", *words)
        kept = Recording.load(poses)
    track = [(time_s, kept.pose(row)) for row, time_s in enumerate(kept.time_s.tolist())]
    return Run(wall_s, cpu_s, counted(video, track))


def _timed(module: str, *words: str) -> tuple[float, float, str]:
    before, start_s = _cpu_s(), time.perf_counter()
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - start_s, _cpu_s() - before, done.stdout


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare(video: Path, rounds: int) -> dict[str, list[Run]]:
    """All ways in turn, so many times, so that what else the machine does falls on all of them."""
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            runs[way].append(measure(way, video))
            print(f"{video.stem}, {way}: {runs[way][-1]}", file=sys.stderr, flush=True)
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
        counts = " ".join(str(sum(scene.values())) for scene in each[0].counts)
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
