"""How far from the side the camera stands, and what that hides: legs look shorter than they are.

From the front a bent knee shows only as a leg that is shorter in the picture, and as hips that sink. For that
the length of the straight leg must be known: this file learns and remembers it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from math import acos, degrees, dist
from statistics import median

from repcount.core.geometry import Point2, middle_2d
from repcount.core.records import NAN, Pose
from repcount.core.signal_names import LegSignals, Signals
from repcount.core.skeleton import INDEX
from repcount.features.measure import flat_share, measure
from repcount.features.occlusion import unfolded
from repcount.features.segment_lengths import SegmentLengths

WINDOW_S = 0.5  # a length is a median over this time, so that one noisy frame does no harm
UPRIGHT_DEG = 25.0  # a trunk that leans further makes the reach useless
HIDES_HIP = 0.5  # seen from this far in front, the hip flexion of an upright person does not show
MOVED_SHARE = 0.2  # of a leg: feet that moved further are in a new place, where lengths must be learnt again

PLANTED_S = 1.0  # feet count as standing after this long in one place

_PAIRS = tuple((INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]) for joint in ("hip", "ankle", "foot_index"))


class RecentLongest:
    """The greatest length that was seen for a while, not in one frame only."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, float]] = deque()
        self.value = 0.0

    def add(self, time_s: float, length: float) -> None:
        """Take the newest length."""
        self._recent.append((time_s, length))
        while self._recent[0][0] < time_s - WINDOW_S:
            self._recent.popleft()
        if time_s - self._recent[0][0] >= 0.7 * WINDOW_S:
            self.value = max(self.value, median(value for _, value in self._recent))


class PoseMeasurer:
    """Streams poses in, gives signals out.

    While the feet stay in place, lengths in the picture are compared with earlier ones. For a person who
    walks they are compared with the trunk: that works at any distance from the camera, but less exactly.
    """

    def __init__(self) -> None:
        self._segments = SegmentLengths()
        self._by_trunk = RecentLongest()
        self._here = RecentLongest()
        self._place: Point2 | None = None
        self._since_s = 0.0

    def update(self, time_s: float, pose: Pose) -> Signals:
        """Measure the newest pose."""
        signals = unfolded(self._segments.update(time_s, pose, measure(pose)))
        body = signals.body
        share = 1.0 - flat_share(body.view_deg)
        if not share > 0.0 or body.trunk_tilt_deg > UPRIGHT_DEG:
            return signals
        hip, ankle, toe = (_middle(pose, pair) for pair in _PAIRS)
        toe = toe if toe[0] == toe[0] else ankle  # a network may give no toes
        left_px, right_px = _reach(pose, 0), _reach(pose, 1)
        reach_px = (left_px + right_px) / 2
        per_trunk = (signals.left.reach_ratio + signals.right.reach_ratio) / 2
        if reach_px != reach_px or per_trunk != per_trunk:
            return signals
        self._learn(time_s, ankle, reach_px, per_trunk)
        straight_px = self._by_trunk.value * reach_px / per_trunk
        if time_s - self._since_s >= PLANTED_S and self._here.value > 0.0:
            straight_px = self._here.value
        if not straight_px > 0.0:
            return signals
        height = (toe[1] - hip[1]) / straight_px
        return replace(
            signals,
            left=_from_front(signals.left, share, _bend_deg(left_px / straight_px), height),
            right=_from_front(signals.right, share, _bend_deg(right_px / straight_px), height),
        )

    def _learn(self, time_s: float, ankle: Point2, reach_px: float, per_trunk: float) -> None:
        place = self._place
        if place is None or dist(ankle, place) > MOVED_SHARE * reach_px:
            self._place, self._here, self._since_s = ankle, RecentLongest(), time_s
        self._here.add(time_s, reach_px)
        self._by_trunk.add(time_s, per_trunk)


def _reach(pose: Pose, side: int) -> float:
    points = pose.points_px
    return dist(points[_PAIRS[0][side]], points[_PAIRS[1][side]])


def _middle(pose: Pose, pair: tuple[int, int]) -> Point2:
    return middle_2d(pose.points_px[pair[0]], pose.points_px[pair[1]])


def _from_front(leg: LegSignals, share: float, knee_deg: float, height: float) -> LegSignals:
    return replace(
        leg,
        knee_flexion_deg=leg.knee_flexion_deg + share * (knee_deg - leg.knee_flexion_deg),
        hip_flexion_deg=NAN if share >= HIDES_HIP else leg.hip_flexion_deg,
        leg_flexion_deg=NAN if share >= HIDES_HIP else leg.leg_flexion_deg,
        hip_height_ratio=leg.hip_height_ratio + share * (height - leg.hip_height_ratio),
    )


def _bend_deg(shortening: float) -> float:
    """Flexion of a leg of two equal segments whose reach is this share of its length."""
    return 2.0 * degrees(acos(max(0.0, min(1.0, shortening)))) if shortening == shortening else NAN
