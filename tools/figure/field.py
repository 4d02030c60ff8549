"""A signed distance field on a grid, to which rounded shapes are added, and its surface as triangles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.figure.rotation import Array, unit

Block = tuple[slice, slice, slice]


@dataclass(frozen=True, eq=False)
class Surface:
    """Triangles with a normal per corner: points and normals (n, 3) float32, triangles (m, 3) int32."""

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    triangles: NDArray[np.int32]


@dataclass(frozen=True)
class Section:
    """An ellipse across a limb, at a share of its length: radii and offsets in metres."""

    at: float
    lateral: float
    depth: float
    depth_offset: float = 0.0


def _smooth_min(a: Array, b: Array, k: float) -> Array:
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.asarray(np.minimum(a, b) - h * h * k / 4)


class Field:
    """Distance to the surface on a regular grid, negative inside.

    Parameters
    ----------
    low, high : corners of the grid, metres.
    step_m : distance of the grid's points.
    """

    def __init__(self, low: ArrayLike, high: ArrayLike, step_m: float) -> None:
        self.low, self.step_m = np.asarray(low, float), step_m
        self.shape = np.ceil((np.asarray(high) - self.low) / step_m).astype(int) + 1
        self._axes = [self.low[i] + step_m * np.arange(self.shape[i]) for i in range(3)]
        self._distance = np.full(self.shape, 0.15)

    def block(self, low: ArrayLike, high: ArrayLike, pad: float = 0.06) -> tuple[Block, list[Array]]:
        """The grid's points between two corners: their slices and sparse coordinates."""
        first = np.floor((np.asarray(low) - pad - self.low) / self.step_m).astype(int)
        last = np.ceil((np.asarray(high) + pad - self.low) / self.step_m).astype(int) + 1
        first, last = np.clip(first, 0, self.shape), np.clip(last, 0, self.shape)
        x, y, z = (slice(int(a), int(b)) for a, b in zip(first, last, strict=True))
        axes = [axis[s] for axis, s in zip(self._axes, (x, y, z), strict=True)]
        return (x, y, z), list(np.meshgrid(*axes, indexing="ij", sparse=True))

    def add(self, block: Block, distance: Array, smooth_m: float) -> None:
        """Join a shape; edges between the two are rounded over ``smooth_m``."""
        here = self._distance[block]
        if here.size:
            self._distance[block] = _smooth_min(here, distance, smooth_m)

    def cut(self, block: Block, distance: Array, smooth_m: float) -> None:
        """Take a shape away."""
        here = self._distance[block]
        if here.size:
            self._distance[block] = -_smooth_min(-here, distance, smooth_m)

    def cut_below(self, height_m: float) -> None:
        """Take everything below a height away, without rounding."""
        block, (_, y, _) = self.block((-9, -9, -9), (9, height_m + 0.02, 9), 0)
        self._distance[block] = np.maximum(self._distance[block], height_m - y)

    def ellipsoid(
        self, centre: ArrayLike, radii: ArrayLike, smooth_m: float = 0.02, carve: bool = False
    ) -> None:
        """An axis-parallel ellipsoid."""
        c, r = np.asarray(centre, float), np.asarray(radii, float)
        block, (x, y, z) = self.block(c - r.max(), c + r.max())
        p = ((x - c[0]), (y - c[1]), (z - c[2]))
        q = np.sqrt(sum((a / b) ** 2 for a, b in zip(p, r, strict=True)))
        slope = np.sqrt(sum((a / b**2) ** 2 for a, b in zip(p, r, strict=True)))
        (self.cut if carve else self.add)(block, q * (q - 1) / np.maximum(slope, 1e-6), smooth_m)

    def cone(
        self, ends: tuple[ArrayLike, ArrayLike], radii: tuple[float, float], smooth_m: float = 0.015
    ) -> None:
        """A rounded cone from end to end."""
        a, b = np.asarray(ends[0], float), np.asarray(ends[1], float)
        block, (x, y, z) = self.block(np.minimum(a, b) - max(radii), np.maximum(a, b) + max(radii))
        d = b - a
        t = np.clip(((x - a[0]) * d[0] + (y - a[1]) * d[1] + (z - a[2]) * d[2]) / (d @ d), 0, 1)
        off = (x - a[0] - t * d[0]) ** 2 + (y - a[1] - t * d[1]) ** 2 + (z - a[2] - t * d[2]) ** 2
        self.add(block, np.sqrt(off) - (radii[0] + (radii[1] - radii[0]) * t), smooth_m)

    def surface(self) -> Surface:
        """The surface, mirrored at x = 0 where the grid begins."""
        from skimage.measure import marching_cubes

        whole = np.concatenate([self._distance[:0:-1], self._distance], 0)
        low = self.low - [(self.shape[0] - 1) * self.step_m, 0, 0]
        points, faces, normals, _ = marching_cubes(  # type: ignore[no-untyped-call, unused-ignore]
            whole, 0.0, spacing=(self.step_m,) * 3, gradient_direction="ascent"
        )
        return Surface(
            (points + low).astype(np.float32), (-normals).astype(np.float32), faces[:, ::-1].astype(np.int32)
        )


@dataclass(frozen=True, eq=False)
class Limb:
    """A loft: elliptic sections on the way from ``start`` to ``end``.

    Attributes
    ----------
    lateral : direction of the sections' first radius.
    power : 2 for ellipses, more for rounder boxes.
    flat_ends : whether the loft ends in a plane instead of a rounded cap.
    """

    start: Array
    end: Array
    sections: Sequence[Section]
    lateral: tuple[float, float, float] = (1, 0, 0)
    power: float = 2.0
    flat_ends: bool = True

    def clothed(self, grow_m: float, first: float, last: float) -> Limb:
        """A sleeve around a stretch of this limb."""
        ats = np.array([s.at for s in self.sections])
        inner = [s for s in self.sections if first < s.at < last]
        rows = [self._section(ats, first), *inner, self._section(ats, last)]
        grown = [Section(s.at, s.lateral + grow_m, s.depth + grow_m, s.depth_offset) for s in rows]
        return Limb(self.start, self.end, grown, self.lateral, self.power)

    def _section(self, ats: Array, at: float) -> Section:
        pick = [
            np.interp(at, ats, [getattr(s, f) for s in self.sections])
            for f in ("lateral", "depth", "depth_offset")
        ]
        return Section(at, *(float(p) for p in pick))

    def add_to(self, field: Field, smooth_m: float) -> None:
        """Join this limb to a field."""
        from scipy.interpolate import PchipInterpolator

        table = np.array([(s.at, s.lateral, s.depth, s.depth_offset) for s in self.sections])
        way = self.end - self.start
        length = float(np.linalg.norm(way))
        u = way / length
        side = np.asarray(self.lateral, float)
        side = unit(side - (side @ u) * u)
        depth = np.cross(side, u)
        depth = depth if depth[2] >= 0 else -depth
        first, last = self.start + way * table[0, 0], self.start + way * table[-1, 0]
        margin = table[:, 1:3].max() + np.abs(table[:, 3]).max()
        block, (x, y, z) = field.block(np.minimum(first, last) - margin, np.maximum(first, last) + margin)
        x, y, z = x - self.start[0], y - self.start[1], z - self.start[2]
        t = (x * u[0] + y * u[1] + z * u[2]) / length
        inside = np.clip(t, table[0, 0], table[-1, 0])
        radius_a, radius_b, offset = PchipInterpolator(table[:, 0], table[:, 1:4])(inside).transpose(
            3, 0, 1, 2
        )
        across = (x * side[0] + y * side[1] + z * side[2]) / radius_a
        deep = (x * depth[0] + y * depth[1] + z * depth[2] - offset) / radius_b
        q = (np.abs(across) ** self.power + np.abs(deep) ** self.power) ** (1 / self.power)
        distance = (q - 1) * np.minimum(radius_a, radius_b)
        beyond = np.abs(t - inside) * length
        cap = np.maximum(distance, beyond)
        if not self.flat_ends:
            cap = np.sqrt(np.maximum(distance, 0) ** 2 + beyond**2)
        ended = np.where(beyond > 0, cap, distance)
        field.add(block, ended, smooth_m)
