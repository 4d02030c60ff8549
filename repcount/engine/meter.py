"""Measures poses with what the person has shown of themselves before.

From the front a camera sees a knee bend only by the leg becoming shorter in the picture. How long the
leg is when straight has to be learnt first: that is the memory of this file.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from math import acos, degrees
from statistics import median

from repcount.core.model import NAN, Pose, Side
from repcount.core.signals import LegSignals, Signals
from repcount.engine.signals import flat_share, measure

WINDOW_S = 0.5  # a leg counts as straight for what it was over this long, not for one noisy frame
UPRIGHT_DEG = 25.0  # a trunk that leans further makes the reach useless
HIDES_HIP = 0.8  # from this far in front the bend of an upright person's hip cannot be seen


class Meter:
    """Streams poses in, gives signals out."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, float]] = deque()
        self._straight = 0.0

    def update(self, time_s: float, pose: Pose) -> Signals:
        """Measure the newest pose."""
        signals = measure(pose)
        self._learn(time_s, signals)
        share = 1.0 - flat_share(signals.body.view_deg)
        if not share > 0.0 or signals.body.trunk_tilt_deg > UPRIGHT_DEG or not self._straight > 0.0:
            return signals
        return replace(
            signals, left=self._from_front(signals.left, share), right=self._from_front(signals.right, share)
        )

    def _learn(self, time_s: float, signals: Signals) -> None:
        reach = signals.value("reach_ratio", Side.BOTH)
        if reach != reach or signals.body.trunk_tilt_deg > UPRIGHT_DEG:
            return
        self._recent.append((time_s, reach))
        while self._recent[0][0] < time_s - WINDOW_S:
            self._recent.popleft()
        if time_s - self._recent[0][0] >= 0.7 * WINDOW_S:
            self._straight = max(self._straight, median(value for _, value in self._recent))

    def _from_front(self, leg: LegSignals, share: float) -> LegSignals:
        by_reach = _bend_deg(leg.reach_ratio / self._straight)
        if by_reach != by_reach:
            return leg
        return replace(
            leg,
            knee_flexion_deg=leg.knee_flexion_deg + share * (by_reach - leg.knee_flexion_deg),
            hip_flexion_deg=NAN if share >= HIDES_HIP else leg.hip_flexion_deg,
        )


def _bend_deg(shortening: float) -> float:
    """Flexion of a leg of two equal segments whose reach is this share of its length."""
    return 2.0 * degrees(acos(max(0.0, min(1.0, shortening)))) if shortening == shortening else NAN
