"""Paints a snapshot on a frame: the figure and its angles; count, set, phase, hold and cue in the corners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.phrases import Phrases, english
from repcount.core.records import Phase
from repcount.overlay.body import Body, draw_head, draw_skeleton
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
    PaintTools,
)
from repcount.overlay.joint_angles import draw_angles, shown_sides
from repcount.overlay.widgets import centred, draw_sweep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.records import SetProgress, Snapshot

_SHIFT: Final = 4
_SECONDS, _OF = 9.6, 3.0  # font sizes in units
_OPACITY: Final = 0.72
_COUNT, _DONE, _SET, _PHASE = 14.0, 5.2, 4.0, 4.6  # font sizes in units
_PAD, _GAP, _BAR = 2.0, 2.0, 1.0
_CARD_HEIGHT = 2 * _PAD + _COUNT * CAP_HEIGHT + _GAP + _BAR + _GAP + _PHASE * CAP_HEIGHT
_SEGMENTS = 20  # a longer set gets a plain bar
_PAUSE_S = 2.0  # below that it is a pause within a repetition
_CUE_SIZE: Final = 6.0
_CUE_LEADING: Final = 1.25
_CUE_LINES: Final = 3
_CUE_PAD: Final = 2.5
_CUE_OPACITY: Final = 0.94


class Overlay:
    """Draws snapshots on pictures of one size; keeps what it has rendered before.

    Parameters
    ----------
    size_px : (width, height) of the pictures.
    phrases : what is written on them; English where it is None.
    """

    def __init__(self, size_px: tuple[int, int], phrases: Phrases | None = None) -> None:
        self._size_px = size_px
        self._phrases = phrases or english()
        self._tools = PaintTools.of(size_px)

    def draw(self, image: NDArray[np.uint8] | None, snapshot: Snapshot) -> NDArray[np.uint8]:
        """Return a new picture; the image given stays as it is.

        Parameters
        ----------
        image : RGB, shape (height, width, 3), uint8; None paints a plain dark picture.
        snapshot : what is known after that frame.

        Raises
        ------
        ValueError
            The image has another size.
        """
        painted = self._background(image)
        if snapshot.pose is not None:
            body = Body.of(snapshot.pose, self._size_px)
            self._draw_person(painted, body, snapshot, with_head=image is None)
        _draw_card(painted, snapshot, self._phrases, self._tools)
        _draw_clock(painted, snapshot, self._phrases, self._tools)
        _draw_banner(painted, snapshot, self._tools)
        return painted

    def _background(self, image: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
        width_px, height_px = self._size_px
        if image is None:
            return np.full((height_px, width_px, 3), INK, np.uint8)
        if image.shape != (height_px, width_px, 3):
            raise ValueError(f"a picture of shape {image.shape} for an overlay of {width_px} x {height_px}")
        return np.array(image, order="C")

    def _draw_person(
        self, image: NDArray[np.uint8], body: Body, snapshot: Snapshot, *, with_head: bool
    ) -> None:
        if with_head:
            draw_head(image, body, self._tools.layout)
        judged = () if snapshot.side is None else shown_sides(snapshot.side)
        draw_skeleton(image, body, judged, self._tools.layout)
        draw_angles(image, body, snapshot, self._tools)


def _draw_clock(image: NDArray[np.uint8], snapshot: Snapshot, phrases: Phrases, tools: PaintTools) -> None:
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
    centred(image, seconds, (middle[0], middle[1] + px(1.6)), px(_SECONDS), (PAPER, BOLD), tools)
    target = phrases.say("picture.hold_of", seconds=f"{target_s:g}")
    centred(image, target, (middle[0], middle[1] + px(5.4)), px(_OF), (MIST, REGULAR), tools)


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


def _draw_card(image: NDArray[np.uint8], snapshot: Snapshot, phrases: Phrases, tools: PaintTools) -> None:
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


def _draw_banner(image: NDArray[np.uint8], snapshot: Snapshot, tools: PaintTools) -> None:
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
