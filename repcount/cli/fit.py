"""``repcount fit``: a better exercise from films of which somebody has counted the repetitions."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.learn import FilmReader
from repcount.cli.terminal import say, table
from repcount.core.errors import InputError

if TYPE_CHECKING:
    from repcount.learning.fitting import FitResult, LabelledFilm

File = Annotated[
    Path, typer.Argument(metavar="EXERCISE.toml", help="The exercise of your own; it is changed.")
]
Folder = Annotated[
    Path, typer.Argument(metavar="FILMS", help="A folder with films and counts.csv, or such a table.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write it here and leave the other as it is."),
]
COUNTS = "counts.csv"
MIN_FILMS = 3
"""Each film is left out once; two others must then be there to learn from."""


def fit(exercise_file: File, films: Folder, out: Out = None) -> None:
    """Improve an exercise of your own from films of which you know the number of repetitions.

    The table has a line for each film: `file,count`. Each film is also counted by figures that were
    fitted without it: that tells how well they will do on the next one.

    \b
    Examples:
      repcount fit bridge.toml films/
      repcount fit bridge.toml films/monday.csv --out better.toml
    """
    from repcount import config
    from repcount.core.files import write_text
    from repcount.exercises import catalog
    from repcount.learning import fitting
    from repcount.learning.document import changed_text

    values = catalog.read_toml(exercise_file)
    catalog.parse(values, str(exercise_file))
    reader = FilmReader(config.load({}).settings)
    rows = _rows(films)
    labelled = [fitting.LabelledFilm(reader.read(path), reps) for path, reps in rows]
    fitted = fitting.fit(values, labelled, str(exercise_file))
    _tell(fitted, labelled)
    if not fitted.changes:
        say(f"{exercise_file} stays as it is")
        return
    path = out or exercise_file
    write_text(path, changed_text(exercise_file.read_text(encoding="utf-8"), values, fitted.values))
    say(f"written to {path}")


def _rows(place: Path) -> list[tuple[Path, int]]:
    """The films and their counts."""
    path = place / COUNTS if place.is_dir() else place
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.reader(file) if row and row[0].strip()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path}: cannot be read; make a table with a line `file,count` for each film"
        ) from error
    found = []
    for number, row in enumerate(rows, 1):
        if number == 1 and [cell.strip().lower() for cell in row[:2]] == ["file", "count"]:
            continue
        if len(row) < 2 or not row[1].strip().isdecimal():
            raise InputError(f"{path}: line {number} is not `file,count`, such as `anna.mp4,8`")
        found.append((path.parent / row[0].strip(), int(row[1])))
    if len(found) < MIN_FILMS:
        raise InputError(
            f"{path}: names fewer than {MIN_FILMS} films; one has to be left out to try the others"
        )
    return found


def _tell(fitted: FitResult, labelled: list[LabelledFilm]) -> None:
    for change in fitted.changes:
        say(f"changed: {change}")
    rows = zip(labelled, fitted.before, fitted.after, fitted.left_out, strict=True)
    table(
        ["film", "shows", "before", "after", "left out"],
        [(each.film.name, str(each.reps), *map(str, counts)) for each, *counts in rows],
    )
    for which, counts in (("before", fitted.before), ("after", fitted.after), ("left out", fitted.left_out)):
        exact = sum(each.reps == counted for each, counted in zip(labelled, counts, strict=True))
        say(f"right {which}: {exact} of {len(labelled)}")
