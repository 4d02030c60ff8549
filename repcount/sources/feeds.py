"""Where the pictures of a camera come from: a device, a network address, or a video file at its own pace."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from repcount.core.errors import InputError
from repcount.core.shown_text import masked, masked_url
from repcount.sources.container import to_fraction
from repcount.sources.pictures import PixelReader
from repcount.sources.video import VideoSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMES: Final = ("http", "https", "rtsp", "rtsps", "rtmp", "tcp", "udp")
ASKED_PX: Final = (1280, 720)  # a device gives what comes nearest
ANSWER_S: Final = 10.0  # an address that has not answered by then is tried anew
SILENCE_S: Final = 2.0
_PROTOCOLS: Final = "http,https,httpproxy,tcp,tls,udp,rtp,rtsp,rtmp,crypto"
"""What an address may lead to: a play list must not make FFmpeg open a file of this machine."""
_NEWEST: Final = {
    "fflags": "nobuffer",
    "flags": "low_delay",
    "analyzeduration": "1000000",  # microseconds
    "rtsp_transport": "tcp",
    "protocol_whitelist": _PROTOCOLS,
}


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


class AddressFeed:
    """A camera in the network: HTTP (motion JPEG, as phones' camera apps send it), RTSP and the like."""

    file = None

    def __init__(self, address: str) -> None:
        self._address = address

    @property
    def name(self) -> str:
        """The address without name and password, and without what its query says."""
        return masked_url(self._address, keep_user=False)

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """See :class:`Feed`."""
        import av
        from av.error import FFmpegError

        try:
            with av.open(self._address, options=dict(_NEWEST), timeout=(ANSWER_S, SILENCE_S)) as container:
                if not container.streams.video:
                    raise InputError(f"{self.name}: sends no pictures; check the address in the camera's app")
                stream = container.streams.video[0]
                stream.thread_type, stream.codec_context.thread_count = "SLICE", 1  # no pictures held back
                pixels: PixelReader | None = None
                for packet in container.demux(stream):
                    stamp_s = time.monotonic()
                    if stop.is_set():
                        return
                    for picture in _decoded(packet):
                        pixels = pixels or PixelReader(to_fraction(stream.sample_aspect_ratio))
                        yield Picture(pixels.read(picture), stamp_s)
        except FFmpegError as error:
            raise InputError(f"{self.name}: {_reason(error)}") from error
        raise InputError(f"{self.name}: stopped sending; check the camera's app")


class FileFeed:
    """A video file played at its own pace, as if it were a camera; its own times are the frames'.

    Raises
    ------
    InputError
        There is no such file, or no picture to be had from it.
    """

    def __init__(self, path: Path) -> None:
        self.file = VideoSource(path)

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


def feed_of(camera: str, size_px: tuple[int, int] = ASKED_PX) -> Feed:
    """Return the way to a camera as a user names it: index, device, address, or a video file.

    Raises
    ------
    InputError
        A file that is not there or is no video. Cameras are not looked for here.
    """
    if camera.isdecimal():
        return DeviceFeed(int(camera), size_px)
    scheme, found, _ = camera.partition("://")
    if found:
        if scheme.lower() not in SCHEMES:
            raise InputError(
                f"{masked_url(camera, keep_user=False)}: an address begins with one of {', '.join(SCHEMES)}://"
            )
        return AddressFeed(camera)
    if camera.startswith("/dev/"):
        return DeviceFeed(camera, size_px)
    if not Path(camera).exists():
        raise InputError(
            f"{camera}: no such file; a camera is a number (`repcount cameras` lists them), "
            "an address such as http://192.168.1.20:8080/video, or a video file"
        )
    return FileFeed(Path(camera))


def _decoded(packet: Any) -> Sequence[Any]:
    """The pictures of a packet; one that is damaged on its way is left out."""
    from av.error import InvalidDataError

    try:
        pictures: Sequence[Any] = packet.decode()
    except InvalidDataError:
        return ()
    return pictures


def _reason(error: Any) -> str:
    from av import error as kinds

    said = {
        kinds.ConnectionRefusedError: "refuses the connection; start the camera's app and check the address",
        kinds.HTTPUnauthorizedError: "asks for a name and password; write them as http://NAME:PASSWORD@...",
        kinds.HTTPForbiddenError: "refuses access; check name and password",
        kinds.HTTPNotFoundError: "there is no such page; check the path in the address",
        kinds.ExitError: "does not answer; check that both are in the same network",
        kinds.TimeoutError: "does not answer; check that both are in the same network",
        kinds.InvalidDataError: "sends something else than video; check the path in the address",
    }
    for kind, text in said.items():
        if isinstance(error, kind):
            return text
    said_by_system = error.strerror or masked(str(error))
    return f"the connection broke off ({said_by_system}); check the address and the network"
