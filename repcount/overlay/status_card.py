"""The card in the upper left corner: the big count, where the set stands, and the phase."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.model import Phase
from repcount.overlay.canvas import Box
from repcount.overlay.style import BOLD, CAP_HEIGHT, INK, MIST, ORANGE, PAPER, SLATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.model import SetProgress, Snapshot
    from repcount.overlay.canvas import PaintTools

PHASE_WORDS: Final[Mapping[Phase, str]] = MappingProxyType(
    {
        Phase.WAITING: "Get in position",
        Phase.READY: "Ready",
        Phase.OUT: "Go",
        Phase.PEAK: "Peak",
        Phase.BACK: "Back",
    }
)
"""What each phase is called where the exercise has no words of its own."""

_COUNT, _DONE, _SET, _PHASE = 14.0, 5.2, 4.0, 4.6  # font sizes in units
_PAD, _GAP, _BAR = 2.0, 2.0, 1.0
_HEIGHT = 2 * _PAD + _COUNT * CAP_HEIGHT + _GAP + _BAR + _GAP + _PHASE * CAP_HEIGHT
_OPACITY = 0.72
_SEGMENTS = 20  # a longer set gets a plain bar
_SHIFT = 4
_PAUSE_S = 2.0  # below that it is a pause within a repetition


def set_lines(progress: SetProgress) -> tuple[str, str]:
    """Which set, and how far it is; empty where there is only one, or no target."""
    which = f"Set {progress.number} of {progress.sets}" if progress.sets > 1 else ""
    done = f"{progress.done} of {progress.target}" if progress.target > 0 else ""
    return which, done


def phase_text(snapshot: Snapshot, words: Mapping[Phase, str]) -> str:
    """The word for the phase; in a hold that, with its seconds where no clock shows them."""
    holding = snapshot.phase is Phase.PEAK and snapshot.holding_s > 0
    if holding and snapshot.progress.hold_target_s > 0:
        return "Hold"
    if holding and snapshot.holding_s >= _PAUSE_S:
        return f"Hold {int(snapshot.holding_s)} s"
    return words.get(snapshot.phase, "")


def draw_card(
    image: NDArray[np.uint8], snapshot: Snapshot, words: Mapping[Phase, str], tools: PaintTools
) -> None:
    """Paint the card."""
    px, font = tools.layout.px, tools.font
    count, (which, done) = str(snapshot.count), set_lines(snapshot.progress)
    phase = phase_text(snapshot, words)
    count_px = max(font.width_px(text, px(_COUNT), BOLD) for text in (count, "00"))
    beside_px = max(font.width_px(which, px(_SET)), font.width_px(done, px(_DONE), BOLD))
    below_px = max(font.width_px(text, px(_PHASE), BOLD) for text in (phase, *words.values())) + px(4)
    inner_px = max(count_px + px(_GAP) + beside_px, below_px)
    card = tools.layout.card(inner_px + 2 * px(_PAD), px(_HEIGHT))
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
