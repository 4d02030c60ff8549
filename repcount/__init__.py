"""Count physiotherapy exercises from video: open, private, exact.

``__all__`` is the whole promise to those who import this package; docs/python.md shows each name at work. All
but the version is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from repcount.api.analysis import analyze, count, load_exercise
    from repcount.api.counter import Counter, Update
    from repcount.api.result import Result
    from repcount.core.errors import RepcountError
    from repcount.core.pose import Pose
    from repcount.core.records import Cue, ExerciseSummary, Fault, Hold, LegAngles, Rep
    from repcount.exercises.spec import Exercise
    from repcount.io.angle_files import JointAngles

    def exercises() -> tuple[str, ...]:
        """Return the names of the exercises that come with the program."""


__all__ = [
    "Counter",
    "Cue",
    "Exercise",
    "ExerciseSummary",
    "Fault",
    "Hold",
    "JointAngles",
    "LegAngles",
    "Pose",
    "Rep",
    "RepcountError",
    "Result",
    "Update",
    "__version__",
    "analyze",
    "count",
    "exercises",
    "load_exercise",
]

_HOMES = {
    "api.analysis": ("analyze", "count", "load_exercise"),
    "api.counter": ("Counter", "Update"),
    "api.result": ("Result",),
    "core.errors": ("RepcountError",),
    "core.records": ("Cue", "ExerciseSummary", "Fault", "Hold", "LegAngles", "Rep"),
    "core.pose": ("Pose",),
    "exercises.spec": ("Exercise",),
    "io.angle_files": ("JointAngles",),
}


def __getattr__(name: str) -> object:
    """Load a name of ``__all__`` from where it is at home."""
    from importlib import import_module

    if name == "exercises":  # the room that answers to its name
        return import_module("repcount.exercises")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"repcount.{home}"), name)
    raise AttributeError(f"module 'repcount' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
