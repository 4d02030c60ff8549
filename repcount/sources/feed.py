"""What every way to a camera is: it gives pictures until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from repcount.sources.video import VideoSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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


class Feed(Protocol):
    """One way to a camera. Opened again after each loss, by another thread."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    @property
    def file(self) -> VideoSource | None:
        """The file behind it, which ends; None for a camera, which is lost and found again."""
        ...

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """Open it and yield pictures as they come, until ``stop`` is set.

        Raises
        ------
        InputError
            It cannot be opened, or broke off; the text names it and the remedy.
        """
        ...
