"""A decoded picture made upright, with square pixels: what a player does before it shows one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

STRETCH_LIMIT = 4  # a pixel said to be longer than this is a mistake in the file, and taken as square


@dataclass(frozen=True)
class Orientation:
    """How stored pixels are turned to be upright: swap the axes, then mirror left-right and up-down."""

    swap: bool = False
    mirror_x: bool = False
    mirror_y: bool = False

    def size_px(self, stored_px: tuple[int, int]) -> tuple[int, int]:
        """Return (width, height) after turning."""
        width_px, height_px = stored_px
        return (height_px, width_px) if self.swap else (width_px, height_px)

    def turned(self, clockwise_deg: int) -> Orientation:
        """Return this orientation with so many degrees more, clockwise; whole quarters."""
        turn = self
        for _ in range(clockwise_deg // 90 % 4):
            turn = Orientation(not turn.swap, not turn.mirror_y, turn.mirror_x)
        return turn

    def apply(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the upright picture, contiguous, shape (height, width, 3)."""
        turned = image.swapaxes(0, 1) if self.swap else image
        turned = turned[:, ::-1] if self.mirror_x else turned
        turned = turned[::-1] if self.mirror_y else turned
        return np.ascontiguousarray(turned)


def orientation(matrix: NDArray[np.int32] | None) -> Orientation:
    """Return the turn that a display matrix asks for, to the nearest quarter.

    Parameters
    ----------
    matrix : the nine numbers a b u c d v x y w of an ISO media file, by which a stored point (x, y) is
        shown at (a x + c y, b x + d y); None where the file has none.
    """
    if matrix is None:
        return Orientation()
    a, b, c, d = (int(matrix[i]) for i in (0, 1, 3, 4))
    if abs(b) > abs(a):
        return Orientation(swap=True, mirror_x=c < 0, mirror_y=b < 0)
    return Orientation(mirror_x=a < 0, mirror_y=d < 0)


def square_size(stored_px: tuple[int, int], pixel_aspect: Fraction | None) -> tuple[int, int]:
    """Return the (width, height) at which pixels are square; the picture is enlarged, never reduced.

    Parameters
    ----------
    stored_px : (width, height) as stored.
    pixel_aspect : width of a pixel over its height; None or 0 where the file does not say.
    """
    width_px, height_px = stored_px
    if not pixel_aspect or not Fraction(1, STRETCH_LIMIT) <= pixel_aspect <= STRETCH_LIMIT:
        return stored_px
    if pixel_aspect > 1:
        return round(width_px * pixel_aspect), height_px
    return width_px, round(height_px / pixel_aspect)
