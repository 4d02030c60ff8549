"""Whether a leg keeps its length: the network's visibility says 0.99 of joints that it only guesses."""

from __future__ import annotations

from dataclasses import replace
from math import dist

from repcount.core.records import NAN, Pose
from repcount.core.signal_names import LegSignals, Signals
from repcount.core.skeleton import INDEX
from repcount.features.measure import flat_share

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
