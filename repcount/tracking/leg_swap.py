"""Keeps left and right apart over time: the network swaps the legs where one passes the other."""

from __future__ import annotations

from dataclasses import replace
from math import dist

from repcount.core.geometry import Point2
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX, MIRRORED

REMEMBER_S = 0.5  # after a longer gap the network's answer is kept
SURE_SHARE = 0.3  # a swap must bring each pair of points nearer by this share of a shin
LONGER_SHARE = 1.3  # a shin does not grow by more
FOLLOWS_S = 0.11  # only frames closer than this can show that a change is sudden
APART_SHARE = 0.5  # feet are apart from this share of a shin on
COLLAPSE_SHARE = 0.55  # and have come together suddenly below this share of the distance before

_KNEES = (INDEX["left_knee"], INDEX["right_knee"])
_FEET = tuple((INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]) for joint in ("ankle", "heel", "foot_index"))
_ANKLES = _FEET[0]
_SHINS = tuple(zip(_KNEES, _ANKLES, strict=True))

Points = list[Point2]


class LegSwapFilter:
    """Streams poses in, gives poses out whose legs are the same legs as before.

    Where both legs are in one place in the picture, nothing tells them apart: the network's answer is kept.
    In the middle of a swap the network draws both legs in one place: the lower legs then count as not seen.
    """

    def __init__(self) -> None:
        self._known: Points | None = None
        self._known_s = 0.0
        self._last_s = 0.0

    def update(self, time_s: float, pose: Pose) -> Pose:
        """Return the pose, with the feet exchanged where that is what the person did."""
        now = pose.points_px
        known = self._known if time_s - self._known_s <= REMEMBER_S else None
        follows, self._last_s = time_s - self._last_s <= FOLLOWS_S, time_s
        if known is not None:
            if follows and _has_collapsed(known, now):
                return _blank(pose)
            if _is_swapped(known, now) and _fits_knees(now):
                pose = _exchanged(pose)
                now = pose.points_px
        self._known, self._known_s = now, time_s
        return pose


def _is_swapped(before: Points, now: Points) -> bool:
    feet = [(i, j) for i, j in _FEET if now[i][0] == now[i][0]]  # a network may give no heels and toes
    kept = sum([dist(before[i], now[i]) + dist(before[j], now[j]) for i, j in feet])
    sure = SURE_SHARE * len(feet) * _shin_px(now)
    if not sure < kept:
        return False
    exchanged = sum([dist(before[i], now[j]) + dist(before[j], now[i]) for i, j in feet])
    return exchanged + sure < kept


def _fits_knees(now: Points) -> bool:
    """Whether the shins would keep their length: feet are swapped only where the knees are together."""
    pairs = zip(_KNEES, reversed(_ANKLES), strict=True)
    crossed = max(dist(now[knee], now[foot]) for knee, foot in pairs)
    return crossed <= LONGER_SHARE * _shin_px(now)


def _has_collapsed(before: Points, now: Points) -> bool:
    """Whether feet that were apart are together all of a sudden."""
    left, right = _ANKLES
    apart_px = dist(before[left], before[right])
    is_apart = apart_px > APART_SHARE * _shin_px(now)
    return is_apart and dist(now[left], now[right]) < COLLAPSE_SHARE * apart_px


def _shin_px(points: Points) -> float:
    return max([dist(points[knee], points[ankle]) for knee, ankle in _SHINS])


def _blank(pose: Pose) -> Pose:
    landmarks_px, world_m = pose.landmarks_px.copy(), pose.world_m.copy()
    rows = [row for pair in _FEET for row in pair]
    landmarks_px[rows] = world_m[rows] = float("nan")
    return replace(pose, landmarks_px=landmarks_px, world_m=world_m)


def _exchanged(pose: Pose) -> Pose:
    arrays = (pose.landmarks_px.copy(), pose.visibility.copy(), pose.world_m.copy())
    rows = [row for pair in _FEET for row in pair]
    twins = [MIRRORED[row] for row in rows]
    for array in arrays:
        array[rows] = array[twins]
    return replace(pose, landmarks_px=arrays[0], visibility=arrays[1], world_m=arrays[2])
