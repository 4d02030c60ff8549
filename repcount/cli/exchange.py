"""``repcount export`` and ``import``: what was kept, out and in."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from repcount.cli.analyze_options import DialectOption
from repcount.cli.history import ExerciseFilter, PersonFilter, Since, Until, which
from repcount.cli.history_access import open_history, read_history, refuse_unknown, whole_history
from repcount.cli.terminal import how_many, warn
from repcount.core.errors import DamagedHistoryError, HistoryError
from repcount.io.spreadsheets import MARK, Dialect

if TYPE_CHECKING:
    from repcount.core.history_records import Filter
    from repcount.history.store import History

STDOUT = "-"
SalvageOption = Annotated[
    bool, typer.Option("--salvage", help="What can be read of a damaged history, as JSON.")
]


class Per(str, Enum):
    """What ``--per`` takes."""

    SET = "set"
    REP = "rep"


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - prints it.", show_default=False)],
    per: Annotated[Per, typer.Option("--per", help="One row per set or per repetition.")] = Per.SET,
    json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    dialect: DialectOption = Dialect.EXCEL,
    salvage: SalvageOption = False,
    since: Since = None,
    until: Until = None,
    exercise: ExerciseFilter = None,
    person: PersonFilter = None,
) -> None:
    """Write the history as a table, for a physiotherapist: .xlsx or CSV; or as JSON, which has everything.

    \b
    Examples:
      repcount export sessions.xlsx
      repcount export sessions.csv
      repcount export sessions.csv --dialect excel-de
      repcount export anna.csv --per rep --person anna --since 2026-03-01
      repcount export everything.json --json
      repcount export - --exercise wall-squat
      repcount export saved.json --salvage
    """
    from repcount.io.spreadsheets import is_workbook

    path, wanted = Path(file), which(since, until, exercise, person)
    if salvage:
        _salvage(path, wanted)
        return
    form = TableForm(per, json, dialect)
    per_set = per is Per.SET and not json
    with read_history() if per_set else whole_history() as history:
        refuse_unknown(history, wanted)
        if file == STDOUT:
            _print_table(history, wanted, form)
            return
        if is_workbook(path):
            count = _write_workbook(path, history, wanted, form)
        else:
            count = _write_file(path, lambda out: _write(out, history, wanted, form, MARK))
    warn(f"{path}: {how_many(count, 'session' if json else 'row')}")


@dataclass(frozen=True)
class TableForm:
    """What a row of an export is, and how it is written."""

    per: Per
    json: bool
    dialect: Dialect


def _print_table(history: History, wanted: Filter, form: TableForm) -> None:
    sys.stdout.flush()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    _write(out, history, wanted, form)
    out.detach()


def _write_workbook(path: Path, history: History, wanted: Filter, form: TableForm) -> int:
    from repcount.io.history_csv import write_sheets

    if form.json or form.per is Per.REP or form.dialect is not Dialect.EXCEL:
        raise typer.BadParameter(
            "an .xlsx has sets and repetitions, and no form to choose; leave the options out"
        )
    return write_sheets(path, history.set_lines(wanted), history.details(wanted))


def _salvage(path: Path, wanted: Filter) -> None:
    from repcount import config
    from repcount.history.location import find_place
    from repcount.history.recovery import Salvage
    from repcount.io.history_csv import write_document

    try:
        with open_history() as history:
            found = Salvage(history)
            count = _write_file(path, lambda out: write_document(out, found.sessions(wanted)))
    except DamagedHistoryError as error:
        place = find_place(config.load().settings.database_url).shown
        raise HistoryError(
            f"{place}: the file is damaged, and nothing of it can be read; move it away, and put a copy from "
            "its folder `backups` in its place where there is one"
        ) from error
    bare = f", {found.bare} of them without their repetitions" if found.bare else ""
    lost = f"; {how_many(found.lost, 'session')} could not be read" if found.lost else ""
    warn(f"{path}: {how_many(count, 'session')}{bare}{lost}")


def _write_file(path: Path, write: Callable[[TextIO], int]) -> int:
    from repcount.core.files import AtomicFile, write_error

    draft = AtomicFile(path)
    try:
        with draft.part.open("w", encoding="utf-8", newline="") as out:
            count = write(out)
        draft.keep()
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        draft.discard()
    return count


def _write(out: TextIO, history: History, wanted: Filter, form: TableForm, mark: str = "") -> int:
    from repcount.io import history_csv

    if form.json:
        return history_csv.write_document(out, history.details(wanted))
    out.write(mark)
    if form.per is Per.REP:
        return history_csv.write_repetitions(out, history.details(wanted), form.dialect)
    return history_csv.write_sets(out, history.set_lines(wanted), form.dialect)


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Workbook, CSV per set, or JSON.", show_default=False)
    ],
) -> None:
    """Add what `repcount export` wrote to the history: the workbook, the CSV per set, or the JSON.

    Sessions that are there already stay as they are, removed ones come back; `repcount undo` takes an import
    back.

    \b
    Examples:
      repcount import sessions.xlsx
      repcount import sessions.csv
      repcount import everything.json
    """
    from repcount.history.csv_import import add_sessions, read_sessions

    read = [(path, read_sessions(path)) for path in files]
    with open_history() as history:
        for path, sessions in read:
            done = add_sessions(history, sessions)
            back = f", {done.back} that had been removed are back" if done.back else ""
            warn(f"{path}: {how_many(done.added, 'session')} added, {done.there} were there already{back}")
