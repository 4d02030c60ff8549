"""What a page has beside what comes with the program: exercises and plans of one's own, from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repcount.core.errors import SettingError
from repcount.exercises import catalog, plans
from repcount.exercises.plans import Plan
from repcount.exercises.spec import Exercise

EXERCISES: Final = "own/repcount/exercises"
"""Where in the archive ``own_folder.py`` has the user's exercises."""
PLANS: Final = "repcount/exercises/plans"


@dataclass(frozen=True)
class AddedFiles:
    """Files that were read and are right, each with what is in it."""

    exercises: tuple[tuple[Path, Exercise], ...] = ()
    plans: tuple[tuple[Path, Plan], ...] = ()

    def packed(self) -> dict[str, bytes]:
        """The files by their places in the archive of the engine."""
        own = {f"{EXERCISES}/{one.name}.toml": path for path, one in self.exercises}
        own |= {f"{PLANS}/{one.name.replace('-', '_')}.toml": path for path, one in self.plans}
        return {name: path.read_bytes() for name, path in sorted(own.items())}

    def offered(self) -> tuple[tuple[Exercise, ...], tuple[Plan, ...]]:
        """All that can be chosen on the page, those that come with the program first."""
        exercises = (*map(catalog.get, catalog.names()), *(one for _, one in self.exercises))
        return exercises, (*map(plans.get, plans.names()), *(one for _, one in self.plans))


NOTHING: Final = AddedFiles()


def read_added(exercise_files: Sequence[Path], plan_files: Sequence[Path]) -> AddedFiles:
    """Read and check the files.

    Raises
    ------
    SettingError
        A file is wrong, has the name of another one, or is a plan with an exercise that the page has not.
    """
    exercises = tuple((path, catalog.load(path)) for path in exercise_files)
    _refuse_twice(
        [*((None, name) for name in catalog.names()), *((path, one.name) for path, one in exercises)]
    )
    own = tuple((path, plans.load(path)) for path in plan_files)
    _refuse_twice([*((None, name) for name in plans.names()), *((path, one.name) for path, one in own)])
    there = {*catalog.names(), *(one.name for _, one in exercises)}
    for path, plan in own:
        for item in plan.exercises:
            if item.exercise not in there:
                missing = item.file or item.exercise
                raise SettingError(
                    f"{path}: `{missing}` is not on the page; add it by --exercise-file and name it"
                )
    return AddedFiles(exercises, own)


def _refuse_twice(named: Sequence[tuple[Path | None, str]]) -> None:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            raise SettingError(f"{path}: there is a `{name}` already; give it another name")
        seen.add(name)
