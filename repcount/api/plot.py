"""A picture of what was counted: the one file of the package that knows matplotlib."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from repcount.core.errors import MissingDependencyError
from repcount.core.records import Side, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from repcount.core.records import ExerciseSummary, InputSummary, Rep
    from repcount.exercises.spec import Exercise
    from repcount.io.angle_files import AngleRecorder

WIDTH_IN, HEIGHT_IN = 10.0, 3.2
LEAD_S: Final = 2.0
"""So much of the curve is shown before the first repetition and after the last."""
LEFT, RIGHT, BOTH = "#0072b2", "#d55e00", "#333333"
SHADES: Final = {
    Status.OK: "#009e73",
    Status.SHORT: "#e69f00",
    Status.FORM: "#cc79a7",
    Status.UNCERTAIN: "#999999",
}
"""The colours of Okabe and Ito, which are told apart with any colour vision."""

Curve = tuple[str, str, "NDArray[np.float64]"]
"""Name, colour and degrees of a line."""


def figure_of(summary: InputSummary, recorder: AngleRecorder, watched_for: Sequence[Exercise]) -> Figure:
    """One drawing for each exercise: the joint that it counts by, the repetitions and the holds.

    Raises
    ------
    MissingDependencyError
        matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        text = "plot needs matplotlib; install it: pip install 'repcount[plot]'"
        raise MissingDependencyError(text) from error
    found = summary.exercises
    rows = max(1, len(found))
    figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN * rows), layout="constrained")
    drawings = figure.subplots(rows, 1, squeeze=False)[:, 0]
    signals = {exercise.name: exercise.drive.signal for exercise in watched_for}
    for axes, exercise in zip(drawings, found, strict=False):
        _draw(axes, exercise, signals[exercise.exercise], recorder)
    if not found:
        drawings[0].set_title("nothing was counted")
        _draw_curves(drawings[0], recorder.angles().time_s, _curves("knee_flexion_deg", Side.BOTH, recorder))
    vars(figure)["_repr_png_"] = partial(_png, figure)  # what a notebook asks for
    return figure


def _draw(axes: Axes, exercise: ExerciseSummary, signal: str, recorder: AngleRecorder) -> None:
    sides = {rep.side for rep in exercise.repetitions}
    side = sides.pop() if len(sides) == 1 else Side.BOTH
    for rep in exercise.repetitions:
        _mark(axes, rep)
    for status in dict.fromkeys(rep.status for rep in exercise.repetitions):
        axes.plot([], [], "o", color=SHADES[status], markersize=5, label=status.value)
    time_s = recorder.angles().time_s
    _draw_curves(axes, time_s, _curves(signal, side, recorder))
    _draw_holds(axes, exercise)
    axes.set_title(_title(exercise), loc="left", fontsize=11)
    axes.set_ylabel(f"{signal.removesuffix('_deg').replace('_', ' ')} (°)")
    if exercise.repetitions:
        axes.set_xlim(max(time_s[0], exercise.start_s - LEAD_S), min(time_s[-1], exercise.end_s + LEAD_S))


def _curves(signal: str, side: Side, recorder: AngleRecorder) -> list[Curve]:
    """The lines of a signal: of the leg that moves, or of both; what is neither knee nor hip as counted."""
    joint = signal.split("_")[0]
    if joint not in ("knee", "hip"):
        return [("counted", BOTH, recorder.counted_deg())]
    angles = recorder.angles()
    lines = [
        ("left", LEFT, getattr(angles, f"left_{joint}_deg")),
        ("right", RIGHT, getattr(angles, f"right_{joint}_deg")),
    ]
    return [line for line in lines if side is Side.BOTH or line[0] == side.value]


def _draw_curves(axes: Axes, time_s: NDArray[np.float64], curves: Sequence[Curve]) -> None:
    for name, colour, values_deg in curves:
        axes.plot(time_s, values_deg, color=colour, linewidth=1.5, label=name)
    axes.set_xlabel("time (s)")
    axes.margins(y=0.15)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, ncols=6, fontsize=9)


def _mark(axes: Axes, rep: Rep) -> None:
    axes.axvspan(rep.start_s, rep.end_s, color=SHADES[rep.status], alpha=0.15, linewidth=0)
    axes.plot([rep.peak_s], [rep.peak_deg], "o", color=SHADES[rep.status], markersize=5, zorder=3)
    axes.annotate(
        str(rep.number),
        (rep.peak_s, rep.peak_deg),
        (0, 7),
        textcoords="offset points",
        ha="center",
        fontsize=9,
    )


def _draw_holds(axes: Axes, exercise: ExerciseSummary) -> None:
    """Holds as bars above the curve, with their valid seconds."""
    for hold in exercise.holds:
        axes.plot(
            [hold.start_s, hold.end_s],
            [0.97, 0.97],
            color=BOTH,
            linewidth=3,
            transform=axes.get_xaxis_transform(),
        )
        axes.annotate(
            f"held {hold.valid_s:.1f} s",
            (hold.start_s, 0.97),
            (0, -4),
            xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha="left",
            va="top",
            fontsize=9,
        )


def _title(exercise: ExerciseSummary) -> str:
    reps, holds = len(exercise.repetitions), len(exercise.holds)
    words = [f"{reps} repetition{'' if reps == 1 else 's'}"]
    words += [f"{holds} hold{'' if holds == 1 else 's'}"] if holds else []
    return f"{exercise.exercise}: {', '.join(words)}"


def _png(figure: Any) -> bytes:
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=100)
    return picture.getvalue()
