"""JPEG pictures as a phone sends them, looked at before they are decoded; and how bright a picture is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repcount.core.errors import InputError
from repcount.core.syslibs import naming_packages

if TYPE_CHECKING:
    from numpy.typing import NDArray


LONGEST_PX: Final = 1920
_START: Final = b"\xff\xd8"
_NO_SIZE: Final = (0xC4, 0xC8, 0xCC)  # tables and extensions among the markers that begin a frame


def size_px(data: bytes) -> tuple[int, int]:
    """Return (width, height) as the header says, without decoding a pixel.

    Raises
    ------
    InputError
        It is no JPEG, or its header is damaged.
    """
    place = 2
    while data[:2] == _START and place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            high, wide = data[place + 5 : place + 7], data[place + 7 : place + 9]
            return int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        place += 2 + length
    raise InputError("the picture is no JPEG; send JPEG pictures")


def decoded(data: bytes) -> NDArray[np.uint8]:
    """Return the picture, RGB, shape (height, width, 3).

    Raises
    ------
    InputError
        It is no JPEG, is damaged, or a side is longer than ``LONGEST_PX``.
    """
    wide, high = size_px(data)
    if not (0 < wide <= LONGEST_PX and 0 < high <= LONGEST_PX):
        raise InputError(f"the picture is {wide} x {high} pixels; send at most {LONGEST_PX} a side")
    with naming_packages():
        import cv2

    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise InputError("the picture is damaged; send it again")
    return np.asarray(image, dtype=np.uint8)


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
