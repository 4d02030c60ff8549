"""How likely a candidate is a repetition of an exercise: a sum of one curve for each feature.

The score is a log-odds: 0 is as likely as not, 3 is 95 %. Each feature adds what its curve says of its value,
so that the sum can be read term by term (a generalised additive model: Hastie and Tibshirani 1986). The
curves are learned by ``python -m bench.learn``; an exercise without a model is scored by the spans of its
file.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, Final

from repcount.core.records import Side
from repcount.exercises.spec import Exercise, Legs
from repcount.features.describe import SPANS, feature_names

MODELS: Final = Path(__file__).parent.parent / "exercises" / "models"
SPANS_BASE: Final = 2.0
"""Log-odds of a candidate that is inside all spans of a file without a model: 88 %."""
SPANS_COST: Final = 4.0
"""And what each margin outside costs it. Of 2.5, 4 and 5 this invents least (``bench.spans``)."""


@dataclass(frozen=True)
class Curve:
    """What one feature adds to the log-odds: ``values[i]`` between ``edges[i-1]`` and ``edges[i]``."""

    edges: tuple[float, ...]
    values: tuple[float, ...]
    unknown: float

    def at(self, value: float) -> float:
        """What a value adds; an unknown one has a share of its own."""
        return self.values[bisect_right(self.edges, value)] if value == value else self.unknown


@dataclass(frozen=True)
class Model:
    """The score of one exercise.

    Attributes
    ----------
    base : log-odds to which the curves add.
    learned : False where it stands for an exercise's spans alone.
    """

    base: float
    curves: Mapping[str, Curve]
    learned: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The features that it looks at."""
        return tuple(self.curves)

    def terms(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the log-odds."""
        return {name: curve.at(features[name]) for name, curve in self.curves.items()}

    def score(self, features: Mapping[str, float]) -> float:
        """Log-odds that a candidate so described is a repetition."""
        return self.base + sum(curve.at(features[name]) for name, curve in self.curves.items())


def probability(log_odds: float) -> float:
    """0..1 from log-odds."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, log_odds))))


def model_of(exercise: Exercise) -> Model:
    """The learned model that an exercise's file names; without one, its spans asked softly."""
    return by_spans() if exercise.model is None else _learned(exercise.model)


def sides_of(exercise: Exercise) -> Sequence[Side]:
    """Whose movements are looked at: of both legs together, or of each."""
    return (Side.BOTH,) if exercise.drive.legs is Legs.TOGETHER else (Side.LEFT, Side.RIGHT)


@cache
def _learned(name: str) -> Model:
    path = MODELS / f"{name}.json"
    return read_model(json.loads(path.read_text(encoding="utf-8")))


def read_model(document: Mapping[str, Any]) -> Model:
    """A model from its file."""
    curves = {
        name: Curve(tuple(row["edges"]), tuple(row["values"]), row["unknown"])
        for name, row in document["curves"].items()
    }
    return Model(document["base"], curves)


@cache
def by_spans() -> Model:
    """The score of an exercise without a model: how far it is outside the spans of its file."""
    steps = [0.1 * i for i in range(1, 60)]
    curve = Curve(tuple(steps), tuple(-SPANS_COST * 0.1 * i for i in range(60)), 0.0)
    return Model(SPANS_BASE, {f"spans.{name}": curve for name in SPANS}, learned=False)


def all_features(exercise: Exercise) -> Model:
    """A model without an opinion that looks at everything: for the table from which models are learned."""
    flat = Curve((), (0.0,), 0.0)
    return Model(0.0, dict.fromkeys(feature_names(sides_of(exercise)[0]), flat))
