"""``repcount models``: which pose model is used, where it came from, and how to build one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.progress import watching_model
from repcount.cli.screen import say, table

if TYPE_CHECKING:
    from repcount.pose.bundle import ModelBundle

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def models(
    context: typer.Context,
    model: Annotated[Path | None, typer.Option(metavar="PATH", help="Look at this bundle instead.")] = None,
) -> None:
    """Show which pose model is used and where it came from.

    \b
    Examples:
      repcount models
      repcount models --model my_pose.task
      repcount models build
    """
    if context.invoked_subcommand is not None:
        return
    from repcount import config
    from repcount.pose.estimator import present_model

    options = None if model is None else {"model": str(model)}
    used = present_model(config.load(options).settings.model)
    if used is None:
        say("no pose model yet: the first analysis builds it, or `repcount models build` does now")
    else:
        _show(used)


@app.command("build")
def build(
    wheel: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The wheel, brought from another machine; otherwise pip fetches it."
        ),
    ] = None,
) -> None:
    """Build the pose model from the wheel that carries the networks, and keep it.

    \b
    Examples:
      repcount models build
      repcount models build --wheel mediapipe-0.10.21-cp312-cp312-manylinux_2_28_x86_64.whl
    """
    from repcount.pose.estimator import build_model

    with watching_model(shown=True) as progress:
        built = build_model(wheel, progress)
    _show(built)


def _show(model: ModelBundle) -> None:
    table(
        ("pose model", ""),
        [("file", str(model.path)), ("origin", model.origin), ("sha256", model.sha256)],
    )
