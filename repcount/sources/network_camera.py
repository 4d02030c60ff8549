"""A camera in the network, by its address."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from repcount.core.errors import InputError
from repcount.core.shown_text import masked, masked_url, split_user
from repcount.sources.container import to_fraction
from repcount.sources.pictures import Picture, PixelReader

SCHEMES: Final = ("http", "https", "rtsp", "rtsps", "rtmp", "tcp", "udp")
ANSWER_S: Final = 10.0  # an address that has not answered by then is tried anew
SILENCE_S: Final = 2.0
JPEGS: Final = "mjpeg"
"""One JPEG after the other, whatever stands between them: a camera may leave out the first boundary."""
NO_VIDEO: Final = "sends something else than video; check the path in the address"
STILL: Final = "is one picture, no video; take the address of the camera's video"
_PROTOCOLS: Final = "http,https,httpproxy,tcp,tls,udp,rtp,rtsp,rtmp,crypto"
"""What an address may lead to: a play list must not make FFmpeg open a file of this machine."""
_NEWEST: Final = {
    "fflags": "nobuffer",
    "flags": "low_delay",
    "analyzeduration": "1000000",  # microseconds
    "rtsp_transport": "tcp",
    "protocol_whitelist": _PROTOCOLS,
}


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
        heard = False
        try:
            for picture in self._pictures(stop):
                heard = True
                yield picture
        except InputError:
            if not heard and not stop.is_set() and _is_still(self._address):
                raise InputError(f"{self.name}: {STILL}") from None
            raise

    def _pictures(self, stop: threading.Event) -> Iterator[Picture]:
        from av.error import FFmpegError, InvalidDataError

        try:
            try:
                yield from self._opened(stop, None)
            except InvalidDataError as error:
                yield from self._as_jpegs(stop, error)
        except FFmpegError as error:
            raise InputError(f"{self.name}: {_reason(error)}") from error

    def _as_jpegs(self, stop: threading.Event, first: Exception) -> Iterator[Picture]:
        """The pictures of an HTTP address that is no stream FFmpeg knows; where there are none, its error."""
        from av.error import FFmpegError

        if not self._address.lower().startswith("http"):
            raise first
        heard = False
        try:
            for picture in self._opened(stop, JPEGS):
                heard = True
                yield picture
        except FFmpegError as error:
            raise error if heard else first from None

    def _opened(self, stop: threading.Event, form: str | None) -> Iterator[Picture]:
        """The pictures, of a stream in this form; None finds the form out."""
        import av

        heard = False
        with av.open(
            self._address, format=form, options=dict(_NEWEST), timeout=(ANSWER_S, SILENCE_S)
        ) as container:
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
                    heard = True
                    pixels = pixels or PixelReader(to_fraction(stream.sample_aspect_ratio))
                    yield Picture(pixels.read(picture), stamp_s)
            raise InputError(f"{self.name}: {_ended(container.format.name, form, heard)}")


def _ended(found: str, asked: str | None, heard: bool) -> str:
    """Why a stream came to its end."""
    if asked is not None and not heard:
        return NO_VIDEO
    if found.endswith("_pipe") or found == "image2":
        return STILL
    return "stopped sending; check the camera's app"


def _is_still(address: str) -> bool:
    """Whether an HTTP address sends one picture; where its length is unknown FFmpeg cannot tell."""
    from base64 import b64encode
    from http.client import HTTPException
    from urllib.parse import unquote
    from urllib.request import Request, urlopen

    scheme, sign, rest = address.partition("://")
    if scheme.lower() not in ("http", "https"):
        return False
    user, place = split_user(rest)
    headers = {} if user is None else {"Authorization": f"Basic {b64encode(unquote(user).encode()).decode()}"}
    try:
        with urlopen(Request(f"{scheme}{sign}{place}", headers=headers), timeout=SILENCE_S) as answer:
            return bool(answer.headers.get_content_maintype() == "image")
    except (OSError, ValueError, HTTPException):
        return False


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
        kinds.InvalidDataError: NO_VIDEO,
    }
    for kind, text in said.items():
        if isinstance(error, kind):
            return text
    said_by_system = error.strerror or masked(str(error))
    return f"the connection broke off ({said_by_system}); check the address and the network"
