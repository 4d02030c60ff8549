"""Messages of a guided session: raised hands, a lost camera, the camera place."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.guide import Gesture, Placement, Posture
from repcount.overlay.canvas import INK, MIST, ORANGE, PAPER, REGULAR, SLATE, Box
from repcount.overlay.captions import OPACITY, Line, draw_lines, draw_panel, padded, size_of, wrapped
from repcount.overlay.indicators import draw_ring

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Guide
    from repcount.overlay.canvas import PaintTools


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


def draw_waiting(image: NDArray[np.uint8], text: str, words: Mapping[str, str], tools: PaintTools) -> None:
    """Paint why no picture comes: a text, or the key of one of the words."""
    room_px = round(0.75 * tools.layout.size_px[0])
    lines = [
        *wrapped(words["waiting_camera"], Line("", 6.4), room_px, tools, most=2),
        *wrapped(words.get(text, text), Line("", 3.8, MIST, REGULAR), room_px, tools, most=5),
    ]
    draw_panel(image, lines, tools.layout.middle(*padded(size_of(lines, tools), tools)), tools)


def draw_raised(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> None:
    """Paint a ring that closes while hands are up, at the head of the picture; the board has the words."""
    if guide.raised is None:
        return
    side_px = tools.layout.px(16)
    box = Box((tools.layout.size_px[0] - side_px) // 2, tools.layout.px(2), side_px, side_px).clipped(
        tools.layout.size_px
    )
    tools.panels.paint(image, box, box.width_px // 2, INK, OPACITY)
    number = "2" if guide.raised.gesture is Gesture.BOTH_HANDS else "1"
    draw_ring(image, box, guide.raised.share, (number, ""), tools)


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
