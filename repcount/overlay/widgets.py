"""What pictures are put together from: lines of text on a panel, rings that fill, and the tempo bar."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.guide import Part
from repcount.overlay.canvas import (
    BLUE,
    BOLD,
    CAP_HEIGHT,
    INK,
    MIST,
    ORANGE,
    PAPER,
    REGULAR,
    SLATE,
    Box,
    Colour,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Beat
    from repcount.overlay.canvas import PaintTools


OPACITY: Final = 0.8
_PAD: Final = 3.0
_LEADING: Final = 0.62  # share of the mean font size between the foot of one line and the head of the next
_SHIFT: Final = 4
_TOP_DEG: Final = -90
_TEMPO_OPACITY: Final = 0.72
_WIDTH, _HEIGHT, _TRACK, _WORD_SIZE = 14.0, 33.0, 5.0, 4.2  # of the tempo bar, units
_BELOW_CARD: Final = 30.0


@dataclass(frozen=True)
class Line:
    """One line; ``size`` is its font size in units."""

    text: str
    size: float
    colour: Colour = PAPER
    weight: int = BOLD


def wrapped(text: str, line: Line, width_px: int, tools: PaintTools, most: int = 4) -> list[Line]:
    """The text broken to a width, smaller where it would need more lines than there may be."""
    size = line.size
    while True:
        rows = tools.font.wrap(text, width_px, tools.layout.px(size), line.weight)
        wide = any(tools.font.width_px(row, tools.layout.px(size), line.weight) > width_px for row in rows)
        if (len(rows) <= most and not wide) or size < 0.5 * line.size:
            return [Line(row, size, line.colour, line.weight) for row in rows[:most]]
        size *= 0.9


def size_of(lines: Iterable[Line], tools: PaintTools) -> tuple[int, int]:
    """Width and height of lines below each other."""
    px, font, rows = tools.layout.px, tools.font, list(lines)
    width_px = max((font.width_px(row.text, px(row.size), row.weight) for row in rows), default=0)
    height_px = sum(round(px(row.size) * CAP_HEIGHT) for row in rows)
    return width_px, height_px + sum(_gaps(rows, tools))


def _gaps(rows: list[Line], tools: PaintTools) -> list[int]:
    """What is free above each line, pixels: none above the first, more below a larger one."""
    sizes = [tools.layout.px(row.size) for row in rows]
    return [0, *(round(_LEADING * (a + b) / 2) for a, b in itertools.pairwise(sizes))][: len(rows)]


def draw_lines(
    image: NDArray[np.uint8], lines: Iterable[Line], box: Box, tools: PaintTools, *, centred: bool = True
) -> None:
    """Paint lines from the upper edge of a box on."""
    rows, y_px = list(lines), box.y_px
    for row, gap_px in zip(rows, _gaps(rows, tools), strict=True):
        size_px = tools.layout.px(row.size)
        y_px += gap_px + round(size_px * CAP_HEIGHT)
        free_px = box.width_px - tools.font.width_px(row.text, size_px, row.weight)
        x_px = box.x_px + (free_px // 2 if centred else 0)
        tools.font.draw(image, row.text, (x_px, y_px), size_px, row.colour, row.weight)


def padded(size_px: tuple[int, int], tools: PaintTools) -> tuple[int, int]:
    """Width and height with the rim of a panel."""
    rim_px = 2 * tools.layout.px(_PAD)
    return size_px[0] + rim_px, size_px[1] + rim_px


def inner(box: Box, tools: PaintTools) -> Box:
    """A box without its rim."""
    rim_px = tools.layout.px(_PAD)
    return Box(
        box.x_px + rim_px,
        box.y_px + rim_px,
        max(0, box.width_px - 2 * rim_px),
        max(0, box.height_px - 2 * rim_px),
    )


def draw_panel(
    image: NDArray[np.uint8], lines: list[Line], box: Box, tools: PaintTools, background: Colour = INK
) -> None:
    """Paint lines on a panel."""
    tools.panels.paint(image, box, tools.layout.px(2.5), background, OPACITY if background is INK else 0.94)
    draw_lines(image, lines, inner(box, tools), tools)


def draw_sweep(
    image: NDArray[np.uint8],
    center_px: tuple[int, int],
    radius_px: int,
    share: float,
    colour: Colour,
    thick_px: int,
) -> None:
    """Paint the filled part of a ring, from its top on; of nothing OpenCV would paint a dot in the middle."""
    if share > 0:
        center, radii = (center_px[0] << _SHIFT, center_px[1] << _SHIFT), (radius_px << _SHIFT,) * 2
        until_deg = _TOP_DEG + 360 * min(1.0, share)
        cv2.ellipse(image, center, radii, 0, _TOP_DEG, until_deg, colour, thick_px, cv2.LINE_AA, _SHIFT)


def draw_ring(
    image: NDArray[np.uint8],
    box: Box,
    share: float,
    words: tuple[str, str],
    tools: PaintTools,
    colour: Colour = ORANGE,
) -> None:
    """Paint a ring into a box: filled to ``share``, with a large word inside and a small one below it."""
    side_px = min(box.width_px, box.height_px)
    middle = (box.x_px + box.width_px // 2, box.y_px + box.height_px // 2)
    radius_px = round(side_px * 0.43)
    draw_sweep(image, middle, radius_px, 1.0, SLATE, max(1, side_px // 22))
    draw_sweep(image, middle, radius_px, share, colour, max(2, side_px // 14))
    large_px, small_px = round(side_px * 0.44), round(side_px * 0.11)
    rise_px = round(side_px * 0.08) if words[1] else 0
    base_px = middle[1] + round(large_px * CAP_HEIGHT / 2) - rise_px
    centred(image, words[0], (middle[0], base_px), large_px, (PAPER, BOLD), tools)
    centred(image, words[1], (middle[0], base_px + round(small_px * 1.5)), small_px, (MIST, REGULAR), tools)


def centred(
    image: NDArray[np.uint8],
    text: str,
    at_px: tuple[int, int],
    size_px: int,
    look: tuple[Colour, int],
    tools: PaintTools,
) -> None:
    """Put a line with the middle of its baseline at ``at_px``; ``look`` is its colour and weight."""
    colour, weight = look
    left_px = at_px[0] - tools.font.width_px(text, size_px, weight) // 2
    tools.font.draw(image, text, (left_px, at_px[1]), size_px, colour, weight)


def draw_tempo(
    image: NDArray[np.uint8], beat: Beat | None, screen_words: Mapping[str, str], tools: PaintTools
) -> None:
    """Paint the bar at the side of the picture."""
    if beat is None:
        return
    px, font = tools.layout.px, tools.font
    below_px = tools.layout.size_px[1] - px(4.2) - px(_HEIGHT)
    top_px = px(_BELOW_CARD) if tools.layout.portrait else below_px
    box = Box(px(2), top_px, px(_WIDTH), px(_HEIGHT)).clipped(tools.layout.size_px)
    tools.panels.paint(image, box, px(2), INK, _TEMPO_OPACITY)
    word, size_px = screen_words[f"tempo_{beat.part.value}"], px(_WORD_SIZE)
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
