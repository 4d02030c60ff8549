"""What every part of the overlay paints with: the layout, the panels and the font of one picture size.

The spacing unit is a ninetieth of the short side (8 px at 720 lines), so that all sizes keep their
proportion to the picture. The middle is left to the person.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


Colour = tuple[int, int, int]

INK: Final[Colour] = (13, 17, 23)
"""Grounds, casings and text on orange."""
NIGHT: Final[Colour] = (40, 46, 56)
"""The window beside the camera's picture: dark, and panels still stand out from it."""
PAPER: Final[Colour] = (255, 255, 255)
"""Text on dark, and the skeleton."""
MIST: Final[Colour] = (190, 200, 212)
"""Text of second rank."""
SLATE: Final[Colour] = (84, 94, 108)
"""Tracks that a bar or a ring has yet to fill."""
ORANGE: Final[Colour] = (255, 176, 32)
"""What is judged: the leg, its angles, progress, the cue."""
BLUE: Final[Colour] = (86, 190, 255)
"""What is achieved: a hold that has lasted."""


REGULAR: Final = 400
BOLD: Final = 600
CAP_HEIGHT: Final = 0.75
"""Height of a capital or digit as a share of the font size."""

_AROUND: Final = tuple((math.cos(turn * math.pi / 6), math.sin(turn * math.pi / 6)) for turn in range(12))
_FINE = 4
"""How many times finer the corners are cut than pixels."""


def _plain_zeros(text: str) -> str:
    """The text with zeros that have no slash: in OpenCV's face the letter O is as wide, and has none."""
    return text.replace("0", "O")


class Font:
    """One font face and the widths it has already measured."""

    def __init__(self, name: str = "sans") -> None:
        self._face = cv2.FontFace(name)
        self._measure = lru_cache(maxsize=512)(self._measure_px)

    def _measure_px(self, text: str, size_px: int, weight: int) -> int:
        _, _, width_px, _ = cv2.getTextSize((0, 0), _plain_zeros(text), (0, 0), self._face, size_px, weight)
        return int(width_px)

    def width_px(self, text: str, size_px: int, weight: int = REGULAR) -> int:
        """Width of one line."""
        return self._measure(text, size_px, weight)

    def draw(
        self,
        image: NDArray[np.uint8],
        text: str,
        at_px: tuple[int, int],
        size_px: int,
        colour: Colour,
        weight: int = REGULAR,
    ) -> None:
        """Put one line on the image; ``at_px`` is the left end of its baseline."""
        cv2.putText(image, _plain_zeros(text), at_px, colour, self._face, size_px, weight)

    def draw_outlined(
        self,
        image: NDArray[np.uint8],
        text: str,
        at_px: tuple[int, int],
        size_px: int,
        colour: Colour,
    ) -> None:
        """Put one bold line with a dark rim on the image, legible over any picture."""
        rim_px = max(1.0, size_px / 14)
        for x, y in _AROUND:
            rim_at_px = (at_px[0] + round(x * rim_px), at_px[1] + round(y * rim_px))
            self.draw(image, text, rim_at_px, size_px, INK, BOLD)
        self.draw(image, text, at_px, size_px, colour, BOLD)

    def wrap(self, text: str, width_px: int, size_px: int, weight: int = REGULAR) -> tuple[str, ...]:
        """Break the text between words: as few lines as fit the width, and those about as long as another."""
        lines = self._fill(text, width_px, size_px, weight)
        while len(lines) > 1:
            widest_px = self._widest(lines, size_px, weight)
            narrower = self._fill(text, widest_px - 1, size_px, weight)
            if len(narrower) > len(lines) or self._widest(narrower, size_px, weight) >= widest_px:
                break
            lines = narrower
        return lines

    def _widest(self, lines: tuple[str, ...], size_px: int, weight: int) -> int:
        return max(self.width_px(line, size_px, weight) for line in lines)

    def _fill(self, text: str, width_px: int, size_px: int, weight: int) -> tuple[str, ...]:
        """Lines filled with as many words as fit; a word that is wider stands alone."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_px(longer, size_px, weight) <= width_px:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)


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
