"""The live picture: the mirrored person, the count, what the trainer says; at its end the summary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.guide import Gesture, Stage
from repcount.overlay.board import board_box, draw_board, draw_camera_placement, scene_box
from repcount.overlay.board_facts import board_facts
from repcount.overlay.body import Body, draw_skeleton
from repcount.overlay.canvas import INK, MIST, NIGHT, ORANGE, PAPER, REGULAR, Box, PaintTools
from repcount.overlay.joint_angles import draw_angles, shown_sides
from repcount.overlay.widgets import (
    OPACITY,
    Line,
    draw_lines,
    draw_panel,
    draw_ring,
    draw_tempo,
    inner,
    padded,
    size_of,
    wrapped,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.guide import ExerciseReview, Guide, Placement
    from repcount.core.protocols import LiveStatus
    from repcount.core.records import Snapshot
    from repcount.overlay.board_facts import Words

_CARD_SIZES: Final = (5.0, 4.4, 3.8, 3.3, 2.8, 2.4)  # of the lines, in units: the first at which all fits
LARGER: Final = 1.5
"""How much larger than in a video things are painted on the board: they are read from three metres."""


def placed(frame_px: tuple[int, int], room: Box) -> Box:
    """Where a picture of the shape of ``frame_px`` lies in ``room``: in the middle, in its own shape."""
    scale = min(room.width_px / frame_px[0], room.height_px / frame_px[1])
    width_px, height_px = (max(1, round(side * scale)) for side in frame_px)
    x_px, y_px = (room.width_px - width_px) // 2, (room.height_px - height_px) // 2
    return Box(room.x_px + x_px, room.y_px + y_px, width_px, height_px)


def background(image: NDArray[np.uint8] | None, size_px: tuple[int, int], mirror: bool) -> NDArray[np.uint8]:
    """A new picture of ``size_px``, RGB, with the image in its part of it; dark where there is none."""
    painted = np.empty((size_px[1], size_px[0], 3), np.uint8)
    cv2.rectangle(painted, (0, 0), size_px, NIGHT, -1)  # NumPy's own filling takes ten times as long
    if image is None:
        return painted
    box = placed((image.shape[1], image.shape[0]), scene_box(size_px))
    shape_px = (box.width_px, box.height_px)
    if mirror and image.shape[0] > box.height_px:  # mirror the smaller of the two pictures
        image = np.asarray(cv2.resize(image, shape_px, interpolation=cv2.INTER_LINEAR), np.uint8)
    if mirror:
        image = np.asarray(cv2.flip(image, 1), np.uint8)
    cv2.resize(image, shape_px, dst=box.of(painted), interpolation=cv2.INTER_LINEAR)
    return painted


class LivePicture:
    """Paints snapshots of a guided session at one size; keeps what it has rendered before.

    The camera's picture keeps its shape; what is written stands on the board beside it.

    Parameters
    ----------
    size_px : (width, height) of what is painted.
    words : what a screen says, by key.
    mirror : show the person as a mirror does; text is not mirrored.
    stats : add the line with frames a second and delay to each picture of the camera.
    gestures : whether raised hands are heard, for what is said in a pause.
    placements : the right camera place of each exercise, by name.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        words: Words,
        *,
        mirror: bool = True,
        stats: bool = False,
        gestures: bool = True,
        placements: Mapping[str, Placement] | None = None,
    ) -> None:
        self._size_px, self._words = size_px, words
        self._mirror, self._stats, self._gestures = mirror, stats, gestures
        self._placements = placements or {}
        board, scene = board_box(size_px), scene_box(size_px)
        self._small_tools = PaintTools.of(size_px)
        self._tools = PaintTools.of((board.width_px, board.height_px), LARGER)
        self._scene_tools = PaintTools.of((scene.width_px, scene.height_px))

    def draw(
        self, image: NDArray[np.uint8] | None, snapshot: Snapshot | None, status: LiveStatus
    ) -> NDArray[np.uint8]:
        """Return a new picture of ``size_px``, RGB; the image given stays as it is.

        Parameters
        ----------
        image : RGB, shape (height, width, 3), uint8; None paints a dark picture.
        snapshot : what is known after that frame; None before the first one.
        status : how it runs; where it waits for the camera, that is said, beside the count alone.
        """
        painted = background(image, self._size_px, self._mirror)
        if self._stats and image is not None:
            _draw_stats(painted, status, self._small_tools)
        if status.waiting:
            if snapshot is not None and _stage(snapshot) is Stage.SET:
                self._draw_board(painted, replace(snapshot, cue=None, guide=None))
            scene = scene_box(self._size_px).of(painted)
            _draw_waiting(scene, status.waiting, self._words, self._scene_tools)
        elif snapshot is not None:
            self._draw_person(painted, snapshot)
            self._draw_board(painted, snapshot)
        return painted

    def _draw_person(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        guide = snapshot.guide
        if snapshot.pose is None or (guide is not None and guide.stage in (Stage.REST, Stage.DONE)):
            return
        box = placed(snapshot.pose.size_px, scene_box(self._size_px))
        body = Body.of(snapshot.pose, (box.width_px, box.height_px))
        body = (body.mirrored(box.width_px) if self._mirror else body).moved(box.x_px, box.y_px)
        side = snapshot.side if guide is None or guide.side is None else guide.side
        draw_skeleton(image, body, () if side is None else shown_sides(side), self._small_tools.layout)
        if guide is None or guide.stage is Stage.SET:
            draw_angles(image, body, snapshot, self._small_tools)

    def _draw_board(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        """Paint what belongs to the stage beside the picture."""
        guide, tools = snapshot.guide, self._tools
        board = board_box(self._size_px).of(image)
        facts = board_facts(snapshot, self._words, self._placements, self._gestures)
        free = draw_board(board, facts, tools)
        if guide is None:
            return
        if guide.stage is Stage.FRAMING and guide.exercise in self._placements:
            draw_camera_placement(board, self._placements[guide.exercise], free, tools)
        if guide.raised is not None:
            _draw_raised(scene_box(self._size_px).of(image), guide, self._scene_tools)
        elif guide.stage is Stage.SET:
            draw_tempo(scene_box(self._size_px).of(image), guide.beat, self._words, self._scene_tools)


def _stage(snapshot: Snapshot) -> Stage:
    """The stage of the session; one without a trainer is one long set."""
    return Stage.SET if snapshot.guide is None else snapshot.guide.stage


def _draw_waiting(image: NDArray[np.uint8], text: str, words: Mapping[str, str], tools: PaintTools) -> None:
    """Paint why no picture comes: a text, or the key of one of the words."""
    room_px = round(0.75 * tools.layout.size_px[0])
    lines = [
        *wrapped(words["waiting_camera"], Line("", 6.4), room_px, tools, most=2),
        *wrapped(words.get(text, text), Line("", 3.8, MIST, REGULAR), room_px, tools, most=5),
    ]
    draw_panel(image, lines, tools.layout.middle(*padded(size_of(lines, tools), tools)), tools)


def _draw_raised(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> None:
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


def _draw_stats(image: NDArray[np.uint8], status: LiveStatus, tools: PaintTools) -> None:
    """Paint how it runs, small, in the lower left corner."""
    figures = (
        (status.fps, "{:.0f} fps"),
        (status.delay_ms, "{:.0f} ms delay"),
        (status.pose_ms, "pose {:.0f}"),
        (status.draw_ms, "draw {:.1f}"),
    )
    parts = [text.format(value) for value, text in figures if math.isfinite(value)]
    line = " · ".join([*parts, f"{status.dropped} dropped"])
    px, size_px = tools.layout.px, tools.layout.px(2.6)
    width_px = tools.font.width_px(line, size_px) + px(2)
    box = Box(px(1), image.shape[0] - px(5), width_px, px(4)).clipped(tools.layout.size_px)
    tools.panels.paint(image, box, px(1), INK, 0.6)
    tools.font.draw(image, line, (box.x_px + px(1), box.bottom_px - px(1.2)), size_px, PAPER)


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
    for size in _CARD_SIZES:
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
