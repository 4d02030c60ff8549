"""A ring that closes with the seconds in it: countdown and rest, in the middle of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2

from repcount.sinks.layout import Box
from repcount.sinks.palette import INK, MIST, ORANGE, PAPER, SLATE, Colour
from repcount.sinks.text import BOLD, CAP_HEIGHT, REGULAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.sinks.brush import Brush

_SHIFT: Final = 4
_TOP_DEG: Final = -90


def draw_ring(
    image: NDArray[np.uint8],
    box: Box,
    share: float,
    words: tuple[str, str],
    brush: Brush,
    colour: Colour = ORANGE,
) -> None:
    """Paint a square's ring, closed to that share, with a large word in it and a small one below."""
    side_px = min(box.width_px, box.height_px)
    middle = (box.x_px + box.width_px // 2, box.y_px + box.height_px // 2)
    center = (middle[0] << _SHIFT, middle[1] << _SHIFT)
    radii = (round(side_px * 0.43) << _SHIFT,) * 2
    sweep_deg = _TOP_DEG + 360 * min(1.0, max(0.0, share))
    cv2.ellipse(image, center, radii, 0, 0, 360, SLATE, max(1, side_px // 22), cv2.LINE_AA, _SHIFT)
    cv2.ellipse(
        image, center, radii, 0, _TOP_DEG, sweep_deg, colour, max(2, side_px // 14), cv2.LINE_AA, _SHIFT
    )
    large_px, small_px = round(side_px * 0.44), round(side_px * 0.11)
    rise_px = round(side_px * 0.08) if words[1] else 0
    base_px = middle[1] + round(large_px * CAP_HEIGHT / 2) - rise_px
    _centred(image, words[0], (middle[0], base_px), large_px, (PAPER, BOLD), brush)
    _centred(image, words[1], (middle[0], base_px + round(small_px * 1.5)), small_px, (MIST, REGULAR), brush)


def draw_ringed_panel(
    image: NDArray[np.uint8], box: Box, share: float, words: tuple[str, str], brush: Brush
) -> None:
    """Paint the ring on a round dark ground."""
    brush.panels.paint(image, box, box.width_px // 2, INK, 0.72)
    draw_ring(image, box, share, words, brush)


def _centred(
    image: NDArray[np.uint8],
    text: str,
    at_px: tuple[int, int],
    size_px: int,
    look: tuple[Colour, int],
    brush: Brush,
) -> None:
    colour, weight = look
    left_px = at_px[0] - brush.font.width_px(text, size_px, weight) // 2
    brush.font.draw(image, text, (left_px, at_px[1]), size_px, colour, weight)
