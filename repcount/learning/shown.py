"""What a film shows of an exercise: its repetitions measured in full, and all else that moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from repcount.core.kinds import Why
from repcount.core.records import NAN
from repcount.core.signal_names import ARM_NAMES, SIGNALS
from repcount.counting.decision import Scores
from repcount.counting.movement import Movement
from repcount.counting.scoring import Curve, Model
from repcount.exercises.spec import Drive, Exercise, Legs
from repcount.features.describe import MEASURES, PLACES
from repcount.learning.film import Film
from repcount.session.session import Session, SessionOptions

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


@dataclass(frozen=True)
class Key:
    """One thing that is measured of a movement.

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


@dataclass(frozen=True)
class Shown:
    """The movements of a film.

    Attributes
    ----------
    reps : those that are repetitions; ``others`` all else that moved.
    """

    film: Film
    reps: tuple[Movement, ...]
    others: tuple[Movement, ...]


def keys_of(drive: Drive) -> tuple[Key, ...]:
    """All that a condition may be made of; of the arms only where they are what is counted."""
    found, legs = list[Key](), drive.legs
    for info in SIGNALS:
        if info.name in UNTOLD or (info.name in ARM_NAMES and drive.signal not in ARM_NAMES):
            continue
        whose = ["body"] if not info.per_leg else ["active"] if legs is Legs.TOGETHER else ["active", "other"]
        measures = (
            ["swing"] if info.name in PLACES else [*MEASURES, *(["share"] if info.unit == "deg" else [])]
        )
        found += [Key(who, info.name, measure) for who in whose for measure in measures]
    return tuple(found)


def movements_of(exercise: Exercise, film: Film) -> tuple[Movement, ...]:
    """Every movement that the exercise's signal is cut into, both legs put together, measured in full."""
    flat = Curve((), (0.0,), 0.0)
    curves = {
        f"{key.whose}.{key.signal}.{key.measure}": flat
        for key in keys_of(exercise.drive)
        if key.measure != "share"
    }
    session = Session(exercise, SessionOptions(explain=True), Scores({exercise.name: Model(0.0, curves)}))
    for time_s, signals, sight in film.moments:
        session.advance(time_s, signals, sight)
    session.end(film.moments[-1][0])
    return tuple(each.movement for each in session.candidates if each.why is not Why.OTHER_LEG)


def shown(exercise: Exercise, film: Film, times: Sequence[tuple[float, float, float]]) -> Shown:
    """Part a film's movements into its repetitions, done at these times, and all else."""
    every = movements_of(exercise, film)
    reps = tuple(each for each in every if any(_is_it(each, when) for when in times))
    return Shown(film, reps, tuple(each for each in every if each not in reps))


def _is_it(movement: Movement, when: tuple[float, float, float]) -> bool:
    start_s, _, end_s = when
    shape = movement.shape
    shared = min(shape.end_s, end_s) - max(shape.start_s, start_s)
    return shared > 0.5 * (end_s - start_s) and movement.rom > 0.0
