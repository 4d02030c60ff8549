"""The live picture: mirrored person, count, and what the trainer has to say at each stage of a session."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from repcount.core.guide import Stage
from repcount.core.model import Side
from repcount.sinks.angles import draw_angles, shown_sides
from repcount.sinks.banner import draw_banner
from repcount.sinks.brush import Brush
from repcount.sinks.card import WORDS, draw_card
from repcount.sinks.clock import draw_clock
from repcount.sinks.figure import Body, draw_skeleton
from repcount.sinks.ground import ground, placed
from repcount.sinks.layout import Box
from repcount.sinks.lines import Line, draw_panel, padded, size_of, wrapped
from repcount.sinks.middle import (
    draw_countdown,
    draw_pause,
    draw_raised,
    draw_rest,
    draw_summary,
    draw_waiting,
)
from repcount.sinks.palette import INK, MIST, ORANGE, PAPER
from repcount.sinks.placing import draw_placing
from repcount.sinks.tempo import draw_tempo
from repcount.sinks.text import REGULAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.guide import Guide
    from repcount.core.live import LiveStatus
    from repcount.core.model import Phase, Snapshot
    from repcount.core.placement import Placement

LARGER: Final = 1.3
"""How much larger than in a video things are painted: they are read from three metres."""
LARGER_PORTRAIT: Final = 1.12
_INSTRUCTION, _TITLE = 6.4, 3.5  # font sizes in units
_LEGS: Final = {Side.LEFT: "left leg", Side.RIGHT: "right leg", Side.BOTH: "both legs"}


class LivePicture:
    """Paints snapshots of a guided session at one size; keeps what it has rendered before.

    The camera's picture keeps its shape; what is written may stand on the dark beside it.

    Parameters
    ----------
    size_px : (width, height) of what is painted.
    mirror : show the person as a mirror does; text is not mirrored.
    stats : add the line with frames a second and delay to each picture of the camera.
    gestures : whether raised hands are heard, for what is said in a pause.
    words : what each phase is called.
    placements : the right camera place of each exercise, by name.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        *,
        mirror: bool = True,
        stats: bool = False,
        gestures: bool = True,
        words: Mapping[Phase, str] = WORDS,
        placements: Mapping[str, Placement] | None = None,
    ) -> None:
        self._size_px = size_px
        self._mirror, self._stats, self._gestures = mirror, stats, gestures
        self._words, self._placements = words, placements or {}
        portrait = size_px[1] > size_px[0]
        self._thin = Brush.of(size_px)
        self._brush = Brush.of(size_px, LARGER_PORTRAIT if portrait else LARGER)

    def draw(
        self, image: NDArray[np.uint8] | None, snapshot: Snapshot | None, status: LiveStatus
    ) -> NDArray[np.uint8]:
        """Return a new picture of ``size_px``, RGB; the image given stays as it is.

        Parameters
        ----------
        image : RGB, shape (height, width, 3), uint8; None paints a dark ground.
        snapshot : what is known after that frame; None before the first one.
        status : how it runs; where it waits for the camera, that is said, beside the count alone.
        """
        painted = ground(image, self._size_px, self._mirror)
        if self._stats and image is not None:
            _draw_stats(painted, status, self._thin)
        if status.waiting:
            if snapshot is not None and _stage(snapshot) is Stage.SET:
                draw_card(painted, _of_set(snapshot), self._words, self._brush)
            draw_waiting(painted, status.waiting, self._brush)
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
        draw_skeleton(image, body, () if side is None else shown_sides(side), self._thin.layout)
        if guide is None or guide.stage is Stage.SET:
            draw_angles(image, body, snapshot, self._thin)

    def _draw_stage(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        """Paint what belongs to the stage."""
        guide, brush = snapshot.guide, self._brush
        stage = _stage(snapshot)
        if stage is Stage.SET:
            self._draw_set(image, snapshot)
        if guide is None:
            return
        self._draw_panels(image, guide)
        if guide.raised is not None:
            draw_raised(image, guide, brush)
        elif guide.instruction and stage in (Stage.FRAMING, Stage.COUNTDOWN, Stage.SET):
            _draw_instruction(image, guide.instruction, brush)

    def _draw_panels(self, image: NDArray[np.uint8], guide: Guide) -> None:
        """Paint what only one stage has."""
        stage, brush = guide.stage, self._brush
        if stage in (Stage.FRAMING, Stage.COUNTDOWN):
            title = _draw_title(image, guide, brush)
            if stage is Stage.FRAMING and guide.exercise in self._placements:
                draw_placing(image, self._placements[guide.exercise], title, brush)
        if stage is Stage.COUNTDOWN:
            draw_countdown(image, guide, brush)
        elif stage is Stage.REST:
            draw_rest(image, guide, brush)
        elif stage is Stage.PAUSED:
            draw_pause(image, brush, self._gestures)
        elif stage is Stage.DONE:
            draw_summary(image, guide, brush)

    def _draw_set(self, image: NDArray[np.uint8], snapshot: Snapshot) -> None:
        guide, brush = snapshot.guide, self._brush
        draw_card(image, _of_set(snapshot), self._words, brush)
        draw_clock(image, snapshot, brush)
        if guide is None or not (guide.instruction or guide.raised):
            draw_tempo(image, None if guide is None else guide.beat, brush)
            draw_banner(image, snapshot, brush)


def _stage(snapshot: Snapshot) -> Stage:
    """The stage of the session; one without a trainer is one long set."""
    return Stage.SET if snapshot.guide is None else snapshot.guide.stage


def _of_set(snapshot: Snapshot) -> Snapshot:
    """With the count of the set under way, as the voice says it; that of all where no set is asked for."""
    in_sets = snapshot.guide is not None and snapshot.progress.target > 0
    return replace(snapshot, count=snapshot.progress.done) if in_sets else snapshot


def _draw_title(image: NDArray[np.uint8], guide: Guide, brush: Brush) -> Box:
    """Paint what is to be done in the upper left corner: exercise, leg, place in the plan."""
    about = [] if guide.side is None else [_LEGS[guide.side]]
    about += [f"{guide.item} of {guide.items}"] if guide.items > 1 else []
    lines = [Line(guide.title, _TITLE * 1.3)] if guide.title else []
    lines += [Line(" · ".join(about), _TITLE, MIST, REGULAR)] if about else []
    size = padded(size_of(lines, brush), brush) if lines else (0, 0)
    box = Box(brush.layout.px(2), brush.layout.px(2), *size).clipped(brush.layout.size_px)
    if lines:
        draw_panel(image, lines, box, brush)
    return box


def _draw_instruction(image: NDArray[np.uint8], text: str, brush: Brush) -> None:
    """Paint the one thing to do now: dark on orange at the lower edge, as large as it goes."""
    room_px = round(0.86 * brush.layout.size_px[0])
    lines = wrapped(text, Line("", _INSTRUCTION, INK), room_px, brush, most=3 if brush.layout.portrait else 2)
    draw_panel(image, lines, brush.layout.foot(*padded(size_of(lines, brush), brush)), brush, ORANGE)


def _draw_stats(image: NDArray[np.uint8], status: LiveStatus, brush: Brush) -> None:
    """Paint how it runs, small, in the lower left corner."""
    figures = (
        (status.fps, "{:.0f} fps"),
        (status.delay_ms, "{:.0f} ms delay"),
        (status.pose_ms, "pose {:.0f}"),
        (status.draw_ms, "draw {:.1f}"),
    )
    parts = [text.format(value) for value, text in figures if math.isfinite(value)]
    line = " · ".join([*parts, f"{status.dropped} dropped"])
    px, size_px = brush.layout.px, brush.layout.px(2.6)
    width_px = brush.font.width_px(line, size_px) + px(2)
    box = Box(px(1), image.shape[0] - px(5), width_px, px(4)).clipped(brush.layout.size_px)
    brush.panels.paint(image, box, px(1), INK, 0.6)
    brush.font.draw(image, line, (box.x_px + px(1), box.bottom_px - px(1.2)), size_px, PAPER)
