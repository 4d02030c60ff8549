"""Limits: the safe span of the exercise's file, the user's own, and the range that was asked for.

Limits become ordinary rules. A limit comes before any other fault and is told at once. No range asks for more
than a limit of safety allows. The limit of the exercise's file holds, whatever limit the user sets.
:class:`AskedRange` is the range as people are told it: what was asked for, and how far they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from repcount.core.errors import SettingError
from repcount.core.records import NAN, Fault, Rep
from repcount.exercises import languages
from repcount.exercises.languages import Language
from repcount.exercises.rules import FaultRule
from repcount.exercises.spec import Direction, Exercise, Legs, Preset
from repcount.exercises.terms import Moment

JOINTS: Final[Mapping[str, str]] = {
    "knee": "knee_flexion_deg",
    "hip": "hip_flexion_deg",
    "trunk": "trunk_tilt_deg",
    "heel": "heel_rise_deg",
}
"""What can be limited, and the signal that tells of it."""

HARD: Final = "beyond_safe"
AT_ONCE_S: Final = 0.1  # two frames of a slow camera: one bad frame says nothing
SIDE_VIEW: Final = (50.0, 90.0)


def with_limits(
    exercise: Exercise,
    limits: Mapping[str, float],
    language: Language | None = None,
    asked: str | None = None,
) -> Exercise:
    """The exercise with its limits as first rules, and its ranges cut to them.

    Parameters
    ----------
    limits : by joint, degrees of flexion.
    language : of the cues; English where it is None. An exercise that is guarded already keeps its words.
    asked : the range that somebody asked for; to go further is a fault then. None where nobody did.

    Raises
    ------
    SettingError
        A limit leaves no room for a repetition.
    """
    words = language or languages.load()
    present = {rule.code for rule in exercise.faults}
    rules = [_own(exercise, joint, limit, words) for joint, limit in limits.items()]
    rules = [rule for rule in (*rules, _hard(exercise, words)) if rule.code not in present]
    faults = (*rules, *exercise.faults)
    further = None if asked is None or asked not in exercise.presets else _beyond(exercise, asked)
    if further is not None and further.code not in present:
        # what the file says of going too far whatever was asked for says less
        faults = (*rules, further, *(rule for rule in exercise.faults if not rule.beyond_target))
    changes: dict[str, object] = {"faults": faults}
    for joint, limit in limits.items():
        if JOINTS[joint] == exercise.drive.signal and limit < exercise.drive.safe[1]:
            low = exercise.drive.safe[0]
            changes["drive"] = exercise.drive.model_copy(update={"safe": (low, limit)})
            changes["presets"] = {
                name: _within(exercise, preset, joint, limit) for name, preset in exercise.presets.items()
            }
    return exercise.model_copy(update=changes)


def names(language: Language | None = None) -> dict[str, str]:
    """What passing each limit is called, by code; in English where no language is given."""
    words = language or languages.load()
    own = {f"limit_{joint}": words.say("limit_name", joint=words.say(joint)) for joint in JOINTS}
    return {**own, HARD: words.say("safe_name")}


def _hard(exercise: Exercise, words: Language) -> FaultRule:
    drive = exercise.drive
    return _rule(exercise, drive.signal, drive.safe[1]).model_copy(
        update={
            "code": HARD,
            "name": words.say("safe_name"),
            "say": words.say("safe_say"),
            "praise": words.say("safe_praise"),
            "why": words.say("limit_why"),
            "source": f"the safe span of {exercise.name}",
        }
    )


def _beyond(exercise: Exercise, asked: str) -> FaultRule | None:
    """The rule against going further than asked: past the target, or too far bent where the signal falls.

    None where the exercise has no such rule, or the range is a least (``at_least``).
    """
    beyond, preset = exercise.beyond, exercise.presets[asked]
    if beyond is None or preset.at_least:
        return None
    rising = exercise.drive.direction is Direction.RISING
    first = 0.0 if rising else preset.target_deg + (preset.target_rom_deg or 0.0)
    return _rule(exercise, exercise.drive.signal, first + beyond.above_target_deg).model_copy(
        update={**beyond.model_dump(exclude={"above_target_deg"}), "beyond_target": rising}
    )


def _own(exercise: Exercise, joint: str, limit: float, words: Language) -> FaultRule:
    return _rule(exercise, JOINTS[joint], limit).model_copy(
        update={
            "code": f"limit_{joint}",
            "name": words.say("limit_name", joint=words.say(joint)),
            "say": words.say("limit_say"),
            "praise": words.say("limit_praise"),
            "why": words.say("limit_why"),
            "source": "the user's own limit",
        }
    )


def _rule(exercise: Exercise, signal: str, above: float) -> FaultRule:
    """A rule for the limit of one signal, judged from the views in which the exercise's range can be seen."""
    together = exercise.drive.legs is Legs.TOGETHER
    return FaultRule(
        code=HARD,
        name=HARD,
        signal=signal,
        when=Moment.ALWAYS if together else Moment.REP,
        above=above,
        lasts_s=AT_ONCE_S,
        view=(exercise.short.view if signal == exercise.drive.signal else None) or SIDE_VIEW,
        say=HARD,
        why=HARD,
        source=HARD,
        limit=True,
    )


def least_limit(exercise: Exercise) -> float:
    """The smallest limit in degrees, of the joint that it is counted by, that leaves room in each range."""
    return max(_least(exercise, preset) for preset in exercise.presets.values())


def _least(exercise: Exercise, preset: Preset) -> float:
    rising = exercise.drive.direction is Direction.RISING
    return (max(exercise.drive.rest[0], 0.0) if rising else preset.target_deg) + preset.min_rom_deg


def _within(exercise: Exercise, preset: Preset, joint: str, limit: float) -> Preset:
    """A range that asks for no more than the limit."""
    rising = exercise.drive.direction is Direction.RISING
    rest = max(exercise.drive.rest[0], 0.0)
    room = limit - rest if rising else limit - preset.target_deg
    if room < preset.min_rom_deg:
        raise SettingError(
            f"--limit {joint}={limit:g}: leaves no room for {exercise.name}; "
            f"its smallest repetition needs {_least(exercise, preset):g} degrees"
        )
    asked = preset.target_rom_deg
    return preset.model_copy(
        update={
            "target_deg": min(preset.target_deg, limit) if rising else preset.target_deg,
            "target_rom_deg": None if asked is None else min(asked, room),
        }
    )


@dataclass(frozen=True)
class AskedRange:
    """What is asked of an exercise, and how what was done is measured against it.

    Attributes
    ----------
    named : whether somebody asked for this range; the exercise's usual one where it is false.
    """

    exercise: Exercise
    preset: Preset
    named: bool = False

    @property
    def deg(self) -> float:
        """What is asked for, in degrees; NaN where a repetition is judged by the person's own best."""
        if self.preset.target_rom_deg is not None:
            return self.preset.target_rom_deg
        return NAN if self.exercise.short.below_target_deg is None else self.preset.target_deg

    def reached_deg(self, rep: Rep) -> float:
        """How far a repetition came, as ``deg`` is measured: at its peak, or from rest to the peak."""
        return rep.rom_deg if self.is_from_rest else rep.peak_deg

    @property
    def is_from_rest(self) -> bool:
        """Whether it is the way from rest to the peak that is measured, and not where the peak is."""
        return self.preset.target_rom_deg is not None or self.deg != self.deg

    def passed_deg(self, fault: Fault) -> float:
        """How far it went, as ``deg`` is measured, where the fault is that of going too far; else NaN."""
        beyond = self.exercise.beyond
        if beyond is None or fault.code != beyond.code:
            return NAN
        return fault.worst - (self.preset.target_deg if self.preset.target_rom_deg is not None else 0.0)
