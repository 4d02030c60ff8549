"""Keeps to one person: the network follows one body, but changes to another that steps in front of it.

In each exercise some part of the body stays in its place: the feet in a squat, the hips in a leg raise. If no
part of the body is in its place, the person has walked away, or it is somebody else. A body that then stands
still in a new place is accepted there, as after a cut in the film; a body that walks is not.
"""

from __future__ import annotations

from enum import Enum
from math import dist, exp

from repcount.core.geometry import Point2, middle_2d
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX

HERE_SHARE = 0.5  # of a trunk: if every part is further than this from its place, the body is elsewhere
STILL_SHARE = 0.15  # of a trunk: a body elsewhere that moves less than this
STILL_S = 0.4  # for this long is accepted in its new place
WAIT_S = 3.0  # how long to wait for the person who was here
FOLLOW_S = 1.5  # time constant: the place slowly follows the body, as when a hand holds the camera
STEP_S = 0.1  # after a gap the place follows only as far as in this time
LEAP_SHARE = 0.25  # of a trunk: a leap is when all parts but one move further than this between two frames,
LEAP_SHARE_S = 1.2  # plus this for each second between them; in a quick squat the hips sink this fast
KNOWN_S = 0.5  # a body seen for less time than this, at first or after a leap, may be no person at all
SHAPE_SHARE = 0.1  # of a trunk: if the parts keep their places seen from the hips, only the camera moved

_NAMES = ("shoulder", "hip", "knee", "ankle")
_PARTS = tuple((INDEX[f"left_{name}"], INDEX[f"right_{name}"]) for name in _NAMES)


class Sight(Enum):
    """Whose body a pose shows."""

    HERE = "here"  # the person's
    NEW = "new"  # the person's from now on: it is another body, or another shot of it
    ELSEWHERE = "elsewhere"  # somebody else's: the counting waits for the person
    GONE = "gone"  # somebody else's for so long that the person is given up


class IdentityTracker:
    """Streams poses in, says of each whether it is the person's who was there before."""

    def __init__(self) -> None:
        self._places: list[Point2] = []
        self._trunk_px = 0.0
        self._last_s = 0.0
        self._since_s = 0.0
        self._away_s: float | None = None
        self._newest: list[Point2] = []
        self._pausing: list[Point2] = []
        self._pausing_s = 0.0
        self._far = LEAP_SHARE
        self._has_leapt = self._overlaps = False

    def update(self, time_s: float, pose: Pose) -> Sight:
        """Take the newest pose."""
        parts = [_middle(pose, pair) for pair in _PARTS]
        if not self._places or self._is_here(time_s, parts):
            self._stay(time_s, parts)
            return Sight.HERE
        if self._away_s is None:
            self._away_s, self._pausing, self._pausing_s = time_s, parts, time_s
        if _moved(parts, self._pausing) > STILL_SHARE * self._trunk_px:
            self._pausing, self._pausing_s = parts, time_s
        if time_s - self._pausing_s >= STILL_S - 1e-9:
            self._places = []
            self._stay(time_s, parts)
            return Sight.NEW if self._has_leapt else Sight.HERE
        return Sight.ELSEWHERE if time_s - self._away_s <= WAIT_S else Sight.GONE

    def _is_here(self, time_s: float, parts: list[Point2]) -> bool:
        """Whether this is the body that was there before, in its place."""
        is_near = _moved(parts, self._places) <= HERE_SHARE * self._trunk_px
        if self._away_s is None:
            self._far = LEAP_SHARE + LEAP_SHARE_S * (time_s - self._last_s)
            is_known = self._last_s - self._since_s >= KNOWN_S
            self._has_leapt = is_known and _leapt(self._newest, parts, self._far)
            self._overlaps = is_near and self._has_leapt
        self._overlaps = self._overlaps and is_near
        return is_near and not (self._overlaps and _leapt(self._newest, parts, self._far))

    def _stay(self, time_s: float, parts: list[Point2]) -> None:
        share = 1.0 - exp(-min(time_s - self._last_s, STEP_S) / FOLLOW_S)
        trunk_px = _trunk_px(parts)
        if self._places:
            self._places = [_towards(a, b, share) for a, b in zip(self._places, parts, strict=True)]
            self._trunk_px += share * (trunk_px - self._trunk_px) if trunk_px == trunk_px else 0.0
        elif trunk_px > 0.0:
            self._places, self._trunk_px, self._since_s = parts, trunk_px, time_s
        if self._away_s is not None:
            self._since_s = time_s
        self._last_s, self._away_s, self._newest = time_s, None, parts


def is_elsewhere(before: Pose, now: Pose) -> bool:
    """Whether no part of the body is near its last place: then it is somebody else's body."""
    was, parts = ([_middle(pose, pair) for pair in _PARTS] for pose in (before, now))
    return _moved(parts, was) > HERE_SHARE * _trunk_px(was)


def _middle(pose: Pose, pair: tuple[int, int]) -> Point2:
    return middle_2d(pose.points_px[pair[0]], pose.points_px[pair[1]])


def _moved(now: list[Point2], before: list[Point2]) -> float:
    """How far the part that moved least has moved, pixels; 0 where no part is known."""
    apart_px = _apart(before, now)
    return apart_px[0] if apart_px else 0.0


def _leapt(before: list[Point2], now: list[Point2], far: float) -> bool:
    """Whether the body was replaced at once by another body, or by another shot of it.

    All parts but one have moved further than ``far`` trunk lengths, and the body has another shape.
    """
    before_px, now_px = _trunk_px(before), _trunk_px(now)
    if not (before_px > 0.0 and now_px > 0.0):
        return False
    apart_px = _apart(before, now)
    if len(apart_px) < 2 or not apart_px[1] > far * max(before_px, now_px):
        return False
    return _apart(_shape(before, before_px), _shape(now, now_px))[-1] > SHAPE_SHARE


def _apart(before: list[Point2], now: list[Point2]) -> list[float]:
    """How far the known parts are from where they were, least first."""
    return sorted([each for each in map(dist, before, now) if each == each])


def _trunk_px(parts: list[Point2]) -> float:
    return dist(parts[0], parts[1])


def _shape(parts: list[Point2], trunk_px: float) -> list[Point2]:
    """Where the parts are, seen from the hips, in trunk lengths."""
    x, y = parts[1]
    return [((a - x) / trunk_px, (b - y) / trunk_px) for a, b in parts]


def _towards(a: Point2, b: Point2, share: float) -> Point2:
    if not (b[0] == b[0] and b[1] == b[1]):
        return a
    if not (a[0] == a[0] and a[1] == a[1]):
        return b
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
