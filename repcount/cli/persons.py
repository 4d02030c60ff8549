"""``repcount people``, ``forget`` and ``calibrate``: who is known, forgetting somebody, own ranges."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from repcount.cli.history_access import open_history
from repcount.cli.terminal import (
    exercise_names,
    how_many,
    say,
    show_model_progress,
    show_progress,
    table,
    warn,
)
from repcount.core.shown_text import printable

Who = Annotated[
    str | None, typer.Option("--person", metavar="NAME", help="This person; '' is the nameless one.")
]
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--limit", metavar="JOINT=DEG", help="With --person: keep this limit, such as knee=60; '' keeps none."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
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


def people(person: Who = None, limit: Limits = None) -> None:
    """List the people who are known, with their own ranges and limits; or keep somebody's limits.

    \b
    Examples:
      repcount people
      repcount people --person anna --limit knee=60
    """
    from repcount import config
    from repcount.history import people as known_people

    if limit and person is None:
        raise typer.BadParameter("say whose: --person NAME", param_hint="--limit")
    words = " ".join(limit or ())
    with open_history() as history:
        if limit and person is not None:
            known_people.keep_limits(
                history, person, config.load({"limit": words}).settings.limit if words else {}
            )
        found = [known for known in known_people.known(history) if person in (None, known.name)]
        if person and not found:
            raise known_people.unknown(person)
    if not found:
        say("nobody is known yet")
        return
    rows = [
        (
            known.name or "(nameless)",
            str(known.sessions),
            ", ".join(known.ranges) or "none",
            ", ".join(f"{joint} {value:g}°" for joint, value in known.limits.items()) or "none",
        )
        for known in found
    ]
    table(("person", "sessions", "own ranges", "limits"), rows)


def forget(
    person: Annotated[
        str,
        typer.Option("--person", metavar="NAME", help="Who; '' is the nameless one.", show_default=False),
    ],
    yes: Yes = False,
) -> None:
    """Remove all that is kept of a person, for good: sessions, ranges, limits, evidence, journals, backups.

    Backups from before migrations hold everybody, so all of them go. Files that were saved outside the data
    folder are listed and left.

    \b
    Examples:
      repcount forget --person anna
    """
    from repcount.history import people as known_people

    who = person or "the nameless person"
    if not yes and not _agreed(f"remove all that is kept of {who}, for good?"):
        raise typer.Exit(1)
    with open_history() as history:
        done = known_people.forget(history, person)
    gone = f"{how_many(done.sessions, 'session')}, {how_many(len(done.removed), 'file')}"
    say(f"{who} is forgotten: {gone}")
    for path in done.elsewhere:
        warn(f"{path}: was made of these sessions and is left; remove it yourself if you want")


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        warn("nobody is here to be asked; say --yes")
        return False
    return typer.confirm(f"repcount: {printable(question)}", err=True)


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
    analyzer = assemble.Analyzer(settings, (chosen,), lambda: show_model_progress(settings.progress))
    result = analyzer.judge(InputPlan(input_), lambda source: show_progress(source, settings.progress))
    learnt = learnt_range(chosen, result)
    if settings.person and calibration is None:
        with open_history(settings) as history:
            people.keep_ranges(history, settings.person, chosen.name, learnt)
        where = f"the history, as {settings.person}'s"
    else:
        path = calibration or settings.calibration or default_file()
        keep_calibration(path, chosen, learnt)
        where = str(path)
    rows = [(side.value, f"{own.rest_deg:.0f}°", f"{own.peak_deg:.0f}°") for side, own in learnt.items()]
    table(["side", "rest", "peak"], rows)
    say(f"kept in {where}")
