"""The camera's picture on the ground that all is painted on: as large as it goes, dark beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from repcount.sinks.layout import Box
from repcount.sinks.palette import NIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray


def placed(frame_px: tuple[int, int], size_px: tuple[int, int]) -> Box:
    """Where a picture of the shape of ``frame_px`` lies: in the middle, whole, in its own shape."""
    scale = min(size_px[0] / frame_px[0], size_px[1] / frame_px[1])
    width_px, height_px = (max(1, round(side * scale)) for side in frame_px)
    return Box((size_px[0] - width_px) // 2, (size_px[1] - height_px) // 2, width_px, height_px)


def ground(image: NDArray[np.uint8] | None, size_px: tuple[int, int], mirror: bool) -> NDArray[np.uint8]:
    """A new picture of ``size_px``, RGB, with the image in it; dark all over where there is none."""
    painted = np.empty((size_px[1], size_px[0], 3), np.uint8)
    cv2.rectangle(painted, (0, 0), size_px, NIGHT, -1)  # NumPy's own filling takes ten times as long
    if image is None:
        return painted
    box = placed((image.shape[1], image.shape[0]), size_px)
    shape_px = (box.width_px, box.height_px)
    if mirror and image.shape[0] > box.height_px:  # the smaller of the two is turned round
        image = np.asarray(cv2.resize(image, shape_px, interpolation=cv2.INTER_LINEAR), np.uint8)
    if mirror:
        image = np.asarray(cv2.flip(image, 1), np.uint8)
    cv2.resize(image, shape_px, dst=box.of(painted), interpolation=cv2.INTER_LINEAR)
    return painted
