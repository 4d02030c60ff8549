"""The tempo bar at the left edge: a level that rises and sinks, to move along with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from repcount.core.guide import Part
from repcount.sinks.layout import Box
from repcount.sinks.palette import BLUE, INK, ORANGE, PAPER, SLATE
from repcount.sinks.text import BOLD, CAP_HEIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Beat
    from repcount.sinks.brush import Brush

WORDS: Final[Mapping[Part, str]] = MappingProxyType(
    {Part.UP: "Go", Part.HOLD: "Hold", Part.DOWN: "Back", Part.WAIT: "Wait"}
)
_WIDTH, _HEIGHT, _TRACK, _WORD = 14.0, 33.0, 5.0, 4.2  # units
_BELOW_CARD: Final = 30.0
_OPACITY: Final = 0.72


def draw_tempo(image: NDArray[np.uint8], beat: Beat | None, brush: Brush) -> None:
    """Paint the bar, below the count."""
    if beat is None:
        return
    px, font = brush.layout.px, brush.font
    below_px = brush.layout.size_px[1] - px(4.2) - px(_HEIGHT)
    top_px = px(_BELOW_CARD) if brush.layout.portrait else below_px
    box = Box(px(2), top_px, px(_WIDTH), px(_HEIGHT)).clipped(brush.layout.size_px)
    brush.panels.paint(image, box, px(2), INK, _OPACITY)
    word, size_px = WORDS[beat.part], px(_WORD)
    word_x_px = box.x_px + (box.width_px - font.width_px(word, size_px, BOLD)) // 2
    base_px = box.bottom_px - px(2)
    font.draw(image, word, (word_x_px, base_px), size_px, PAPER, BOLD)
    track = Box(
        box.x_px + (box.width_px - px(_TRACK)) // 2,
        box.y_px + px(2),
        px(_TRACK),
        base_px - round(size_px * CAP_HEIGHT) - px(4) - box.y_px,
    )
    colour = BLUE if beat.part is Part.HOLD else ORANGE
    filled_px = round(track.height_px * min(1.0, max(0.0, beat.level)))
    track.of(image)[:] = SLATE
    Box(track.x_px, track.bottom_px - filled_px, track.width_px, filled_px).of(image)[:] = colour
