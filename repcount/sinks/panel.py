"""Translucent grounds with round corners, blended into a region of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.sinks.layout import Box
    from repcount.sinks.palette import Colour

_FINE = 4
"""How many times finer the corners are cut than pixels."""


@dataclass(frozen=True, eq=False)
class _Corner:
    """One corner of a ground: where it lies, and how much of each pixel the ground and the picture have."""

    rows: slice
    columns: slice
    cover: NDArray[np.float32]
    rest: NDArray[np.float32]


class Panels:
    """Paints grounds and keeps those it has cut before."""

    def __init__(self) -> None:
        self._cut = lru_cache(maxsize=32)(_cut)

    def paint(
        self, image: NDArray[np.uint8], box: Box, radius_px: int, colour: Colour, opacity: float
    ) -> None:
        """Blend a round-cornered ground into the image; the box must lie inside the image."""
        ground, corners = self._cut(box.width_px, box.height_px, radius_px, colour, opacity)
        region = box.of(image)
        before = [region[each.rows, each.columns].copy() for each in corners]
        cv2.addWeighted(ground, opacity, region, 1 - opacity, 0, dst=region)
        for each, was in zip(corners, before, strict=True):
            part = np.ascontiguousarray(ground[each.rows, each.columns])
            region[each.rows, each.columns] = cv2.blendLinear(part, was, each.cover, each.rest)


def _cut(
    width_px: int, height_px: int, radius_px: int, colour: Colour, opacity: float
) -> tuple[NDArray[np.uint8], list[_Corner]]:
    side_px = min(radius_px, width_px // 2, height_px // 2)
    quarter = np.zeros((side_px * _FINE, side_px * _FINE), np.uint8)
    cv2.circle(quarter, (side_px * _FINE,) * 2, side_px * _FINE, 255, -1)
    cover = (cv2.resize(quarter, (side_px, side_px), interpolation=cv2.INTER_AREA) / 255 * opacity).astype(
        np.float32
    )
    corners = []
    for rows, upright in ((slice(0, side_px), cover), (slice(height_px - side_px, height_px), cover[::-1])):
        for columns, turned in (
            (slice(0, side_px), upright),
            (slice(width_px - side_px, width_px), upright[:, ::-1]),
        ):
            share = np.ascontiguousarray(turned)
            corners.append(_Corner(rows, columns, share, 1 - share))
    return np.full((height_px, width_px, 3), colour, np.uint8), corners
