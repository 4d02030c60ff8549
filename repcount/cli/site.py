"""``repcount site``: the phone alone, as a folder for any static host."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from repcount.cli.analyze_options import ModelFile
from repcount.cli.terminal import say, show_model_progress, warn

MIB = 2**20
PORT = 8766

site_app = typer.Typer(no_args_is_help=True, help="The counter as a web page that needs no computer.")
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the page.", show_default=False)]


OwnFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--exercise-file",
        metavar="FILE.toml",
        help="Have an exercise of your own on the page; again for another one.",
        show_default=False,
    ),
]
OwnPlans = Annotated[
    list[Path] | None,
    typer.Option(
        "--plan", metavar="FILE.toml", help="Have a plan of your own on the page; again for another one."
    ),
]


@site_app.command("build")
def build(
    folder: Folder, exercise_file: OwnFiles = None, plan: OwnPlans = None, model: ModelFile = None
) -> None:
    """Build the page into a folder: any static HTTPS host can carry it; nothing leaves the phone.

    It fetches Pyodide and LiteRT with npm once; the page itself then works without a network.

    \b
    Examples:
      repcount site build page
      repcount site build page && repcount site serve page
      repcount site build page --exercise-file arm_raise.toml --plan mine.toml
    """
    from repcount import config
    from repcount.pose.estimator import ModelLoader
    from repcount.site.added_files import read_added
    from repcount.site.build import build_site

    added = read_added(exercise_file or (), plan or ())
    settings = config.load({"model": model}).settings
    bundle = ModelLoader(settings.model, lambda: show_model_progress(settings.progress)).get()
    built = build_site(folder, bundle.path, warn, added)
    say(f"{folder}: {built.files} files; a phone fetches {built.first_load_bytes / MIB:.0f} MiB once")


@site_app.command("serve")
def serve(
    folder: Folder,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="0: a free one.")] = PORT,
) -> None:
    """Show a built page on this machine, for its own browsers; a phone needs a host with HTTPS.

    \b
    Examples:
      repcount site serve page
      repcount site serve page --port 9000
    """
    from repcount.site.static_server import serve_site

    serve_site(folder, port, _tell)


def _tell(address: str) -> None:
    say(f"Open {address} (Ctrl-C ends)")
    sys.stdout.flush()
