"""``python -m bench.kills``: what ``kill -9`` of an analysis leaves behind, and whether the next is right.

usage: python -m bench.kills [--kills 40] [--first 0] [--seed 18]

Each time two processes analyse a sample video with ``--video``, ``--csv`` and ``--save`` in an own folder,
are killed at a random moment, and run again. Printed are the processes left after ten seconds, when the last
one had ended, what was half written or could be read by others, and whether the second run gave the film, the
table and the one session of a run that nobody disturbed. Linux only: it looks into /proc.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repcount.core.input_files import file_sha256

ROOT: Final = Path(__file__).parents[1]
CLIP: Final = ROOT / "sample_videos" / "calf_raise.mp4"
RESULTS: Final = ("out.mp4", "out.csv")
WORDS: Final = (
    "analyze", str(CLIP), "-e", "calf-raise", "--jobs", "2", "--save",
    "--video", RESULTS[0], "--csv", RESULTS[1],
)  # fmt: skip
PATIENCE_S: Final = 10.0
"""What has not ended by then is an orphan."""
LOOK_S: Final = 0.01
LIVING: Final = "RSDI"  # the letters of /proc for a process that is neither dead nor stopped


@dataclass(frozen=True)
class Result:
    """What one kill left behind.

    Attributes
    ----------
    after_s : when the command was killed, from its start.
    workers : processes that were at work for it then.
    orphans : those that were left after ten seconds.
    gone_s : when the last one had ended, from the kill.
    half : what is in the results' places and is no whole result.
    open_to_others : unfinished files that others may read.
    wrong : what the second run did not do right; empty where it did.
    """

    after_s: float
    workers: int
    orphans: int
    gone_s: float
    half: tuple[str, ...]
    open_to_others: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    """What a run gives that nobody disturbs: the checksums of its results by name, and how long it took."""

    sha256: Mapping[str, str]
    length_s: float


def main() -> None:
    """Kill, run again, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first one, to go on from there"
    )
    parser.add_argument("--seed", type=int, default=18)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        whole = undisturbed(Path(name))
    print(f"undisturbed: {whole.length_s:.1f} s")
    results = []
    for number in range(args.first, args.first + args.kills):
        after_s = random.Random(f"{args.seed} {number}").uniform(0.0, whole.length_s)
        with tempfile.TemporaryDirectory() as name:
            results.append(kill_in_time(Path(name), after_s, whole))
        print(number, results[-1], flush=True)
    print(
        f"{len(results)} kills: {sum(bool(each.workers) for each in results)} with workers, "
        f"{sum(each.orphans for each in results)} orphans after {PATIENCE_S:.0f} s, "
        f"the last process gone after {max(each.gone_s for each in results):.2f} s, "
        f"{sum(len(each.half) for each in results)} files half written, "
        f"{sum(len(each.open_to_others) for each in results)} unfinished ones open to others, "
        f"{sum(not each.wrong for each in results)} second runs right"
    )


def undisturbed(folder: Path) -> Whole:
    """Run the command to its end."""
    began_s = time.monotonic()
    if start(folder).wait() != 0:
        raise SystemExit("the command fails without being killed: run `repcount models build`")
    length_s = time.monotonic() - began_s
    return Whole({name: checksum(folder / name) for name in RESULTS}, length_s)


def checksum(result: Path) -> str:
    """The SHA-256 of a result, of a table without the column that says when it was made."""
    if result.suffix != ".csv":
        return file_sha256(result)
    with result.open(encoding="utf-8-sig", newline="") as file:
        rows = [{**row, "analysed_at": ""} for row in csv.DictReader(file)]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start the command as the leader of a session of processes."""
    surroundings = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "repcount", *WORDS],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_in_time(folder: Path, after_s: float, whole: Whole) -> Result:
    """Kill the command after so many seconds, or sooner where it would end before that."""
    place = folder / f"{after_s:.3f}"
    place.mkdir()
    return kill_once(place, after_s, whole) or kill_in_time(folder, after_s / 2, whole)


def kill_once(folder: Path, after_s: float, whole: Whole) -> Result | None:
    """Kill the command after so many seconds, look at what is left, run it again; None where it had ended."""
    program = start(folder)
    with suppress(subprocess.TimeoutExpired):
        program.wait(after_s)
        return None
    workers = living(program.pid) - {program.pid}
    program.send_signal(signal.SIGKILL)
    killed_s = time.monotonic()
    program.wait()
    while (left := living(program.pid)) and time.monotonic() - killed_s < PATIENCE_S:
        time.sleep(LOOK_S)
    gone_s = time.monotonic() - killed_s
    parts = list(folder.glob(".*.part"))
    open_to_others = tuple(part.name for part in parts if part.stat().st_mode & 0o077)
    half = tuple(half_written(folder, whole))
    wrong = tuple(run_again(folder, whole))
    return Result(after_s, len(workers), len(left), gone_s, half, open_to_others, wrong)


def half_written(folder: Path, whole: Whole) -> list[str]:
    """What is in the places of the results and is not the whole result."""
    there = [name for name in RESULTS if (folder / name).exists()]
    return [name for name in there if checksum(folder / name) != whole.sha256[name]]


def run_again(folder: Path, whole: Whole) -> list[str]:
    """Run the command to its end; what is not as in a run that nobody disturbed."""
    code = start(folder).wait()
    told = [] if code == 0 else [f"exit code {code}"]
    told += [f"no {name}" for name in RESULTS if not (folder / name).exists()]
    told += half_written(folder, whole)
    told += [f"{part.name} is left" for part in folder.glob(".*.part")]
    sessions = kept_sessions(folder)
    return told if sessions == 1 else [*told, f"{sessions} sessions kept"]


def kept_sessions(folder: Path) -> int:
    """How many sessions the history holds."""
    with closing(sqlite3.connect(folder / "data" / "repcount" / "history.db")) as history:
        (count,) = history.execute("select count(*) from session").fetchone()
    return int(count)


def living(session: int) -> set[int]:
    """The processes of a session that have not ended."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, of_session = place.read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):  # it has ended meanwhile
            continue
        if int(of_session) == session and state in LIVING:
            found.add(int(place.parent.name))
    return found


if __name__ == "__main__":
    main()
