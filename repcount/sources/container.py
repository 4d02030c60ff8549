"""A video file opened and its pictures decoded; what is wrong with it is gathered and told in one line."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError

if TYPE_CHECKING:
    from av import Packet, VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream


RAW_FORMATS: Final = ("h264", "hevc", "m4v", "mpegvideo", "vvc", "av1", "obu", "mjpeg", "h263", "h261")
END_SLACK_S = 1.0  # where only the container's length is known: its sound may run on a little
END_SLACK_FRAMES = 1.5  # where the number of frames is known too


class DamageReport:
    """Counts what could not be decoded and notices an early end.

    Parameters
    ----------
    name : the file, as the line shall name it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lost = 0
        self._first_lost_s: float | None = None
        self._why_lost = ""
        self._broke_off = ""

    def lost(self, time_s: float | None, reason: str) -> None:
        """Take note of pictures that were left out or came out damaged at ``time_s`` (None: unknown)."""
        self._lost += 1
        self._why_lost = self._why_lost or reason
        if time_s is not None:  # packets come in the order of decoding, not of showing
            self._first_lost_s = min(time_s, self._first_lost_s or time_s)

    def broke_off(self, time_s: float | None, reason: str) -> None:
        """Take note that nothing could be read after ``time_s``."""
        self._broke_off = f"the file breaks off {_when(time_s)} ({reason})"

    def ended(
        self, end_s: float, expected_s: float | None, frames_missing: int | None, interval_s: float
    ) -> None:
        """Compare where the frames ended with where the container said they would.

        Parameters
        ----------
        frames_missing : how many of the frames that the container counts were not there; None where it
            does not count them.
        """
        if expected_s is None or self._broke_off or frames_missing == 0:
            return
        slack_s = END_SLACK_S if frames_missing is None else END_SLACK_FRAMES * interval_s
        if expected_s - end_s > slack_s:
            self.broke_off(end_s, f"it should last {expected_s:.2f} s")

    @property
    def text(self) -> str | None:
        """One line, or None where nothing is wrong."""
        parts = [self._broke_off] if self._broke_off else []
        if self._lost:
            parts.append(
                f"damaged pictures: {self._lost}, the first {_when(self._first_lost_s)} ({self._why_lost})"
            )
        return f"{self._name}: {'; '.join(parts)}" if parts else None


def _when(time_s: float | None) -> str:
    return "at an unknown time" if time_s is None else f"at {time_s:.2f} s"


def open_file(path: Path, fps: float | None = None) -> InputContainer:
    """Open a video file, and nothing that it may point to.

    Parameters
    ----------
    fps : pictures a second, where it is a raw stream, which does not say so.

    Raises
    ------
    InputError
        Where it is no video that can be read; the text says why.
    """
    import av

    _check(path)
    try:
        # Only this file: a play list named .mp4 must not make FFmpeg fetch what it points to.
        options = {"protocol_whitelist": "file"}
        container = av.open(os.path.abspath(path), options=options)
        if fps is None or not is_raw(container):
            return container
        container.close()
        return av.open(os.path.abspath(path), options={**options, "framerate": f"{fps:g}"})
    except av.error.FFmpegError as error:
        raise InputError(_unreadable(path, error.strerror or str(error))) from error


def is_raw(container: InputContainer) -> bool:
    """Whether a file is a stream of pictures without any times."""
    return container.format.name in RAW_FORMATS


def _check(path: Path) -> None:
    if path.is_dir():
        raise InputError(f"{path}: a folder, not a video; name the files in it, or add --recursive")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise InputError(f"{path}: the file is empty; record or copy it again")
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def _unreadable(path: Path, reason: str) -> str:
    with path.open("rb") as file:
        if file.read(8)[4:] == b"ftyp":
            return f"{path}: the recording broke off before its index was written; record or copy it again"
    return f"{path}: not a video that can be read ({reason}); give a video file such as MP4, MOV or WebM"


def picture_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the stream of pictures.

    Raises
    ------
    InputError
        Where there is none.
    """
    from av.stream import Disposition

    stream = container.streams.best("video")
    if not container.streams:
        raise InputError(_unreadable(path, "there is nothing in it"))
    if stream is None or stream.disposition & Disposition.attached_pic:  # a cover of a sound file
        raise InputError(f"{path}: sound without pictures; give a video file such as MP4, MOV or WebM")
    return stream  # type: ignore[return-value]


def decode_pictures(
    container: InputContainer,
    stream: VideoStream,
    report: DamageReport,
    origin_s: Fraction,
    stamps: Stamps | None = None,
) -> Iterator[VideoFrame]:
    """Yield what the decoder can give, in the order of showing; what it cannot goes into the report.

    ``stamps`` is told of every packet.
    """
    from av.error import FFmpegError

    last_s: float | None = None
    try:
        for packet in container.demux(stream):
            if stamps is not None and packet.size:
                stamps.add(packet.dts)
            for picture in _pictures(packet, report, origin_s):
                last_s = seconds(picture.pts, picture.time_base, origin_s)
                if picture.is_corrupt:
                    report.lost(last_s, "decoded with errors")
                yield picture
    except FFmpegError as error:
        report.broke_off(last_s, error.strerror or str(error))


def _pictures(packet: Packet[VideoStream], report: DamageReport, origin_s: Fraction) -> list[VideoFrame]:
    from av.error import FFmpegError

    try:
        return packet.decode()
    except FFmpegError as error:
        report.lost(seconds(packet.pts, packet.time_base, origin_s), error.strerror or str(error))
        return []


def to_fraction(rational: Any) -> Fraction:
    """Return a rational number of FFmpeg, which PyAV has as a type of its own from release 19 on.

    What FFmpeg does not know, None or a division by 0, is 0.
    """
    known = rational is not None and rational.denominator
    return Fraction(rational.numerator, rational.denominator) if known else Fraction(0)


def seconds(stamp: int | None, time_base: Any, origin_s: Fraction) -> float | None:
    """Return a stamp of the file in seconds from ``origin_s``, rounded once."""
    return None if stamp is None or time_base is None else float(stamp * to_fraction(time_base) - origin_s)


class Stamps:
    """When pictures are shown, in the order of showing.

    AVI knows only when a picture is decoded. Where pictures are decoded in another order than they are shown,
    the first that is shown takes the first stamp, the second the second one.
    """

    def __init__(self, by_decoding: bool) -> None:
        self._by_decoding = by_decoding
        self._waiting: deque[int | None] = deque()

    def add(self, stamp: int | None) -> None:
        """Take the stamp of the newest packet."""
        if self._by_decoding:
            self._waiting.append(stamp)

    def of(self, picture: VideoFrame) -> int | None:
        """The stamp of the newest picture, in the stream's time base; None where there is none."""
        return self._waiting.popleft() if self._waiting else picture.pts


def shown_s(picture: VideoFrame, interval_s: float) -> float:
    """Return how long a picture is to be shown."""
    if not picture.duration or picture.time_base is None:
        return interval_s
    return float(picture.duration * to_fraction(picture.time_base))
