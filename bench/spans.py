"""``python -m bench.spans``: the five exercises counted by the spans of their files, their models taken away.

So is an exercise of one's own counted. ``--part`` names a rendered part, ``--clips`` a folder of real people.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from bench.learning.people import Counted, count
from bench.learning.report import judged_lines
from bench.learning.table import Json, look
from bench.material import Clip, load_clips
from bench.people import read_index, track_of
from repcount.core.errors import RepcountError
from repcount.counting.decision import Scores
from repcount.counting.scoring import by_spans
from repcount.exercises import catalog
from repcount.session.session import Session, SessionOptions

Job = tuple[Path, Json]
ASIDE = ("rate", "blind")


def scores() -> Scores:
    """No models: every exercise asks its spans."""
    return Scores(dict.fromkeys(catalog.names(), by_spans()))


def _person(job: Job) -> Counted:
    folder, row = job
    return count(row, look(track_of(folder / f"{row['clip']}.npz")), scores())


def _clip(clip: Clip) -> tuple[int, int, int, float]:
    """Exact counts, exercises done, repetitions invented, and minutes in which there was nothing to count."""
    seen = look(list(zip(clip.recording.time_s.tolist(), clip.recording.poses(), strict=True)))
    exact, false, minutes = 0, 0, 0.0
    for name in (*clip.exercises, *clip.negative_for):
        session = Session(catalog.get(name), SessionOptions(), scores())
        for time_s, signals, sight in seen:
            session.advance(time_s, signals, sight)
        session.end(seen[-1][0])
        found = len(session.summary().repetitions)
        if name in clip.exercises:
            exact += found == sum(rep.exercise == name for rep in clip.reps)
        elif not clip.exercises:
            false, minutes = false + found, minutes + clip.minutes
    return exact, len(clip.exercises), false, minutes


def rendered_lines(part: str, pool: ProcessPoolExecutor) -> Iterator[str]:
    """Exact counts and false repetitions of a rendered part."""
    clips = [clip for clip in load_clips(part) if clip.kind not in ASIDE]
    exact, done, false, minutes = (sum(column) for column in zip(*pool.map(_clip, clips), strict=True))
    yield f"{part}: exact {exact} of {done} ({exact / done:.0%}), false {false / minutes:.2f} a minute"


def main(argv: Sequence[str] | None = None) -> int:
    """Count, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.spans", description=__doc__)
    parser.add_argument("--part", default="test", help="of the rendered material")
    parser.add_argument("--clips", type=Path, metavar="FOLDER", help="recordings of real people")
    args = parser.parse_args(argv)
    try:
        with ProcessPoolExecutor(cpu_count() or 1, mp_context=get_context("spawn")) as pool:
            print("\n".join(rendered_lines(args.part, pool)), flush=True)
            if args.clips:
                jobs = [(args.clips, row) for row in read_index(args.clips) if row.get("scored", True)]
                print("\n".join(judged_lines("people", list(pool.map(_person, jobs, chunksize=4)))))
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
