"""Repetitions as a data frame: the one file that knows pandas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from repcount.core.errors import MissingDependencyError
from repcount.core.records import Rep
from repcount.io.repetition_csv import repetition_cells, set_of

if TYPE_CHECKING:
    import pandas

    from repcount.core.records import ExerciseSummary

COLUMNS = ("source", "exercise", "set", *(field.name for field in fields(Rep)))
TEXTS = ("source", "exercise", "side", "faults", "status", "up_pace", "down_pace")
WHOLE = ("number", "set")


def repetition_table(source: str, exercises: Sequence[ExerciseSummary]) -> pandas.DataFrame:
    """A row for each repetition; an unknown number is NaN, ``faults`` are codes with spaces between.

    Raises
    ------
    MissingDependencyError
        pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependencyError("to_dataframe needs pandas; install it: pip install pandas") from error
    table = pd.DataFrame(list(_rows(source, exercises)), columns=list(COLUMNS))
    numbers = {name: "Int64" if name in WHOLE else "float64" for name in COLUMNS if name not in TEXTS}
    return table.astype({**dict.fromkeys(TEXTS, str), **numbers})


def _rows(source: str, exercises: Sequence[ExerciseSummary]) -> Iterator[dict[str, Any]]:
    for exercise in exercises:
        for rep in exercise.repetitions:
            where = {"source": source, "exercise": exercise.exercise, "set": set_of(exercise, rep)}
            yield {**where, **repetition_cells(rep)}
