"""Translucent grounds with round corners, blended into a region of the picture."""

from __future__ import annotations

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


class Panels:
    """Paints grounds and keeps those it has cut before."""

    def __init__(self) -> None:
        self._cut = lru_cache(maxsize=32)(_cut)

    def paint(
        self, image: NDArray[np.uint8], box: Box, radius_px: int, colour: Colour, opacity: float
    ) -> None:
        """Blend a round-cornered ground into the image; the box must lie inside the image."""
        ground, cover, rest = self._cut(box.width_px, box.height_px, radius_px, colour, opacity)
        region = box.of(image)
        region[:] = cv2.blendLinear(ground, np.ascontiguousarray(region), cover, rest)


def _cut(
    width_px: int, height_px: int, radius_px: int, colour: Colour, opacity: float
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]:
    width, height, radius = (value * _FINE for value in (width_px, height_px, radius_px))
    shape = np.zeros((height, width), np.uint8)
    cv2.rectangle(shape, (radius, 0), (width - radius - 1, height), 255, -1)
    cv2.rectangle(shape, (0, radius), (width, height - radius - 1), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(shape, (x, y), radius, 255, -1)
    small = cv2.resize(shape, (width_px, height_px), interpolation=cv2.INTER_AREA)
    cover = (small / 255 * opacity).astype(np.float32)
    ground = np.full((height_px, width_px, 3), colour, np.uint8)
    return ground, cover, (1 - cover).astype(np.float32)
