"""Angles and lengths of points, and a body in space from points in the picture. Degrees; NaN in, NaN out.

These are scalar functions on purpose: a frame has a few dozen angles, and plain floats are several
times faster there than small arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, asin, degrees, dist, hypot, sqrt
from typing import Final

from repcount.core.skeleton import INDEX, LANDMARKS

Point2 = tuple[float, float]
Point3 = tuple[float, float, float]

HEIGHT_M: Final = 1.7
"""Body height that is assumed; angles do not depend on it."""
TRUNK, THIGH, SHIN = 0.288, 0.245, 0.246
"""Shoulder to hip, hip to knee, knee to ankle, of body height (Drillis and Contini, body segments)."""
SHOULDERS, HIPS = 0.20, 0.13
"""Between the shoulders and between the hips, of body height: medians of MediaPipe's world landmarks."""
NOSE: Final = 0.05
"""Of a trunk: a nose this far ahead of the ears shows the facing of the body as surely as a bent knee."""

_TINY = 1e-9
_SEGMENTS = (("shoulder", "hip", TRUNK), ("hip", "knee", THIGH), ("knee", "ankle", SHIN))
_SIDES = (("left", 1.0), ("right", -1.0))
_ARM = ("shoulder", "elbow", "wrist", "pinky", "index", "thumb")
_FOOT = ("heel", "foot_index")
NAN = float("nan")


def _angle_deg(dot: float, length: float) -> float:
    """Angle between two vectors by their scalar product and the product of their lengths."""
    if not length > _TINY:
        return NAN
    cosine = dot / length
    if -1.0 <= cosine <= 1.0:
        return degrees(acos(cosine))
    return NAN if cosine != cosine else 0.0 if cosine > 0.0 else 180.0


def flexion_2d(a: Point2, joint: Point2, b: Point2) -> float:
    """Flexion at ``joint`` between the segments to ``a`` and ``b``: 0 where they are in line, up to 180."""
    ux, uy = joint[0] - a[0], joint[1] - a[1]
    vx, vy = b[0] - joint[0], b[1] - joint[1]
    return _angle_deg(ux * vx + uy * vy, hypot(ux, uy) * hypot(vx, vy))


def flexion_3d(a: Point3, joint: Point3, b: Point3) -> float:
    """As :func:`flexion_2d`, for points in space."""
    u = (joint[0] - a[0], joint[1] - a[1], joint[2] - a[2])
    v = (b[0] - joint[0], b[1] - joint[1], b[2] - joint[2])
    return _angle_deg(dot(u, v), norm(u) * norm(v))


def tilt_deg(top: Point2, bottom: Point2) -> float:
    """Tilt of a segment from the vertical of the picture: 0 hanging down, 90 level, 180 turned over."""
    dx, dy = bottom[0] - top[0], bottom[1] - top[1]
    return _angle_deg(dy, hypot(dx, dy))


def elevation_deg(vector: Point3) -> float:
    """Angle of a vector above the level plane, -90..90; ``y`` points down as in a picture."""
    length = norm(vector)
    return degrees(asin(max(-1.0, min(1.0, -vector[1] / length)))) if length > _TINY else NAN


def middle_2d(a: Point2, b: Point2) -> Point2:
    """The point half-way between two points."""
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def difference_2d(a: Point2, b: Point2) -> Point2:
    """The vector from ``b`` to ``a`` in the picture."""
    return (a[0] - b[0], a[1] - b[1])


def difference(a: Point3, b: Point3) -> Point3:
    """The vector from ``b`` to ``a``."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def total(a: Point3, b: Point3) -> Point3:
    """Sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def dot(a: Point3, b: Point3) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Point3, b: Point3) -> Point3:
    """Vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def norm(a: Point3) -> float:
    """Length of a vector."""
    return sqrt(dot(a, a))


class _Picture:
    """The points in the picture, by name, and the size of the body in it."""

    def __init__(self, points_px: Sequence[Point2]) -> None:
        self._points_px = points_px
        seen = (
            self.apart(f"{side}_{a}", f"{side}_{b}") / share
            for side, _ in _SIDES
            for a, b, share in _SEGMENTS
        )
        self.height_px = max((each for each in seen if each == each), default=0.0)

    def at(self, name: str) -> Point2:
        return self._points_px[INDEX[name]]

    def apart(self, a: str, b: str) -> float:
        return dist(self.at(a), self.at(b))

    def between(self, joint: str) -> Point2:
        return middle_2d(self.at(f"left_{joint}"), self.at(f"right_{joint}"))


def lifted(points_px: Sequence[Point2]) -> list[Point3]:
    """33 points in space: metres, origin between the hips, z away from the camera; NaN where unknown.

    A rough body for networks that give nothing else. The engine takes three things from world landmarks: the
    camera's angle to the body, which way the chest faces, and flexion seen from the front. A picture shows
    the first by how narrow shoulders and hips are for the size of the body, the second by the side to which
    head, hips and knees bend, and the third by how short thighs and shins have become.

    Parameters
    ----------
    points_px : the 33 landmarks in the picture, NaN where unknown.
    """
    seen = _Picture(points_px)
    if not seen.height_px > 0.0:
        return [(NAN, NAN, NAN)] * len(LANDMARKS)
    depth = _depths(seen)
    scale = HEIGHT_M / seen.height_px
    x, y = seen.between("hip")
    return [
        ((point[0] - x) * scale, (point[1] - y) * scale, depth.get(name, 0.0) * HEIGHT_M)
        for name, point in zip(LANDMARKS, points_px, strict=True)
    ]


def _depths(seen: _Picture) -> dict[str, float]:
    """How far each landmark is behind the middle of the body, of body height; those of the head have none."""
    facing, front = 1.0 if _facing(seen) >= 0.0 else -1.0, _front(seen)
    half_arm, half_leg = (facing * _half(seen, *pair) for pair in (("shoulder", SHOULDERS), ("hip", HIPS)))
    depths: dict[str, float] = {}
    for side, sign in _SIDES:
        depths.update({f"{side}_{joint}": sign * half_arm for joint in _ARM})
        hip = sign * half_leg
        knee = hip - front * _hidden(seen, f"{side}_hip", f"{side}_knee", THIGH)
        ankle = knee + front * _hidden(seen, f"{side}_knee", f"{side}_ankle", SHIN)
        depths.update({f"{side}_hip": hip, f"{side}_knee": knee, f"{side}_ankle": ankle})
        depths.update({f"{side}_{joint}": ankle for joint in _FOOT})
    return depths


def _half(seen: _Picture, joint: str, width: float) -> float:
    """Half of what the picture does not show of the width between two joints."""
    return _hidden(seen, f"left_{joint}", f"right_{joint}", width) / 2


def _hidden(seen: _Picture, a: str, b: str, length: float) -> float:
    """Depth between two points, of body height, by the length that is missing between them in the picture."""
    shown = seen.apart(a, b) / seen.height_px
    return sqrt(max(0.0, length * length - shown * shown)) if shown == shown else NAN


def _front(seen: _Picture) -> float:
    """How far the body is seen from the front: 1, or -1 from the back; 0 from the side.

    A foreshortened thigh points to the front of the body, a foreshortened shin to its back.
    """
    across_px = sum(
        seen.at(f"left_{joint}")[0] - seen.at(f"right_{joint}")[0] for joint in ("shoulder", "hip")
    )
    share = across_px / (seen.height_px * (SHOULDERS + HIPS))
    return max(-1.0, min(1.0, share)) if share == share else 0.0


def _facing(seen: _Picture) -> float:
    """Above 0 where a body upright in the picture faces right: what head, hips and knees say, added up."""
    said = [_head(seen)]
    for side, _ in _SIDES:
        shoulder, hip, knee, ankle = (
            seen.at(f"{side}_{name}") for name in ("shoulder", "hip", "knee", "ankle")
        )
        said += [-_ahead(shoulder, hip, knee), _ahead(hip, knee, ankle)]  # hips bend back, knees to the front
    return sum(each for each in said if each == each)


def _head(seen: _Picture) -> float:
    """What the nose says, -1..1: whether it is ahead of the ears, square to the trunk."""
    shoulders, hips, ears, nose = (
        *(seen.between(name) for name in ("shoulder", "hip", "ear")),
        seen.at("nose"),
    )
    trunk_px = dist(shoulders, hips)
    if not trunk_px > 0.0:
        return NAN
    up = (shoulders[0] - hips[0]) / trunk_px, (shoulders[1] - hips[1]) / trunk_px
    ahead_px = (nose[1] - ears[1]) * up[0] - (nose[0] - ears[0]) * up[1]
    share = ahead_px / (NOSE * TRUNK * seen.height_px)
    return max(-1.0, min(1.0, share)) if share == share else NAN


def _ahead(upper: Point2, joint: Point2, lower: Point2) -> float:
    """Sine of the bend at a joint, above 0 where it points ahead in a body upright that faces right."""
    ux, uy, lx, ly = upper[0] - joint[0], upper[1] - joint[1], lower[0] - joint[0], lower[1] - joint[1]
    length = dist(upper, joint) * dist(lower, joint)
    return (lx * uy - ly * ux) / length if length > 0.0 else NAN
