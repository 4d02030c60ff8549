"""The few colours of the overlay and its font: text measured, wrapped and put on a picture.

The colours are RGB and told apart with any colour vision, by brightness as well as hue: orange and blue of
Okabe and Ito, https://jfly.uni-koeln.de/color/; the rest are near-greys. The font is the TrueType one that
OpenCV carries in itself.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import cv2

if TYPE_CHECKING:
    import numpy as np
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


class Font:
    """One font face and the widths it has already measured."""

    def __init__(self, name: str = "sans") -> None:
        self._face = cv2.FontFace(name)
        self._measure = lru_cache(maxsize=512)(self._measure_px)

    def _measure_px(self, text: str, size_px: int, weight: int) -> int:
        _, _, width_px, _ = cv2.getTextSize((0, 0), text, (0, 0), self._face, size_px, weight)
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
        cv2.putText(image, text, at_px, colour, self._face, size_px, weight)

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
