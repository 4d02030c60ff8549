"""The board beside the live picture: it never lies on the person. One number in a ring, one line beneath."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.guide import Placement, Posture
from repcount.overlay.canvas import (
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
    PaintTools,
)
from repcount.overlay.widgets import Line, draw_lines, draw_panel, draw_sweep, padded, size_of, wrapped

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
_Point = tuple[float, float]
_SHIFT: Final = 4
_FINDER_SHAPE: Final = 17 / 27  # of the viewfinder, height over width
_HEAD: Final = 0.075
_FIGURES: Final[Mapping[Posture, tuple[_Point, tuple[tuple[_Point, ...], ...], tuple[_Point, ...]]]] = (
    MappingProxyType(
        {
            Posture.STANDING: (
                (0.5, 0.86),
                (((0.5, 0.74), (0.5, 0.42)), ((0.5, 0.7), (0.45, 0.55), (0.48, 0.42))),
                ((0.5, 0.42), (0.52, 0.22), (0.5, 0.04), (0.58, 0.03)),
            ),
            Posture.SUPINE: (
                (0.09, 0.17),
                (
                    ((0.18, 0.12), (0.48, 0.1)),
                    ((0.2, 0.1), (0.4, 0.06)),
                    ((0.48, 0.1), (0.64, 0.4), (0.72, 0.05), (0.79, 0.04)),
                ),
                ((0.48, 0.1), (0.7, 0.25), (0.92, 0.4), (0.92, 0.5)),
            ),
            Posture.PRONE: (
                (0.09, 0.14),
                (((0.18, 0.12), (0.48, 0.12)), ((0.2, 0.1), (0.12, 0.04), (0.22, 0.03))),
                ((0.48, 0.12), (0.72, 0.08), (0.7, 0.44), (0.63, 0.48)),
            ),
            Posture.SEATED: (
                (0.24, 0.8),
                (
                    ((0.28, 0.66), (0.38, 0.3)),
                    ((0.28, 0.6), (0.36, 0.42), (0.46, 0.36)),
                    ((0.2, 0.62), (0.32, 0.2), (0.5, 0.2)),
                ),
                ((0.38, 0.3), (0.6, 0.52), (0.8, 0.4), (0.83, 0.5)),
            ),
        }
    )
)
"""Head, other limbs, and the leg that works: shares of the viewfinder, from its lower left corner."""


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


def draw_camera_placement(
    image: NDArray[np.uint8], placement: Placement, room: Box, tools: PaintTools
) -> None:
    """Paint the right camera place into what the board has left, if there is room for it."""
    lines = [Line(placement.where, 4.4), Line(placement.distance, 4.0, MIST, REGULAR)]
    text, gap_px = size_of(lines, tools), tools.layout.px(2.2)
    high_px = min(room.height_px - gap_px - text[1], round(room.width_px * _FINDER_SHAPE))
    if high_px < tools.layout.px(8):
        return
    wide_px = round(high_px / _FINDER_SHAPE)
    finder = Box(room.x_px + (room.width_px - wide_px) // 2, room.y_px, wide_px, high_px)
    _draw_finder(image, finder, tools)
    _draw_figure(image, finder, placement.posture, tools)
    draw_lines(image, lines, Box(room.x_px, finder.bottom_px + gap_px, room.width_px, text[1]), tools)


def _draw_finder(image: NDArray[np.uint8], box: Box, tools: PaintTools) -> None:
    """Paint the four corners of a viewfinder."""
    arm_px, line_px = tools.layout.px(3), tools.layout.px(0.5)
    for x, inward in ((box.x_px, 1), (box.right_px, -1)):
        for y, down in ((box.y_px, 1), (box.bottom_px, -1)):
            cv2.line(image, (x, y), (x + inward * arm_px, y), MIST, line_px, cv2.LINE_AA)
            cv2.line(image, (x, y), (x, y + down * arm_px), MIST, line_px, cv2.LINE_AA)


def _draw_figure(image: NDArray[np.uint8], box: Box, posture: Posture, tools: PaintTools) -> None:
    """Paint the little person on the floor."""
    head, limbs, leg = _FIGURES[posture]
    rim_px = tools.layout.px(2)
    scale_px = box.height_px - 2 * rim_px
    across_px = min(box.width_px - 2 * rim_px, round(1.7 * scale_px))
    left_px = box.x_px + (box.width_px - across_px) // 2

    def at(point: _Point) -> tuple[int, int]:
        x_px, y_px = left_px + point[0] * across_px, box.bottom_px - rim_px - point[1] * scale_px
        return round(x_px * (1 << _SHIFT)), round(y_px * (1 << _SHIFT))

    floor = at((-0.02, -0.02)), at((1.02, -0.02))
    cv2.line(image, *floor, SLATE, tools.layout.px(0.5), cv2.LINE_AA, _SHIFT)
    for points, colour in (*((limb, PAPER) for limb in limbs), (leg, ORANGE)):
        for start, end in itertools.pairwise(points):
            cv2.line(image, at(start), at(end), colour, tools.layout.px(1.5), cv2.LINE_AA, _SHIFT)
    radius = round(_HEAD * scale_px * 1.35 * (1 << _SHIFT))
    cv2.circle(image, at(head), radius, PAPER, -1, cv2.LINE_AA, _SHIFT)
