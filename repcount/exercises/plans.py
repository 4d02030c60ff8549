"""Plans: programmes of several exercises, as TOML; those built in and a user's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from repcount.core.errors import SettingError
from repcount.core.input_files import in_short
from repcount.core.records import CountBy, Side
from repcount.exercises import catalog, own_exercises
from repcount.exercises.catalog import checked, read_toml
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import Table, which_there_are

_FOLDER = Path(__file__).parent / "plans"


class Item(Table):
    """One exercise of a plan; what is not said is left to the exercise's file.

    Attributes
    ----------
    exercise : its name.
    file : of an exercise of one's own, relative to the plan.
    reps, holds : of a set; naming one of them says what moves the set on.
    each_leg : every set with one leg and then with the other.
    """

    exercise: str = ""
    file: str = ""
    sets: Annotated[int, Field(ge=1)] | None = None
    reps: Annotated[int, Field(ge=1)] | None = None
    holds: Annotated[int, Field(ge=1)] | None = None
    hold_s: Annotated[float, Field(gt=0)] | None = None
    rest_s: Annotated[float, Field(ge=0)] | None = None
    range: str | None = None
    side: Side | None = None
    each_leg: bool | None = None

    @model_validator(mode="after")
    def _clear(self) -> Item:
        if bool(self.exercise) == bool(self.file):
            raise ValueError("say either `exercise`, a name, or `file`, an exercise of your own")
        if self.reps is not None and self.holds is not None:
            raise ValueError("say either `reps` or `holds`")
        if self.side is not None and self.each_leg:
            raise ValueError("`side` names one leg, `each_leg` asks for both; say one of them")
        return self

    @property
    def count_by(self) -> CountBy | None:
        """What moves the set on; None leaves it to the exercise."""
        if self.holds is not None:
            return CountBy.HOLDS
        return CountBy.REPS if self.reps is not None else None

    def dosed(self, exercise: Exercise, rest_s: float | None = None) -> Exercise:
        """The exercise with this item's dose; ``rest_s`` where the item says none."""
        rest_s = rest_s if self.rest_s is None else self.rest_s
        wanted = {
            "sets": self.sets,
            "reps": self.reps,
            "holds": self.holds,
            "hold_s": self.hold_s,
            "rest_s": rest_s,
            "count": self.count_by,
            "each_leg": False if self.side is not None else self.each_leg,
        }
        changes = {key: value for key, value in wanted.items() if value is not None}
        return exercise.model_copy(update={"dose": exercise.dose.model_copy(update=changes)})


class Plan(Table):
    """A programme.

    Attributes
    ----------
    rest_s : between sets and exercises, where an item says nothing else.
    """

    format: Annotated[int, Field(ge=1, le=1)]
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    summary: str
    source: str = ""
    rest_s: Annotated[float, Field(ge=0)] | None = None
    exercises: Annotated[tuple[Item, ...], Field(min_length=1)]


def names() -> tuple[str, ...]:
    """Names of the built-in plans, in alphabetical order."""
    return tuple(sorted(path.stem.replace("_", "-") for path in _FOLDER.glob("*.toml")))


def get(name: str) -> Plan:
    """Return a built-in plan, or that of a user's own file where ``name`` ends in ``.toml``.

    Raises
    ------
    SettingError
        There is none of that name, or the file does not keep to the schema.
    """
    if name.endswith(".toml"):
        return load(Path(name))
    if name not in names():
        raise SettingError(f"there is no plan `{name}`; {which_there_are(name, names(), '--plan FILE.toml')}")
    return load(_FOLDER / f"{name.replace('-', '_')}.toml")


def load(path: Path) -> Plan:
    """Read a plan's file and see that its exercises are there."""
    plan = checked(Plan, read_toml(path), str(path))
    for item in plan.exercises:
        try:
            exercise = exercise_of(item, path.parent)
        except SettingError as error:
            raise SettingError(f"{path}: {error}") from error
        if item.range is not None and item.range not in exercise.presets:
            known = ", ".join(exercise.presets)
            raise SettingError(
                f"{path}: {exercise.name} has no range `{in_short(item.range)}`; it has: {known}"
            )
    return plan


def exercise_of(item: Item, folder: Path) -> Exercise:
    """The exercise that an item names; files are sought from ``folder`` on."""
    return catalog.load(folder / item.file) if item.file else own_exercises.get(item.exercise)


def dosed_exercises(name: str) -> tuple[tuple[Item, Exercise], ...]:
    """The items of a plan with their exercises, dosed as the plan says."""
    plan = get(name)
    folder = Path(name).parent if name.endswith(".toml") else _FOLDER
    return tuple((item, item.dosed(exercise_of(item, folder), plan.rest_s)) for item in plan.exercises)
