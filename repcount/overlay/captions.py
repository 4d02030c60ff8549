"""Lines of text on a panel, and the banner with the cue of the moment."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from repcount.overlay.canvas import BOLD, CAP_HEIGHT, INK, ORANGE, PAPER, Box, Colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.records import Snapshot
    from repcount.overlay.canvas import PaintTools


OPACITY: Final = 0.8
_PAD: Final = 3.0
_LEADING: Final = 0.62  # share of the mean font size between the foot of one line and the head of the next
_CUE_SIZE: Final = 6.0
_CUE_LEADING: Final = 1.25
_CUE_LINES: Final = 3
_CUE_PAD: Final = 2.5
_CUE_OPACITY: Final = 0.94


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


def draw_banner(image: NDArray[np.uint8], snapshot: Snapshot, tools: PaintTools) -> None:
    """Paint the cue, where there is one."""
    if snapshot.cue is None:
        return
    px, font = tools.layout.px, tools.font
    room_px = tools.layout.cue_width_px() - 2 * px(_CUE_PAD)
    size_px, lines = _fit(snapshot.cue.text, room_px, tools)
    if not lines:
        return
    width_px = max(font.width_px(line, size_px, BOLD) for line in lines) + 2 * px(_CUE_PAD)
    cap_px, step_px = round(size_px * CAP_HEIGHT), round(size_px * _CUE_LEADING)
    height_px = 2 * px(_CUE_PAD) + cap_px + (len(lines) - 1) * step_px
    box = tools.layout.cue(width_px, height_px)
    tools.panels.paint(image, box, px(2), ORANGE, _CUE_OPACITY)
    for i, line in enumerate(lines):
        base_px = box.y_px + px(_CUE_PAD) + cap_px + i * step_px
        font.draw(image, line, (box.x_px + px(_CUE_PAD), base_px), size_px, INK, BOLD)


def _fit(text: str, room_px: int, tools: PaintTools) -> tuple[int, tuple[str, ...]]:
    """The largest size at which the text fits into the lines there are, and those lines."""
    for share in (1.0, 0.85, 0.7, 0.6, 0.5):
        size_px = tools.layout.px(_CUE_SIZE * share)
        lines = tools.font.wrap(text, room_px, size_px, BOLD)
        widest_px = max((tools.font.width_px(line, size_px, BOLD) for line in lines), default=0)
        if len(lines) <= _CUE_LINES and widest_px <= room_px:
            break
    return size_px, lines[:_CUE_LINES]
