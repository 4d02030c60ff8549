"""The commands put together; errors that no command has told itself become a line and an exit code here."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from repcount import __version__
from repcount.cli import (
    analyze,
    exchange,
    explain,
    fit,
    history,
    learn,
    listing,
    live,
    machine,
    pain,
    persons,
    phone,
    report,
)
from repcount.cli.stopping import terminating
from repcount.cli.terminal import warn
from repcount.core.errors import RepcountError, SettingError

INTERRUPTED = 130
"""The exit code that shells expect after Ctrl-C."""
SIGNALLED = 128
"""After a signal the exit code is this and the number of the signal."""

OUTPUT_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EPIPE)


class _Commands(TyperGroup):
    """Shows an error that a user can mend as one line; any other is a bug and keeps its traceback."""

    def main(self, args: Any = None, *rest: Any, **options: Any) -> Any:
        """Run; where the standard output takes no more, that is told in a line too."""
        args = [_file_or_option(word) for word in (sys.argv[1:] if args is None else args)]
        if sys.stderr is None:
            sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the process ends
        if sys.stdout is None:
            warn("the standard output is closed; open it, or send it to a file")
            sys.exit(1)
        try:
            try:
                return super().main(args, *rest, **options)
            finally:
                sys.stdout.flush()
        except OSError as error:
            if not _output_failed(error):
                raise
            if error.errno != errno.EPIPE:  # whoever closed a pipe knows
                warn(f"the standard output takes no more ({error.strerror}); send it to another place")
            sys.exit(1)

    def invoke(self, ctx: Any) -> Any:
        try:
            with terminating() as caught:
                return super().invoke(ctx)
        except RepcountError as error:
            _show_error(error)
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            warn("interrupted")
            raise typer.Exit(SIGNALLED + caught[0] if caught else INTERRUPTED) from error


def _file_or_option(word: str) -> str:
    """A word of the command line; a file whose name begins as an option does is told apart by its path."""
    return f"./{word}" if word.startswith("-") and "." in word and os.path.isfile(word) else word


def _show_error(error: RepcountError) -> None:
    """Say what is wrong in a line; where a file has several things to mend, in a line for each."""
    if not isinstance(error, SettingError) or len(error.points) < 2:
        warn(str(error))
        return
    warn(f"{error.what}: {len(error.points)} things to mend")
    for point in error.points:
        warn(point, head="  ")


def _output_failed(error: OSError) -> bool:
    """Whether the standard output takes no more; if so, what is left for it is dropped.

    Errors of files carry a name, or were told by whoever wrote the file.
    """
    if error.filename is not None or error.errno not in OUTPUT_ERRORS:
        return False
    with suppress(OSError):  # in a test it may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


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
app.command("serve")(phone.serve)
app.command("learn")(learn.learn)
app.command("fit")(fit.fit)
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
app.command("export")(exchange.export)
app.command("import")(exchange.import_)
app.command("checkin")(pain.checkin)
app.command("people")(persons.people)
app.command("forget")(persons.forget)
app.add_typer(phone.site_app, name="site")
app.add_typer(machine.models_app, name="models")
app.command("doctor")(machine.doctor)
app.command("config")(machine.config)
