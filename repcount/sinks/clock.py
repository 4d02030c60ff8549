"""The clock of a hold in the upper right corner: a ring that closes, with the seconds inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2

from repcount.sinks.palette import BLUE, INK, MIST, ORANGE, PAPER, SLATE
from repcount.sinks.text import BOLD, REGULAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.model import Snapshot
    from repcount.sinks.brush import Brush

_SHIFT: Final = 4
_SECONDS, _OF = 9.6, 3.0  # font sizes in units
_OPACITY: Final = 0.72
_TOP_DEG: Final = -90


def draw_clock(image: NDArray[np.uint8], snapshot: Snapshot, brush: Brush) -> None:
    """Paint the ring while a position is held; it changes colour and weight once that is long enough."""
    target_s = snapshot.progress.hold_target_s
    if snapshot.holding_s <= 0 or target_s <= 0:
        return
    box, px = brush.layout.ring(), brush.layout.px
    share = min(1.0, snapshot.holding_s / target_s)
    brush.panels.paint(image, box, box.width_px // 2, INK, _OPACITY)
    middle = (box.x_px + box.width_px // 2, box.y_px + box.height_px // 2)
    center = (middle[0] << _SHIFT, middle[1] << _SHIFT)
    radii = (round(box.width_px * 0.41) << _SHIFT,) * 2
    sweep_deg = _TOP_DEG + 360 * share
    cv2.ellipse(image, center, radii, 0, 0, 360, SLATE, px(0.8), cv2.LINE_AA, _SHIFT)
    colour = BLUE if share >= 1 else ORANGE
    cv2.ellipse(image, center, radii, 0, _TOP_DEG, sweep_deg, colour, px(1.8), cv2.LINE_AA, _SHIFT)
    seconds = str(int(snapshot.holding_s))
    _center(image, seconds, (middle[0], middle[1] + px(1.6)), px(_SECONDS), True, brush)
    _center(image, f"of {target_s:g} s", (middle[0], middle[1] + px(5.4)), px(_OF), False, brush)


def _center(
    image: NDArray[np.uint8], text: str, at_px: tuple[int, int], size_px: int, strong: bool, brush: Brush
) -> None:
    """Put a line with the middle of its baseline there."""
    weight, colour = (BOLD, PAPER) if strong else (REGULAR, MIST)
    left_px = at_px[0] - brush.font.width_px(text, size_px, weight) // 2
    brush.font.draw(image, text, (left_px, at_px[1]), size_px, colour, weight)
