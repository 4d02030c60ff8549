"""``repcount serve``: the phone, or any browser, as the camera."""

from __future__ import annotations

from typing import Annotated

import typer

from repcount.cli.analyze import CalibrationFile, LanguageOption, LimitOption, ModelFile, Strict
from repcount.cli.progress import watching_model
from repcount.cli.screen import say

Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")
]


def serve(
    port: Port = 8765,
    strict: Strict = None,
    limit: LimitOption = None,
    calibration: CalibrationFile = None,
    language: LanguageOption = None,
    model: ModelFile = None,
) -> None:
    """Serve a page on this machine whose camera is counted: open the address that is printed.

    It listens on 127.0.0.1 over plain HTTP: for a browser on this machine, or a phone joined by USB.
    Needs the extra `phone`: pip install 'repcount[phone]'

    \b
    Examples:
      repcount serve
      repcount serve --port 9000 --language de
    """
    from repcount import config
    from repcount.assemble import ModelShelf
    from repcount.config import Raw
    from repcount.web.running import run
    from repcount.web.session import Place

    options: dict[str, Raw | None] = {
        "model": model,
        "strict": strict,
        "limit": " ".join(limit) if limit else None,
        "calibration": calibration,
        "language": language,
    }
    settings = config.load(options).settings
    built = ModelShelf(settings.model, lambda: watching_model(settings.progress)).get()
    run(settings, Place(built.path, settings), port, say)
