"""``python -m bench.learn``: learn what says how likely a movement is a repetition; see docs/accuracy.md.

Without options the scores are learned anew from the tables in ``bench/learning/tables``: the same tables
give the same scores. ``--collect`` makes the tables anew from the recordings. ``--judge`` counts real people
by scores that have not seen their group, and writes what came of it: ``bench/left_out.json`` and the
pages. ``--draws`` does so with the groups dealt into folds otherwise, and keeps that beside; so does
``--curve``, by scores that have learned from fewer real people.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, product
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any, Final

from bench.learning import card, labelled, table
from bench.learning.boosting import as_document
from bench.learning.curve import SHARES, drawn_groups, thinned
from bench.learning.labelled import MOCAP, PEOPLE
from bench.learning.network_error import NetworkError
from bench.learning.people import Counted, count
from bench.learning.record import CURVE, DRAWS, curve_record, draw_record, left_out_record
from bench.learning.report import judged_lines
from bench.learning.scores import FOLDS, LEAST, fold_groups, folds, from_least, learn
from bench.learning.sticks import sticks
from bench.learning.table import group_id
from bench.people import read_index, track_of
from bench.recording import read, recording_path, scene_paths
from repcount.core.errors import RepcountError
from repcount.counting.decision import Scores
from repcount.counting.scoring import MODELS
from repcount.exercises import catalog

RENDERED: Final = ("build", "drawn", "motion", "lifelike")
"""Parts of the rendered material that are learned from; ``test`` and the fresh ones are not."""
CLEAN: Final = ("build", "drawn", "lifelike")
"""And those that are learned from a second time, with the joints where they truly are."""


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number}: it must be 1 or more")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.learn",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--collect", action="store_true", help="make the tables anew from the recordings")
    parser.add_argument(
        "--noisy",
        action="store_true",
        help="with --collect: lay the network's errors over clean motion (docs/network-error.md)",
    )
    parser.add_argument("--clips", type=Path, metavar="FOLDER", help="recordings of real people")
    parser.add_argument("--motion", type=Path, metavar="FOLDER", help="real motion without a camera")
    parser.add_argument("--judge", action="store_true", help="count them by scores that have not seen them")
    parser.add_argument(
        "--least", type=float, nargs="+", default=[LEAST], help="with --judge: count from here on"
    )
    parser.add_argument("--misses", action="store_true", help="with --judge: list what came out wrong")
    parser.add_argument("--curve", action="store_true", help="judge what fewer real people teach (slow)")
    parser.add_argument(
        "--draws", type=_at_least_one, metavar="N", help="judge real people with N draws of folds"
    )
    parser.add_argument("--dry", action="store_true", help="write nothing")
    return parser


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(cpu_count() or 1, mp_context=get_context("spawn"))


def noisy(motion: Path | None) -> Iterator[labelled.Labelled]:
    """Stick figures and real motion, with the network's errors of the rendered parts laid over them."""
    paths = (recording_path(scene) for part in CLEAN for scene in scene_paths(part))
    network = NetworkError(read(path) for path in paths if path.exists())
    yield from labelled.noisy(sticks(), network)
    if motion:
        yield from labelled.noisy(labelled.people(motion, MOCAP), network)


def collect(clips: Path | None, motion: Path | None, with_noisy: bool = False) -> None:
    """Make the tables anew.

    Raises
    ------
    InputError
        A folder has no index that can be read.
    """
    material = chain(
        noisy(motion) if with_noisy else sticks(),
        *(labelled.rendered(part) for part in RENDERED),
        *(labelled.rendered(part, true=True) for part in CLEAN),
        labelled.people(clips) if clips else (),
        labelled.people(motion, MOCAP) if motion else (),
    )
    found: dict[str, list[table.Row]] = {name: [] for name in catalog.names()}
    with _pool() as pool:
        for done, rows in enumerate(pool.map(table.rows_of, material, chunksize=4), 1):
            for exercise, some in rows.items():
                found[exercise] += some
            if done % 50 == 0:
                print(f"{done} recordings", file=sys.stderr, flush=True)
    for exercise, rows_ in found.items():
        table.write(table.table_of(rows_), table.TABLES / f"{exercise}.npz")


def write(scores: Scores, tables: dict[str, table.Table]) -> None:
    """Write the models, the weights of the set and the card that tells of them."""
    for exercise, model in scores.models.items():
        text = json.dumps(as_document(model), indent=1)
        (MODELS / f"{exercise}.json").write_text(_flat(text) + "\n", encoding="utf-8")
    assert scores.weights is not None
    weights = {"weights": scores.weights.__dict__}
    (MODELS / "set.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    (MODELS / "README.md").write_text(card.card(scores, tables), encoding="utf-8")


def _flat(text: str) -> str:
    """JSON with a line for each curve's list, so that changes can be read."""
    lines: list[str] = []
    for line in text.splitlines():
        inside = lines and lines[-1].count("[") > lines[-1].count("]")
        if inside:
            lines[-1] += (" " if lines[-1].endswith(",") else "") + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


Tables = dict[str, table.Table]
Job = tuple[Path, table.Json, Scores]


def _count(job: Job) -> Counted:
    folder, row, scores = job
    return count(row, table.look(track_of(folder / f"{row['clip']}.npz")), scores)


def judge(folder: Path, by_fold: Sequence[Scores], fold_of: dict[str, int]) -> list[Counted]:
    """Count every recording of a folder by the scores that were learned without its fold."""
    rows = [row for row in read_index(folder) if row.get("scored", True)]
    jobs = [(folder, row, by_fold[fold_of.get(group_id(str(row["group"])), 0)]) for row in rows]
    with _pool() as pool:
        return list(pool.map(_count, jobs, chunksize=4))


def write_left_out(found: dict[str, Any]) -> None:
    """Keep what came of the parts that were judged, and write the pages; other parts stay."""
    from bench.page.kept import LEFT_OUT, as_text, kept_left_out
    from bench.page.writing import write_pages

    LEFT_OUT.write_text(as_text({**kept_left_out(), **found}), encoding="utf-8")
    write_pages()


def _left_out_scores(tables: Tables, draw: int = 0) -> tuple[list[Scores], dict[str, int]]:
    """Scores without each fold, and the fold of each group."""
    fold_of = folds(tables, draw)
    by_fold = [learn(tables, fold_of, without) for without in range(FOLDS)]
    return by_fold, fold_groups([g for each in tables.values() for g in each.groups], draw)


def judge_all(tables: Tables, args: argparse.Namespace) -> dict[str, Any]:
    """Judge the parts that are asked for, from each ``--least`` on; the record is of the one in use."""
    by_fold, groups = _left_out_scores(tables)
    found = {}
    for least, (part, folder) in product(args.least, ((PEOPLE, args.clips), (MOCAP, args.motion))):
        if not folder:
            continue
        counted = judge(folder, [from_least(scores, least) for scores in by_fold], groups)
        print(f"counted from log-odds {least:g} on:")
        print("\n".join(judged_lines(part, counted, args.misses)), flush=True)
        if least == LEAST:
            found[part] = left_out_record(counted)
    return found


def judge_curve(tables: Tables, folder: Path) -> dict[str, Any]:
    """Judge by scores that have learned from a share of the groups of real people, share by share."""
    rows = []
    for share in SHARES:
        by_fold, groups = _left_out_scores(thinned(tables, share))
        counted = judge(folder, by_fold, groups)
        learned_from = len(drawn_groups(tables, share))
        print(f"learned from {learned_from} groups of real people ({share:.0%}):")
        print("\n".join(judged_lines(PEOPLE, counted)), flush=True)
        rows.append(curve_record(learned_from, counted))
    return {CURVE: rows}


def judge_draws(tables: Tables, folder: Path, draws: int) -> dict[str, Any]:
    """Judge real people as often as that, each time with the groups dealt into other folds."""
    rows = []
    for draw in range(draws):
        counted = judge(folder, *_left_out_scores(tables, draw))
        print(f"draw {draw}:")
        print("\n".join(judged_lines(PEOPLE, counted)), flush=True)
        rows.append(draw_record(draw, counted))
    return {DRAWS: rows}


def _judged(tables: Tables, args: argparse.Namespace) -> dict[str, Any]:
    if args.curve:
        return judge_curve(tables, args.clips)
    if args.draws:
        return judge_draws(tables, args.clips, args.draws)
    return judge_all(tables, args)


def main(argv: Sequence[str] | None = None) -> int:
    """Collect, learn, judge."""
    parser = _parser()
    args = parser.parse_args(argv)
    if (args.curve or args.draws) and not args.clips:
        parser.error("--curve and --draws need --clips: the recordings of real people")
    if args.noisy and not args.collect:
        parser.error("--noisy goes with --collect")
    if args.judge and not (args.clips or args.motion):
        parser.error("--judge needs --clips or --motion: the recordings that are to be counted")
    try:
        if args.collect:
            collect(args.clips, args.motion, args.noisy)
        tables = {name: table.read(name) for name in catalog.names()}
        if args.curve or args.judge or args.draws:
            found = _judged(tables, args)
            if found and not args.dry:
                write_left_out(found)
        elif not args.dry:
            write(learn(tables, folds(tables)), tables)
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
