"""Messages of a guided session: countdown, rest, pause, summary, a lost camera, the camera place."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.guide import Gesture, Placement, Posture
from repcount.overlay.canvas import BLUE, INK, MIST, ORANGE, PAPER, REGULAR, SLATE, Box
from repcount.overlay.captions import OPACITY, Line, draw_lines, draw_panel, inner, padded, size_of, wrapped
from repcount.overlay.indicators import draw_ring, draw_ringed_panel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Achieved, Guide
    from repcount.overlay.canvas import PaintTools


_COUNTDOWN, _REST = 32.0, 34.0  # sides of the rings in units
_START_S: Final = 3.0
_SIZES: Final = (5.0, 4.4, 4.0, 3.6, 3.2, 2.8)  # of a row, the first that fits
_ROWS: Final = 6  # exercises that a summary has room for
_Point = tuple[float, float]
_SHIFT: Final = 4
_FINDER_SIZE: Final = (27.0, 17.0)  # of the viewfinder, in units
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


def draw_countdown(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> None:
    """Paint the seconds before a set, large."""
    if math.isfinite(guide.countdown_s):
        side_px = tools.layout.px(_COUNTDOWN)
        share = guide.countdown_s / max(_START_S, guide.countdown_s)
        box = tools.layout.middle(side_px, side_px)
        draw_ringed_panel(image, box, share, (str(math.ceil(guide.countdown_s)), ""), tools)


def draw_rest(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> None:
    """Paint how long the rest still is, and what comes next."""
    left_s = guide.rest_left_s if math.isfinite(guide.rest_left_s) else 0.0
    lines = [Line("Rest", 6.4)]
    after = [Line("Next", 3.6, MIST, REGULAR), Line(guide.next_up, 5.6)] if guide.next_up else []
    head, foot, side_px = size_of(lines, tools), size_of(after, tools), tools.layout.px(_REST)
    gap_px = tools.layout.px(2.5)
    size = max(head[0], foot[0], side_px), head[1] + side_px + foot[1] + 2 * gap_px
    box = tools.layout.middle(*padded(size, tools))
    tools.panels.paint(image, box, tools.layout.px(2.5), INK, OPACITY)
    room = inner(box, tools)
    draw_lines(image, lines, room, tools)
    ring = Box(room.x_px, room.y_px + head[1] + gap_px, room.width_px, side_px)
    share = left_s / guide.rest_s if guide.rest_s > 0 else 0.0
    draw_ring(image, ring, share, (str(math.ceil(left_s)), "seconds"), tools, BLUE)
    draw_lines(image, after, Box(room.x_px, ring.bottom_px + gap_px, room.width_px, foot[1]), tools)


def draw_pause(image: NDArray[np.uint8], tools: PaintTools, gestures: bool = True) -> None:
    """Paint that nothing is counted, and how to go on."""
    how = "Raise one hand or press the space bar to go on" if gestures else "Press the space bar to go on"
    room_px = round(0.8 * tools.layout.size_px[0])
    lines = [Line("Paused", 11.0), *wrapped(how, Line("", 4.2, MIST, REGULAR), room_px, tools, most=3)]
    draw_panel(image, lines, tools.layout.middle(*padded(size_of(lines, tools), tools)), tools)


def draw_waiting(image: NDArray[np.uint8], text: str, tools: PaintTools) -> None:
    """Paint why no picture comes, low enough for the count above."""
    room_px = round(0.75 * tools.layout.size_px[0])
    lines = [
        *wrapped("Waiting for the camera", Line("", 6.4), room_px, tools, most=2),
        *wrapped(text, Line("", 3.8, MIST, REGULAR), room_px, tools, most=5),
    ]
    draw_panel(image, lines, tools.layout.foot(*padded(size_of(lines, tools), tools)), tools)


def draw_raised(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> None:
    """Paint a ring that closes while hands are up."""
    if guide.raised is None:
        return
    both = guide.raised.gesture is Gesture.BOTH_HANDS
    line = Line("Ending the set" if both else "Pause", 5.0)
    width_px, height_px = size_of([line], tools)
    side_px, gap_px = tools.layout.px(11), tools.layout.px(2)
    box = tools.layout.foot(*padded((side_px + gap_px + width_px, side_px), tools))
    tools.panels.paint(image, box, tools.layout.px(2.5), INK, OPACITY)
    room = inner(box, tools)
    ring = Box(room.x_px, room.y_px, side_px, side_px)
    draw_ring(image, ring, guide.raised.share, ("2" if both else "1", ""), tools)
    text = Box(ring.right_px + gap_px, room.y_px + (side_px - height_px) // 2, width_px, height_px)
    draw_lines(image, [line], text, tools)


def draw_summary(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> None:
    """Paint what was achieved: one exercise a row, on a tall picture in two."""
    rows = [facts_of(each) for each in guide.achieved[:_ROWS]]
    head = [Line("Well done" if any(each.counted for each in guide.achieved) else "The end", 8.0)]
    gap_px = tools.layout.px(4)
    columns = _columns(rows, tools)
    sizes = [size_of(column, tools) for column in columns]
    title_px, head_px = size_of(head, tools)
    list_px = max((height for _, height in sizes), default=0)
    width_px = max(sum(width for width, _ in sizes) + gap_px * (len(columns) - 1), title_px)
    below_px = list_px + gap_px if rows else 0
    box = tools.layout.middle(*padded((width_px, head_px + below_px), tools))
    tools.panels.paint(image, box, tools.layout.px(2.5), INK, 0.86)
    room = inner(box, tools)
    draw_lines(image, head, room, tools, centred=not rows)
    top_px = room.y_px + head_px + gap_px
    for number, (column, (column_px, _)) in enumerate(zip(columns, sizes, strict=True)):
        x_px = room.right_px - column_px if number else room.x_px
        draw_lines(image, column, Box(x_px, top_px, column_px, list_px), tools, centred=False)


def _columns(rows: list[tuple[str, str]], tools: PaintTools) -> list[list[Line]]:
    """Names and facts beside each other, or on a tall picture below; as large as there is room for."""
    room_px = tools.layout.size_px[0] - tools.layout.px(14)
    for size in _SIZES:
        names = [Line(name, size) for name, _ in rows]
        facts = [Line(fact, size, ORANGE) for _, fact in rows]
        columns = [names, facts]
        if tools.layout.portrait:
            columns = [[line for pair in zip(names, facts, strict=True) for line in pair]]
        if sum(size_of(column, tools)[0] for column in columns) <= room_px:
            break
    return columns


def facts_of(each: Achieved) -> tuple[str, str]:
    """Name and facts of one exercise."""
    if each.hold_s > 0:
        done = f"{_many(each.counted, 'hold')} in {each.hold_s:.0f} s"
    else:
        done = _many(each.counted, "rep")
    return each.title, f"{done} · {each.sets_done} of {_many(each.sets, 'set')}" if each.sets else done


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def draw_camera_placement(
    image: NDArray[np.uint8], placement: Placement, beside: Box, tools: PaintTools
) -> None:
    """Paint the right camera place in the upper right corner, or below ``beside`` where there is no room."""
    px = tools.layout.px
    lines = [Line(placement.where, 3.3), Line(placement.distance, 3.3, MIST, REGULAR)]
    text, view = size_of(lines, tools), (px(_FINDER_SIZE[0]), px(_FINDER_SIZE[1]))
    gap_px = px(2.2)
    width_px, height_px = padded((max(text[0], view[0]), view[1] + gap_px + text[1]), tools)
    x_px = tools.layout.size_px[0] - px(2) - width_px
    y_px = px(2) if beside.right_px + px(1) <= x_px else beside.bottom_px + px(1)
    box = Box(x_px, y_px, width_px, height_px).clipped(tools.layout.size_px)
    tools.panels.paint(image, box, px(2), INK, OPACITY)
    room = inner(box, tools)
    finder = Box(room.x_px + (room.width_px - view[0]) // 2, room.y_px, *view)
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
