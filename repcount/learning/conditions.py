"""Chooses the few conditions that only the repetitions of an exercise meet.

A condition is as wide as people differ when they do the same exercise, so that the next person meets it too.
First the condition is taken that leaves out most of the other movements; then the next one, until one more
would leave out hardly any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from repcount.core.records import NAN
from repcount.core.signal_names import ARM_NAMES, SIGNALS
from repcount.counting.movement import Movement
from repcount.exercises.spec import Drive, Legs
from repcount.features.describe import MEASURES, PLACES
from repcount.features.spans import FAR, MARGIN_DEG, MARGIN_RATIO

UNTOLD: Final = frozenset(
    (
        *("visibility", "arm_visibility", "view_deg"),
        *("head_ahead_ratio", "hand_to_thigh_ratio", "knee_over_toe_ratio"),
        *("leg_flexion_deg", "stance_ratio", "knee_gap_ratio", "stride_ratio", "foot_lift_ratio"),
        *("hip_below_knee_ratio", "reach_ratio"),  # what points at the camera is short in the picture
    )
)
"""Signals that no condition is made of: how well the network sees, where the camera stands, and what differs
more between people than between exercises (``python -m bench.spread``)."""
SPREAD_DEG: Final = {"rest": 7.0, "peak": 11.0, "change": 11.0, "swing": 11.0}
SPREAD_RATIO: Final = {"rest": 0.08, "peak": 0.14, "change": 0.14, "swing": 0.1, "share": 0.2}
SPREAD_OF: Final = {"heel_rise_deg": 1.5, "shin_tilt_deg": 1.5, "ankle_gap_ratio": 3.5}
"""How far people differ when they do the same exercise, as a standard deviation: of an angle, of a ratio, and
a factor for signals in which people or the network vary more (``python -m bench.spread``)."""
LEAST_RANGE: Final = 0.5
MOST_RANGE: Final = 1.3
"""Of the range that was shown: whoever goes less far, or further, does the same exercise."""
NOT_BACK: Final = 0.2
"""Of the way: a person who goes on quickly has not come all the way back."""
STILL: Final = 0.25  # of the movement's range: a signal that changes less stays where it is
WIDTHS: Final = ((3.0, 1.0), (2.0, 0.8), (1.5, 0.5))
"""Standard deviations to either side, and what a condition of that width is worth: a narrow one leaves out
people who do it a little differently."""
OUT: Final = 0.75  # a movement this many margins outside, in all, does not count
ALWAYS: Final = frozenset(
    (signal, measure)
    for signal in (
        "knee_flexion_deg",
        "hip_flexion_deg",
        "thigh_tilt_deg",
        "trunk_tilt_deg",
        "chest_elevation_deg",
    )
    for measure in ("rest", "change")
)
"""Always asked, as widely as possible: the posture, and which parts of trunk and legs stay still."""
MOST: Final = 7  # conditions: each leaves out a person now and then
WORTH: Final = 0.02  # a condition must leave out at least this share of the other movements still in
SEEN: Final = 0.7  # of the repetitions must show what is asked of them

_UNITS = {info.name: info.unit for info in SIGNALS}


@dataclass(frozen=True)
class FeatureKey:
    """Names a feature of a movement: of which leg or the body, of which signal, and what of it.

    Attributes
    ----------
    whose : ``active``, ``other`` or ``body``.
    measure : ``rest``, ``peak``, ``change``, ``swing``, or ``share``: the change over the movement's range.
    """

    whose: str
    signal: str
    measure: str

    def of(self, movement: Movement) -> float:
        """What was measured of a movement; NaN where it was not seen."""
        if self.measure == "share":
            return self.feature(movement, "change") / movement.rom if movement.rom > 0.0 else NAN
        return self.feature(movement, self.measure)

    def feature(self, movement: Movement, measure: str) -> float:
        """Another measure of the same signal."""
        return movement.features[f"{self.whose}.{self.signal}.{measure}"]


def keys_of(drive: Drive) -> tuple[FeatureKey, ...]:
    """All that a condition may be made of; of the arms only where they are what is counted."""
    found, legs = list[FeatureKey](), drive.legs
    for info in SIGNALS:
        if info.name in UNTOLD or (info.name in ARM_NAMES and drive.signal not in ARM_NAMES):
            continue
        whose = ["body"] if not info.per_leg else ["active"] if legs is Legs.TOGETHER else ["active", "other"]
        measures = (
            ["swing"] if info.name in PLACES else [*MEASURES, *(["share"] if info.unit == "deg" else [])]
        )
        found += [FeatureKey(who, info.name, measure) for who in whose for measure in measures]
    return tuple(found)


@dataclass(frozen=True)
class LearnedCondition:
    """A span of one feature that the repetitions keep within, and few other movements.

    Attributes
    ----------
    worth : 0 to 1, how surely the next person meets it.
    left_out : how many movements that are none it leaves out, of those that were still in.
    """

    key: FeatureKey
    span: tuple[float, float]
    worth: float = 1.0
    left_out: int = 0

    def missed(self, movement: Movement) -> float:
        """How far outside a movement is, in margins; 0 inside, and where it is not seen."""
        value = self.key.of(movement)
        margin = MARGIN_DEG if _is_angle(self.key) else MARGIN_RATIO
        out = max(self.span[0] - value, value - self.span[1], 0.0) / margin
        return min(out, FAR) if out == out else 0.0


def _is_angle(key: FeatureKey) -> bool:
    return _UNITS[key.signal] == "deg" and key.measure != "share"


def possible_conditions(keys: Sequence[FeatureKey], reps: Sequence[Movement]) -> list[LearnedCondition]:
    """Every condition that these repetitions allow to ask."""
    found = []
    for key in keys:
        known = [each for each in reps if key.of(each) == key.of(each)]
        if not known or len(known) < SEEN * len(reps) or not _is_told_by(key, known):
            continue
        low, high = _met_by_smaller_ones(key, known)
        base = (SPREAD_DEG if _is_angle(key) else SPREAD_RATIO)[key.measure] * SPREAD_OF.get(key.signal, 1.0)
        found += [
            LearnedCondition(key, (low - width * base, high + width * base), worth) for width, worth in WIDTHS
        ]
    return found


def _is_told_by(key: FeatureKey, reps: Sequence[Movement]) -> bool:
    """Whether this measure tells of the signal: the share of one that moves, the change of one that stays."""
    if key.measure not in ("share", "change") or _UNITS[key.signal] != "deg":
        return True
    share = median(abs(key.feature(each, "change")) / each.rom for each in reps)
    return (share >= STILL) == (key.measure == "share")


def _met_by_smaller_ones(key: FeatureKey, reps: Sequence[Movement]) -> tuple[float, float]:
    """Where repetitions of a smaller or a larger range would lie too, if all else went with it."""
    values = [key.of(each) for each in reps]
    if key.measure in ("rest", "peak"):
        parts = (NOT_BACK,) if key.measure == "rest" else (LEAST_RANGE - 1.0, MOST_RANGE - 1.0)
        ways = [(key.of(each), key.feature(each, "change")) for each in reps]
        values += [value + part * change for value, change in ways if change == change for part in parts]
    elif key.measure in ("change", "swing"):
        values += [share * value for value in values for share in (LEAST_RANGE, MOST_RANGE)]
    return min(values), max(values)


def chosen_conditions(
    may_ask: Sequence[LearnedCondition], groups: Sequence[Sequence[Movement]]
) -> tuple[LearnedCondition, ...]:
    """The few conditions that leave out most, and the posture.

    Parameters
    ----------
    groups : movements that are none; each group, such as those of one film, matters as much as another.
    """
    others = [movement for group in groups for movement in group]
    weights = [1.0 / len(group) for group in groups for _ in group]
    missed = [[asked.missed(each) for each in others] for asked in may_ask]
    so_far = [0.0] * len(others)
    total, taken = sum(weights), list[LearnedCondition]()
    while len(taken) < MOST and others and may_ask:
        gains = [ask.worth * _gain(so_far, row, weights) for ask, row in zip(may_ask, missed, strict=True)]
        best = max(range(len(may_ask)), key=gains.__getitem__)
        if gains[best] < WORTH * total:
            break
        gone = sum(1 for a, b in zip(so_far, missed[best], strict=True) if a < OUT <= a + b)
        taken.append(replace(may_ask[best], left_out=gone))
        so_far = [a + b for a, b in zip(so_far, missed[best], strict=True)]
        for i, ask in enumerate(may_ask):
            if ask.key == taken[-1].key:
                missed[i] = [0.0] * len(others)
    return (*taken, *_posture(may_ask, taken))


def _posture(
    may_ask: Sequence[LearnedCondition], taken: Sequence[LearnedCondition]
) -> list[LearnedCondition]:
    """The widest conditions of the posture and of what moves: what nobody has shown may come too."""
    known = {asked.key for asked in taken}
    return [
        ask
        for ask in may_ask
        if ask.worth == WIDTHS[0][1]
        and ask.key not in known
        and ask.key.whose != "other"
        and (ask.key.signal, ask.key.measure) in ALWAYS
    ]


def _gain(so_far: Sequence[float], row: Sequence[float], weights: Sequence[float]) -> float:
    """How much nearer to being left out one more condition brings the others."""
    return sum(
        weight * (min(2 * OUT, a + b) - min(2 * OUT, a)) / (2 * OUT)
        for a, b, weight in zip(so_far, row, weights, strict=True)
        if b > 0.0
    )
