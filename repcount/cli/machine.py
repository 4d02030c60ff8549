"""``repcount doctor``, ``config``, ``cameras`` and ``models``: what this machine has and how it is set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.terminal import say, show_model_progress, table, warn
from repcount.core.errors import naming_packages

if TYPE_CHECKING:
    from repcount.pose.bundle import ModelBundle


ModelOption = Annotated[Path | None, typer.Option(metavar="PATH", help="Look at this bundle instead.")]
models_app = typer.Typer(rich_markup_mode=None)


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


def config() -> None:
    """Show every setting, its value and where that comes from.

    Later wins: default, configuration file, environment (REPCOUNT_SIDE and so on), option.

    \b
    Examples:
      repcount config
      REPCOUNT_SIDE=left repcount config
    """
    from repcount import config as configuration

    path = configuration.config_file()
    lines = configuration.load().lines()
    table(
        ("setting", "value", "where from", "what it is"),
        [(line.name, line.value, line.origin, line.doc) for line in lines],
    )
    say(f"configuration file: {path}" + ("" if path.exists() else " (not there)"))


def cameras() -> None:
    """List the cameras of this machine, by the number that `--camera` takes; none is opened.

    \b
    Example:
      repcount cameras
    """
    with naming_packages():
        from repcount.sources.feeds import list_cameras

        found = list_cameras()
    if not found:
        warn(
            "no camera was found; plug one in, or give `--camera` the address of a phone's camera app "
            "(http://... or rtsp://...) or a video file"
        )
        return
    table(("camera", "name", "device"), [(str(each.index), each.name, each.device) for each in found])


@models_app.callback(invoke_without_command=True)
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
        _show_model(used)


@models_app.command("build")
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

    with show_model_progress(shown=True) as progress:
        built = build_model(wheel, progress)
    _show_model(built)


def _show_model(model: ModelBundle) -> None:
    table(
        ("pose model", ""),
        [("file", str(model.path)), ("origin", model.origin), ("sha256", model.sha256)],
    )
