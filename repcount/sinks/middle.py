"""What stands in the middle of the live picture: countdown, rest, pause, summary, a camera gone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from repcount.core.guide import Gesture
from repcount.sinks.layout import Box
from repcount.sinks.lines import OPACITY, Line, draw_lines, draw_panel, inner, padded, size_of, wrapped
from repcount.sinks.palette import BLUE, INK, MIST, ORANGE
from repcount.sinks.ring import draw_ring, draw_ringed_panel
from repcount.sinks.text import REGULAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Achieved, Guide
    from repcount.sinks.brush import Brush

_COUNTDOWN, _REST = 32.0, 34.0  # sides of the rings in units
_START_S: Final = 3.0
_SIZES: Final = (5.0, 4.4, 4.0, 3.6, 3.2, 2.8)  # of a row, the first that fits
_ROWS: Final = 6  # exercises that a summary has room for


def draw_countdown(image: NDArray[np.uint8], guide: Guide, brush: Brush) -> None:
    """Paint the seconds before a set, large."""
    if math.isfinite(guide.countdown_s):
        side_px = brush.layout.px(_COUNTDOWN)
        share = guide.countdown_s / max(_START_S, guide.countdown_s)
        box = brush.layout.middle(side_px, side_px)
        draw_ringed_panel(image, box, share, (str(math.ceil(guide.countdown_s)), ""), brush)


def draw_rest(image: NDArray[np.uint8], guide: Guide, brush: Brush) -> None:
    """Paint how long the rest still is, and what comes next."""
    left_s = guide.rest_left_s if math.isfinite(guide.rest_left_s) else 0.0
    lines = [Line("Rest", 6.4)]
    after = [Line("Next", 3.6, MIST, REGULAR), Line(guide.next_up, 5.6)] if guide.next_up else []
    head, foot, side_px = size_of(lines, brush), size_of(after, brush), brush.layout.px(_REST)
    gap_px = brush.layout.px(2.5)
    size = max(head[0], foot[0], side_px), head[1] + side_px + foot[1] + 2 * gap_px
    box = brush.layout.middle(*padded(size, brush))
    brush.panels.paint(image, box, brush.layout.px(2.5), INK, OPACITY)
    room = inner(box, brush)
    draw_lines(image, lines, room, brush)
    ring = Box(room.x_px, room.y_px + head[1] + gap_px, room.width_px, side_px)
    share = left_s / guide.rest_s if guide.rest_s > 0 else 0.0
    draw_ring(image, ring, share, (str(math.ceil(left_s)), "seconds"), brush, BLUE)
    draw_lines(image, after, Box(room.x_px, ring.bottom_px + gap_px, room.width_px, foot[1]), brush)


def draw_pause(image: NDArray[np.uint8], brush: Brush, gestures: bool = True) -> None:
    """Paint that nothing is counted, and how to go on."""
    how = "Raise one hand or press the space bar to go on" if gestures else "Press the space bar to go on"
    room_px = round(0.8 * brush.layout.size_px[0])
    lines = [Line("Paused", 11.0), *wrapped(how, Line("", 4.2, MIST, REGULAR), room_px, brush, most=3)]
    draw_panel(image, lines, brush.layout.middle(*padded(size_of(lines, brush), brush)), brush)


def draw_waiting(image: NDArray[np.uint8], text: str, brush: Brush) -> None:
    """Paint why no picture comes, low enough for the count above."""
    room_px = round(0.75 * brush.layout.size_px[0])
    lines = [
        *wrapped("Waiting for the camera", Line("", 6.4), room_px, brush, most=2),
        *wrapped(text, Line("", 3.8, MIST, REGULAR), room_px, brush, most=5),
    ]
    draw_panel(image, lines, brush.layout.foot(*padded(size_of(lines, brush), brush)), brush)


def draw_raised(image: NDArray[np.uint8], guide: Guide, brush: Brush) -> None:
    """Paint a ring that closes while hands are up."""
    if guide.raised is None:
        return
    both = guide.raised.gesture is Gesture.BOTH_HANDS
    line = Line("Ending the set" if both else "Pause", 5.0)
    width_px, height_px = size_of([line], brush)
    side_px, gap_px = brush.layout.px(11), brush.layout.px(2)
    box = brush.layout.foot(*padded((side_px + gap_px + width_px, side_px), brush))
    brush.panels.paint(image, box, brush.layout.px(2.5), INK, OPACITY)
    room = inner(box, brush)
    ring = Box(room.x_px, room.y_px, side_px, side_px)
    draw_ring(image, ring, guide.raised.share, ("2" if both else "1", ""), brush)
    text = Box(ring.right_px + gap_px, room.y_px + (side_px - height_px) // 2, width_px, height_px)
    draw_lines(image, [line], text, brush)


def draw_summary(image: NDArray[np.uint8], guide: Guide, brush: Brush) -> None:
    """Paint what was achieved: one exercise a row, on a tall picture in two."""
    rows = [facts_of(each) for each in guide.achieved[:_ROWS]]
    head = [Line("Well done" if any(each.counted for each in guide.achieved) else "The end", 8.0)]
    gap_px = brush.layout.px(4)
    columns = _columns(rows, brush)
    sizes = [size_of(column, brush) for column in columns]
    title_px, head_px = size_of(head, brush)
    list_px = max((height for _, height in sizes), default=0)
    width_px = max(sum(width for width, _ in sizes) + gap_px * (len(columns) - 1), title_px)
    below_px = list_px + gap_px if rows else 0
    box = brush.layout.middle(*padded((width_px, head_px + below_px), brush))
    brush.panels.paint(image, box, brush.layout.px(2.5), INK, 0.86)
    room = inner(box, brush)
    draw_lines(image, head, room, brush, centred=not rows)
    top_px = room.y_px + head_px + gap_px
    for number, (column, (column_px, _)) in enumerate(zip(columns, sizes, strict=True)):
        x_px = room.right_px - column_px if number else room.x_px
        draw_lines(image, column, Box(x_px, top_px, column_px, list_px), brush, centred=False)


def _columns(rows: list[tuple[str, str]], brush: Brush) -> list[list[Line]]:
    """Names and facts beside each other, or on a tall picture below; as large as there is room for."""
    room_px = brush.layout.size_px[0] - brush.layout.px(14)
    for size in _SIZES:
        names = [Line(name, size) for name, _ in rows]
        facts = [Line(fact, size, ORANGE) for _, fact in rows]
        columns = [names, facts]
        if brush.layout.portrait:
            columns = [[line for pair in zip(names, facts, strict=True) for line in pair]]
        if sum(size_of(column, brush)[0] for column in columns) <= room_px:
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
