"""``repcount doctor``: what this machine has, what it lacks, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from repcount.cli.screen import say, table

ModelOption = Annotated[Path | None, typer.Option(metavar="PATH", help="Look at this bundle instead.")]


def doctor(model: ModelOption = None) -> None:
    """Check Python, OpenCV, camera, screen, model and write access; say what to do about each.

    The exit code is 1 where something is broken that `repcount analyze` needs.

    \b
    Example:
      repcount doctor
    """
    from repcount import checkup, config

    options = None if model is None else {"model": str(model)}
    checks = list(checkup.checkup(config.load(options).settings.model))
    table(
        ("", "what", "found", "what to do"),
        [(check.state.value, check.name, check.found, check.remedy) for check in checks],
    )
    broken = [check.name for check in checks if check.state is checkup.State.BROKEN]
    if broken:
        say(f"analyze cannot work: {', '.join(broken)}")
        raise typer.Exit(1)
    say("analyze can work")
