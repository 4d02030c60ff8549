"""Lines of text in a row below each other, on a ground of their own: the panels of the live picture."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from repcount.sinks.layout import Box
from repcount.sinks.palette import INK, PAPER, Colour
from repcount.sinks.text import BOLD, CAP_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from repcount.sinks.brush import Brush

OPACITY: Final = 0.8
_PAD: Final = 3.0
_LEADING: Final = 0.62  # share of the mean font size between the foot of one line and the head of the next


@dataclass(frozen=True)
class Line:
    """One line; ``size`` is its font size in units."""

    text: str
    size: float
    colour: Colour = PAPER
    weight: int = BOLD


def wrapped(text: str, line: Line, width_px: int, brush: Brush, most: int = 4) -> list[Line]:
    """The text broken to a width, smaller where it would need more lines than there may be."""
    size = line.size
    while True:
        rows = brush.font.wrap(text, width_px, brush.layout.px(size), line.weight)
        wide = any(brush.font.width_px(row, brush.layout.px(size), line.weight) > width_px for row in rows)
        if (len(rows) <= most and not wide) or size < 0.5 * line.size:
            return [Line(row, size, line.colour, line.weight) for row in rows[:most]]
        size *= 0.9


def size_of(lines: Iterable[Line], brush: Brush) -> tuple[int, int]:
    """Width and height of lines below each other."""
    px, font, rows = brush.layout.px, brush.font, list(lines)
    width_px = max((font.width_px(row.text, px(row.size), row.weight) for row in rows), default=0)
    height_px = sum(round(px(row.size) * CAP_HEIGHT) for row in rows)
    return width_px, height_px + sum(_gaps(rows, brush))


def _gaps(rows: list[Line], brush: Brush) -> list[int]:
    """What is free above each line, pixels: none above the first, more below a larger one."""
    sizes = [brush.layout.px(row.size) for row in rows]
    return [0, *(round(_LEADING * (a + b) / 2) for a, b in itertools.pairwise(sizes))][: len(rows)]


def draw_lines(
    image: NDArray[np.uint8], lines: Iterable[Line], box: Box, brush: Brush, *, centred: bool = True
) -> None:
    """Paint lines from the upper edge of a box on."""
    rows, y_px = list(lines), box.y_px
    for row, gap_px in zip(rows, _gaps(rows, brush), strict=True):
        size_px = brush.layout.px(row.size)
        y_px += gap_px + round(size_px * CAP_HEIGHT)
        free_px = box.width_px - brush.font.width_px(row.text, size_px, row.weight)
        x_px = box.x_px + (free_px // 2 if centred else 0)
        brush.font.draw(image, row.text, (x_px, y_px), size_px, row.colour, row.weight)


def padded(size_px: tuple[int, int], brush: Brush) -> tuple[int, int]:
    """Width and height with the rim of a panel."""
    rim_px = 2 * brush.layout.px(_PAD)
    return size_px[0] + rim_px, size_px[1] + rim_px


def inner(box: Box, brush: Brush) -> Box:
    """A box without its rim."""
    rim_px = brush.layout.px(_PAD)
    return Box(
        box.x_px + rim_px,
        box.y_px + rim_px,
        max(0, box.width_px - 2 * rim_px),
        max(0, box.height_px - 2 * rim_px),
    )


def draw_panel(
    image: NDArray[np.uint8], lines: list[Line], box: Box, brush: Brush, ground: Colour = INK
) -> None:
    """Paint lines on a ground."""
    brush.panels.paint(image, box, brush.layout.px(2.5), ground, OPACITY if ground is INK else 0.94)
    draw_lines(image, lines, inner(box, brush), brush)
