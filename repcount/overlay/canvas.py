"""What every part of the overlay paints with: the layout, the panels and the font of one picture size.

The spacing unit is a ninetieth of the short side (8 px at 720 lines), so that all sizes keep their
proportion to the picture. The middle is left to the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from repcount.overlay.style import Font

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.overlay.style import Colour


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels."""

    x_px: int
    y_px: int
    width_px: int
    height_px: int

    @property
    def right_px(self) -> int:
        """The first column to the right of it."""
        return self.x_px + self.width_px

    @property
    def bottom_px(self) -> int:
        """The first row below it."""
        return self.y_px + self.height_px

    def of(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """View of the part of the image that lies inside."""
        return image[self.y_px : self.bottom_px, self.x_px : self.right_px]

    def clipped(self, size_px: tuple[int, int]) -> Box:
        """The part that lies inside a picture of that size."""
        left, top = max(0, self.x_px), max(0, self.y_px)
        right, bottom = min(size_px[0], self.right_px), min(size_px[1], self.bottom_px)
        return Box(left, top, max(0, right - left), max(0, bottom - top))


@dataclass(frozen=True)
class Layout:
    """The grid of one picture size; a ``scale`` above 1 makes all that is laid out larger."""

    size_px: tuple[int, int]
    scale: float = 1.0

    @cached_property
    def unit_px(self) -> float:
        """The spacing unit."""
        return self.scale * min(self.size_px) / 90

    @property
    def portrait(self) -> bool:
        """Whether the picture is taller than wide."""
        return self.size_px[1] > self.size_px[0]

    def px(self, units: float) -> int:
        """So many units, at least one pixel."""
        return max(1, round(units * self.unit_px))

    def card(self, width_px: int, height_px: int) -> Box:
        """Top left: count, set and phase."""
        return Box(self.px(2), self.px(2), width_px, height_px).clipped(self.size_px)

    def ring(self) -> Box:
        """Top right: the clock of a hold."""
        side = self.px(23)
        return Box(self.size_px[0] - self.px(2) - side, self.px(2), side, side).clipped(self.size_px)

    def middle(self, width_px: int, height_px: int) -> Box:
        """In the middle of the picture."""
        x_px, y_px = (self.size_px[0] - width_px) // 2, (self.size_px[1] - height_px) // 2
        return Box(x_px, y_px, width_px, height_px).clipped(self.size_px)

    def foot(self, width_px: int, height_px: int) -> Box:
        """In the middle of the lower edge."""
        x_px = (self.size_px[0] - width_px) // 2
        return Box(x_px, self.size_px[1] - self.px(4.2) - height_px, width_px, height_px).clipped(
            self.size_px
        )

    def cue_width_px(self) -> int:
        """How wide a cue may be."""
        widest = self.size_px[0] - 2 * self.px(2)
        return widest if self.portrait else round(0.37 * self.size_px[0])

    def cue(self, width_px: int, height_px: int) -> Box:
        """Bottom right; in the middle of the lower edge of a tall picture."""
        free_px = self.size_px[0] - width_px
        x_px = free_px // 2 if self.portrait else free_px - self.px(2)
        y_px = self.size_px[1] - self.px(4.2 if self.portrait else 2) - height_px
        return Box(x_px, y_px, width_px, height_px).clipped(self.size_px)


_FINE = 4
"""How many times finer the corners are cut than pixels."""


@dataclass(frozen=True, eq=False)
class _Corner:
    """One corner of a panel: where it lies, and the shares of panel and picture in each pixel."""

    rows: slice
    columns: slice
    cover: NDArray[np.float32]
    rest: NDArray[np.float32]


class Panels:
    """Paints translucent panels with round corners, and keeps those it has made before."""

    def __init__(self) -> None:
        self._cut = lru_cache(maxsize=32)(_cut)

    def paint(
        self, image: NDArray[np.uint8], box: Box, radius_px: int, colour: Colour, opacity: float
    ) -> None:
        """Blend a panel into the image; the box must lie inside the image."""
        panel, corners = self._cut(box.width_px, box.height_px, radius_px, colour, opacity)
        region = box.of(image)
        before = [region[each.rows, each.columns].copy() for each in corners]
        cv2.addWeighted(panel, opacity, region, 1 - opacity, 0, dst=region)
        for each, was in zip(corners, before, strict=True):
            part = np.ascontiguousarray(panel[each.rows, each.columns])
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


@dataclass(frozen=True, eq=False)
class PaintTools:
    """Tools that keep what they have rendered before."""

    layout: Layout
    font: Font
    panels: Panels

    @classmethod
    def of(cls, size_px: tuple[int, int], scale: float = 1.0) -> PaintTools:
        """Tools for pictures of that size; a ``scale`` above 1 makes all that is painted larger."""
        return cls(Layout(size_px, scale), Font(), Panels())
