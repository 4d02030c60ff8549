"""A candidate described: named features, of which a score is made.

A feature's name says whose signal is looked at, which one and how: ``other.knee_flexion_deg.change`` is what
the other leg's knee did from rest to the peak. ``repcount signals --features`` prints the list. An unknown
value is NaN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from repcount.core.records import NAN, Side
from repcount.core.signal_names import SIGNALS, Reader, reader
from repcount.exercises.spec import Exercise
from repcount.features.candidate import Candidate
from repcount.features.signal_history import Windows, median_of, swing_of
from repcount.features.spans import ExerciseSpans, opposite

LEAD_S: Final = 2.0  # a lead that is longer tells no more
PLACES: Final = frozenset(("feet_place_ratio", "hip_over_toe_ratio"))
"""Signals that say where in the picture something is: only their swing means anything."""
UNASKED: Final = frozenset(
    (
        *("visibility", "head_ahead_ratio"),
        *("elbow_flexion_deg", "shoulder_elevation_deg", "trunk_side_bend_deg", "arm_visibility"),
    )
)
"""Signals that no learned score uses. Visibility and the place of the head: people who were left out of the
learning are counted as well without them. Arms and the side bend of the trunk: no built-in exercise needs
them."""
MEASURES: Final[Mapping[str, str]] = {
    "rest": "median before the movement (after it, where the picture began in its midst)",
    "peak": "median at the peak",
    "change": "from rest to the peak",
    "swing": "how far it went to and fro from start to end, but for a moment at either end",
}
MOVEMENT: Final[Mapping[str, tuple[str, str]]] = {
    "rom": ("deg", "range from rest to the top"),
    "rest": ("deg", "the drive signal at rest, rising towards the peak"),
    "top": ("deg", "the drive signal at the top, rising towards the peak"),
    "up_s": ("s", "time of the way to the peak"),
    "down_s": ("s", "time of the way back"),
    "hold_s": ("s", "time at the peak"),
    "length_s": ("s", "time from start to end"),
    "up_share": ("0..1", "of the ways, the share of that to the peak"),
    "back": ("0..1", "share of the range that the way back has made by the end"),
    "lead_s": ("s", "time that was seen before it began, up to 2"),
    "start_held": ("0 or 1", "the start posture had been held before"),
    "start_seen": ("0 or 1", "the start posture was seen before or after"),
}
SPANS: Final[Mapping[str, tuple[str, str]]] = {
    "require": ("margins", "how far outside the spans that the exercise's file asks of a repetition"),
    "posture": ("margins", "how far outside the spans of its posture, at rest and all along"),
    "rest": ("margins", "how far its rest is outside the rest of the exercise's file"),
    "length": ("margins", "how much shorter than the shortest repetition of the exercise's file"),
}


class Describer:
    """Describes the candidates of one exercise and side.

    Parameters
    ----------
    names : the features that are asked for; None for all of them.
    """

    def __init__(self, exercise: Exercise, side: Side, names: Iterable[str] | None = None) -> None:
        self.names = tuple(sorted(names)) if names is not None else feature_names(side)
        self._side = side
        self._spans = ExerciseSpans(exercise, side)
        self._asked: dict[tuple[str, str], list[str]] = {}
        for name in self.names:
            whose, *rest = name.split(".")
            if whose not in ("movement", "spans"):
                signal, measure = rest
                self._asked.setdefault((whose, signal), []).append(measure)
        self._readers = {key: reader(key[1], self._whose(key[0])) for key in self._asked}

    def needs_both(self, candidate: Candidate, seen: Windows) -> bool:
        """Whether the other leg shows that it must go along."""
        return self._spans.needs_both(candidate, seen)

    def _whose(self, whose: str) -> Side:
        return opposite(self._side) if whose == "other" else self._side

    def describe(self, candidate: Candidate, seen: Windows, first_s: float) -> dict[str, float]:
        """Every feature by its name; NaN where it was not seen.

        Parameters
        ----------
        seen : the signals of the candidate's parts.
        first_s : since when the person has been seen.
        """
        found = movement_features(candidate, first_s)
        found.update(self._spans.features(candidate, seen))
        for (whose, signal), measures in self._asked.items():
            read = self._readers[whose, signal]
            values = _measured(seen, read, measures)
            for measure in measures:
                found[f"{whose}.{signal}.{measure}"] = values[measure]
        return found


def _measured(seen: Windows, read: Reader, measures: Sequence[str]) -> dict[str, float]:
    values = {"swing": swing_of(map(read, seen.during))} if "swing" in measures else {}
    if "rest" in measures or "change" in measures:
        values["rest"] = median_of(map(read, seen.rest))
    if "peak" in measures or "change" in measures:
        values["peak"] = median_of(map(read, seen.peak))
    if "change" in measures:
        values["change"] = values["peak"] - values["rest"]
    return values


def movement_features(candidate: Candidate, first_s: float) -> dict[str, float]:
    """What the movement is like in itself."""
    shape = candidate.shape
    ways_s = shape.up_s + shape.down_s
    return {
        "movement.rom": candidate.rom,
        "movement.rest": candidate.rest,
        "movement.top": candidate.top,
        "movement.up_s": shape.up_s,
        "movement.down_s": shape.down_s,
        "movement.hold_s": shape.hold_s,
        "movement.length_s": shape.end_s - shape.start_s,
        "movement.up_share": shape.up_s / ways_s if ways_s > 0.0 else NAN,
        "movement.back": candidate.back,
        "movement.lead_s": min(LEAD_S, max(0.0, shape.start_s - first_s)),
        "movement.start_held": float(candidate.start_held),
        "movement.start_seen": float(candidate.start_seen),
    }


def feature_names(side: Side) -> tuple[str, ...]:
    """The names of all features of a candidate of this side."""
    names = [f"movement.{name}" for name in MOVEMENT] + [f"spans.{name}" for name in SPANS]
    for info in SIGNALS:
        if info.name in UNASKED:
            continue
        whose = ["body"] if not info.per_leg else ["active"] if side is Side.BOTH else ["active", "other"]
        measures = ["swing"] if info.name in PLACES else MEASURES
        names += [f"{who}.{info.name}.{measure}" for who in whose for measure in measures]
    return tuple(names)
