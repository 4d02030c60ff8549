"""A camera as a source of frames: the newest one only, time taken as it comes, lost and found again."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final

from repcount.core.errors import InputError
from repcount.core.records import Frame
from repcount.sources.feeds import ASKED_PX, Feed, feed_of
from repcount.sources.network_camera import SILENCE_S
from repcount.sources.pictures import Picture, brightness, letterboxed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OPENING_S: Final = 15.0  # some webcams take ten seconds
RETRY_S: Final = 1.0
LOOK_S: Final = 0.1
STEP_S: Final = 1e-4


@dataclass(frozen=True)
class Link:
    """The state of a camera's connection.

    Attributes
    ----------
    live : pictures are coming.
    text : while they are not, one line that says why and what to do; empty otherwise.
    losses : how often it was lost so far.
    """

    live: bool
    text: str
    losses: int


class CameraSource:
    """The frames of a camera, device, address or file played in real time; a context manager.

    A thread of its own takes the pictures and keeps the newest: what was not fetched in time is dropped and
    counted. A camera that cannot be opened, breaks off, or sends nothing for two seconds is lost; it is
    then tried again each second, for as long as it takes, by a new thread if the old one hangs. Times go on.

    ``Frame.time_s`` of a camera is seconds since its first picture, taken when the picture came; that of a
    file is the file's own. ``Frame.index`` numbers the pictures that were taken, dropped ones included. After
    a loss pictures of another size are fitted into that of the first.

    Parameters
    ----------
    feed : where pictures come from, see :func:`repcount.sources.feeds.feed_of`.
    lost_after_s : silence that counts as a loss.
    retry_s : pause before it is tried again.
    """

    def __init__(self, feed: Feed, lost_after_s: float = SILENCE_S, retry_s: float = RETRY_S) -> None:
        self._feed = feed
        self._lost_after_s = lost_after_s
        self._retry_s = retry_s
        self._change = threading.Condition()
        self._reset()

    def _reset(self) -> None:
        self._reader: _Reader | None = None
        self._slot: Frame | None = None
        self._size_px: tuple[int, int] | None = None
        self._origin_s = self._last_s = 0.0
        self._numbers = itertools.count()
        self._retry_at_s = 0.0
        self._link = Link(False, f"{self.name}: is being opened", 0)
        self.dropped = 0
        self.ended = False

    @property
    def name(self) -> str:
        """What messages call it."""
        return self._feed.name

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the frames; (0, 0) before the first picture of a camera."""
        return self._feed.file.size_px if self._feed.file else self._size_px or (0, 0)

    @property
    def duration_s(self) -> float | None:
        """Length of a file, None for a camera."""
        return self._feed.file.duration_s if self._feed.file else None

    @property
    def frame_count(self) -> int | None:
        """Number of frames of a file, None for a camera."""
        return self._feed.file.frame_count if self._feed.file else None

    @property
    def damage(self) -> str | None:
        """What was wrong with a file; None for a camera, whose losses are no damage."""
        return self._feed.file.damage if self._feed.file else None

    @property
    def link(self) -> Link:
        """How it stands now."""
        with self._change:
            return self._link

    def now_s(self) -> float:
        """Return the present moment on the clock of ``Frame.time_s``; less a frame's time it is its delay."""
        return time.monotonic() - self._origin_s

    def newest(self, timeout_s: float) -> Frame | None:
        """Wait for a frame that has not been fetched yet, and return it.

        Returns None after ``timeout_s`` without one, at the end of a file (``ended`` then is True), and after
        ``close``. Never waits longer, whatever the camera does.
        """
        until_s = time.monotonic() + timeout_s
        with self._change:
            while self._slot is None and not self.ended:
                now_s = time.monotonic()
                self._look_after(now_s)
                if now_s >= until_s:
                    return None
                self._change.wait(min(LOOK_S, until_s - now_s))
            frame, self._slot = self._slot, None
            return frame

    def __iter__(self) -> Iterator[Frame]:
        """Yield the newest frame whenever one is asked for; a file starts anew, and ends."""
        self.close()
        with self._change:
            self._reset()
        while True:
            frame = self.newest(1.0)
            if frame is not None:
                yield frame
            elif self.ended:
                return

    def close(self) -> None:
        """Let go of the camera; may be called twice."""
        with self._change:
            reader, self._reader = self._reader, None
            self.ended, self._slot = True, None
            self._change.notify_all()
        if reader is not None:
            reader.stop.set()
            reader.join(1.0)  # a reader that hangs ends with the process

    def __enter__(self) -> CameraSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _look_after(self, now_s: float) -> None:
        """Start a reader where there is none, and give up one that hangs."""
        reader = self._reader
        if reader is None:
            if now_s >= self._retry_at_s:
                self._reader = _Reader(self._feed, self)
                self._reader.start()
        elif now_s - reader.heard_s > (self._lost_after_s if reader.opened else OPENING_S):
            silent = f"has sent nothing for {self._lost_after_s:g} s" if reader.opened else "does not answer"
            reader.stop.set()
            self._lose(f"{self.name}: {silent}; check the camera and its connection", now_s)

    def _lose(self, text: str, now_s: float) -> None:
        self._reader = None
        self._retry_at_s = now_s + self._retry_s
        self._link = Link(False, text, self._link.losses + self._link.live)

    def deliver(self, reader: _Reader, picture: Picture) -> bool:
        """Take a picture from the reader's thread; False where that reader has been given up."""
        image = picture.image if self._size_px is None else letterboxed(picture.image, self._size_px)
        bright = brightness(image)
        with self._change:
            if reader is not self._reader:
                return False
            reader.heard_s, reader.opened = time.monotonic(), True
            self.dropped += self._slot is not None
            self._slot = self._frame(picture, image, bright)
            self._link = Link(True, "", self._link.losses)
            self._change.notify_all()
            return True

    def _frame(self, picture: Picture, image: NDArray[np.uint8], bright: float) -> Frame:
        number = next(self._numbers)
        if number == 0:
            self._size_px = (image.shape[1], image.shape[0])
            self._origin_s = picture.stamp_s - (picture.media_s or 0.0)
        time_s = picture.stamp_s - self._origin_s if picture.media_s is None else picture.media_s
        self._last_s = time_s if number == 0 else max(time_s, self._last_s + STEP_S)
        return Frame(self._last_s, number, image, bright)

    def finished(self, reader: _Reader, complaint: str | None) -> None:
        """Take the end of a reader, with what went wrong."""
        with self._change:
            if reader is not self._reader:
                return
            if complaint is None and self._feed.file:
                self.ended, self._reader = True, None
            else:
                self._lose(complaint or f"{self.name}: stopped sending", time.monotonic())
            self._change.notify_all()


class _Reader(threading.Thread):
    """Takes pictures from a feed until it is told to stop; dies alone where it hangs."""

    def __init__(self, feed: Feed, camera: CameraSource) -> None:
        super().__init__(name="capture", daemon=True)
        self.stop = threading.Event()
        self.heard_s = time.monotonic()
        self.opened = False
        self._feed = feed
        self._camera = camera

    def run(self) -> None:
        complaint: str | None = None
        try:
            for picture in self._feed.pictures(self.stop):
                if not self._camera.deliver(self, picture):
                    return
        except InputError as error:
            complaint = str(error)
        self._camera.finished(self, complaint)


def open_camera(camera: str, size_px: tuple[int, int] = ASKED_PX, turn_deg: int = 0) -> CameraSource:
    """Return the source for a camera as a user names it: index, device, address, or a video file.

    ``turn_deg`` turns its pictures, clockwise by quarters.

    Nothing is opened before the first frame is asked for, but a file that cannot be read is told at once.

    Raises
    ------
    InputError
        A file that is not there or is no video.
    """
    return CameraSource(feed_of(camera, size_px, turn_deg))
