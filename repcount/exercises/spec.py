"""The schema of an exercise's file: everything the engine knows about an exercise, as values.

Every figure carries its source. Angles in degrees, times in seconds, flexion 0 at a straight joint.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from repcount.core.model import CountBy
from repcount.core.signals import SIGNALS
from repcount.exercises.names import did_you_mean

_CODE = r"^[a-z][a-z0-9_]*$"
SIGNAL_NAMES = tuple(info.name for info in SIGNALS)


def _known_signal(name: str) -> str:
    if name not in SIGNAL_NAMES:
        raise ValueError(f"`{name}` is no signal; {did_you_mean(name, SIGNAL_NAMES)}")
    return name


def _ordered(span: tuple[float, float]) -> tuple[float, float]:
    if not span[0] < span[1]:
        raise ValueError(f"the first of [{span[0]:g}, {span[1]:g}] must be the smaller")
    return span


SignalName = Annotated[str, AfterValidator(_known_signal)]
Span = Annotated[tuple[float, float], AfterValidator(_ordered)]


class Legs(str, Enum):
    """How the two legs make one count."""

    TOGETHER = "together"  # one signal from both legs
    EACH = "each"  # every leg on its own; what overlaps is one repetition of both


class Direction(str, Enum):
    """Which way the drive signal goes from rest to the peak."""

    RISING = "rising"
    FALLING = "falling"


class Moment(str, Enum):
    """When in a repetition a requirement or rule looks."""

    ALWAYS = "always"  # while the person is armed
    REP = "rep"  # from the start of a repetition to its end
    OUT = "out"  # on the way to the peak
    PEAK = "peak"  # at the peak
    BACK = "back"  # on the way back


class Whose(str, Enum):
    """Which leg a requirement or rule looks at."""

    ACTIVE = "active"  # the leg or legs that do the repetition
    OTHER = "other"  # the leg that rests


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Drive(_Table):
    """The signal that is counted.

    Attributes
    ----------
    rest : where the signal is in the start posture.
    rest_also : a second place from which a set may begin.
    safe : the span that the signal should never leave, whatever range a person or a preset asks for.
    """

    signal: SignalName
    legs: Legs
    direction: Direction = Direction.RISING
    rest: Span
    rest_also: Span | None = None
    safe: Span


class Condition(_Table):
    """A signal within a span."""

    signal: SignalName
    span: Span
    leg: Whose = Whose.ACTIVE
    source: str = "derived"


class Measure(str, Enum):
    """What of a signal a requirement looks at."""

    VALUE = "value"  # its median
    CHANGE = "change"  # its median, less that at rest before the movement
    SWING = "swing"  # the span that it covers


class Requirement(Condition):
    """What a movement must show, or it is not a repetition of this exercise at all."""

    at: Moment = Moment.PEAK
    measure: Measure = Measure.VALUE


class Preset(_Table):
    """One range of motion that can be asked for.

    Attributes
    ----------
    target_deg : the drive signal at the peak of a full repetition.
    target_rom_deg : where it matters, the range from rest to the peak of a full repetition.
    min_rom_deg : the smallest excursion that is a repetition at all.
    """

    target_deg: float
    target_rom_deg: float | None = None
    min_rom_deg: Annotated[float, Field(gt=0)]
    source: str
    note: str = ""


class Dose(_Table):
    """How much is to be done."""

    sets: Annotated[int, Field(ge=1)] = 3
    reps: Annotated[int, Field(ge=1)] = 12
    holds: Annotated[int, Field(ge=1)] = 3
    hold_s: Annotated[float, Field(gt=0)] = 15.0
    rest_s: Annotated[float, Field(ge=0)] = 60.0
    count: CountBy = CountBy.REPS
    source: str


class HoldRule(_Table):
    """When the peak is a hold.

    Attributes
    ----------
    min_hold_s : the shortest hold that is reported.
    band_deg : how far below its band's top the signal may sag: the band begins at the lesser of
        ``cap_deg`` and the target, less this.
    """

    min_hold_s: Annotated[float, Field(gt=0)] = 1.0
    band_deg: Annotated[float, Field(gt=0)] = 10.0
    cap_deg: float | None = None
    source: str = "derived"


class Tempo(_Table):
    """Seconds a controlled repetition takes: up, down, and at the very least altogether."""

    up_s: Span
    down_s: Span
    min_rep_s: Annotated[float, Field(gt=0)] = 0.6
    source: str


class Complaint(_Table):
    """Something to complain about.

    Attributes
    ----------
    code : what tables and JSON call it.
    name : what a person reads.
    say : the cue, in the second person and positive.
    source : where the figure comes from.
    """

    code: Annotated[str, Field(pattern=_CODE)]
    name: str
    say: str = ""
    source: str


class Short(Complaint):
    """When a repetition is `short`.

    Attributes
    ----------
    below_target_deg : how far its peak may stay from the preset's target.
    own_best_share : instead, the share of the person's own best range of the first three repetitions.
    view : camera angles, 0 front to 90 side, that can show it; from others it is `not judged`.
    """

    below_target_deg: Annotated[float, Field(ge=0)] | None = None
    own_best_share: Annotated[float, Field(gt=0, lt=1)] | None = None
    view: Span | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Short:
        if (self.below_target_deg is None) == (self.own_best_share is None):
            raise ValueError("say either below_target_deg or own_best_share")
        return self


class FaultRule(Complaint):
    """One departure from good form.

    Attributes
    ----------
    above, below : the limit in the signal's unit; one of the two. In ``beyond_target`` they are
        counted from the preset's target.
    change : judge the change since rest rather than the value.
    lasts_s : how long it must be beyond the limit.
    seen : the leg's visibility from which on it is judged; the network guesses a leg that is half hidden.
    view : camera angles, 0 front to 90 side, that can show it; from others it is `not judged`.
    judged : false for what no landmark can show: it is always `not judged`.
    """

    signal: SignalName | None = None
    leg: Whose = Whose.ACTIVE
    when: Moment = Moment.REP
    above: float | None = None
    below: float | None = None
    beyond_target: bool = False
    change: bool = False
    lasts_s: Annotated[float, Field(ge=0)] = 0.3
    seen: Annotated[float, Field(ge=0, le=1)] = 0.0
    view: Span | None = None
    why: str
    judged: bool = True

    @model_validator(mode="after")
    def _complete(self) -> FaultRule:
        if not self.judged:
            return self
        if self.signal is None:
            raise ValueError("a judged fault needs a `signal`; set `judged = false` where there is none")
        if (self.above is None) == (self.below is None):
            raise ValueError("say either `above` or `below`")
        if not self.say:
            raise ValueError("a judged fault needs `say`, the words of its cue")
        return self


class TempoRule(Complaint):
    """A fault of time: a part of the repetition that was faster than it should be."""

    part: Annotated[str, Field(pattern=r"^(up_s|down_s|rep_s)$")]
    below: Annotated[float, Field(gt=0)]
    why: str


class Exercise(_Table):
    """One exercise.

    Attributes
    ----------
    start : the posture from which a set begins.
    stay : what is kept all along; leaving it disarms.
    require : what a movement must show to be a repetition.
    recognise : what it must show besides where nobody has said which exercise it is.
    """

    format: Annotated[int, Field(ge=1, le=1)]
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    summary: str
    how: Annotated[tuple[str, ...], Field(min_length=1)]
    camera: str
    source: str
    drive: Drive
    start: tuple[Condition, ...] = ()
    stay: tuple[Condition, ...] = ()
    require: tuple[Requirement, ...] = ()
    recognise: tuple[Requirement, ...] = ()
    presets: Annotated[dict[str, Preset], Field(min_length=1)]
    default_preset: str
    short: Short
    dose: Dose
    hold: HoldRule = HoldRule()
    tempo: Tempo
    faults: tuple[FaultRule, ...] = ()
    tempo_faults: tuple[TempoRule, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Exercise:
        if self.default_preset not in self.presets:
            known = ", ".join(self.presets)
            raise ValueError(f"default_preset `{self.default_preset}` is none of the presets: {known}")
        if self.name == "auto":
            raise ValueError("`auto` stands for finding out which exercise is done; choose another name")
        codes = [rule.code for rule in (self.short, *self.faults, *self.tempo_faults)]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"the fault code `{twice[0]}` is used twice; give each rule its own")
        return self
