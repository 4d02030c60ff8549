"""Features in plain words, made from their names: whose signal it is, which one, and how it is measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from repcount.core.phrases import Phrases, english
from repcount.core.records import Side
from repcount.core.signal_names import SIGNALS
from repcount.features.describe import MOVEMENT, SPANS, feature_names

SIGNAL_UNITS: Final[Mapping[str, str]] = {info.name: info.unit for info in SIGNALS}
_DOCS: Final = {info.name: info.doc for info in SIGNALS}
TOLD_MARGINS: Final = 0.05
"""A movement that is outside by less than this is told as inside."""


def unit_of(feature: str) -> str:
    """The unit of a feature's value."""
    subject, name, *_ = feature.split(".")
    if subject in ("movement", "spans"):
        return (MOVEMENT if subject == "movement" else SPANS)[name][0]
    return SIGNAL_UNITS[name]


def words_of(feature: str, phrases: Phrases | None = None) -> str:
    """What a feature is, in a few plain words: ``the other leg's knee flexion, change``."""
    words = phrases or english()
    if feature.startswith("spans."):
        return words.say(f"{feature}.outside")
    if feature.startswith("movement."):
        return words.say(feature)
    subject, signal, measure = feature.split(".")
    name = words.say(f"signal.{signal}")
    whole = words.say("feature.other", name=name) if subject == "other" else name
    return words.say(f"feature.{measure}", name=whole)


def meaning_of(feature: str, phrases: Phrases) -> str:
    """What a feature means, in full: for the list of all of them."""
    subject, name, *_ = feature.split(".")
    if subject in ("movement", "spans"):
        return phrases.meaning((MOVEMENT if subject == "movement" else SPANS)[name][1])
    return f"{words_of(feature, phrases)}: {phrases.meaning(_DOCS[name])}"


def unit_text(unit: str, phrases: Phrases) -> str:
    """A unit in words."""
    return phrases.texts.get("unit." + unit.replace(" ", "_"), unit)


def value_text(value: float, unit: str, phrases: Phrases | None = None, signed: bool = False) -> str:
    """A value with its unit, rounded for reading; ``not seen`` where it is unknown."""
    words = phrases or english()
    if value != value:
        return words.say("feature.not_seen")
    if unit == "0 or 1":
        return words.say("feature.yes" if value else "feature.no")
    if unit == "0..1":
        return f"{value:.0%}"
    digits = {"deg": 0, "s": 1, "margins": 1}.get(unit, 2)
    number = round(value, digits) + 0.0  # + 0.0: no minus zero
    text = words.number(number, digits, sign=signed and bool(number))
    if unit == "deg":
        return f"{text}°"
    return f"{text} {unit_text(unit, words)}"


def values_text(low: float, high: float, unit: str, phrases: Phrases | None = None) -> str:
    """A span of values in words; an infinite end is open."""
    words = phrases or english()
    if unit == "0 or 1":
        return words.say("feature.yes" if high == math.inf else "feature.no")
    if low == -math.inf:
        return words.say("feature.below", value=value_text(high, unit, words))
    if high == math.inf:
        return words.say("feature.from", value=value_text(low, unit, words))
    return words.say("feature.to", low=value_text(low, unit, words), high=value_text(high, unit, words))


def feature_text(feature: str, value: float, unit: str | None = None, phrases: Phrases | None = None) -> str:
    """A feature with what was measured: ``knee flexion, change +27°``."""
    words = phrases or english()
    if feature.startswith("spans."):
        if value < TOLD_MARGINS:
            return words.say(f"{feature}.inside")
        return words.say("feature.outside", name=words_of(feature, words), margins=words.number(value, 1))
    measured = unit_of(feature) if unit is None else unit
    shown = value_text(value, measured, words, feature.endswith(".change"))
    gap = ": " if feature.startswith("movement.") else " "
    return f"{words_of(feature, words)}{gap}{shown}"


def feature_rows(phrases: Phrases) -> tuple[tuple[str, str, str], ...]:
    """Name, unit and meaning of every feature that a score may look at."""
    names = feature_names(Side.LEFT)
    return tuple((name, unit_text(unit_of(name), phrases), meaning_of(name, phrases)) for name in names)
