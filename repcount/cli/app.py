"""The commands put together, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from repcount import __version__
from repcount.cli import analyze, explain, history, listing, live, machine, pain, persons, report, serve
from repcount.cli.terminal import warn
from repcount.core.errors import RepcountError

INTERRUPTED = 130
"""The exit code that shells expect after Ctrl-C."""


class _Commands(TyperGroup):
    """Turns errors that a user can mend into one line; anything else is our fault and shown whole."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except RepcountError as error:
            warn(str(error))
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            warn("interrupted")
            raise typer.Exit(INTERRUPTED) from error


app = typer.Typer(
    name="repcount",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"repcount {__version__}")
        raise typer.Exit


@app.callback()
def _repcount(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Count physiotherapy exercises from video: open, private, exact.

    \b
    Examples:
      repcount analyze squat.mp4 --exercise wall-squat
      repcount live --exercise wall-squat
      repcount live --plan knee
      repcount exercises
      repcount explain wall-squat
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without the degree sign shows ?


app.command("analyze")(analyze.analyze)
app.command("analyse", hidden=True)(analyze.analyze)
app.command("live")(live.live)
app.command("serve")(serve.serve)
app.command("calibrate")(persons.calibrate)
app.command("exercises")(listing.exercises)
app.command("explain")(explain.explain)
app.command("plans")(listing.plans)
app.command("cameras")(machine.cameras)
app.command("signals")(listing.signals)
app.command("history")(history.history)
app.command("show")(history.show)
app.command("report")(report.report)
app.command("stats")(report.stats)
app.command("delete")(history.delete)
app.command("undo")(history.undo)
app.command("export")(history.export)
app.command("import")(history.import_)
app.command("checkin")(pain.checkin)
app.command("people")(persons.people)
app.command("forget")(persons.forget)
app.add_typer(machine.models_app, name="models")
app.command("doctor")(machine.doctor)
app.command("config")(machine.config)
