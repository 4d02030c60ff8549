"""The options of ``repcount analyze``; ``live`` and ``serve`` share many of them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from repcount.cli.terminal import exercise_choices
from repcount.core.records import CountBy
from repcount.io.spreadsheets import Dialect

Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="INPUT", help="Videos, or landmark recordings (.npz).", show_default=False),
]
ExerciseName = Annotated[
    str | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME",
        help="What is done; auto finds out, also several one after the other.",
        show_default="auto",
        autocompletion=exercise_choices,
    ),
]
ExerciseFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="An exercise of your own, see docs/exercises.md.")
]
Range = Annotated[
    str | None,
    typer.Option(
        "--range",
        metavar="NAME",
        help="gentle, standard, full: as the exercise has them.",
        show_default="the exercise's own",
    ),
]
CountOption = Annotated[
    CountBy | None, typer.Option("--count", help="What moves the set on.", show_default="the exercise's own")
]
SetsOption = Annotated[int | None, typer.Option("--sets", min=1, metavar="N", help="Sets asked for.")]
RepsOption = Annotated[
    int | None, typer.Option("--reps", min=1, metavar="N", help="Repetitions, or holds, of a set.")
]
HoldOption = Annotated[
    float | None, typer.Option("--hold", min=1, metavar="SECONDS", help="Count holds of this length.")
]
PlanName = Annotated[
    str | None,
    typer.Option("--plan", metavar="NAME", help="A whole programme, see `repcount plans`."),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="JOINT=DEG",
        help="Your own limit of safety, such as knee=60; may come again.",
        show_default="the exercise's own",
    ),
]
CsvFile = Annotated[
    str | None,
    typer.Option("--csv", metavar="FILE", help="A row per repetition and hold; .xlsx makes a workbook."),
]
DialectOption = Annotated[
    Dialect,
    typer.Option("--dialect", help="Of CSV: commas and decimal points, or semicolons and decimal commas."),
]
JsonFile = Annotated[str | None, typer.Option("--json", metavar="FILE", help="All results; - prints them.")]
VideoFile = Annotated[
    str | None,
    typer.Option("--video", metavar="OUT.mp4", help="The annotated video; a folder for several inputs."),
]
EvidenceFolder = Annotated[
    str | None,
    typer.Option("--evidence", metavar="DIR", help="A picture of each fault at its worst moment."),
]
PosesFile = Annotated[
    str | None,
    typer.Option("--save-poses", metavar="OUT.npz", help="The landmarks; a folder for several inputs."),
]
AnglesFile = Annotated[
    str | None,
    typer.Option(
        "--angles",
        metavar="OUT.csv",
        help="Knee and hip angles of each frame; .mot and .sto for OpenSim; a folder for several inputs.",
    ),
]
MarkersFile = Annotated[
    str | None,
    typer.Option("--markers", metavar="OUT.trc", help="The landmarks in space, for OpenSim."),
]
CalibrationFile = Annotated[
    str | None,
    typer.Option("--calibration", metavar="FILE", help="Own ranges, as `repcount calibrate` writes them."),
]
TurnOption = Annotated[
    int | None,
    typer.Option(
        "--turn", metavar="DEG", help="Turn a picture that is not upright: 90, 180 or 270, clockwise."
    ),
]
FpsOption = Annotated[
    float | None,
    typer.Option(
        "--fps", metavar="N", help="Pictures a second of a raw stream (.h264) that does not say so."
    ),
]
Strict = Annotated[bool | None, typer.Option("--strict", help="Count only what is done without a fault.")]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        help="Of what is said and shown: en, de, or a file of words.",
        show_default="the locale's",
    ),
]
EveryFrame = Annotated[
    bool | None,
    typer.Option("--every-frame", help="Track every frame, not just the 15 a second that counting takes."),
]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Do not show how far the work is.")]
ModelFile = Annotated[
    str | None, typer.Option("--model", metavar="PATH", help="A pose model of your own (.task).")
]
Recursive = Annotated[bool, typer.Option("--recursive", "-r", help="Take folders, with all videos in them.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes at work side by side."),
]
ClusterAddress = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="Use a Ray cluster, see docs/scaling.md."),
]
Verbose = Annotated[
    bool | None, typer.Option("--verbose", help="Let MediaPipe's and Qt's own messages through.")
]
Explain = Annotated[
    bool, typer.Option("--explain", help="List every movement that was looked at: counted or not, and why.")
]
Save = Annotated[bool, typer.Option("--save", help="Keep what was done in the history.")]
PersonOption = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", help="Who exercises.", show_default="one nameless person"),
]
DoneAt = Annotated[
    str | None,
    typer.Option(
        "--done-at",
        metavar="MOMENT",
        help="With --save: when what is shown began, as 2026-03-01T18:30.",
        show_default="from the file's date",
    ),
]


class SideChoice(str, Enum):
    """What ``--side`` takes."""

    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"


SideOption = Annotated[
    SideChoice | None,
    typer.Option("--side", help="The person's own leg that is watched.", show_default="auto"),
]
