"""``repcount export`` and ``import``: the history as tables, out and in."""

from __future__ import annotations

import io
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from repcount.cli.history import ExerciseFilter, PersonFilter, Since, Until, which
from repcount.cli.keeping import looked_into, opened, refuse_unknown
from repcount.cli.screen import how_many, warn

if TYPE_CHECKING:
    from repcount.core.kept import Filter
    from repcount.history.store import History

STDOUT = "-"
MARK = "\ufeff"
"""By which Excel knows UTF-8."""


class Per(str, Enum):
    """What ``--per`` takes."""

    SET = "set"
    REP = "rep"


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - prints it.", show_default=False)],
    per: Annotated[Per, typer.Option("--per", help="One row per set or per repetition.")] = Per.SET,
    json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    since: Since = None,
    until: Until = None,
    exercise: ExerciseFilter = None,
    person: PersonFilter = None,
) -> None:
    """Write the history as CSV, for a spreadsheet or a physiotherapist; or as JSON, which has everything.

    \b
    Examples:
      repcount export sessions.csv
      repcount export anna.csv --per rep --person anna --since 2026-03-01
      repcount export everything.json --json
      repcount export - --exercise wall-squat
    """
    from repcount.core.place import Beside, unwritable

    wanted = which(since, until, exercise, person)
    per_set = per is Per.SET and not json
    with looked_into() if per_set else opened() as history:
        refuse_unknown(history, wanted)
        if file == STDOUT:
            sys.stdout.flush()
            out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
            _write(out, history, wanted, per, json)
            out.detach()
            return
        path = Path(file)
        beside = Beside(path)
        try:
            with beside.part.open("w", encoding="utf-8", newline="") as out:
                out.write("" if json else MARK)
                count = _write(out, history, wanted, per, json)
            beside.keep()
        except OSError as error:
            raise unwritable(path, error) from error
        finally:
            beside.discard()
    warn(f"{path}: {how_many(count, 'session' if json else 'row')}")


def _write(out: TextIO, history: History, wanted: Filter, per: Per, json: bool) -> int:
    from repcount.io import history_csv

    if json:
        return history_csv.write_document(out, history.details(wanted))
    if per is Per.REP:
        return history_csv.write_repetitions(out, history.details(wanted))
    return history_csv.write_sets(out, history.set_lines(wanted))


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="CSV per set, or JSON.", show_default=False)
    ],
) -> None:
    """Add what `repcount export` wrote to the history: the CSV per set, or the JSON.

    Sessions that are there already stay as they are, removed ones come back; `repcount undo` takes an import
    back.

    \b
    Examples:
      repcount import sessions.csv
      repcount import everything.json
    """
    from repcount.history.importing import add_sessions
    from repcount.sources.logbook import read_sessions

    read = [(path, read_sessions(path)) for path in files]
    with opened() as history:
        for path, sessions in read:
            done = add_sessions(history, sessions)
            back = f", {done.back} that had been removed are back" if done.back else ""
            warn(f"{path}: {how_many(done.added, 'session')} added, {done.there} were there already{back}")
