"""Paints a snapshot on a frame: the figure and its angles; count, set, phase, hold and cue in the corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from repcount.core.phrases import Phrases, english
from repcount.overlay.body import Body, draw_head, draw_skeleton
from repcount.overlay.canvas import INK, PaintTools
from repcount.overlay.captions import draw_banner
from repcount.overlay.indicators import draw_card, draw_clock
from repcount.overlay.joint_angles import draw_angles, shown_sides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.records import Snapshot


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
        draw_card(painted, snapshot, self._phrases, self._tools)
        draw_clock(painted, snapshot, self._phrases, self._tools)
        draw_banner(painted, snapshot, self._tools)
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
