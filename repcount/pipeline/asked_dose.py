"""What a person was asked to do, for ``analyze``: sets, repetitions and holds by options, or a plan's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from repcount.core.errors import SettingError
from repcount.core.records import CountBy
from repcount.exercises import plans
from repcount.exercises.plans import Item
from repcount.exercises.spec import Exercise
from repcount.pipeline.assemble import AUTO, choose_exercises


@dataclass(frozen=True)
class DoseRequest:
    """What the command line says was asked for; None was not said.

    Attributes
    ----------
    reps : of a set; holds, where holds move the set on.
    hold_s : holds of this length move the set on.
    plan : the name of a plan or its file; it says all the others.
    """

    sets: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    plan: str | None = None

    @property
    def options(self) -> list[str]:
        """The options that were given beside a plan."""
        given = {"--sets": self.sets, "--reps": self.reps, "--hold": self.hold_s}
        return [option for option, value in given.items() if value is not None]


@dataclass(frozen=True)
class AskedExercises:
    """The exercises to be watched for, and the names of those that were asked for in a dose."""

    exercises: tuple[Exercise, ...]
    asked: frozenset[str] = frozenset()


def asked_exercises(
    name: str | None, file: Path | None, request: DoseRequest, count: CountBy | None = None
) -> AskedExercises:
    """The exercises of a call, each with the dose that was asked for.

    Without a request they keep the dose of their files, and nothing was asked for.

    Parameters
    ----------
    count : what moves the set on, where a setting says it.

    Raises
    ------
    SettingError
        There is no such exercise or plan, or parts of the request do not go together.
    """
    if request.plan is not None:
        return _planned(name, file, request)
    chosen = choose_exercises(name, file)
    if not request.options:
        return AskedExercises(chosen)
    if len(chosen) > 1 or name == AUTO:
        raise SettingError(
            f"{request.options[0]} goes with one exercise; name it with --exercise, or several with --plan"
        )
    return AskedExercises((_dosed(chosen[0], request, count),), frozenset({chosen[0].name}))


def _dosed(exercise: Exercise, request: DoseRequest, count: CountBy | None) -> Exercise:
    by_holds = request.hold_s is not None or (count or exercise.dose.count) is CountBy.HOLDS
    if by_holds and count is CountBy.REPS:
        raise SettingError("--hold asks for holds and --count for repetitions; say one of them")
    item = Item(
        exercise=exercise.name,
        sets=request.sets,
        reps=None if by_holds else request.reps or exercise.dose.reps,
        holds=(request.reps or exercise.dose.holds) if by_holds else None,
        hold_s=request.hold_s,
    )
    return item.dosed(exercise)


def _planned(name: str | None, file: Path | None, request: DoseRequest) -> AskedExercises:
    if request.options:
        raise SettingError(f"{request.options[0]} and --plan do not go together; the plan's file says it")
    if file is not None:
        raise SettingError("--exercise-file and --plan do not go together; the plan's file says it")
    found = _together(plans.dosed_exercises(request.plan or ""))
    wanted = [each for each in found if name in (None, AUTO, each.name)]
    if not wanted:
        known = ", ".join(each.name for each in found)
        raise SettingError(f"the plan `{request.plan}` has no {name}; it has: {known}")
    return AskedExercises(tuple(wanted), frozenset(each.name for each in wanted))


def _together(items: Sequence[tuple[Item, Exercise]]) -> list[Exercise]:
    """Each exercise of a plan once; what is asked of the same leg later on adds to its sets."""
    found: dict[str, Exercise] = {}
    sets: dict[str, dict[object, int]] = {}
    for item, exercise in items:
        preset = item.range or exercise.default_preset
        found.setdefault(exercise.name, exercise.model_copy(update={"default_preset": preset}))
        mine = sets.setdefault(exercise.name, {})
        mine[item.side] = mine.get(item.side, 0) + exercise.dose.sets
    return [_with_sets(each, max(sets[each.name].values())) for each in found.values()]


def _with_sets(exercise: Exercise, sets: int) -> Exercise:
    return exercise.model_copy(update={"dose": exercise.dose.model_copy(update={"sets": sets})})
