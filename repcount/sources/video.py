"""Frames of a video file: upright, with square pixels and the exact media times of the file."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import InputError
from repcount.core.model import Frame
from repcount.sources.damage import DamageReport
from repcount.sources.stamps import StampRepair
from repcount.sources.upright import Orientation, orientation, square_size

if TYPE_CHECKING:
    from av import Packet, VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

FALLBACK_RATE = Fraction(30)  # frames per second, for a file that says nothing of it
MICROSECONDS = 1_000_000  # the unit in which a container gives its own times
SAME_START_S = Fraction(1, 1000)  # a container rounds its start to microseconds, a stream does not


@dataclass(frozen=True)
class _Facts:
    """What is known of a file after its first picture.

    ``square_px`` is the size before turning; ``origin_s`` is what the file's own stamps count from.
    """

    square_px: tuple[int, int]
    turn: Orientation
    origin_s: Fraction
    interval_s: float
    duration_s: float | None
    frame_count: int | None


class VideoSource:
    """Every frame of a video file, in order, as RGB.

    Times are those of the file (``pts * time_base``), counted from its start as a player counts them:
    the start time that a container may carry is taken off, and a first frame still before 0 moves all
    times so that it is at 0. Stamps that are missing, repeated or running backward are mended (see
    ``StampRepair``); variable frame rates need no mending. A picture that cannot be decoded is left out,
    and a file that breaks off ends there; ``damage`` then says so. A still picture is a single frame.

    Iterating again reads the file from its start, and ends an iteration still under way.

    Raises
    ------
    InputError
        Where there is no picture to be had from the file.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._facts = _read_facts(self._path)
        self._report = DamageReport(self.name)
        self._under_way: Generator[Frame, None, None] | None = None

    @property
    def name(self) -> str:
        """The path, as given."""
        return str(self._path)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the upright frames with square pixels."""
        return self._facts.turn.size_px(self._facts.square_px)

    @property
    def duration_s(self) -> float | None:
        """How long the pictures last, as far as the container says."""
        return self._facts.duration_s

    @property
    def frame_count(self) -> int | None:
        """How many frames there are, as far as the container says."""
        return self._facts.frame_count

    @property
    def damage(self) -> str | None:
        """After reading: one line that says what was damaged and where; None for a sound file."""
        return self._report.text

    def __iter__(self) -> Iterator[Frame]:
        self.close()
        self._report = DamageReport(self.name)
        self._under_way = self._frames()
        return self._under_way

    def close(self) -> None:
        """End an iteration under way and let go of the file."""
        if self._under_way is not None:
            self._under_way.close()
            self._under_way = None

    def __enter__(self) -> VideoSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _frames(self) -> Generator[Frame, None, None]:
        stamps = StampRepair(self._facts.interval_s)
        first_s: float | None = None
        end_s, index = 0.0, 0
        with _open(self._path) as container:
            stream = _picture_stream(container, self._path)
            stream.thread_type = "AUTO"
            for picture in _decoded(container, stream, self._report, self._facts.origin_s):
                time_s = stamps.update(_seconds(picture.pts, picture.time_base, self._facts.origin_s))
                first_s = time_s if first_s is None else first_s
                end_s = time_s + _shown_s(picture, self._facts.interval_s)
                yield Frame(time_s, index, self._pixels(picture))
                index += 1
        self._compare_end(first_s or 0.0, end_s, index)

    def _pixels(self, picture: VideoFrame) -> NDArray[np.uint8]:
        width_px, height_px = self._facts.square_px
        stored = picture.reformat(width=width_px, height=height_px, format="rgb24").to_ndarray()
        return self._facts.turn.apply(stored.astype(np.uint8, copy=False))

    def _compare_end(self, first_s: float, end_s: float, frames: int) -> None:
        known = self._facts
        expected_s = None if known.duration_s is None else first_s + known.duration_s
        missing = None if known.frame_count is None else max(0, known.frame_count - frames)
        self._report.ended(end_s, expected_s, missing, known.interval_s)


def _read_facts(path: Path) -> _Facts:
    with _open(path) as container:
        stream = _picture_stream(container, path)
        report = DamageReport(str(path))
        picture = next(_decoded(container, stream, report, Fraction(0)), None)
        if picture is None:
            why = report.text or f"{path}: there are none in it"
            raise InputError(f"{path}: no picture can be decoded ({why}); record or copy the video again")
        rate = stream.average_rate or stream.guessed_rate or FALLBACK_RATE
        origin_s = _origin(container, stream, picture)
        return _Facts(
            square_px=square_size((picture.width, picture.height), _exact(stream.sample_aspect_ratio)),
            turn=orientation(_display_matrix(picture)),
            origin_s=origin_s,
            interval_s=float(1 / _exact(rate)),
            duration_s=_duration(container, stream, origin_s),
            frame_count=stream.frames or None,
        )


def _open(path: Path) -> InputContainer:
    import av

    _check(path)
    try:
        # Only this file: a play list named .mp4 must not make FFmpeg fetch what it points to.
        return av.open(os.path.abspath(path), options={"protocol_whitelist": "file"})
    except av.error.FFmpegError as error:
        raise InputError(_unreadable(path, error.strerror or str(error))) from error


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


def _picture_stream(container: InputContainer, path: Path) -> VideoStream:
    from av.stream import Disposition

    stream = container.streams.best("video")
    if not container.streams:
        raise InputError(_unreadable(path, "there is nothing in it"))
    if stream is None or stream.disposition & Disposition.attached_pic:  # a cover of a sound file
        raise InputError(f"{path}: sound without pictures; give a video file such as MP4, MOV or WebM")
    return stream  # type: ignore[return-value]


def _decoded(
    container: InputContainer, stream: VideoStream, report: DamageReport, origin_s: Fraction
) -> Iterator[VideoFrame]:
    """Yield what the decoder can give, in the order of showing; what it cannot goes into the report."""
    from av.error import FFmpegError

    last_s: float | None = None
    try:
        for packet in container.demux(stream):
            for picture in _pictures(packet, report, origin_s):
                last_s = _seconds(picture.pts, picture.time_base, origin_s)
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
        report.lost(_seconds(packet.pts, packet.time_base, origin_s), error.strerror or str(error))
        return []


def _exact(rational: Any) -> Fraction:
    """Return a rational number of FFmpeg, which PyAV has as a type of its own from release 19 on.

    What FFmpeg does not know, None or a division by 0, is 0.
    """
    known = rational is not None and rational.denominator
    return Fraction(rational.numerator, rational.denominator) if known else Fraction(0)


def _seconds(stamp: int | None, time_base: Any, origin_s: Fraction) -> float | None:
    """Return a stamp of the file in seconds from ``origin_s``, rounded once."""
    return None if stamp is None or time_base is None else float(stamp * _exact(time_base) - origin_s)


def _shown_s(picture: VideoFrame, interval_s: float) -> float:
    if not picture.duration or picture.time_base is None:
        return interval_s
    return float(picture.duration * _exact(picture.time_base))


def _origin(container: InputContainer, stream: VideoStream, first: VideoFrame) -> Fraction:
    """Return the stamp at which a player's clock stands at 0."""
    time_base = _exact(first.time_base or Fraction(0))
    if stream.start_time is None or container.start_time is None:
        return (first.pts or 0) * time_base
    pictures_s = stream.start_time * time_base
    file_s = Fraction(container.start_time, MICROSECONDS)
    return pictures_s if abs(pictures_s - file_s) < SAME_START_S else file_s


def _duration(container: InputContainer, stream: VideoStream, origin_s: Fraction) -> float | None:
    if stream.duration and stream.time_base is not None:
        length_s = stream.duration * _exact(stream.time_base)
    elif container.duration:
        length_s = Fraction(container.duration, MICROSECONDS)
    else:
        return None
    # Matroska and WebM give the stamp of the end, not how long it is from the start to there.
    return float(length_s - origin_s if container.format.name.startswith("matroska") else length_s)


def _display_matrix(picture: VideoFrame) -> NDArray[np.int32] | None:
    matrix: Any = picture.side_data.get("DISPLAYMATRIX")
    return None if matrix is None else np.frombuffer(bytes(matrix), dtype=np.int32)
