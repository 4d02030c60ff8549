"""What shows where the set stands: the card with the count, the clock of a hold, rings, and the tempo bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.guide import Part
from repcount.core.records import Phase
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
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Beat
    from repcount.core.phrases import Phrases
    from repcount.core.records import SetProgress, Snapshot
    from repcount.overlay.canvas import PaintTools


_SHIFT: Final = 4
_TOP_DEG: Final = -90
_SECONDS, _OF = 9.6, 3.0  # font sizes in units
_OPACITY: Final = 0.72
_WIDTH, _HEIGHT, _TRACK, _WORD_SIZE = 14.0, 33.0, 5.0, 4.2  # units
_BELOW_CARD: Final = 30.0
_COUNT, _DONE, _SET, _PHASE = 14.0, 5.2, 4.0, 4.6  # font sizes in units
_PAD, _GAP, _BAR = 2.0, 2.0, 1.0
_CARD_HEIGHT = 2 * _PAD + _COUNT * CAP_HEIGHT + _GAP + _BAR + _GAP + _PHASE * CAP_HEIGHT
_SEGMENTS = 20  # a longer set gets a plain bar
_PAUSE_S = 2.0  # below that it is a pause within a repetition


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
    _centred(image, words[0], (middle[0], base_px), large_px, (PAPER, BOLD), tools)
    _centred(image, words[1], (middle[0], base_px + round(small_px * 1.5)), small_px, (MIST, REGULAR), tools)


def _centred(
    image: NDArray[np.uint8],
    text: str,
    at_px: tuple[int, int],
    size_px: int,
    look: tuple[Colour, int],
    tools: PaintTools,
) -> None:
    """Put a line with the middle of its baseline at ``at_px``."""
    colour, weight = look
    left_px = at_px[0] - tools.font.width_px(text, size_px, weight) // 2
    tools.font.draw(image, text, (left_px, at_px[1]), size_px, colour, weight)


def draw_clock(image: NDArray[np.uint8], snapshot: Snapshot, phrases: Phrases, tools: PaintTools) -> None:
    """Paint the ring while a position is held; it changes colour and weight once that is long enough."""
    target_s = snapshot.progress.hold_target_s
    if snapshot.holding_s <= 0 or target_s <= 0:
        return
    box, px = tools.layout.ring(), tools.layout.px
    share = min(1.0, snapshot.holding_s / target_s)
    tools.panels.paint(image, box, box.width_px // 2, INK, _OPACITY)
    middle = (box.x_px + box.width_px // 2, box.y_px + box.height_px // 2)
    radius_px, colour = round(box.width_px * 0.41), BLUE if share >= 1 else ORANGE
    draw_sweep(image, middle, radius_px, 1.0, SLATE, px(0.8))
    draw_sweep(image, middle, radius_px, share, colour, px(1.8))
    seconds = str(int(snapshot.holding_s))
    _centred(image, seconds, (middle[0], middle[1] + px(1.6)), px(_SECONDS), (PAPER, BOLD), tools)
    target = phrases.say("picture.hold_of", seconds=f"{target_s:g}")
    _centred(image, target, (middle[0], middle[1] + px(5.4)), px(_OF), (MIST, REGULAR), tools)


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
    tools.panels.paint(image, box, px(2), INK, _OPACITY)
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


def set_lines(progress: SetProgress, phrases: Phrases) -> tuple[str, str]:
    """Which set, and how far it is; empty where there is only one, or no target."""
    at = progress
    which = phrases.say("picture.set", number=at.number, sets=at.sets) if at.sets > 1 else ""
    done = phrases.say("picture.done", done=at.done, target=at.target) if at.target > 0 else ""
    return which, done


def phase_text(snapshot: Snapshot, phrases: Phrases) -> str:
    """The word for the phase; in a hold ``Hold``, with its seconds where no clock shows them."""
    holding = snapshot.phase is Phase.PEAK and snapshot.holding_s > 0
    if holding and snapshot.progress.hold_target_s > 0:
        return phrases.say("picture.hold")
    if holding and snapshot.holding_s >= _PAUSE_S:
        return phrases.say("picture.hold_s", seconds=int(snapshot.holding_s))
    return phrases.say(f"phase.{snapshot.phase.value}")


def draw_card(image: NDArray[np.uint8], snapshot: Snapshot, phrases: Phrases, tools: PaintTools) -> None:
    """Paint the card."""
    px, font = tools.layout.px, tools.font
    count, (which, done) = str(snapshot.count), set_lines(snapshot.progress, phrases)
    phase = phase_text(snapshot, phrases)
    count_px = max(font.width_px(text, px(_COUNT), BOLD) for text in (count, "00"))
    beside_px = max(font.width_px(which, px(_SET)), font.width_px(done, px(_DONE), BOLD))
    below_px = max(
        font.width_px(text, px(_PHASE), BOLD) for text in (phase, *phrases.group("phase").values())
    ) + px(4)
    inner_px = max(count_px + px(_GAP) + beside_px, below_px)
    card = tools.layout.card(inner_px + 2 * px(_PAD), px(_CARD_HEIGHT))
    left_px, base_px = card.x_px + px(_PAD), card.y_px + px(_PAD + _COUNT * CAP_HEIGHT)
    beside = left_px + count_px + px(_GAP)
    tools.panels.paint(image, card, px(2), INK, _OPACITY)
    font.draw(image, count, (left_px, base_px), px(_COUNT), PAPER, BOLD)
    font.draw(image, which, (beside, card.y_px + px(_PAD + _SET * CAP_HEIGHT)), px(_SET), MIST)
    font.draw(image, done, (beside, base_px), px(_DONE), PAPER, BOLD)
    _draw_bar(image, Box(left_px, base_px + px(_GAP), inner_px, px(_BAR)), snapshot.progress)
    _draw_phase(image, (left_px, card.bottom_px - px(_PAD)), phase, snapshot.phase, tools)


def _draw_bar(image: NDArray[np.uint8], bar: Box, progress: SetProgress) -> None:
    """Paint one segment for each repetition of the set, or a plain bar where they are many."""
    if progress.target <= 0:
        return
    steps = progress.target if progress.target <= _SEGMENTS else 1
    done = progress.done if steps > 1 else progress.done / progress.target
    gap_px = max(1, bar.height_px // 2) if steps > 1 else 0
    step_px = (bar.width_px + gap_px) / steps
    for i in range(steps):
        left = bar.x_px + round(i * step_px)
        width = round((i + 1) * step_px) - round(i * step_px) - gap_px
        filled = round(width * min(1.0, max(0.0, done - i)))
        for length, colour in ((width, SLATE), (filled, ORANGE)):
            image[bar.y_px : bar.bottom_px, left : left + length] = colour


def _draw_phase(
    image: NDArray[np.uint8], at_px: tuple[int, int], text: str, phase: Phase, tools: PaintTools
) -> None:
    """Paint the word behind a dot: a ring until the start posture is taken, then full."""
    px = tools.layout.px
    size_px = px(_PHASE)
    middle = (at_px[0] + px(1.2), at_px[1] - round(size_px * CAP_HEIGHT / 2))
    center = (middle[0] << _SHIFT, middle[1] << _SHIFT)
    waiting = phase is Phase.WAITING
    radius = px(1.0 if waiting else 1.2) << _SHIFT
    cv2.circle(
        image, center, radius, MIST if waiting else ORANGE, px(0.4) if waiting else -1, cv2.LINE_AA, _SHIFT
    )
    tools.font.draw(image, text, (at_px[0] + px(4), at_px[1]), size_px, MIST if waiting else PAPER, BOLD)
