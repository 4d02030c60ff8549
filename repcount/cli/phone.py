"""``repcount serve`` and ``site``: the phone as the camera of this machine, and the phone alone."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from repcount.cli.analyze_options import (
    CalibrationFile,
    LanguageOption,
    LimitOption,
    ModelFile,
    PersonOption,
    Strict,
)
from repcount.cli.pain import load_warnings
from repcount.cli.terminal import paragraph, say, say_exactly, show_model_progress, warn

MIB = 2**20
SITE_PORT = 8766

site_app = typer.Typer(no_args_is_help=True, help="The counter as a web page that needs no computer.")

Lan = Annotated[bool, typer.Option("--lan", help="Serve the local network, over HTTPS, with a QR code.")]
Host = Annotated[
    str | None, typer.Option("--host", metavar="HOST", help="Listen on this address of this machine.")
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")
]
Certificate = Annotated[
    Path | None, typer.Option("--cert", metavar="FILE.pem", help="Your own certificate, as of mkcert.")
]
Key = Annotated[Path | None, typer.Option("--key", metavar="FILE.pem", help="The key of that certificate.")]

Site = Annotated[
    Path | None,
    typer.Option(
        "--site", metavar="DIR", help="Offer the page that needs no computer, built in this folder."
    ),
]


def serve(
    lan: Lan = False,
    host: Host = None,
    port: Port = 8765,
    cert: Certificate = None,
    key: Key = None,
    site: Site = None,
    strict: Strict = None,
    limit: LimitOption = None,
    calibration: CalibrationFile = None,
    language: LanguageOption = None,
    person: PersonOption = None,
    model: ModelFile = None,
) -> None:
    """Serve a page whose camera is counted: open the address that is printed, or scan its QR code.

    Without --lan it listens on 127.0.0.1 over plain HTTP, for a browser on this machine.
    Needs the extra `phone`: pip install 'repcount[phone]'

    \b
    Examples:
      repcount serve
      repcount serve --lan
      repcount serve --lan --site page
      repcount serve --lan --port 9000 --language de --person anna
    """
    from repcount import config
    from repcount.cli.history_access import open_history, personal_settings
    from repcount.config import Raw
    from repcount.exercises import languages
    from repcount.pose.estimator import ModelLoader
    from repcount.site.static_server import built_page
    from repcount.web.access import ListenAddress
    from repcount.web.running import run
    from repcount.web.shared_session import ServerSetup

    options: dict[str, Raw | None] = {
        "model": model,
        "strict": strict,
        "limit": " ".join(limit) if limit else None,
        "calibration": calibration,
        "language": language,
        "person": person,
    }
    page = None if site is None else built_page(site)
    settings, own = personal_settings(config.load(options).settings)
    words = languages.load(settings.language)
    with open_history(settings) as history:
        for line in load_warnings(history, settings.person, datetime.now().astimezone(), words):
            paragraph(line)
    built = ModelLoader(settings.model, lambda: show_model_progress(settings.progress)).get()
    where = ListenAddress(host, port, lan, cert, key)
    run(ServerSetup(built.path, settings, own, page), where, _tell, coloured=sys.stdout.isatty())


def _tell(line: str) -> None:
    say_exactly(line)  # a QR code is made of what a terminal obeys
    sys.stdout.flush()


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
def build_page(
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
    from repcount.site.build import build_site
    from repcount.site.engine_files import read_added

    added = read_added(exercise_file or (), plan or ())
    settings = config.load({"model": model}).settings
    bundle = ModelLoader(settings.model, lambda: show_model_progress(settings.progress)).get()
    built = build_site(folder, bundle.path, warn, added)
    say(f"{folder}: {built.files} files; a phone fetches {built.first_load_bytes / MIB:.0f} MiB once")


@site_app.command("serve")
def serve_page(
    folder: Folder,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="0: a free one.")
    ] = SITE_PORT,
) -> None:
    """Show a built page on this machine, for its own browsers; a phone needs a host with HTTPS.

    \b
    Examples:
      repcount site serve page
      repcount site serve page --port 9000
    """
    from repcount.site.static_server import serve_site

    serve_site(folder, port, lambda address: _tell(f"Open {address} (Ctrl-C ends)"))
