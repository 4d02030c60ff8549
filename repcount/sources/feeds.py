"""Where the pictures of a camera come from: a device, a network address, or a video file at its own pace."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from repcount.core.errors import InputError
from repcount.core.shown_text import masked_name, masked_url
from repcount.sources.network_camera import SCHEMES, AddressFeed
from repcount.sources.pictures import Picture, Sampling, turned
from repcount.sources.video import VideoSource

ASKED_PX: Final = (1280, 720)  # a device gives what comes nearest


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


@dataclass(frozen=True)
class CameraInfo:
    """One camera of this machine.

    Attributes
    ----------
    index : what ``--camera`` takes.
    device : its path, empty where the system has none.
    """

    index: int
    name: str
    device: str


def backend() -> int:
    """Return OpenCV's number for the system's camera interface; 0 leaves the choice to OpenCV."""
    import cv2

    known = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_MSMF}
    return int(known.get(sys.platform, cv2.CAP_ANY))


def list_cameras() -> tuple[CameraInfo, ...]:
    """Return the cameras that are there, by index; none is opened."""
    from cv2_enumerate_cameras import enumerate_cameras

    found = enumerate_cameras(backend())
    cameras = [CameraInfo(each.index, each.name or "camera", each.path or "") for each in found]
    return tuple(sorted(cameras, key=lambda camera: camera.index))


class DeviceFeed:
    """A camera of this machine, by index or by the path of its device, through OpenCV.

    Parameters
    ----------
    device : 0 for the first, or a path such as ``/dev/video2``.
    size_px : (width, height) that is asked for; the camera gives what it has.
    """

    file = None

    def __init__(self, device: int | str, size_px: tuple[int, int] = ASKED_PX) -> None:
        self._device = device
        self._size_px = size_px

    @property
    def name(self) -> str:
        """The index or path, in words."""
        return f"camera {self._device}"

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """See :class:`Feed`."""
        import cv2

        camera = self._open()
        try:
            while not stop.is_set():
                taken = camera.grab()
                stamp_s = time.monotonic()
                good, image = camera.retrieve() if taken else (False, None)
                if not good or image is None:
                    raise InputError(f"{self.name}: gives no more pictures; check its cable")
                shown = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB if image.ndim == 2 else cv2.COLOR_BGR2RGB)
                yield Picture(shown, stamp_s)
        finally:
            camera.release()

    def _open(self) -> Any:
        import cv2

        if isinstance(self._device, str) and not os.path.exists(self._device):
            raise InputError(f"{self.name}: is not there; plug it in, `repcount cameras` lists what is")
        cv2.utils.logging.setLogLevel(
            cv2.utils.logging.LOG_LEVEL_SILENT
        )  # its complaints are told here, in one line
        camera = cv2.VideoCapture(self._device, backend())
        if not camera.isOpened():
            camera.release()
            raise InputError(
                f"{self.name}: is not there or busy; plug it in and close other programs that use it, "
                "`repcount cameras` lists what is there"
            )
        camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # raw ones fill the cable
        camera.set(cv2.CAP_PROP_FRAME_WIDTH, self._size_px[0])
        camera.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size_px[1])
        camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return camera


class FileFeed:
    """A video file played at its own pace, as if it were a camera; its own times are the frames'.

    Raises
    ------
    InputError
        There is no such file, or no picture to be had from it.
    """

    def __init__(self, path: Path, turn_deg: int = 0) -> None:
        self.file = VideoSource(path, Sampling(turn_deg=turn_deg))

    @property
    def name(self) -> str:
        """The path, as given."""
        return self.file.name

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """See :class:`Feed`. A picture is due as long after the first as the file says."""
        start_s: float | None = None
        for frame in self.file:
            now_s = time.monotonic()
            start_s = now_s - frame.time_s if start_s is None else start_s
            if stop.wait(max(0.0, start_s + frame.time_s - now_s)):
                return
            if frame.image is not None:
                yield Picture(frame.image, start_s + frame.time_s, frame.time_s)


class TurnedFeed:
    """A camera whose pictures are turned clockwise by ``turn_deg``, quarters."""

    file = None

    def __init__(self, feed: Feed, turn_deg: int) -> None:
        self._feed, self._turn_deg = feed, turn_deg

    @property
    def name(self) -> str:
        """That of the camera."""
        return self._feed.name

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """See :class:`Feed`."""
        for picture in self._feed.pictures(stop):
            yield replace(picture, image=turned(picture.image, self._turn_deg))


def feed_of(camera: str, size_px: tuple[int, int] = ASKED_PX, turn_deg: int = 0) -> Feed:
    """Return the way to a camera as a user names it: index, device, address, or a video file.

    ``turn_deg`` turns its pictures, clockwise by quarters.

    Raises
    ------
    InputError
        A file that is not there or is no video. Cameras are not looked for here.
    """
    if camera.isdecimal() or camera.startswith("/dev/"):
        feed: Feed = DeviceFeed(int(camera) if camera.isdecimal() else camera, size_px)
    elif "://" in camera:
        feed = _address_feed(camera)
    elif not Path(camera).exists():
        raise InputError(
            f"{masked_name(camera)}: no such file; a camera is a number (`repcount cameras` lists them), "
            "an address such as http://192.168.1.20:8080/video, or a video file"
        )
    else:
        return FileFeed(Path(camera), turn_deg)
    return TurnedFeed(feed, turn_deg) if turn_deg else feed


def missing_camera(camera: str) -> str:
    """What is plainly missing, in a line; empty where that is only known once a camera is opened.

    Raises
    ------
    InputError
        As :func:`feed_of`.
    """
    feed_of(camera)
    if camera.isdecimal() and not list_cameras():
        return f"camera {camera}: is not there; plug it in, `repcount cameras` lists what is"
    return ""


def _address_feed(address: str) -> AddressFeed:
    scheme, sign, rest = address.partition("://")
    if scheme.lower() not in SCHEMES:
        known = ", ".join(SCHEMES)
        raise InputError(f"{masked_url(address, keep_user=False)}: an address begins with one of {known}://")
    return AddressFeed(f"{scheme.lower()}{sign}{rest}")
