"""The terms that every table of an exercise's file shares: signals, spans, moments, legs."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from repcount.core.signals import SIGNALS
from repcount.exercises.names import did_you_mean

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


class Table(BaseModel):
    """A table of a file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


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
