"""What was found: repetitions and holds, the angles of every frame; as a data frame it needs pandas."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from repcount.core.errors import MissingDependencyError
from repcount.core.records import Rep
from repcount.io.angle_files import write_angles
from repcount.io.result_tables import repetition_cells, set_of

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from repcount.core.kinds import CandidateSummary
    from repcount.core.records import ExerciseSummary, InputSummary
    from repcount.exercises.spec import Exercise
    from repcount.io.angle_files import AngleRecorder, JointAngles
    from repcount.io.json_document import Json


class Result:
    """What was found in a video, a recording or a stream of poses. It is given, never built."""

    def __init__(
        self, summary: InputSummary, recorder: AngleRecorder, watched_for: Sequence[Exercise]
    ) -> None:
        self._summary = summary
        self._recorder = recorder
        self._watched_for = tuple(watched_for)

    def __repr__(self) -> str:
        found = ", ".join(f"{each.exercise} {len(each.repetitions)}" for each in self.exercises)
        return f"<repcount.Result {self.source}: {found or 'nothing'}>"

    @property
    def source(self) -> str:
        """The path that was analysed, as it was given."""
        return self._summary.source

    @property
    def exercises(self) -> tuple[ExerciseSummary, ...]:
        """The exercises that were done, one after the other, with their repetitions and holds."""
        return self._summary.exercises

    @property
    def count(self) -> int:
        """How many repetitions there are, of all exercises."""
        return sum(len(each.repetitions) for each in self.exercises)

    @property
    def error(self) -> str | None:
        """One line on what went wrong, such as a file that breaks off; None where nothing did."""
        return self._summary.error

    @property
    def duration_s(self) -> float:
        """How long the source is, seconds; NaN where it does not say."""
        return self._summary.duration_s

    @property
    def frames_tracked(self) -> int:
        """How many frames were looked at."""
        return self._summary.frames_tracked

    @property
    def frames_with_pose(self) -> int:
        """In how many of them the person was seen."""
        return self._summary.frames_with_pose

    @property
    def candidates(self) -> tuple[CandidateSummary, ...] | None:
        """Without any recognised exercise, the likeliest movements; None where ``explain`` was not set."""
        return self._summary.candidates

    def to_dict(self) -> dict[str, Json]:
        """Return all results as ``repcount analyze --json`` writes them: docs/json.md, schema 1."""
        from repcount.io.json_document import json_document

        return json_document([self._summary])

    def to_dataframe(self) -> pandas.DataFrame:
        """Return a data frame of pandas with a row for each repetition, its columns named as in the JSON.

        Raises
        ------
        RepcountError
            pandas is not installed.
        """
        return repetition_table(self.source, self.exercises)

    def angles(self) -> JointAngles:
        """Return the flexion of knees and hips in every frame that was looked at."""
        return self._recorder.angles()

    def write_angles(self, path: str | os.PathLike[str]) -> None:
        """Write the angles: ``.csv``, or ``.mot`` and ``.sto`` for OpenSim.

        Raises
        ------
        RepcountError
            It has another suffix, or cannot be written.
        """
        write_angles(Path(path), self.angles())

    def plot(self) -> Figure:
        """Return a figure of matplotlib: for each exercise the counted angle with its repetitions marked.

        A notebook shows it; ``savefig`` writes it.

        Raises
        ------
        RepcountError
            matplotlib is not installed.
        """
        from repcount.api.plot import figure_of

        return figure_of(self._summary, self._recorder, self._watched_for)


TABLE_COLUMNS = ("source", "exercise", "set", *(field.name for field in fields(Rep)))
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
    table = pd.DataFrame(list(_rows(source, exercises)), columns=list(TABLE_COLUMNS))
    numbers = {name: "Int64" if name in WHOLE else "float64" for name in TABLE_COLUMNS if name not in TEXTS}
    return table.astype({**dict.fromkeys(TEXTS, str), **numbers})


def _rows(source: str, exercises: Sequence[ExerciseSummary]) -> Iterator[dict[str, Any]]:
    for exercise in exercises:
        for rep in exercise.repetitions:
            where = {"source": source, "exercise": exercise.exercise, "set": set_of(exercise, rep)}
            yield {**where, **repetition_cells(rep)}
