"""The live picture: the mirrored person, the count, and what the trainer says at each stage of a session."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.guide import Stage
from repcount.core.model import Side
from repcount.core.phrases import english
from repcount.overlay.body import Body, draw_skeleton
from repcount.overlay.canvas import INK, MIST, NIGHT, ORANGE, PAPER, REGULAR, Box, PaintTools
from repcount.overlay.captions import Line, draw_banner, draw_panel, padded, size_of, wrapped
from repcount.overlay.indicators import draw_card, draw_clock, draw_tempo
from repcount.overlay.joint_angles import draw_angles, shown_sides
from repcount.overlay.messages import (
    draw_camera_placement,
    draw_countdown,
    draw_pause,
    draw_raised,
    draw_rest,
    draw_summary,
    draw_waiting,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.guide import Guide, Placement
    from repcount.core.model import Snapshot
    from repcount.core.phrases import Phrases
    from repcount.core.protocols import LiveStatus

LARGER: Final = 1.3
"""How much larger than in a video things are painted: they are read from three metres."""
LARGER_PORTRAIT: Final = 1.12
_INSTRUCTION, _TITLE = 6.4, 3.5  # font sizes in units
_LEGS: Final = {Side.LEFT: "left leg", Side.RIGHT: "right leg", Side.BOTH: "both legs"}


def placed(frame_px: tuple[int, int], size_px: tuple[int, int]) -> Box:
    """Where a picture of the shape of ``frame_px`` lies: in the middle, whole, in its own shape."""
    scale = min(size_px[0] / frame_px[0], size_px[1] / frame_px[1])
    width_px, height_px = (max(1, round(side * scale)) for side in frame_px)
    return Box((size_px[0] - width_px) // 2, (size_px[1] - height_px) // 2, width_px, height_px)


def background(image: NDArray[np.uint8] | None, size_px: tuple[int, int], mirror: bool) -> NDArray[np.uint8]:
    """A new picture of ``size_px``, RGB, with the image in it; dark all over where there is none."""
    painted = np.empty((size_px[1], size_px[0], 3), np.uint8)
    cv2.rectangle(painted, (0, 0), size_px, NIGHT, -1)  # NumPy's own filling takes ten times as long
    if image is None:
        return painted
    box = placed((image.shape[1], image.shape[0]), size_px)
    shape_px = (box.width_px, box.height_px)
    if mirror and image.shape[0] > box.height_px:  # mirror the smaller of the two pictures
        image = np.asarray(cv2.resize(image, shape_px, interpolation=cv2.INTER_LINEAR), np.uint8)
    if mirror:
        image = np.asarray(cv2.flip(image, 1), np.uint8)
    cv2.resize(image, shape_px, dst=box.of(painted), interpolation=cv2.INTER_LINEAR)
    return painted


class LivePicture:
    """Paints snapshots of a guided session at one size; keeps what it has rendered before.

    The camera's picture keeps its shape; what is written may stand on the dark beside it.

    Parameters
    ----------
    size_px : (width, height) of what is painted.
    mirror : show the person as a mirror does; text is not mirrored.
    stats : add the line with frames a second and delay to each picture of the camera.
    gestures : whether raised hands are heard, for what is said in a pause.
    phrases : what is written on it; English where it is None.
    placements : the right camera place of each exercise, by name.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        *,
        mirror: bool = True,
        stats: bool = False,
        gestures: bool = True,
        phrases: Phrases | None = None,
        placements: Mapping[str, Placement] | None = None,
    ) -> None:
        self._size_px = size_px
        self._mirror, self._stats, self._gestures = mirror, stats, gestures
        self._phrases, self._placements = phrases or english(), placements or {}
        portrait = size_px[1] > size_px[0]
        self._small_tools = PaintTools.of(size_px)
        self._tools = PaintTools.of(size_px, LARGER_PORTRAIT if portrait else LARGER)

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
                draw_card(painted, _of_set(snapshot), self._phrases, self._tools)
            draw_waiting(painted, status.waiting, self._tools)
        elif snapshot is not None:
            self._draw_person(painted, snapshot)
            self._draw_stage(painted, snapshot)
        return painted

    def _draw_person(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        guide = snapshot.guide
        if snapshot.pose is None or (guide is not None and guide.stage in (Stage.REST, Stage.DONE)):
            return
        box = placed(snapshot.pose.size_px, self._size_px)
        body = Body.of(snapshot.pose, (box.width_px, box.height_px))
        body = (body.mirrored(box.width_px) if self._mirror else body).moved(box.x_px, box.y_px)
        side = snapshot.side if guide is None or guide.side is None else guide.side
        draw_skeleton(image, body, () if side is None else shown_sides(side), self._small_tools.layout)
        if guide is None or guide.stage is Stage.SET:
            draw_angles(image, body, snapshot, self._small_tools)

    def _draw_stage(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        """Paint what belongs to the stage."""
        guide, tools = snapshot.guide, self._tools
        stage = _stage(snapshot)
        if stage is Stage.SET:
            self._draw_set(image, snapshot)
        if guide is None:
            return
        self._draw_panels(image, guide)
        if guide.raised is not None:
            draw_raised(image, guide, tools)
        elif guide.instruction and stage in (Stage.FRAMING, Stage.COUNTDOWN, Stage.SET):
            _draw_instruction(image, guide.instruction, tools)

    def _draw_panels(self, image: NDArray[np.uint8], guide: Guide) -> None:
        """Paint what only one stage has."""
        stage, tools = guide.stage, self._tools
        if stage in (Stage.FRAMING, Stage.COUNTDOWN):
            title = _draw_title(image, guide, tools)
            if stage is Stage.FRAMING and guide.exercise in self._placements:
                draw_camera_placement(image, self._placements[guide.exercise], title, tools)
        if stage is Stage.COUNTDOWN:
            draw_countdown(image, guide, tools)
        elif stage is Stage.REST:
            draw_rest(image, guide, tools)
        elif stage is Stage.PAUSED:
            draw_pause(image, tools, self._gestures)
        elif stage is Stage.DONE:
            draw_summary(image, guide, tools)

    def _draw_set(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        guide, tools = snapshot.guide, self._tools
        draw_card(image, _of_set(snapshot), self._phrases, tools)
        draw_clock(image, snapshot, self._phrases, tools)
        if guide is None or not (guide.instruction or guide.raised):
            draw_tempo(image, None if guide is None else guide.beat, self._phrases, tools)
            draw_banner(image, snapshot, tools)


def _stage(snapshot: Snapshot) -> Stage:
    """The stage of the session; one without a trainer is one long set."""
    return Stage.SET if snapshot.guide is None else snapshot.guide.stage


def _of_set(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the count of this set, as the voice says it; without sets the count of all stays."""
    in_sets = snapshot.guide is not None and snapshot.progress.target > 0
    return replace(snapshot, count=snapshot.progress.done) if in_sets else snapshot


def _draw_title(image: NDArray[np.uint8], guide: Guide, tools: PaintTools) -> Box:
    """Paint what is to be done in the upper left corner: exercise, leg, place in the plan."""
    about = [] if guide.side is None else [_LEGS[guide.side]]
    about += [f"{guide.item} of {guide.items}"] if guide.items > 1 else []
    lines = [Line(guide.title, _TITLE * 1.3)] if guide.title else []
    lines += [Line(" · ".join(about), _TITLE, MIST, REGULAR)] if about else []
    size = padded(size_of(lines, tools), tools) if lines else (0, 0)
    box = Box(tools.layout.px(2), tools.layout.px(2), *size).clipped(tools.layout.size_px)
    if lines:
        draw_panel(image, lines, box, tools)
    return box


def _draw_instruction(image: NDArray[np.uint8], text: str, tools: PaintTools) -> None:
    """Paint the one thing to do now: dark on orange at the lower edge, as large as it goes."""
    room_px = round(0.86 * tools.layout.size_px[0])
    lines = wrapped(text, Line("", _INSTRUCTION, INK), room_px, tools, most=3 if tools.layout.portrait else 2)
    draw_panel(image, lines, tools.layout.foot(*padded(size_of(lines, tools), tools)), tools, ORANGE)


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
