"""Boxes: what rooms, machines and chairs are made of, and what they hide from the camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from tools.figure.rotation import Array


class Material(IntEnum):
    """What a box is made of; the numbers are those of the room's shader."""

    FLOOR = 10
    WALL = 11
    MAT = 12
    PADDING = 13
    METAL = 14
    WOOD = 15
    PLANT = 16
    PICTURE = 17
    WINDOW = 18
    FABRIC = 19
    PAINT = 20


def _shifted(point: tuple[float, float, float], by_m: Array) -> tuple[float, float, float]:
    return (point[0] + float(by_m[0]), point[1] + float(by_m[1]), point[2] + float(by_m[2]))


@dataclass(frozen=True, eq=False)
class Box:
    """A box between two corners, metres.

    Attributes
    ----------
    turn : rotation of the box about ``pivot``.
    rides : whether it moves with the act's moving part (the press's plate).
    backdrop : whether it is part of the room's shell, behind everything.
    """

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    material: Material
    turn: Array | None = None
    pivot: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rides: bool = False
    backdrop: bool = False

    def moved(self, by_m: Array) -> Box:
        """The same box elsewhere."""
        return replace(
            self,
            low=_shifted(self.low, by_m),
            high=_shifted(self.high, by_m),
            pivot=_shifted(self.pivot, by_m),
        )

    def corners(self) -> Array:
        """Its eight corners, shape (8, 3)."""
        low, high = self.low, self.high
        points = np.array(
            [[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
        )
        return points if self.turn is None else (points - self.pivot) @ self.turn.T + self.pivot

    def hides(self, eye: Array, points: Array) -> Array:
        """Whether it stands between the eye and each point, shape (n,), bool."""
        start, ends = eye, points
        if self.turn is not None:
            start = (eye - self.pivot) @ self.turn + self.pivot
            ends = (points - self.pivot) @ self.turn + self.pivot
        way = ends - start
        with np.errstate(divide="ignore", invalid="ignore"):
            a, b = (np.array(self.low) - start) / way, (np.array(self.high) - start) / way
        enter, leave = np.nanmax(np.minimum(a, b), 1), np.nanmin(np.maximum(a, b), 1)
        return np.asarray((enter < leave) & (leave > 0) & (enter < 0.97))


def beside(forward: float, low: Sequence[float], high: Sequence[float], material: Material) -> Box:
    """A box given as (forwards, up, lateral) for someone who faces ``forward`` (-1 or 1 along x)."""
    xs = sorted((low[0] * forward, high[0] * forward))
    return Box((xs[0], low[1], low[2]), (xs[1], high[1], high[2]), material)
