"""Angles and lengths of points. Degrees; NaN in, NaN out.

These are scalar functions on purpose: a frame has a few dozen angles, and plain floats are several
times faster there than small arrays.
"""

from __future__ import annotations

from math import acos, asin, degrees, hypot, sqrt

Point2 = tuple[float, float]
Point3 = tuple[float, float, float]

_TINY = 1e-9
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
