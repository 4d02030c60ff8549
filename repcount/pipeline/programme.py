"""What the person is asked to do, by options or a plan: exercises with doses, blocks of a guided session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, isfinite
from pathlib import Path

from repcount.config import Settings
from repcount.core.errors import SettingError
from repcount.core.history_records import KeptSession, KeptSet, Kind
from repcount.core.records import CountBy, Side
from repcount.exercises import languages, own_exercises, plans
from repcount.exercises.plans import Item
from repcount.exercises.spec import Direction, Exercise, Preset
from repcount.pipeline import calibration
from repcount.pipeline.assemble import (
    AUTO,
    asked_range,
    choose_exercise,
    choose_exercises,
    prepared_exercise,
    session_options,
)
from repcount.pipeline.calibration import OwnRanges
from repcount.session.guided.exercise_sets import Block


@dataclass(frozen=True)
class ProgrammeRequest:
    """What the command line asks for; None was not said, and is left to the exercise or plan.

    Attributes
    ----------
    reps, hold_s : ``hold_s`` makes holds of the length move the set on, ``reps`` of them a set.
    """

    exercise: str | None = None
    exercise_file: Path | None = None
    plan: str | None = None
    sets: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    rest_s: float | None = None

    def refuse_beside_plan(self, *but: str) -> None:
        """Check that a plan says it all.

        Parameters
        ----------
        but : options that may be given beside it.

        Raises
        ------
        SettingError
            Another one was given.
        """
        given = {"--exercise": self.exercise, "--exercise-file": self.exercise_file, **self._doses()}
        for option, value in given.items():
            if value is not None and option not in but:
                raise SettingError(f"{option} and --plan do not go together; the plan's file says it")

    def dose_options(self) -> list[str]:
        """The options that ask for a dose, as far as they were given."""
        return [option for option, value in self._doses().items() if value is not None]

    def _doses(self) -> dict[str, object]:
        return {"--sets": self.sets, "--reps": self.reps, "--hold": self.hold_s, "--rest": self.rest_s}

    def item(self, exercise: Exercise, count: CountBy | None, side: Side | None = None) -> Item:
        """The exercise as an item of a plan, with the dose that was asked for."""
        by_holds = self.hold_s is not None or (count or exercise.dose.count) is CountBy.HOLDS
        return Item(
            exercise=exercise.name,
            sets=self.sets,
            reps=None if by_holds else self.reps or exercise.dose.reps,
            holds=(self.reps or exercise.dose.holds) if by_holds else None,
            hold_s=self.hold_s,
            rest_s=self.rest_s,
            side=side,
        )


@dataclass(frozen=True)
class AskedExercises:
    """The exercises to be watched for, and the names of those that were asked for in a dose."""

    exercises: tuple[Exercise, ...]
    asked: frozenset[str] = frozenset()


def asked_exercises(request: ProgrammeRequest, count: CountBy | None = None) -> AskedExercises:
    """The exercises that ``analyze`` watches for, each with the dose that was asked for.

    If no dose was asked for, they keep the dose of their files.

    Parameters
    ----------
    count : what moves the set on, where a setting says it.

    Raises
    ------
    SettingError
        There is no such exercise or plan, or parts of the request do not go together.
    """
    if request.plan is not None:
        request.refuse_beside_plan("--exercise")
        return _planned_exercises(request.plan, request.exercise)
    chosen, given = choose_exercises(request.exercise, request.exercise_file), request.dose_options()
    if not given:
        return AskedExercises(chosen)
    if len(chosen) > 1 or request.exercise == AUTO:
        raise SettingError(
            f"{given[0]} goes with one exercise; name it with --exercise, or several with --plan"
        )
    if request.hold_s is not None and count is CountBy.REPS:
        raise SettingError("--hold asks for holds and --count for repetitions; say one of them")
    dosed = request.item(chosen[0], count).dosed(chosen[0])
    return AskedExercises((dosed,), frozenset({dosed.name}))


def _planned_exercises(plan: str, name: str | None) -> AskedExercises:
    found = _together(plans.dosed_exercises(plan))
    wanted = [each for each in found if name in (None, AUTO, each.name)]
    if not wanted:
        known = ", ".join(each.name for each in found)
        raise SettingError(f"the plan `{plan}` has no {name}; it has: {known}")
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


def blocks_of(
    request: ProgrammeRequest, settings: Settings, kept: OwnRanges | None = None
) -> tuple[Block, ...]:
    """The blocks of a session.

    Parameters
    ----------
    kept : the person's own ranges as the history has them; a calibration file wins over them.

    Raises
    ------
    SettingError
        There is no such exercise, plan or range, or parts of the request do not go together.
    """
    filed = {} if settings.calibration is None else calibration.load(settings.calibration)
    maker = _Maker(settings, {**(kept or {}), **filed})
    if request.plan is not None:
        request.refuse_beside_plan()
        return tuple(maker.block(item, exercise) for item, exercise in plans.dosed_exercises(request.plan))
    if request.exercise == AUTO:
        return (maker.open_block(own_exercises.every()),)
    exercise = choose_exercise(request.exercise, request.exercise_file)
    item = request.item(exercise, settings.count, settings.side)
    return (maker.block(item, item.dosed(exercise)),)


def lighter_programme(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same session made smaller, for a day with pain: half as much, with the next smaller range."""
    return tuple(block if block.is_open else _lighter_block(block) for block in blocks)


def dose_words(blocks: Sequence[Block], words: Mapping[str, str] | None = None) -> str:
    """What is asked for, such as "three sets of six to 40°", for each exercise; empty where nothing is asked.

    Parameters
    ----------
    words : what a screen says, by key; English where it is None.
    """
    known = words or languages.load().screen_words()
    return ", ".join(_dose_words(block, known) for block in blocks if not block.is_open)


def _dose_words(block: Block, words: Mapping[str, str]) -> str:
    dose, by_holds = block.dose, block.count_by is CountBy.HOLDS
    key = "dose_reps" if not by_holds else "dose_holds" if dose.sets > 1 else "dose_held"
    reps = dose.holds if by_holds else dose.reps
    parts = [block.exercise.title, words[key].format(sets=dose.sets, reps=reps, seconds=f"{dose.hold_s:g}")]
    deg = asked_range(block.exercise, block.options).deg
    parts += [words["dose_target"].format(deg=round(deg))] if isfinite(deg) else []
    return " ".join(parts)


def smaller_range(exercise: Exercise, name: str) -> str:
    """The next smaller range; the same one where there is none."""
    far = {key: _farness(exercise, one) for key, one in exercise.presets.items()}
    less = {key: way for key, way in far.items() if way < far[name]}
    return max(less, key=lambda key: less[key]) if less else name


def _farness(exercise: Exercise, preset: Preset) -> tuple[float, float]:
    """How far a range goes, to be compared with another of the same exercise: its target, then its way."""
    rising = exercise.drive.direction is Direction.RISING
    return (preset.target_deg if rising else -preset.target_deg, preset.target_rom_deg or 0.0)


def _lighter_block(block: Block) -> Block:
    exercise, options = block.exercises[0]
    dose = exercise.dose.model_copy(
        update={"reps": ceil(exercise.dose.reps / 2), "holds": ceil(exercise.dose.holds / 2)}
    )
    preset = smaller_range(exercise, options.preset or exercise.default_preset)
    less = exercise.model_copy(update={"dose": dose}), replace(options, preset=preset)
    return Block((less,), block.each_leg)


def planned_by(blocks: Sequence[Block], now: datetime) -> KeptSession | None:
    """What the blocks ask for, written as a session that was done; None where they ask for nothing."""
    sets = tuple(each for block in blocks if not block.is_open for each in _planned_sets(block))
    return KeptSession("", "", now, Kind.LIVE, "", "", sets=sets) if sets else None


def _planned_sets(block: Block) -> Iterator[KeptSet]:
    """One record for each leg, with the sum of its sets; a hold is a repetition that is held."""
    dose, by_holds = block.dose, block.count_by is CountBy.HOLDS
    legs = (Side.LEFT, Side.RIGHT) if block.each_leg else (block.options.side or Side.BOTH,)
    reps = dose.sets * (dose.holds if by_holds else dose.reps)
    for leg in legs:
        hold_s = reps * dose.hold_s if by_holds else 0.0
        yield KeptSet(1, block.exercise.name, leg, reps=reps, hold_s=hold_s)


class _Maker:
    """Makes blocks under one set of settings."""

    def __init__(self, settings: Settings, own: OwnRanges) -> None:
        self._settings = settings
        self._own = own
        self._language = languages.load(settings.language)

    def block(self, item: Item, exercise: Exercise) -> Block:
        exercise = prepared_exercise(exercise, self._settings, self._language)
        options = session_options(exercise, self._settings, self._own)
        wanted = replace(
            options,
            side=item.side or options.side,
            preset=item.range or options.preset,
            count_by=item.count_by or options.count_by,
        )
        if wanted.preset is not None and wanted.preset not in exercise.presets:
            known = ", ".join(exercise.presets)
            raise SettingError(f"{exercise.name} has no range `{wanted.preset}`; it has: {known}")
        each_leg = exercise.dose.each_leg and wanted.side is None
        return Block(((exercise, wanted),), each_leg)

    def open_block(self, exercises: Sequence[Exercise]) -> Block:
        known = [prepared_exercise(exercise, self._settings, self._language) for exercise in exercises]
        options = [session_options(exercise, self._settings, self._own) for exercise in known]
        return Block(tuple(zip(known, options, strict=True)))
