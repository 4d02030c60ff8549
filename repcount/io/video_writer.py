"""Pictures, painted or as they came, written as an H.264 MP4 that a browser and a phone play."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from repcount.core.files import AtomicFile, refuse_overwrite, write_error
from repcount.core.protocols import ClosedOrDiscarded
from repcount.overlay.annotate import Overlay

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from repcount.core.records import Frame, Snapshot


__all__ = ["VideoSink", "refuse_overwrite"]

TIME_BASE: Final = Fraction(1, 90_000)
_BT709: Final = 1  # as numbered in ISO/IEC 23091-2: primaries, transfer and matrix alike
_OPTIONS: Final = {
    "profile": "high",
    "preset": "veryfast",
    "crf": "21",
    "bf": "0",  # frames stored in the order they are shown: the file's duration is then exact
}


class Painter(Protocol):
    """Makes the picture that is written from a frame's image and its snapshot."""

    def draw(self, image: NDArray[np.uint8] | None, snapshot: Snapshot) -> NDArray[np.uint8]:
        """Return it; the image given stays as it is."""
        ...


class VideoSink(ClosedOrDiscarded):
    """Paints each snapshot on its frame and writes it at the frame's own time.

    Parameters
    ----------
    path : where the video shall be; what is there stays until ``close``.
    size_px : (width, height) of the frames; an odd side is padded by one pixel.
    fps_hint : about how many frames a second there are; only the length of the last one depends on it.
    overlay : paints, or leaves it; None makes one with the default words.

    Raises
    ------
    OutputError
        It cannot be written; then, and from any other method, nothing is left behind.
    """

    def __init__(
        self,
        path: Path,
        size_px: tuple[int, int],
        fps_hint: float = 30.0,
        overlay: Painter | None = None,
    ) -> None:
        self._path = path
        self._overlay: Painter = Overlay(size_px) if overlay is None else overlay
        self._last_pts: int | None = None
        self._open = True
        self._draft = AtomicFile(path)
        try:
            self._container = _open_mp4(self._draft.part)
            self._stream = _add_h264(self._container, size_px, fps_hint)
        except (OSError, av.FFmpegError) as error:
            self._draft.discard()
            raise write_error(path, error) from error

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Paint and add one frame."""
        if not self._open:
            raise ValueError(f"{self._path}: is closed")
        picture = av.VideoFrame.from_ndarray(
            _even(self._overlay.draw(frame.image, snapshot)), format="rgb24"
        ).reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
        picture.time_base, picture.pts = TIME_BASE, self._stamp(frame.time_s)
        try:
            self._container.mux(self._stream.encode(picture))
        except (OSError, av.FFmpegError) as error:
            self.discard()
            raise write_error(self._path, error) from error

    def close(self) -> None:
        """Finish the video and put it in its place; without a frame there is none. May be called twice."""
        if self._last_pts is None:
            self.discard()
        if not self._open:
            return
        try:
            self._container.mux(self._stream.encode(None))
            self._container.close()
        except (OSError, av.FFmpegError) as error:
            self.discard()
            raise write_error(self._path, error) from error
        self._open = False
        self._draft.keep()

    def discard(self) -> None:
        """Leave nothing behind; does nothing after ``close``."""
        if not self._open:
            return
        self._open = False
        try:
            self._container.close()
        except (OSError, av.FFmpegError):
            pass  # it goes anyway
        finally:
            self._draft.discard()

    def _stamp(self, time_s: float) -> int:
        """The time in units of the file, always later than the one before."""
        pts = round(time_s / TIME_BASE)
        if self._last_pts is not None:
            pts = max(pts, self._last_pts + 1)
        self._last_pts = pts
        return pts


def _open_mp4(path: Path) -> OutputContainer:
    return av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})


def _add_h264(container: OutputContainer, size_px: tuple[int, int], fps_hint: float) -> VideoStream:
    fps = fps_hint if math.isfinite(fps_hint) and fps_hint >= 1 else 30.0
    stream = container.add_stream("libx264", rate=Fraction(fps).limit_denominator(1001), options=_OPTIONS)
    stream.width, stream.height = (side + side % 2 for side in size_px)
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.time_base = TIME_BASE
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    return stream


def _even(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The image with its last row and column repeated where their number is odd."""
    below_px, beside_px = image.shape[0] % 2, image.shape[1] % 2
    if not below_px and not beside_px:
        return image
    return np.pad(image, ((0, below_px), (0, beside_px), (0, 0)), mode="edge")


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
