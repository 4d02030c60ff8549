"""``python -m tools.figure``: render scenes, make the sample videos, lay out a contact sheet."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from repcount.core.errors import RepcountError, SettingError
from tools.figure.clip import Job, render_all
from tools.figure.sample import sample_jobs, sample_scenes, write_truth_table
from tools.figure.scene import load_scene
from tools.figure.sheet import write_sheet


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.figure", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    workers = argparse.ArgumentParser(add_help=False)
    workers.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="clips rendered at once")
    workers.add_argument("--cache", type=Path, help="folder of clips rendered before")
    render = commands.add_parser("render", parents=[workers], help="videos and truth from scene files")
    render.add_argument("scenes", type=Path, nargs="+", metavar="SCENE.toml")
    render.add_argument(
        "-o", "--out", type=Path, required=True, help="a .mp4, or a folder for several scenes"
    )
    sample = commands.add_parser("sample", parents=[workers], help="make the sample videos anew")
    sample.add_argument("-o", "--out", type=Path, default=Path("sample_videos"))
    sheet = commands.add_parser("sheet", help="a contact sheet of scenes, by default of the samples")
    sheet.add_argument("scenes", type=Path, nargs="*", metavar="SCENE.toml")
    sheet.add_argument("-o", "--out", type=Path, default=Path("sheet.png"))
    sheet.add_argument("--columns", type=int, default=6)
    sheet.add_argument("--marks", action="store_true", help="dots on the true joints, black where hidden")
    return parser


def _render(args: argparse.Namespace) -> None:
    single = args.out.suffix == ".mp4"
    if single and len(args.scenes) > 1:
        raise SettingError(f"{args.out} is one file for {len(args.scenes)} scenes; give a folder with -o")
    scenes = [load_scene(path) for path in args.scenes]
    jobs = [
        Job(scene, args.out if single else args.out / f"{scene.name}.mp4", args.cache) for scene in scenes
    ]
    for job, new in render_all(jobs, args.workers):
        print(f"{job.video} {'rendered' if new else 'from the cache'}", flush=True)


def _sample(args: argparse.Namespace) -> None:
    jobs = sample_jobs(args.out, args.cache)
    for job, new in render_all(jobs, args.workers):
        print(f"{job.video} {'rendered' if new else 'from the cache'}", flush=True)
    write_truth_table([job.video for job in jobs], args.out / "truth.toml")


def _sheet(args: argparse.Namespace) -> None:
    scenes = [load_scene(path) for path in args.scenes] or list(sample_scenes())
    write_sheet(scenes, args.out, args.columns, args.marks)
    print(args.out)


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    args = _parser().parse_args(argv)
    try:
        {"render": _render, "sample": _sample, "sheet": _sheet}[args.command](args)
    except RepcountError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
