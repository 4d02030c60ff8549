"""Rotation matrices in degrees: about an axis, from one direction to another, and half way between two."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

DOWN: Array = np.array([0.0, -1.0, 0.0])


def rx(deg: float) -> Array:
    """Rotation about +x (the person's left): positive bends the trunk forwards, a hanging leg backwards."""
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def ry(deg: float) -> Array:
    """Rotation about +y (up): positive turns the person to their left."""
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def rz(deg: float) -> Array:
    """Rotation about +z (forwards): positive leans the person to their right."""
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def unit(v: ArrayLike) -> Array:
    """The vector at length 1."""
    a = np.asarray(v, float)
    return np.asarray(a / np.linalg.norm(a))


def align(a: ArrayLike, b: ArrayLike) -> Array:
    """Smallest rotation that takes direction ``a`` to direction ``b``."""
    u, w = unit(a), unit(b)
    v, c = np.cross(u, w), float(u @ w)
    if np.linalg.norm(v) < 1e-9:
        return np.eye(3) if c > 0 else np.diag([1.0, -1.0, -1.0])
    k = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.asarray(np.eye(3) + k + k @ k / (1 + c))


def frame(down: ArrayLike, lateral: ArrayLike) -> Array:
    """Orientation whose -y axis is ``down`` and whose x axis is ``lateral``, made orthogonal to it."""
    y = -unit(down)
    x = np.asarray(lateral, float)
    x = unit(x - (x @ y) * y)
    return np.asarray(np.stack([x, y, np.cross(x, y)], 1))


def _axis(turns: Array) -> tuple[Array, Array]:
    """Axis (unit, shape (n, 3)) and angle (radians, shape (n,)) of rotations, shape (n, 3, 3)."""
    cosine = (np.trace(turns, axis1=-2, axis2=-1) - 1) / 2
    skew = np.stack(
        [turns[:, 2, 1] - turns[:, 1, 2], turns[:, 0, 2] - turns[:, 2, 0], turns[:, 1, 0] - turns[:, 0, 1]],
        -1,
    )
    sine = np.linalg.norm(skew, axis=-1) / 2
    half_turn = turns + np.eye(3)
    best = np.argmax(np.linalg.norm(half_turn, axis=-2), axis=-1)
    column = np.take_along_axis(half_turn, best[:, None, None], -1)[..., 0]
    axis = np.where((sine > 1e-6)[:, None], skew, np.where((cosine < 0)[:, None], column, [1.0, 0.0, 0.0]))
    return axis / np.linalg.norm(axis, axis=-1, keepdims=True), np.arctan2(sine, cosine)


def between(a: Array, b: Array, weight: float) -> Array:
    """Rotations on the shortest way from ``a`` (weight 0) to ``b`` (weight 1), shape (n, 3, 3) each."""
    axis, angle = _axis(np.swapaxes(a, -1, -2) @ b)
    k = np.zeros((len(axis), 3, 3))
    k[:, 0, 1], k[:, 0, 2], k[:, 1, 2] = -axis[:, 2], axis[:, 1], -axis[:, 0]
    k = k - np.swapaxes(k, -1, -2)
    part = (angle * weight)[:, None, None]
    return np.asarray(a @ (np.eye(3) + np.sin(part) * k + (1 - np.cos(part)) * (k @ k)))
