"""The picture as it came, for a video without anything painted on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.model import Snapshot


class Unpainted:
    """In the place of an overlay: paints nothing."""

    def draw(self, image: NDArray[np.uint8] | None, snapshot: Snapshot) -> NDArray[np.uint8]:
        """Return the picture itself.

        Raises
        ------
        ValueError
            There is none.
        """
        if image is None:
            raise ValueError("a frame without a picture cannot be recorded")
        return image
