"""From a decoded picture to the pixels that are wanted: RGB, upright, square, reduced where asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from repcount.sources.facts import Facts
from repcount.sources.sampling import Sampling

if TYPE_CHECKING:
    from av import VideoFrame


class PixelReader:
    """Converts the pictures of one file; what is worked out for the first serves all of them."""

    def __init__(self, facts: Facts, sampling: Sampling) -> None:
        from av.video.reformatter import VideoReformatter

        self._turn = facts.turn
        self._width_px, self._height_px = sampling.size_px(facts.square_px)
        self._reformatter = VideoReformatter()

    def read(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """Return the upright picture, contiguous, shape (height, width, 3)."""
        rgb = self._reformatter.reformat(
            picture, width=self._width_px, height=self._height_px, format="rgb24"
        )
        return self._turn.apply(rgb.to_ndarray().astype(np.uint8, copy=False))
