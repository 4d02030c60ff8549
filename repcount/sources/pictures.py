"""Pictures: which of a file are wanted, how they become RGB and upright; how bright one is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from repcount.sources.video_facts import Orientation, display_matrix, orientation, square_size

if TYPE_CHECKING:
    from av import VideoFrame


T = TypeVar("T")

GAP_S: Final = 0.07
"""The longest step between two pictures that are looked at; see docs/performance.md for how it was found."""
EDGE_PX: Final = 640
"""The longer edge of pictures that are only tracked: the network sees the person at 256 x 256."""
_SHARES: Final = np.array((0.2126, 0.7152, 0.0722)) / 255  # of red, green and blue in luma: ITU-R BT.709
_EVERY: Final = 8


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture of a feed.

    Attributes
    ----------
    image : RGB, shape (height, width, 3), uint8.
    stamp_s : when it was taken, on the clock of ``time.monotonic``.
    media_s : its own time in a file, which then is the frame's; None for a camera.
    """

    image: NDArray[np.uint8]
    stamp_s: float
    media_s: float | None = None


@dataclass(frozen=True)
class Sampling:
    """Which pictures of a file are read, and at what size.

    Attributes
    ----------
    gap_s : a picture is left out where the next one still comes within this time after the last one that
        was not; 0 leaves none out.
    edge_px : pictures with a longer edge are reduced to it while they are decoded; None leaves them as
        they are.
    turn_deg : quarters to turn the picture clockwise, where the file itself says it wrongly or not at all.
    fps : pictures a second of a raw stream, which does not say so; None leaves it to a guess.
    """

    gap_s: float = 0.0
    edge_px: int | None = None
    turn_deg: int = 0
    fps: float | None = None

    def size_px(self, full_px: tuple[int, int]) -> tuple[int, int]:
        """Return the (width, height) at which a picture of that size is wanted."""
        longest = max(full_px)
        if self.edge_px is None or longest <= self.edge_px:
            return full_px
        width_px, height_px = (max(2, round(edge * self.edge_px / longest)) for edge in full_px)
        return width_px, height_px


def thinned(items: Iterable[T], time_s: Callable[[T], float], gap_s: float) -> Iterator[T]:
    """Leave out what is not needed for steps of ``gap_s`` at most; first and last always stay.

    Parameters
    ----------
    items : in the order of their times.
    gap_s : where the items themselves are further apart, none is left out.
    """
    kept_s: float | None = None
    waiting: list[T] = []
    for item in items:
        for earlier in waiting:
            if kept_s is None or time_s(item) - kept_s > gap_s:
                kept_s = time_s(earlier)
                yield earlier
        waiting = [item]
    yield from waiting


class PixelReader:
    """Converts the pictures of one source to RGB: upright, with square pixels, and all of one size.

    A picture of another size than the first, as of a phone that is turned while it records, is shown whole,
    with black beside it.

    Parameters
    ----------
    pixel_aspect : width of a pixel over its height; None where the source does not say.
    turn : of the first picture; a picture may say anew how it is to be turned.
    """

    def __init__(
        self, pixel_aspect: Fraction | None, turn: Orientation | None = None, sampling: Sampling | None = None
    ) -> None:
        from av.video.reformatter import VideoReformatter

        self._pixel_aspect = pixel_aspect
        self._turn = turn or Orientation()
        self._sampling = sampling or Sampling()
        self._size_px: tuple[int, int] | None = None
        self._reformatter = VideoReformatter()

    def read(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """Return the upright picture, contiguous, shape (height, width, 3)."""
        matrix = display_matrix(picture)
        if matrix is not None:
            self._turn = orientation(matrix).turned(self._sampling.turn_deg)
        square_px = square_size((picture.width, picture.height), self._pixel_aspect)
        width_px, height_px = self._sampling.size_px(square_px)
        rgb = self._reformatter.reformat(picture, width=width_px, height=height_px, format="rgb24")
        image = self._turn.apply(rgb.to_ndarray().astype(np.uint8, copy=False))
        self._size_px = self._size_px or (image.shape[1], image.shape[0])
        return letterboxed(image, self._size_px)


def turned(image: NDArray[np.uint8], turn_deg: int) -> NDArray[np.uint8]:
    """Return a picture turned clockwise by quarters, contiguous."""
    return np.ascontiguousarray(np.rot90(image, -turn_deg // 90))


def brightness(image: NDArray[np.uint8]) -> float:
    """Return the mean luma of an RGB picture of shape (height, width, 3), 0 black to 1 white.

    Every eighth pixel of every eighth row is looked at.
    """
    return float(image[::_EVERY, ::_EVERY].reshape(-1, 3).mean(axis=0) @ _SHARES)


def letterboxed(image: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
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
