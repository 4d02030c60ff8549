"""Raised hands as commands: one hand held up pauses and resumes, both end the set."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from repcount.core.geometry import tilt_deg
from repcount.core.guide import Command, Gesture, RaisedHands
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX

HELD_S = 2.0  # a hand held up this long is a command
LONG_S = 3.5  # both hands this long, or one while the other is hidden: people also stretch
DROPOUT_S = 0.3  # a shorter gap is a dropout of the network
UPRIGHT_DEG = 35.0  # the forearm points up within this angle
FOREARM_SHARE = 0.25  # of the trunk: a forearm shorter in the picture points at the camera
ABOVE_SHARE = 0.5  # of the trunk: so far must the wrist be above the shoulder
BELOW_SHARE = 0.3  # of the trunk: a hand that is down is no higher than this above its shoulder
OVER_HEAD_SHARE = 0.15  # of the trunk: so far must the wrist be above the highest point of the face
AWAY_SHARE = 0.5  # of the trunk: nearer to face or knees than this, the hand holds on to them
SEEN = 0.5  # one arm must be this visible
GUESSED = 0.3  # the other one this much, to be up as well

_FACE = tuple(INDEX[name] for name in ("nose", "left_ear", "right_ear"))
_HOLDS_ON_TO = (INDEX["nose"], INDEX["left_knee"], INDEX["right_knee"])

Points = list[tuple[float, float]]

COMMANDS = {Gesture.ONE_HAND: Command.TOGGLE_PAUSE, Gesture.BOTH_HANDS: Command.END_SET}
"""What each gesture asks for."""


class GestureDetector:
    """Streams poses in, gives a gesture out once it has been held long enough.

    Hands must come down before they can say anything again. The thresholds are derived: held against every
    recording of the benchmark, in which nobody gives a command.
    """

    def __init__(self) -> None:
        self._shown: Gesture | None = None
        self._since_s = self._seen_s = 0.0
        self._held_s = HELD_S
        self._is_used = False

    def update(self, time_s: float, pose: Pose | None) -> Gesture | None:
        """Take the newest pose; return the gesture that has just become a command."""
        shown, held_s = (None, HELD_S) if pose is None else hands_up(pose)
        if shown is None:
            if time_s - self._seen_s > DROPOUT_S:
                self._shown, self._is_used = None, False
            return None
        if shown is not self._shown:
            self._shown, self._since_s, self._held_s = shown, time_s, held_s
        self._held_s = max(self._held_s, held_s)
        self._seen_s = time_s
        if self._is_used or time_s - self._since_s < self._held_s - 1e-9:
            return None
        self._is_used = True
        return shown

    def raised(self, time_s: float) -> RaisedHands | None:
        """What is being shown and is no command yet."""
        if self._shown is None or self._is_used:
            return None
        return RaisedHands(self._shown, min(1.0, max(0.0, (self._seen_s - self._since_s) / self._held_s)))


def hands_up(pose: Pose) -> tuple[Gesture | None, float]:
    """Which hands this one pose holds up, and for how many seconds they must be.

    Up is: forearm upright, hand well above shoulder and head. In a side view the body hides one arm.
    """
    points = pose.points_px
    arms = [_Arm.of(points, side) for side in ("left", "right")]
    seen = [min(float(pose.visibility[i]) for i in arm.indexes) for arm in arms]
    up = [arm.is_up(points) for arm in arms]
    if all(up) and max(seen) >= SEEN and min(seen) >= GUESSED:
        return Gesture.BOTH_HANDS, LONG_S
    for this, other in ((0, 1), (1, 0)):
        if up[this] and seen[this] >= SEEN and arms[other].above_share <= BELOW_SHARE:
            return Gesture.ONE_HAND, HELD_S if seen[other] >= SEEN else LONG_S
    return None, HELD_S


@dataclass(frozen=True)
class _Arm:
    """One arm in the picture.

    Attributes
    ----------
    above_share : how far the wrist is above the shoulder, in trunk lengths.
    """

    indexes: tuple[int, int, int]
    trunk_px: float
    above_share: float

    @classmethod
    def of(cls, points: Points, side: str) -> _Arm:
        shoulder, elbow, wrist, hip = (INDEX[f"{side}_{j}"] for j in ("shoulder", "elbow", "wrist", "hip"))
        trunk_px = max(1.0, _apart(points[shoulder], points[hip]))
        above = (points[shoulder][1] - points[wrist][1]) / trunk_px
        return cls((shoulder, elbow, wrist), trunk_px, above)

    def is_up(self, points: Points) -> bool:
        _, elbow, wrist = (points[i] for i in self.indexes)
        head_y = min(points[i][1] for i in _FACE)
        return bool(
            self.above_share >= ABOVE_SHARE
            and _apart(elbow, wrist) >= FOREARM_SHARE * self.trunk_px
            and tilt_deg((wrist[0], wrist[1]), (elbow[0], elbow[1])) <= UPRIGHT_DEG
            and head_y - wrist[1] >= OVER_HEAD_SHARE * self.trunk_px
            and all(_apart(points[i], wrist) >= AWAY_SHARE * self.trunk_px for i in _HOLDS_ON_TO)
            and wrist[1] >= 0
        )


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
