"""A camera in the network, by its address."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from repcount.core.errors import InputError
from repcount.core.shown_text import masked, masked_url
from repcount.sources.container import to_fraction
from repcount.sources.feed import Picture
from repcount.sources.pictures import PixelReader

SCHEMES: Final = ("http", "https", "rtsp", "rtsps", "rtmp", "tcp", "udp")
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
