"""The board beside the live picture: it never lies on the person. One number in a ring, one line beneath."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from repcount.overlay.canvas import (
    BOLD,
    CAP_HEIGHT,
    INK,
    MIST,
    PAPER,
    REGULAR,
    SLATE,
    Box,
    Colour,
    PaintTools,
)
from repcount.overlay.captions import Line, draw_lines, draw_panel, padded, size_of, wrapped
from repcount.overlay.indicators import draw_sweep

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.overlay.board_facts import BoardFacts

_WIDE, _TALL = 0.34, 0.42
"""Shares of the window that the board takes: of the width of a wide one, of the height of a tall one."""
_NUMBER, _LINE, _ABOUT, _TITLE, _HINT = 0.5, 8.0, 6.0, 6.2, 3.0  # of the ring; font sizes in units
_GAP: Final = 3.6  # units between two parts
_RING: Final = 0.46  # of the board's height at most
_SCALES: Final = (1.0, 0.9, 0.8, 0.7, 0.62, 0.54)  # of the texts, the first at which all fits


def board_box(size_px: tuple[int, int]) -> Box:
    """Where the board lies in a window: at the left of a wide one, at the foot of a tall one."""
    width_px, height_px = size_px
    if width_px >= height_px:
        return Box(0, 0, round(_WIDE * width_px), height_px)
    board_px = round(_TALL * height_px)
    return Box(0, height_px - board_px, width_px, board_px)


def scene_box(size_px: tuple[int, int]) -> Box:
    """What the board leaves to the camera's picture."""
    width_px, height_px = size_px
    board = board_box(size_px)
    if width_px >= height_px:
        return Box(board.right_px, 0, width_px - board.right_px, height_px)
    return Box(0, 0, width_px, board.y_px)


def draw_board(image: NDArray[np.uint8], facts: BoardFacts, tools: PaintTools) -> Box:
    """Paint the board into its own picture; return what is left free of it.

    Parameters
    ----------
    tools : of the board's size.
    """
    width_px, height_px = tools.layout.size_px
    rim_px = tools.layout.px(3)
    foot_px = _draw_hints(image, facts, tools)
    column = Box(rim_px, rim_px, width_px - 2 * rim_px, foot_px - rim_px)
    beside = width_px > height_px and bool(facts.number)
    if beside:  # number and words side by side
        side_px = min(round(0.46 * width_px), foot_px - rim_px)
        _draw_number(image, Box(rim_px, rim_px, side_px, side_px), facts, tools)
        left_px = 2 * rim_px + side_px
        column = Box(left_px, rim_px, width_px - rim_px - left_px, column.height_px)
    ring_px = 0 if beside or not facts.number else min(column.width_px, round(_RING * height_px))
    texts = _texts(facts, column, ring_px, tools)
    y_px = _stack(image, texts.title, column, rim_px, tools)
    if ring_px:
        ring_px = min(ring_px, column.height_px - texts.height_px)
        _draw_number(image, Box((width_px - ring_px) // 2, y_px, ring_px, ring_px), facts, tools)
        y_px += ring_px + tools.layout.px(_GAP)
    y_px = _stack(image, texts.of, column, y_px, tools)
    y_px = _draw_line(image, texts.line, facts.ground, column, y_px, tools)
    y_px = _stack(image, texts.about, column, y_px, tools)
    return Box(column.x_px, y_px, column.width_px, max(0, foot_px - y_px))


@dataclass(frozen=True)
class _Texts:
    """The lines of the board, and how high they are with what is free between them."""

    title: list[Line]
    of: list[Line]
    line: list[Line]
    about: list[Line]
    height_px: int


def _texts(facts: BoardFacts, column: Box, ring_px: int, tools: PaintTools) -> _Texts:
    """The lines at the largest size at which they fit with the ring; the ring gives way after that."""
    for scale in _SCALES:
        texts = _texts_at(scale, facts, column, tools)
        if texts.height_px + ring_px <= column.height_px:
            break
    return texts


def _texts_at(scale: float, facts: BoardFacts, column: Box, tools: PaintTools) -> _Texts:
    px, is_urgent = tools.layout.px, facts.ground != INK
    title: list[Line] = []
    for text, line in zip(
        facts.title, (Line("", _TITLE * scale), Line("", 0.7 * _TITLE * scale, MIST, REGULAR)), strict=False
    ):
        title += wrapped(text, line, column.width_px, tools, most=2)
    room_px = column.width_px - (2 * px(3) if is_urgent else 0)
    said = Line("", _LINE * scale, INK if is_urgent else PAPER)
    line_rows = wrapped(facts.line, said, room_px, tools, most=3) if facts.line else []
    of, about = (
        [
            row
            for text in texts
            for row in wrapped(text, Line("", _ABOUT * scale), column.width_px, tools, most=2)
        ]
        for texts in (facts.of, facts.about)
    )
    parts = [size_of(part, tools)[1] for part in (title, of, line_rows, about) if part]
    height_px = sum(parts) + px(_GAP) * (len(parts) + 1) + (2 * px(3) if is_urgent else 0)
    return _Texts(title, of, line_rows, about, height_px)


def _stack(image: NDArray[np.uint8], lines: list[Line], column: Box, y_px: int, tools: PaintTools) -> int:
    """Paint lines in the middle of a column; the row where the next may begin."""
    if not lines:
        return y_px
    height_px = size_of(lines, tools)[1]
    draw_lines(image, lines, Box(column.x_px, y_px, column.width_px, height_px), tools)
    return y_px + height_px + tools.layout.px(_GAP)


def _draw_number(image: NDArray[np.uint8], box: Box, facts: BoardFacts, tools: PaintTools) -> None:
    middle = (box.x_px + box.width_px // 2, box.y_px + box.height_px // 2)
    thick_px = max(2, box.width_px // 22)
    radius_px = box.width_px // 2 - thick_px
    if math.isfinite(facts.share):
        draw_sweep(image, middle, radius_px, 1.0, SLATE, thick_px // 2)
        draw_sweep(image, middle, radius_px, facts.share, facts.colour, thick_px)
    share = _NUMBER if len(facts.number) > 1 else 1.12 * _NUMBER
    size_px = round(share * box.width_px / CAP_HEIGHT)
    while tools.font.width_px(facts.number, size_px, BOLD) > 0.76 * box.width_px:
        size_px = round(0.94 * size_px)
    left_px = middle[0] - tools.font.width_px(facts.number, size_px, BOLD) // 2
    base_px = middle[1] + round(size_px * CAP_HEIGHT / 2)
    tools.font.draw(image, facts.number, (left_px, base_px), size_px, PAPER, BOLD)


def _draw_line(
    image: NDArray[np.uint8], lines: list[Line], ground: Colour, column: Box, y_px: int, tools: PaintTools
) -> int:
    """Paint what to do now, on a ground of its own where it is urgent; the row where the next may begin."""
    if ground == INK or not lines:
        return _stack(image, lines, column, y_px, tools)
    size = padded(size_of(lines, tools), tools)
    x_px = column.x_px + (column.width_px - size[0]) // 2
    box = Box(x_px, y_px, *size).clipped(tools.layout.size_px)
    draw_panel(image, lines, box, tools, ground)
    return box.bottom_px + tools.layout.px(_GAP)


def _draw_hints(image: NDArray[np.uint8], facts: BoardFacts, tools: PaintTools) -> int:
    """Paint keys and hands at the foot of the board; the row above them."""
    width_px, height_px = tools.layout.size_px
    rim_px = tools.layout.px(2)
    lines: list[Line] = []
    for text in facts.hints:
        lines += wrapped(text, Line("", _HINT, MIST, REGULAR), width_px - 2 * rim_px, tools, most=3)
    if not lines:
        return height_px - rim_px
    top_px = height_px - rim_px - size_of(lines, tools)[1]
    _stack(image, lines, Box(rim_px, top_px, width_px - 2 * rim_px, height_px - top_px), top_px, tools)
    return top_px - rim_px
