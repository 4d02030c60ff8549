"""``repcount calibrate``: learn a person's own ranges from two repetitions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from repcount.cli.complete import exercise_names
from repcount.cli.keeping import opened
from repcount.cli.progress import watching, watching_model
from repcount.cli.screen import say, table

InputArgument = Annotated[
    Path, typer.Argument(metavar="INPUT", help="A video, or a landmark recording (.npz).", show_default=False)
]
NameOption = Annotated[
    str,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME",
        help="What is done.",
        autocompletion=exercise_names,
        show_default=False,
    ),
]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--calibration", metavar="FILE", help="Where to keep it.", show_default="in the user's data folder"
    ),
]


PersonOption = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", help="Keep it in the history, as this person's."),
]


def calibrate(
    input_: InputArgument,
    exercise: NameOption,
    calibration: FileOption = None,
    person: PersonOption = None,
) -> None:
    """Learn rest and peak of each side from the first two repetitions, and keep them.

    With `repcount analyze --calibration FILE` a repetition is then short of the person's own range
    rather than of the preset's. What is unsafe in the exercise's file stays unsafe.

    \b
    Examples:
      repcount calibrate two_squats.mp4 --exercise wall-squat
      repcount calibrate raises.npz --exercise straight-leg-raise --calibration anna.toml
      repcount calibrate two_squats.mp4 --exercise wall-squat --person anna
    """
    from repcount import config
    from repcount.history import people
    from repcount.pipeline import assemble
    from repcount.pipeline.calibration import default_file, keep_calibration, learnt_range
    from repcount.pipeline.output_files import InputPlan

    settings = config.load({"person": person}).settings
    chosen = assemble.choose_exercise(exercise, None)
    analyzer = assemble.Analyzer(settings, (chosen,), lambda: watching_model(settings.progress))
    result = analyzer.judge(InputPlan(input_), lambda source: watching(source, settings.progress))
    learnt = learnt_range(chosen, result)
    if settings.person and calibration is None:
        with opened(settings) as history:
            people.keep_ranges(history, settings.person, chosen.name, learnt)
        where = f"the history, as {settings.person}'s"
    else:
        path = calibration or settings.calibration or default_file()
        keep_calibration(path, chosen, learnt)
        where = str(path)
    rows = [(side.value, f"{own.rest_deg:.0f}°", f"{own.peak_deg:.0f}°") for side, own in learnt.items()]
    table(["side", "rest", "peak"], rows)
    say(f"kept in {where}")
