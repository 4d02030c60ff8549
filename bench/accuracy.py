"""``python -m bench.accuracy``: how well it counts, on the recordings kept here; see docs/accuracy.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.filming.pools import ASIDE, PARTS, SEALED
from bench.judged import judge_all
from bench.judging.failures import failures
from bench.judging.unseen import unseen
from bench.material import load_clips
from bench.page import pictures
from bench.page.kept import IMAGES, RECORD, as_text, kept_record
from bench.page.writing import pages, write_pages
from bench.recording import RECORDINGS, scene_paths
from bench.report import fresh_report, part_report, plain
from repcount.core.errors import InputError, RepcountError

Json = dict[str, Any]
SHEET_CLIPS = 40


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument(
        "--part",
        choices=(*PARTS, *ASIDE),
        help=f"only this part; {' and '.join(SEALED)} are never judged unasked",
    )
    parser.add_argument("--pixels", action="store_true", help="film and track everything anew first")
    parser.add_argument("--failures", action="store_true", help="list every clip that came out wrong")
    parser.add_argument("--sheet", action="store_true", help="make the contact sheet of the material anew")
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    return parser


def measure(args: argparse.Namespace, folder: Path) -> Json:
    """Judge what was asked for; what was not stays as it was."""
    record = kept_record()
    record.pop("people", None)  # of older runs, by scores that had seen them; see left_out.json
    for part in [args.part] if args.part else [part for part in PARTS if part not in SEALED]:
        outcomes = judge_all(part, folder)
        if not outcomes:
            raise InputError(f"{folder / part} holds no recording; make them with python -m bench.record")
        if part in SEALED:
            record["parts"][part] = fresh_report(outcomes, record["parts"].get(part, {}))
            continue
        record["parts"][part] = part_report(outcomes)
        if args.failures:
            print("\n".join(failures(outcomes)) + "\n", flush=True)
    if not args.part:
        record["unseen"] = plain(unseen(*(load_clips(part, folder) for part in ("build", "test"))))
    return record


def write(record: Json) -> None:
    """Write the record, the pictures and the pages."""
    RECORD.write_text(as_text(record), encoding="utf-8")
    write_pages()


def make_sheet() -> None:
    """One frame each of scenes from all over the material."""
    scenes = [path for part in PARTS for path in scene_paths(part) if "fps" not in path.stem]
    step = len(scenes) / SHEET_CLIPS
    pictures.draw_sheet([scenes[int(i * step)] for i in range(SHEET_CLIPS)], IMAGES / "accuracy_material.png")


def _measure(args: argparse.Namespace) -> Json:
    if not args.pixels:
        return measure(args, RECORDINGS)
    from bench.record import main as record_all

    with tempfile.TemporaryDirectory() as folder:
        if record_all(["--out", folder, *(["--part", args.part] if args.part else [])]):
            raise InputError("not every scene could be filmed; see the message above")
        return measure(args, Path(folder))


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.part in SEALED and (args.dry or args.failures):
        parser.error(
            f"{args.part} is looked at in totals only, and each look is written down: no --dry, no --failures"
        )
    try:
        if args.sheet:
            make_sheet()
        record = _measure(args)
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    if not args.dry and args.part not in ASIDE:
        write(record)
    print("\n".join(pages(record).values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
