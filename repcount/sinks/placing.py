"""The picture of the right camera place: how the person looks in it, and from where that is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.placement import Placement, Posture
from repcount.sinks.layout import Box
from repcount.sinks.lines import OPACITY, Line, draw_lines, inner, padded, size_of
from repcount.sinks.palette import INK, MIST, ORANGE, PAPER, SLATE
from repcount.sinks.text import REGULAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.sinks.brush import Brush

Point = tuple[float, float]

_SHIFT: Final = 4
_SIZE: Final = (27.0, 17.0)  # of the viewfinder, in units
_HEAD: Final = 0.075

_FIGURES: Final[Mapping[Posture, tuple[Point, tuple[tuple[Point, ...], ...], tuple[Point, ...]]]] = (
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


def draw_placing(image: NDArray[np.uint8], placement: Placement, beside: Box, brush: Brush) -> None:
    """Paint it into the upper right corner; below what stands in the left one where that is in its way."""
    px = brush.layout.px
    lines = [Line(placement.where, 3.3), Line(placement.distance, 3.3, MIST, REGULAR)]
    text, view = size_of(lines, brush), (px(_SIZE[0]), px(_SIZE[1]))
    gap_px = px(2.2)
    width_px, height_px = padded((max(text[0], view[0]), view[1] + gap_px + text[1]), brush)
    x_px = brush.layout.size_px[0] - px(2) - width_px
    y_px = px(2) if beside.right_px + px(1) <= x_px else beside.bottom_px + px(1)
    box = Box(x_px, y_px, width_px, height_px).clipped(brush.layout.size_px)
    brush.panels.paint(image, box, px(2), INK, OPACITY)
    room = inner(box, brush)
    finder = Box(room.x_px + (room.width_px - view[0]) // 2, room.y_px, *view)
    _draw_finder(image, finder, brush)
    _draw_figure(image, finder, placement.posture, brush)
    draw_lines(image, lines, Box(room.x_px, finder.bottom_px + gap_px, room.width_px, text[1]), brush)


def _draw_finder(image: NDArray[np.uint8], box: Box, brush: Brush) -> None:
    """Paint the four corners of a viewfinder."""
    arm_px, line_px = brush.layout.px(3), brush.layout.px(0.5)
    for x, inward in ((box.x_px, 1), (box.right_px, -1)):
        for y, down in ((box.y_px, 1), (box.bottom_px, -1)):
            cv2.line(image, (x, y), (x + inward * arm_px, y), MIST, line_px, cv2.LINE_AA)
            cv2.line(image, (x, y), (x, y + down * arm_px), MIST, line_px, cv2.LINE_AA)


def _draw_figure(image: NDArray[np.uint8], box: Box, posture: Posture, brush: Brush) -> None:
    """Paint the little person on the floor."""
    head, limbs, leg = _FIGURES[posture]
    rim_px = brush.layout.px(2)
    scale_px = box.height_px - 2 * rim_px
    across_px = min(box.width_px - 2 * rim_px, round(1.7 * scale_px))
    left_px = box.x_px + (box.width_px - across_px) // 2

    def at(point: Point) -> tuple[int, int]:
        x_px, y_px = left_px + point[0] * across_px, box.bottom_px - rim_px - point[1] * scale_px
        return round(x_px * (1 << _SHIFT)), round(y_px * (1 << _SHIFT))

    floor = at((-0.02, -0.02)), at((1.02, -0.02))
    cv2.line(image, *floor, SLATE, brush.layout.px(0.5), cv2.LINE_AA, _SHIFT)
    for points, colour in (*((limb, PAPER) for limb in limbs), (leg, ORANGE)):
        for start, end in itertools.pairwise(points):
            cv2.line(image, at(start), at(end), colour, brush.layout.px(1.5), cv2.LINE_AA, _SHIFT)
    radius = round(_HEAD * scale_px * 1.35 * (1 << _SHIFT))
    cv2.circle(image, at(head), radius, PAPER, -1, cv2.LINE_AA, _SHIFT)
