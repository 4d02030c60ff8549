"""The schema of an exercise's file: everything the engine knows about an exercise, as values.

Every figure carries its source. Angles in degrees, times in seconds, flexion 0 at a straight joint.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from repcount.core.guide import Placement, Posture
from repcount.core.phrases import Phrases
from repcount.core.records import CountBy
from repcount.exercises.rules import Beyond, FaultRule, Short, TempoRule
from repcount.exercises.terms import (
    ExerciseWords,
    Moment,
    SignalName,
    Span,
    Table,
    WayWords,
    WhichLeg,
    did_you_mean,
)


class Legs(str, Enum):
    """How the two legs make one count."""

    TOGETHER = "together"  # one signal from both legs
    EACH = "each"  # every leg on its own; what overlaps is one repetition of both


class Direction(str, Enum):
    """Which way the drive signal goes from rest to the peak."""

    RISING = "rising"
    FALLING = "falling"


class CountAt(str, Enum):
    """When a repetition is one."""

    END = "end"  # once it is back at rest
    PEAK = "peak"  # also where its peak is held: the last stand up from a chair has no way back


class Condition(Table):
    """A signal within a span."""

    signal: SignalName
    span: Span
    leg: WhichLeg = WhichLeg.ACTIVE
    source: str = ""


class Measure(str, Enum):
    """What of a signal a requirement looks at."""

    VALUE = "value"  # its median
    CHANGE = "change"  # its median, less that at rest before the movement
    SHARE = "share"  # its change, over the range of the movement itself
    SWING = "swing"  # the span that it covers


class Requirement(Condition):
    """What a movement must show, or it is not a repetition of this exercise at all."""

    at: Moment = Moment.PEAK
    measure: Measure = Measure.VALUE


class Drive(Table):
    """The signal that is counted.

    Attributes
    ----------
    counted_by : a steadier signal of the same meaning; movements are found with it, and their peak is
        reported in ``signal``. None where there is no such signal.
    on_both : conditions that show that the other leg must move too, such as a foot on the ground. A movement
        of one leg then counts for both legs; it is none if the other leg is well seen and stays.
    rest : where the signal is in the start posture.
    rest_also : a second place from which a set may begin.
    count_at : ``peak`` counts a repetition also where its peak is held, without the way back.
    safe : the span that the signal should never leave, whatever range a person or a preset asks for.
    source : where rest and safe span come from.
    """

    signal: SignalName
    counted_by: SignalName | None = None
    legs: Legs
    direction: Direction = Direction.RISING
    rest: Span
    rest_also: Span | None = None
    safe: Span
    count_at: CountAt = CountAt.END
    on_both: tuple[Requirement, ...] = ()
    source: str = ""

    @property
    def counted(self) -> str:
        """The signal by which movements are cut."""
        return self.counted_by or self.signal


class Preset(Table):
    """One range of motion that can be asked for.

    Attributes
    ----------
    target_deg : the drive signal at the peak of a full repetition.
    target_rom_deg : where it matters, the range from rest to the peak of a full repetition.
    min_rom_deg : the smallest excursion that is a repetition at all.
    at_least : its source asks for no less, and names no end: to go further is no fault.
    """

    target_deg: float
    target_rom_deg: float | None = None
    at_least: bool = False
    min_rom_deg: Annotated[float, Field(gt=0)]
    source: str
    note: str = ""


class Dose(Table):
    """How much is to be done.

    Attributes
    ----------
    each_leg : a guided session asks for every set with one leg and then with the other.
    """

    sets: Annotated[int, Field(ge=1)] = 3
    reps: Annotated[int, Field(ge=1)] = 12
    holds: Annotated[int, Field(ge=1)] = 3
    hold_s: Annotated[float, Field(gt=0)] = 15.0
    rest_s: Annotated[float, Field(ge=0)] = 60.0
    count: CountBy = CountBy.REPS
    each_leg: bool = False
    source: str


class HoldRule(Table):
    """When the peak is a hold.

    Attributes
    ----------
    min_hold_s : the shortest hold that is reported.
    band_deg : a position is held while the signal is no further than this below the target, or below
        ``cap_deg`` where that is less than the target.
    """

    min_hold_s: Annotated[float, Field(gt=0)] = 3.0
    band_deg: Annotated[float, Field(gt=0)] = 10.0
    cap_deg: float | None = None
    source: str = ""


class TempoSpec(Table):
    """Seconds a controlled repetition takes: up, down, and at the very least altogether."""

    up_s: Span
    down_s: Span
    min_rep_s: Annotated[float, Field(gt=0)] = 0.6
    source: str


class CameraPlace(Table):
    """The right camera place for the little picture that shows it."""

    posture: Posture
    where: str
    distance: str

    def placement(self) -> Placement:
        """As a record for what paints it."""
        return Placement(self.posture, self.where, self.distance)


Model = Literal["calf-raise", "hamstring-curl", "leg-press", "straight-leg-raise", "wall-squat"]
"""The learned scores that come with the program."""


class Exercise(Table):
    """One exercise.

    Attributes
    ----------
    place : the right camera place in a picture; without it there is only ``camera``, in words.
    also : other names that people give it, for who mistypes its name.
    ways : what its ways are called; without it they are the way there and the way back.
    start : the posture from which a set begins.
    stay : what is kept all along; leaving it disarms.
    require : what a movement must show to be a repetition.
    recognise : what else it must show, which tells the exercise from others.
    model : the learned score that says what is a repetition; without one the spans of this file say it.
    beyond : what it is called to go further than was asked for; without it nobody is told.
    views : camera angles, 0 front to 90 side, that a guided session accepts before it asks to turn.
    faults, tempo_faults : in the order of their importance.
    words : its words in other languages, by the language's code.
    """

    format: Annotated[int, Field(ge=1, le=1)]
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    also: tuple[str, ...] = ()
    summary: str
    how: Annotated[tuple[str, ...], Field(min_length=1)]
    camera: str
    place: CameraPlace | None = None
    source: str
    ways: WayWords | None = None
    drive: Drive
    start: tuple[Condition, ...] = ()
    stay: tuple[Condition, ...] = ()
    require: tuple[Requirement, ...] = ()
    recognise: tuple[Requirement, ...] = ()
    presets: Annotated[dict[str, Preset], Field(min_length=1)]
    default_preset: str
    model: Model | None = None
    short: Short
    beyond: Beyond | None = None
    dose: Dose
    hold: HoldRule = HoldRule()
    tempo: TempoSpec
    views: Annotated[tuple[Span, ...], Field(min_length=1)] = ((50.0, 90.0),)
    faults: tuple[FaultRule, ...] = ()
    tempo_faults: tuple[TempoRule, ...] = ()
    words: dict[str, ExerciseWords] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Exercise:
        if self.default_preset not in self.presets:
            known = ", ".join(self.presets)
            raise ValueError(f"default_preset `{self.default_preset}` is none of the presets: {known}")
        if self.name == "auto":
            raise ValueError("`auto` stands for finding out which exercise is done; choose another name")
        codes = [rule.code for rule in self.rules]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"the fault code `{twice[0]}` is used twice; give each rule its own")
        for language, words in self.words.items():
            for code in words.faults:
                if code not in codes:
                    hint = did_you_mean(code, codes)
                    raise ValueError(f"words.{language}: there is no fault `{code}`; {hint}")
        return self

    def named_ways(self, phrases: Phrases) -> WayWords:
        """What the ways of a repetition are called, here or in the language."""
        return self.ways or WayWords(**phrases.group("way"))

    @property
    def fault_names(self) -> dict[str, str]:
        """What its faults are called, by code; with those that only somebody's asking makes faults."""
        return {rule.code: rule.name for rule in self.complaints}

    @property
    def complaints(self) -> tuple[FaultRule | TempoRule | Short | Beyond, ...]:
        """Its rules, and what only somebody's asking makes a fault."""
        return self.rules if self.beyond is None else (*self.rules, self.beyond)

    @property
    def rules(self) -> tuple[FaultRule | TempoRule | Short, ...]:
        """All that can be complained about, the most important first."""
        return (*self.faults, *self.tempo_faults, self.short)
