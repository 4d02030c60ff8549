"""The end of a session on the window: a card for each exercise, and how to close it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.overlay.canvas import INK, MIST, NIGHT, ORANGE, PAPER, REGULAR, Box, PaintTools
from repcount.overlay.captions import OPACITY, Line, draw_lines, inner, padded, size_of, wrapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.guide import ExerciseReview
    from repcount.overlay.board_facts import Words

_SIZES: Final = (5.0, 4.4, 3.8, 3.3, 2.8, 2.4)  # of the lines, in units: the first at which all fits


def review_picture(
    size_px: tuple[int, int], reviews: Sequence[ExerciseReview], unjudged: str, words: Words
) -> NDArray[np.uint8]:
    """Return a new picture of ``size_px``, RGB.

    Parameters
    ----------
    unjudged : code of what kept the session from being judged; empty where nothing did.
    """
    painted = np.empty((size_px[1], size_px[0], 3), np.uint8)
    cv2.rectangle(painted, (0, 0), size_px, NIGHT, -1)
    tools = PaintTools.of(size_px)
    is_done = any(each.counted for each in reviews)
    head = [Line(words["finished" if is_done else "over"], 9.0)]
    if not is_done:
        why = words.get(f"unjudged_{unjudged}", words["nothing_counted"])
        head += wrapped(why, Line("", 4.4, ORANGE), size_px[0] - 2 * tools.layout.px(5), tools, most=4)
    foot = [Line(words["any_key"], 3.6, MIST, REGULAR)]
    rim_px = tools.layout.px(4)
    head_px, foot_px = size_of(head, tools)[1], size_of(foot, tools)[1]
    draw_lines(painted, head, Box(0, rim_px, size_px[0], head_px), tools)
    draw_lines(painted, foot, Box(0, size_px[1] - rim_px - foot_px, size_px[0], foot_px), tools)
    top_px = 2 * rim_px + head_px
    _draw_cards(
        painted,
        Box(rim_px, top_px, size_px[0] - 2 * rim_px, size_px[1] - top_px - 2 * rim_px - foot_px),
        reviews,
        tools,
    )
    return painted


def _draw_cards(
    image: NDArray[np.uint8], room: Box, reviews: Sequence[ExerciseReview], tools: PaintTools
) -> None:
    """Paint the cards in columns, as large as there is room for."""
    if not reviews:
        return
    columns = min(len(reviews), max(1, round(room.width_px / room.height_px * 1.4)))
    rows = -(-len(reviews) // columns)
    gap_px = tools.layout.px(2)
    width_px = (room.width_px - (columns - 1) * gap_px) // columns
    height_px = (room.height_px - (rows - 1) * gap_px) // rows
    for size in _SIZES:
        cards = [_card(each, size, width_px - 2 * tools.layout.px(3), tools) for each in reviews]
        if all(padded(size_of(card, tools), tools)[1] <= height_px for card in cards):
            break
    tall_px = min(height_px, max(padded(size_of(card, tools), tools)[1] for card in cards))
    for number, card in enumerate(cards):
        x_px = room.x_px + (number % columns) * (width_px + gap_px)
        y_px = room.y_px + (number // columns) * (tall_px + gap_px)
        box = Box(x_px, y_px, width_px, tall_px).clipped(tools.layout.size_px)
        tools.panels.paint(image, box, tools.layout.px(2.5), INK, OPACITY)
        draw_lines(image, card, inner(box, tools), tools, centred=False)


def _card(each: ExerciseReview, size: float, room_px: int, tools: PaintTools) -> list[Line]:
    lines = wrapped(each.title, Line("", 1.25 * size), room_px, tools, most=2)
    lines += [Line(each.done, 2.2 * size, ORANGE)]
    for name, text in each.lines:
        lines += wrapped(f"{name}: {text}", Line("", size, PAPER), room_px, tools, most=3)
    return lines
