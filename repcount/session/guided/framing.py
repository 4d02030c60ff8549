"""Whether the person can be seen well enough to be judged, and the one thing to change if not."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

from repcount.core.geometry import Point2, middle_2d
from repcount.core.guide import Surroundings
from repcount.core.phrases import Phrases
from repcount.core.records import NAN, Pose
from repcount.core.skeleton import INDEX
from repcount.form.form_checker import JUDGED_PER_S

DARK = 0.12  # mean brightness; derived: below it the network loses limbs of the rendered person
SMALL_SHARE = 0.3  # of the picture's shorter side: a person whose longest extent is less is too far away
MARGIN_SHARE = 0.0  # how far inside the edge a landmark must be
STEADY_S = 0.6  # a complaint is told once it has lasted this long, and so is its end
LOST_S = 1.5  # in a set: not seen for so long
JUMP_SHARE = 0.8  # of the person's extent: hips that move further from one look to the next are another's
JUMP_LOOK_S = 0.25
JUMP_TOLD_S = 3.0
OUT_TOLD_S = 5.0  # in a set: that a part of the body is not in the picture is told once, for so long
WINDOW_S = 4.0
MOSTLY = 0.5
"""A session of which more than this share could not be judged says so where nothing was counted."""

_HEAD = [INDEX[n] for n in ("nose", "left_ear", "right_ear")]
_FEET = [INDEX[f"{s}_{n}"] for s in ("left", "right") for n in ("ankle", "heel", "foot_index")]
_BODY = [INDEX[f"{s}_{n}"] for s in ("left", "right") for n in ("shoulder", "hip", "knee")]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True)
class FramingAdvice:
    """One thing to change; ``code`` is empty where all is well.

    Attributes
    ----------
    text : in words, where it is not the language's own phrase for the code.
    """

    code: str = ""
    text: str = ""

    def worded(self, phrases: Phrases) -> FramingAdvice:
        """The same with words to it."""
        if not self.code or self.text:
            return self
        return FramingAdvice(self.code, phrases.texts.get(f"framing.{self.code}", ""))


FINE = FramingAdvice()
_MORE_LIGHT = FramingAdvice("more_light")
_ONE_PERSON = FramingAdvice("one_person")
_STEP_IN = FramingAdvice("step_in")
_FEET_OUT = FramingAdvice("feet_out")
_HEAD_OUT = FramingAdvice("head_out")
_SIDEWAYS = FramingAdvice("sideways_out")
_CLOSER = FramingAdvice("come_closer")
_SIDE_ON = FramingAdvice("turn_side_on")
LOST = FramingAdvice("lost")
_FEW_PICTURES = FramingAdvice("few_pictures")
_JUMPED = FramingAdvice("jumped")

ANY_VIEW = ((0.0, 90.0),)
_ALWAYS_TOLD = (_MORE_LIGHT, _CLOSER)


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
    feet_out, head_out, body_out = (_outside(pose, rows) for rows in (_FEET, _HEAD, _BODY))
    if feet_out and not head_out:
        return _FEET_OUT
    if head_out and not feet_out:
        return _HEAD_OUT
    if head_out or body_out:
        return _SIDEWAYS if not (feet_out and head_out) else _FEET_OUT
    return _CLOSER if extent_px(pose.points_px) < SMALL_SHARE * min(pose.size_px) else FINE


def _outside(pose: Pose, rows: Sequence[int]) -> bool:
    """Whether half of these points or more are beyond an edge; unknown ones do not speak."""
    width, height = pose.size_px
    points = [pose.points_px[row] for row in rows]
    return 2 * sum(x < 0 or y < 0 or x > width or y > height for x, y in points) >= len(points)


def extent_px(points: Sequence[Point2]) -> float:
    """The longer side of the box around all points that are known; 0 where none is."""
    known = [(x, y) for x, y in points if x == x and y == y]
    return max((max(axis) - min(axis) for axis in zip(*known, strict=True)), default=0.0)


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
        self._last: tuple[float, Point2, float] | None = None
        self._told_until_s = float("-inf")
        self._placing = FramingCheck()
        self._told: dict[str, float] = {}

    def update(self, time_s: float, pose: Pose | None) -> FramingAdvice:
        """Take the newest pose; return what is to be told."""
        self._seen_s = time_s if self._seen_s is None or pose is not None else self._seen_s
        if pose is None:
            return LOST if time_s - self._seen_s >= LOST_S else FINE
        hips, span = middle_2d(*(pose.points_px[row] for row in _HIPS)), extent_px(pose.points_px)
        if self._last is not None:
            last_s, where, extent = self._last
            near = time_s - last_s <= JUMP_LOOK_S
            if near and dist(hips, where) > JUMP_SHARE * max(span, extent):
                self._told_until_s = time_s + JUMP_TOLD_S
        self._last = (time_s, hips, span)
        return _JUMPED if time_s < self._told_until_s else self._placed(time_s, pose)

    def _placed(self, time_s: float, pose: Pose) -> FramingAdvice:
        """That feet or head are not in the picture, once: who has begun may have to go on so."""
        advice = self._placing.update(time_s, _placed(pose))
        if advice not in (_FEET_OUT, _HEAD_OUT):
            return FINE
        since_s = self._told.setdefault(advice.code, time_s)
        return advice if time_s - since_s < OUT_TOLD_S else FINE


class ConditionWatch:
    """Streams frames in, tells what keeps the session from being judged."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque()
        self._began_s: float | None = None
        self._seen: Counter[str] = Counter()
        self._frames = 0

    def update(self, time_s: float, pose: Pose | None, around: Surroundings) -> FramingAdvice:
        """Take one frame; return what is to be told now, nothing where all is well."""
        found = self._look(time_s, pose, around)
        self._frames += 1
        self._seen[LOST.code if pose is None and not found.code else found.code] += 1
        return found

    @property
    def reason(self) -> str:
        """Code of what kept most of the session from being judged; empty where nothing did."""
        told = {code: count for code, count in self._seen.items() if code}
        if not told or sum(told.values()) <= MOSTLY * self._frames:
            return ""
        return max(told, key=lambda code: told[code])

    def _look(self, time_s: float, pose: Pose | None, around: Surroundings) -> FramingAdvice:
        if self._is_slow(time_s):
            return _FEW_PICTURES
        advice = framing_advice(pose, around, NAN, ANY_VIEW)
        return advice if advice in _ALWAYS_TOLD else FINE

    def _is_slow(self, time_s: float) -> bool:
        times_s = self._times_s
        self._began_s = time_s if self._began_s is None else self._began_s
        times_s.append(time_s)
        while time_s - times_s[0] > WINDOW_S:
            times_s.popleft()
        return time_s - self._began_s >= WINDOW_S and len(times_s) - 1 < JUDGED_PER_S * WINDOW_S


class ToldAdvice:
    """What the person is told to change, in words.

    Attributes
    ----------
    now : the advice of this moment.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self.now = FINE

    def update(self, advice: FramingAdvice) -> bool:
        """Take what is to be told; return whether that is new, and anything at all."""
        before, self.now = self.now, advice.worded(self._phrases)
        return self.now not in (before, FINE)
