"""``repcount serve``: the phone, or any browser, as the camera."""

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
from repcount.cli.pain import load_lines
from repcount.cli.terminal import paragraph, say_exactly, show_model_progress

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
    from repcount.web.room import ServerSetup
    from repcount.web.running import run

    options: dict[str, Raw | None] = {
        "model": model,
        "strict": strict,
        "limit": " ".join(limit) if limit else None,
        "calibration": calibration,
        "language": language,
        "person": person,
    }
    alone = None if site is None else built_page(site)
    settings, own = personal_settings(config.load(options).settings)
    words = languages.load(settings.language)
    with open_history(settings) as history:
        for line in load_lines(history, settings.person, datetime.now().astimezone(), words):
            paragraph(line)
    built = ModelLoader(settings.model, lambda: show_model_progress(settings.progress)).get()
    where = ListenAddress(host, port, lan, cert, key)
    run(ServerSetup(built.path, settings, own, alone), where, _tell, coloured=sys.stdout.isatty())


def _tell(line: str) -> None:
    say_exactly(line)  # a QR code is made of what a terminal obeys
    sys.stdout.flush()
