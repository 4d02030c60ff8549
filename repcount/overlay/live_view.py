"""The live picture: the mirrored person, the count, and what the trainer says at each stage of a session."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.guide import Stage
from repcount.overlay.board import board_box, draw_board, scene_box
from repcount.overlay.board_facts import board_facts
from repcount.overlay.body import Body, draw_skeleton
from repcount.overlay.canvas import INK, NIGHT, PAPER, Box, PaintTools
from repcount.overlay.indicators import draw_tempo
from repcount.overlay.joint_angles import draw_angles, shown_sides
from repcount.overlay.messages import draw_camera_placement, draw_raised, draw_waiting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.guide import Placement
    from repcount.core.protocols import LiveStatus
    from repcount.core.records import Snapshot
    from repcount.overlay.board_facts import Words

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
            draw_waiting(scene, status.waiting, self._words, self._scene_tools)
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
            draw_raised(scene_box(self._size_px).of(image), guide, self._scene_tools)
        elif guide.stage is Stage.SET:
            draw_tempo(scene_box(self._size_px).of(image), guide.beat, self._words, self._scene_tools)


def _stage(snapshot: Snapshot) -> Stage:
    """The stage of the session; one without a trainer is one long set."""
    return Stage.SET if snapshot.guide is None else snapshot.guide.stage


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
