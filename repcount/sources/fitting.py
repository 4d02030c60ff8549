"""Pictures made to fit: how bright one is, and one of another size put into the size that was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHARES: Final = np.array((0.2126, 0.7152, 0.0722)) / 255  # of red, green and blue in luma: ITU-R BT.709
_EVERY: Final = 8


def brightness(image: NDArray[np.uint8]) -> float:
    """Return the mean luma of an RGB picture of shape (height, width, 3), 0 black to 1 white.

    Every eighth pixel of every eighth row is looked at.
    """
    return float(image[::_EVERY, ::_EVERY].reshape(-1, 3).mean(axis=0) @ _SHARES)


def fitted(image: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a picture of ``size_px`` (width, height): the whole of the given one, black beside it."""
    import cv2

    height_px, width_px = image.shape[:2]
    if (width_px, height_px) == size_px:
        return image
    scale = min(size_px[0] / width_px, size_px[1] / height_px)
    inner_px = (max(1, round(width_px * scale)), max(1, round(height_px * scale)))
    left_px, top_px = (size_px[0] - inner_px[0]) // 2, (size_px[1] - inner_px[1]) // 2
    whole = np.zeros((size_px[1], size_px[0], 3), np.uint8)
    inner = cv2.resize(image, inner_px, interpolation=cv2.INTER_AREA)
    whole[top_px : top_px + inner_px[1], left_px : left_px + inner_px[0]] = inner
    return whole
