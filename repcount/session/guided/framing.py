"""Whether the person can be seen as the exercise needs it, and the one thing to change if not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repcount.core.guide import Surroundings
from repcount.core.model import Pose
from repcount.core.skeleton import INDEX

DARK = 0.12  # mean brightness; derived: below it the network loses limbs of the rendered person
SMALL_SHARE = 0.3  # of the picture's shorter side: a person whose longest extent is less is too far away
MARGIN_SHARE = 0.0  # how far inside the edge a landmark must be
STEADY_S = 0.6  # a complaint is told once it has lasted this long, and so is its end
LOST_S = 1.5  # in a set: not seen for so long
JUMP_SHARE = 0.8  # of the person's extent: hips that move further from one look to the next are another's
JUMP_LOOK_S = 0.25
JUMP_TOLD_S = 3.0

_HEAD = [INDEX[n] for n in ("nose", "left_ear", "right_ear")]
_FEET = [INDEX[f"{s}_{n}"] for s in ("left", "right") for n in ("ankle", "heel", "foot_index")]
_BODY = [INDEX[f"{s}_{n}"] for s in ("left", "right") for n in ("shoulder", "hip", "knee")]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True)
class FramingAdvice:
    """One thing to change; ``code`` and ``text`` are empty where all is well."""

    code: str = ""
    text: str = ""


FINE = FramingAdvice()
_MORE_LIGHT = FramingAdvice("more_light", "More light, please")
_ONE_PERSON = FramingAdvice("one_person", "Only one person, please")
_STEP_IN = FramingAdvice("step_in", "Step into the picture")
_FEET_OUT = FramingAdvice("feet_out", "Step back until your feet are in the picture")
_HEAD_OUT = FramingAdvice("head_out", "Step back until your head is in the picture")
_SIDEWAYS = FramingAdvice("sideways_out", "Move to the middle of the picture")
_CLOSER = FramingAdvice("come_closer", "Come closer to the camera")
_SIDE_ON = FramingAdvice("turn_side_on", "Turn side-on to the camera")
_LOST = FramingAdvice("lost", "I cannot see you; come back into the picture")
_JUMPED = FramingAdvice("jumped", "Only one person, please")


def framing_advice(
    pose: Pose | None, around: Surroundings, view_deg: float, views: tuple[tuple[float, float], ...]
) -> FramingAdvice:
    """The most important thing to change in one frame.

    Parameters
    ----------
    views : camera angles, 0 front to 90 side, from which the exercise can be judged.
    """
    if around.brightness < DARK:
        return _MORE_LIGHT
    if (around.people or 0) > 1:
        return _ONE_PERSON
    if pose is None:
        return _STEP_IN
    placed = _placed(pose)
    if placed is not FINE:
        return placed
    seen_well = view_deg != view_deg or any(lo <= view_deg <= hi for lo, hi in views)
    return FINE if seen_well else _SIDE_ON


def _placed(pose: Pose) -> FramingAdvice:
    """Whether head and feet are in the picture, and large enough."""
    points, (width, height) = pose.landmarks_px[:, :2], pose.size_px
    feet_out, head_out = _outside(points[_FEET], pose.size_px), _outside(points[_HEAD], pose.size_px)
    body_out = _outside(points[_BODY], pose.size_px)
    if feet_out and not head_out:
        return _FEET_OUT
    if head_out and not feet_out:
        return _HEAD_OUT
    if head_out or body_out:
        return _SIDEWAYS if not (feet_out and head_out) else _FEET_OUT
    span = np.nanmax(points, axis=0) - np.nanmin(points, axis=0)
    return _CLOSER if float(span.max()) < SMALL_SHARE * min(width, height) else FINE


def _outside(points: NDArray[np.float32], size_px: tuple[int, int]) -> bool:
    """Whether most of these points are beyond an edge; unknown ones do not speak."""
    out = (points < 0).any(axis=1) | (points > np.array(size_px)).any(axis=1)
    return bool(out.sum() * 2 >= len(points))


class FramingCheck:
    """Streams looks in, gives one steady instruction out."""

    def __init__(self) -> None:
        self.advice = FINE
        self._next = FINE
        self._since_s: float | None = None

    def update(self, time_s: float, advice: FramingAdvice) -> FramingAdvice:
        """Take what one frame asks for; return what is to be told."""
        if advice != self._next or self._since_s is None:
            self._next, self._since_s = advice, time_s
        if time_s - self._since_s >= STEADY_S - 1e-9:
            self.advice = self._next
        return self.advice


class PersonWatch:
    """In a set: whether the person is still there, and still the same."""

    def __init__(self) -> None:
        self._seen_s: float | None = None
        self._last: tuple[float, NDArray[np.float32], float] | None = None
        self._told_until_s = float("-inf")

    def update(self, time_s: float, pose: Pose | None) -> FramingAdvice:
        """Take the newest pose; return what is to be told."""
        self._seen_s = time_s if self._seen_s is None or pose is not None else self._seen_s
        if pose is None:
            return _LOST if time_s - self._seen_s >= LOST_S else FINE
        hips = pose.landmarks_px[_HIPS, :2].mean(axis=0)
        span = float(np.nanmax(np.ptp(pose.landmarks_px[:, :2], axis=0)))
        if self._last is not None:
            last_s, where, extent = self._last
            near = time_s - last_s <= JUMP_LOOK_S
            if near and float(np.hypot(*(hips - where))) > JUMP_SHARE * max(span, extent):
                self._told_until_s = time_s + JUMP_TOLD_S
        self._last = (time_s, hips, span)
        return _JUMPED if time_s < self._told_until_s else FINE
