"""The banner with the cue of the moment: dark on orange, large, at most three lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repcount.sinks.palette import INK, ORANGE
from repcount.sinks.text import BOLD, CAP_HEIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.model import Snapshot
    from repcount.sinks.brush import Brush

_SIZE: Final = 6.0
_LEADING: Final = 1.25
_LINES: Final = 3
_PAD: Final = 2.5
_OPACITY: Final = 0.94


def draw_banner(image: NDArray[np.uint8], snapshot: Snapshot, brush: Brush) -> None:
    """Paint the cue, where there is one."""
    if snapshot.cue is None:
        return
    px, font = brush.layout.px, brush.font
    room_px = brush.layout.cue_width_px() - 2 * px(_PAD)
    size_px, lines = _fit(snapshot.cue.text, room_px, brush)
    if not lines:
        return
    width_px = max(font.width_px(line, size_px, BOLD) for line in lines) + 2 * px(_PAD)
    cap_px, step_px = round(size_px * CAP_HEIGHT), round(size_px * _LEADING)
    height_px = 2 * px(_PAD) + cap_px + (len(lines) - 1) * step_px
    box = brush.layout.cue(width_px, height_px)
    brush.panels.paint(image, box, px(2), ORANGE, _OPACITY)
    for i, line in enumerate(lines):
        base_px = box.y_px + px(_PAD) + cap_px + i * step_px
        font.draw(image, line, (box.x_px + px(_PAD), base_px), size_px, INK, BOLD)


def _fit(text: str, room_px: int, brush: Brush) -> tuple[int, tuple[str, ...]]:
    """The largest size at which the text fits into the lines there are, and those lines."""
    for share in (1.0, 0.85, 0.7, 0.6, 0.5):
        size_px = brush.layout.px(_SIZE * share)
        lines = brush.font.wrap(text, room_px, size_px, BOLD)
        widest_px = max((brush.font.width_px(line, size_px, BOLD) for line in lines), default=0)
        if len(lines) <= _LINES and widest_px <= room_px:
            break
    return size_px, lines[:_LINES]
