"""The signals: every number that an exercise's file may speak of, with its unit and meaning.

The fields of the two records are the only list there is; ``repcount signals`` prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Final

from repcount.core.records import NAN, Side


def _signal(unit: str, doc: str, joints: str = "") -> Any:
    """A signal; ``joints`` are those that it cannot be measured without."""
    return field(default=NAN, metadata={"unit": unit, "doc": doc, "joints": tuple(joints.split())})


@dataclass(frozen=True)
class LegSignals:
    """Signals of one side of the body: its leg, and its arm."""

    knee_flexion_deg: float = _signal(
        "deg", "bend of the knee between thigh and shin; 0 = straight", "hip knee ankle"
    )
    hip_flexion_deg: float = _signal(
        "deg", "bend of the hip between trunk and thigh; 0 = in line", "shoulder hip knee"
    )
    leg_flexion_deg: float = _signal(
        "deg",
        "bend of the hip, in a side view by the line from hip to ankle; 0 = in line",
        "shoulder hip knee ankle",
    )
    thigh_tilt_deg: float = _signal(
        "deg", "thigh from the vertical; 0 = knee straight below the hip, 90 = level", "hip knee"
    )
    shin_tilt_deg: float = _signal(
        "deg", "shin from the vertical; 0 = ankle straight below the knee, 90 = level", "knee ankle"
    )
    heel_rise_deg: float = _signal(
        "deg", "pitch of the foot by heel and ankle above the toes; 0 = flat", "knee ankle heel foot_index"
    )
    hip_height_ratio: float = _signal(
        "leg lengths", "height of the hip above the toes; about 1 standing", "hip foot_index"
    )
    hip_over_toe_ratio: float = _signal(
        "leg lengths", "the hip's place right of the toes in the picture", "hip foot_index"
    )
    reach_ratio: float = _signal(
        "trunk lengths", "distance from hip to ankle in the picture", "shoulder hip ankle"
    )
    foot_lift_ratio: float = _signal(
        "shin lengths",
        "height of this foot's lowest point above the other foot's, up to 0.4",
        "heel foot_index",
    )
    knee_over_toe_ratio: float = _signal(
        "foot lengths",
        "how far the knee is past the toes, level, in the direction of the foot; below 0 = behind",
        "knee heel foot_index",
    )
    visibility: float = _signal("0..1", "lowest visibility of hip, knee and ankle, as the network says it")
    elbow_flexion_deg: float = _signal(
        "deg", "bend of the elbow between upper arm and forearm; 0 = straight", "shoulder elbow wrist"
    )
    shoulder_elevation_deg: float = _signal(
        "deg", "upper arm from the trunk; 0 = hanging down, 90 = level, 180 = overhead", "hip shoulder elbow"
    )
    trunk_side_bend_deg: float = _signal(
        "deg", "bend of the trunk to this side, below 0 = to the other; front view only", "shoulder hip"
    )
    arm_visibility: float = _signal(
        "0..1", "lowest visibility of shoulder, elbow and wrist, as the network says it"
    )


@dataclass(frozen=True)
class BodySignals:
    """Signals of the whole body."""

    trunk_tilt_deg: float = _signal("deg", "trunk from the vertical; 0 = upright, 90 = lying", "shoulder hip")
    chest_elevation_deg: float = _signal(
        "deg",
        "where the chest faces; 90 = up (on the back), 0 = level, -90 = down (on the belly)",
        "shoulder hip",
    )
    view_deg: float = _signal(
        "deg", "the camera's angle to the body; 0 = from the front or back, 90 = from the side"
    )
    knee_asymmetry_deg: float = _signal(
        "deg", "difference of the two knees' flexion, never negative", "hip knee ankle"
    )
    hip_asymmetry_deg: float = _signal(
        "deg", "difference of the two hips' flexion, never negative", "shoulder hip knee"
    )
    stance_ratio: float = _signal(
        "shoulder widths", "distance of the ankles, level; front view only", "shoulder ankle"
    )
    ankle_gap_ratio: float = _signal("leg lengths", "distance of the ankles in the picture", "ankle")
    feet_place_ratio: float = _signal(
        "leg lengths",
        "the ankles' place right of the middle of the picture; its swing tells who walks",
        "ankle",
    )
    stride_ratio: float = _signal(
        "leg lengths", "the same where it is one foot ahead; side view only", "ankle"
    )
    knee_gap_ratio: float = _signal(
        "ankle distances", "distance of the knees over that of the ankles; front view only", "knee ankle"
    )
    hip_below_knee_ratio: float = _signal(
        "thigh lengths", "how far the hips are below the knees; below 0 = above", "hip knee"
    )
    hand_to_thigh_ratio: float = _signal(
        "thigh lengths", "distance of the nearer wrist from its thigh; 0 = on it", "hip knee"
    )
    head_ahead_ratio: float = _signal(
        "trunk lengths", "ear ahead of the shoulders, level; below 0 = behind", "ear shoulder hip"
    )


@dataclass(frozen=True)
class Signals:
    """All signals of one frame; NaN where this frame or this view cannot tell.

    Attributes
    ----------
    unseen : joints that are outside the picture, such as ``left_ankle``: where they are is only guessed.
        What hangs on them is good enough to count by, and too poor to judge.
    level : the same as a level camera would have measured it; None where the camera is level as far as is
        known. Form is judged by it.
    """

    left: LegSignals = field(default_factory=LegSignals)
    right: LegSignals = field(default_factory=LegSignals)
    body: BodySignals = field(default_factory=BodySignals)
    unseen: frozenset[str] = frozenset()
    level: Signals | None = None

    def leg(self, side: Side) -> LegSignals:
        """The signals of one leg; ``BOTH`` is not a leg."""
        return self.left if side is Side.LEFT else self.right

    def value(self, name: str, side: Side) -> float:
        """Value of a signal by its name.

        Parameters
        ----------
        side : whose leg; for ``BOTH`` the mean of the legs by their visibility, see
            :func:`together`. Signals of the body do not ask.
        """
        if name in BODY_NAMES:
            return float(getattr(self.body, name))
        if side is not Side.BOTH:
            return float(getattr(self.leg(side), name))
        return reader(name, side)(self)


ARM_NAMES: Final = frozenset(("elbow_flexion_deg", "shoulder_elevation_deg"))
"""Signals of an arm: how well they are seen is a matter of the arm, not of the leg."""


def seen_by(name: str) -> str:
    """The signal that says how well another one is seen."""
    return "arm_visibility" if name in ARM_NAMES else "visibility"


def together(left: float, right: float, left_visibility: float, right_visibility: float) -> float:
    """Mean of the two legs, each weighted by its visibility squared; the other one where one is NaN."""
    if left != left:
        return right
    if right != right:
        return left
    a = left_visibility * left_visibility + 1e-3
    b = right_visibility * right_visibility + 1e-3
    return (a * left + b * right) / (a + b)


Reader = Callable[[Signals], float]
"""Takes the signals of a frame, gives the value of one of them."""


def reader(name: str, side: Side) -> Reader:
    """A function that reads one signal as :meth:`Signals.value` does; for use in every frame."""
    if name in BODY_NAMES:
        return attrgetter(f"body.{name}")
    if side is not Side.BOTH:
        return attrgetter(f"{side.value}.{name}")
    seen = seen_by(name)
    legs = attrgetter(f"left.{name}", f"right.{name}", f"left.{seen}", f"right.{seen}")
    return lambda signals: together(*legs(signals))


def seen_reader(name: str, side: Side) -> Reader:
    """As :func:`reader`, but NaN where it is only guessed, see :func:`is_outside`."""
    read = reader(name, side)
    return lambda signals: NAN if signals.unseen and is_outside(name, side, signals) else read(signals)


def is_outside(name: str, side: Side, signals: Signals) -> bool:
    """Whether a signal is only guessed: a joint that it needs is outside the picture.

    Of both legs together the one that is seen better decides.
    """
    if name in BODY_NAMES:
        sides = SIDES
    elif side is Side.BOTH:
        seen = attrgetter(seen_by(name))
        sides = SIDES[:1] if seen(signals.left) >= seen(signals.right) else SIDES[1:]
    else:
        sides = (side,)
    return any(f"{each.value}_{joint}" in signals.unseen for each in sides for joint in JOINTS[name])


def visibility_reader(name: str, side: Side) -> Reader:
    """A function that reads how well the limb of a signal is seen; of both together, the better one."""
    seen = seen_by(name)
    if side is not Side.BOTH:
        return reader(seen, side)
    legs = attrgetter(f"left.{seen}", f"right.{seen}")
    return lambda signals: float(max(legs(signals)))


@dataclass(frozen=True)
class SignalInfo:
    """One line of the list of signals."""

    name: str
    unit: str
    doc: str
    per_leg: bool


def _infos(record: type, per_leg: bool) -> tuple[SignalInfo, ...]:
    return tuple(SignalInfo(f.name, f.metadata["unit"], f.metadata["doc"], per_leg) for f in fields(record))


SIGNALS: tuple[SignalInfo, ...] = _infos(LegSignals, True) + _infos(BodySignals, False)
BODY_NAMES = frozenset(info.name for info in SIGNALS if not info.per_leg)
JOINTS: Mapping[str, tuple[str, ...]] = {
    f.name: f.metadata["joints"] for record in (LegSignals, BodySignals) for f in fields(record)
}
"""The joints without which a signal is only guessed, by the signal's name."""
SIDES: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)

NEEDS_FEET = frozenset(("heel_rise_deg", "knee_over_toe_ratio"))
"""Signals that are unknown where a network gives no heels and toes; elsewhere an ankle stands for them."""
