"""Where things stand on the picture: one spacing unit, and boxes in its corners.

The unit is a ninetieth of the short side (8 px at 720 lines), so that all sizes keep their
proportion to the picture. The middle is left to the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
