"""How far from the side the camera stands, and what that hides: legs look shorter than they are.

From the front a bent knee shows only as a leg that is shorter in the picture, and as hips that sink. For that
the length of the straight leg must be known: this file learns and remembers it. A leg whose thigh or shin
changes its length is drawn in a wrong place, and is not believed.
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
from repcount.features.visibility import stretch_hidden_leg

WINDOW_S = 0.5  # a length is a median over this time, so that one noisy frame does no harm
UPRIGHT_DEG = 25.0  # a trunk that leans further makes the reach useless
HIDES_HIP = 0.5  # seen from this far in front, the hip flexion of an upright person does not show
MOVED_SHARE = 0.2  # of a leg: feet that moved further are in a new place, where lengths must be learnt again

PLANTED_S = 1.0  # feet count as standing after this long in one place

_PAIRS = tuple((INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]) for joint in ("hip", "ankle", "foot_index"))

# A leg keeps its length. The network says a visibility of 0.99 of joints that it only guesses:
SHORTEST, LONGEST = 0.5, 1.6  # of its usual length: outside, a thigh or a shin is drawn in a wrong place
LEARN_S = 0.5  # the usual length is known after this long
SLOWLY = 0.1  # share of the difference that is learnt in a second
BELIEVE_S = 3.0  # a new length that stays this long is the usual one: another person, or another camera
DOUBT = 0.4  # what is left of the visibility of a leg whose length is wrong
SIDEWAYS = 1.0  # of the way to a side view: nearer to a front view a bent leg really looks shorter

_PARTS = (("hip", "knee"), ("knee", "ankle"))
_SEGMENTS = [
    (INDEX[f"{side}_{a}"], INDEX[f"{side}_{b}"])
    for a, b in (("shoulder", "hip"), *_PARTS)
    for side in ("left", "right")
]


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


class _Length:
    """The usual length of one segment, in trunk lengths."""

    def __init__(self) -> None:
        self._usual = NAN
        self._since_s = NAN
        self._last_s = NAN
        self._doubt_s = NAN

    def is_doubtful(self, time_s: float, length: float) -> bool:
        """Take the newest length and say whether it cannot be right."""
        if length != length:
            return False
        elapsed_s, self._last_s = time_s - self._last_s, time_s
        if self._usual != self._usual:
            self._usual, self._since_s = length, time_s
        if time_s - self._since_s >= LEARN_S and not SHORTEST <= length / self._usual <= LONGEST:
            self._doubt_s = time_s if self._doubt_s != self._doubt_s else self._doubt_s
            if time_s - self._doubt_s < BELIEVE_S:
                return True
            self._usual, self._since_s = length, time_s
        self._doubt_s = NAN
        if elapsed_s > 0:
            early = time_s - self._since_s < LEARN_S
            self._usual += min(1.0, elapsed_s / LEARN_S if early else SLOWLY * elapsed_s) * (
                length - self._usual
            )
        return False


class SegmentLengths:
    """Streams poses and their signals in, gives signals out that doubt legs of a wrong length."""

    def __init__(self) -> None:
        self._lengths = [_Length() for _ in _SEGMENTS[2:]]

    def update(self, time_s: float, pose: Pose, signals: Signals) -> Signals:
        """Leave the angles of a doubtful leg unknown, and its visibility low."""
        if flat_share(signals.body.view_deg) < SIDEWAYS:
            return signals
        left_trunk_px, right_trunk_px, *legs_px = _lengths_px(pose)
        trunk_px = (left_trunk_px + right_trunk_px) / 2
        if not trunk_px > 0.0:
            return signals
        doubts = [
            usual.is_doubtful(time_s, length_px / trunk_px)
            for usual, length_px in zip(self._lengths, legs_px, strict=True)
        ]
        if not any(doubts):
            return signals
        return replace(
            signals,
            left=_doubted(signals.left) if any(doubts[::2]) else signals.left,
            right=_doubted(signals.right) if any(doubts[1::2]) else signals.right,
        )


def _lengths_px(pose: Pose) -> list[float]:
    points = pose.points_px
    return [dist(points[a], points[b]) for a, b in _SEGMENTS]


def _doubted(leg: LegSignals) -> LegSignals:
    return replace(
        leg,
        knee_flexion_deg=NAN,
        hip_flexion_deg=NAN,
        leg_flexion_deg=NAN,
        visibility=DOUBT * leg.visibility,
    )


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
        signals = stretch_hidden_leg(self._segments.update(time_s, pose, measure(pose)))
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
