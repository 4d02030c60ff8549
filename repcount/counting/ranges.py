"""The range that is asked of each leg: the preset's, or what the person has shown to be theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from repcount.core.errors import SettingError
from repcount.core.records import PersonalRange, Rep, Side
from repcount.exercises.spec import Direction, Exercise, Preset

LEARN_REPS = 2  # so many repetitions of a side teach its range
OWN_MIN_SHARE = (
    0.35  # of the own range is the smallest excursion that counts, if that is less than the preset's
)


class TargetRanges:
    """Presets by side.

    Parameters
    ----------
    name : of the preset; the exercise's own where it is None.
    own : ranges of this person; the spec's safe span stands above them.

    Raises
    ------
    SettingError
        The exercise has no such preset; the text names those that it has.
    """

    def __init__(
        self, exercise: Exercise, name: str | None = None, own: Mapping[Side, PersonalRange] | None = None
    ) -> None:
        name = name or exercise.default_preset
        if name not in exercise.presets:
            known = ", ".join(exercise.presets)
            raise SettingError(f"{exercise.name} has no range `{name}`; it has: {known}")
        self._preset = exercise.presets[name]
        self._own = {side: _personal(exercise, self._preset, range_) for side, range_ in (own or {}).items()}

    def of(self, side: Side | None) -> Preset:
        """What is asked of a side; the preset where nothing is known of it."""
        if side is None or not self._own:
            return self._preset
        return self._own.get(side) or self._own.get(Side.BOTH) or self._preset


def _personal(exercise: Exercise, preset: Preset, own: PersonalRange) -> Preset:
    lowest, highest = exercise.drive.safe
    target_deg = max(lowest, min(highest, own.peak_deg))
    rom_deg = abs(target_deg - min(highest, own.rest_deg))
    changes = {
        "target_deg": target_deg,
        "min_rom_deg": min(preset.min_rom_deg, max(1.0, OWN_MIN_SHARE * rom_deg)),
        "target_rom_deg": None if preset.target_rom_deg is None else rom_deg,
        "source": "the person's own range",
    }
    return preset.model_copy(update=changes)


def learn(exercise: Exercise, reps: Sequence[Rep]) -> dict[Side, PersonalRange]:
    """The range of each side that has done enough repetitions, from the first of them."""
    sign = 1.0 if exercise.drive.direction is Direction.RISING else -1.0
    learnt = {}
    for side in Side:
        first = [rep for rep in reps if rep.side is side][:LEARN_REPS]
        if len(first) == LEARN_REPS:
            peak = median(rep.peak_deg for rep in first)
            rest = median(rep.peak_deg - sign * rep.rom_deg for rep in first)
            learnt[side] = PersonalRange(rest, peak)
    return learnt
