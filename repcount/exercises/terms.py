"""What the tables of an exercise's file share: signals, spans, legs, words; help with misspelt names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import Enum
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from repcount.core.signal_names import SIGNALS

CODE = r"^[a-z][a-z0-9_]*$"


SURELY: Final = 0.8
"""Names whose letters are so alike are meant, whatever else they might mean."""
SYNONYMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("angle", "bend", "bending", "flex"), "flexion"),
    **dict.fromkeys(("torso", "back", "spine", "body", "upper"), "trunk"),
    **dict.fromkeys(("lean", "leaning", "inclination", "slope"), "tilt"),
    **dict.fromkeys(("femur", "upperleg"), "thigh"),
    **dict.fromkeys(("tibia", "calf", "lowerleg"), "shin"),
    **dict.fromkeys(("lift", "raise", "plantarflexion"), "rise"),
    **dict.fromkeys(("valgus", "distance", "separation"), "gap"),
}
"""Words for what signals are called, by other words for the same."""


def did_you_mean(name: str, known: Iterable[str], meanings: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return "did you mean `x`?", or the list of what there is where nothing is close.

    Parameters
    ----------
    meanings : other words for what is known, by its name.
    """
    names = list(known)
    begun = [n for n in names if name and n.startswith(f"{name}_")]
    alike = get_close_matches(name, names, n=1, cutoff=SURELY)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    meant = _meant(name, {n: (n, *(meanings or {}).get(n, ())) for n in names})
    close = begun or alike or meant or near or [n for n in names if name and n.startswith(name)]
    if close:
        return f"did you mean `{close[0]}`?"
    return "known are " + ", ".join(sorted(names))


def _meant(name: str, meanings: Mapping[str, Iterable[str]]) -> list[str]:
    """What shares most words with a name; nothing where two share as many."""
    asked = _words(name)
    shares = {
        known: max((len(asked & _words(each)) / len(asked | _words(each)) for each in said), default=0.0)
        for known, said in meanings.items()
        if asked
    }
    best = max(shares.values(), default=0.0)
    found = [known for known, share in shares.items() if share == best]
    return found if best > 0.0 and len(found) == 1 else []


def _words(text: str) -> frozenset[str]:
    """The words of a name in small letters, without a plural's s, other words for the same made one."""
    words = (word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", text.casefold()))
    return frozenset(SYNONYMS.get(word, word) for word in words if word != "deg")


def which_there_are(
    name: str, known: Iterable[str], own: str, meanings: Mapping[str, Iterable[str]] | None = None
) -> str:
    """Return a hint with the nearest name, all names, and ``own``: how to name a file of one's own."""
    names = sorted(known)
    hint = did_you_mean(name, names, meanings)
    listed = "" if hint.startswith("known") else f"known: {', '.join(names)}; "
    return f"{hint} ({listed}your own: {own})"


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


class WhichLeg(str, Enum):
    """Which leg a requirement or rule looks at."""

    ACTIVE = "active"  # the leg or legs that do the repetition
    OTHER = "other"  # the leg that rests


class WayWords(Table):
    """What the ways of a repetition are called, and its range: in a squat the way to the peak is down.

    Attributes
    ----------
    out, hold, back : the way to the peak, the time there, the way back, as in ``1.3 s down``.
    range : how far it went; ``{deg}`` is the angle, as in ``{deg} deep``.
    as_far : of the last third against the first, as in ``as deep``; ``less_far`` and ``further`` likewise.
    """

    out: str
    hold: str
    back: str
    range: str
    as_far: str
    less_far: str
    further: str


class PlaceWords(Table):
    """Where the camera stands, for the little picture."""

    where: str
    distance: str


class PlanWords(Table):
    """Words about a plan."""

    title: str
    summary: str


class FaultWords(Table):
    """Words about one fault; what is empty stays as the exercise's file has it.

    Attributes
    ----------
    name : what a person reads.
    say : the cue, in the second person and positive.
    praise : what is said once the fault is gone.
    why : why it matters.
    """

    name: str = ""
    say: str = ""
    praise: str = ""
    why: str = ""


class ExerciseWords(Table):
    """Words about one exercise; ``faults`` by their codes, ``notes`` by the names of the ranges."""

    title: str = ""
    also: tuple[str, ...] = ()
    summary: str = ""
    how: tuple[str, ...] = ()
    camera: str = ""
    place: PlaceWords | None = None
    ways: WayWords | None = None
    notes: dict[str, str] = Field(default_factory=dict)
    faults: dict[Annotated[str, Field(pattern=CODE)], FaultWords] = Field(default_factory=dict)
