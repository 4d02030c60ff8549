"""What is known of a video file: size, length, how to turn it upright, and whether it was cut off."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import InputError
from repcount.sources.container import (
    DamageReport,
    decode_pictures,
    is_raw,
    open_file,
    picture_stream,
    to_fraction,
)

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

STRETCH_LIMIT = 4  # a pixel said to be longer than this is a mistake in the file, and taken as square
FALLBACK_RATE = Fraction(30)  # frames per second, for a file that says nothing of it
MICROSECONDS = 1_000_000  # the unit in which a container gives its own times
SAME_START_S = Fraction(1, 1000)  # a container rounds its start to microseconds, a stream does not


@dataclass(frozen=True)
class Orientation:
    """How stored pixels are turned to be upright: swap the axes, then mirror left-right and up-down."""

    swap: bool = False
    mirror_x: bool = False
    mirror_y: bool = False

    def size_px(self, stored_px: tuple[int, int]) -> tuple[int, int]:
        """Return (width, height) after turning."""
        width_px, height_px = stored_px
        return (height_px, width_px) if self.swap else (width_px, height_px)

    def turned(self, clockwise_deg: int) -> Orientation:
        """Return this orientation with so many degrees more, clockwise; whole quarters."""
        turn = self
        for _ in range(clockwise_deg // 90 % 4):
            turn = Orientation(not turn.swap, not turn.mirror_y, turn.mirror_x)
        return turn

    def apply(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the upright picture, contiguous, shape (height, width, 3)."""
        turned = image.swapaxes(0, 1) if self.swap else image
        turned = turned[:, ::-1] if self.mirror_x else turned
        turned = turned[::-1] if self.mirror_y else turned
        return np.ascontiguousarray(turned)


def orientation(matrix: NDArray[np.int32] | None) -> Orientation:
    """Return the turn that a display matrix asks for, to the nearest quarter.

    Parameters
    ----------
    matrix : the nine numbers a b u c d v x y w of an ISO media file, by which a stored point (x, y) is
        shown at (a x + c y, b x + d y); None where the file has none.
    """
    if matrix is None:
        return Orientation()
    a, b, c, d = (int(matrix[i]) for i in (0, 1, 3, 4))
    if abs(b) > abs(a):
        return Orientation(swap=True, mirror_x=c < 0, mirror_y=b < 0)
    return Orientation(mirror_x=a < 0, mirror_y=d < 0)


def square_size(stored_px: tuple[int, int], pixel_aspect: Fraction | None) -> tuple[int, int]:
    """Return the (width, height) at which pixels are square; the picture is enlarged, never reduced.

    Parameters
    ----------
    stored_px : (width, height) as stored.
    pixel_aspect : width of a pixel over its height; None or 0 where the file does not say.
    """
    width_px, height_px = stored_px
    if not pixel_aspect or not Fraction(1, STRETCH_LIMIT) <= pixel_aspect <= STRETCH_LIMIT:
        return stored_px
    if pixel_aspect > 1:
        return round(width_px * pixel_aspect), height_px
    return width_px, round(height_px / pixel_aspect)


@dataclass(frozen=True)
class Facts:
    """What is known of a file after its first picture.

    ``square_px`` is the size before turning; ``origin_s`` is what the file's own stamps count from;
    ``starts_s`` is when its pictures begin, also those that cannot be decoded; ``by_decoding`` says that its
    stamps are the times of decoding, not of showing; ``fps`` is what the user said of a raw stream, and
    ``guessed_fps`` what was guessed of one of which nobody said anything.
    """

    square_px: tuple[int, int]
    pixel_aspect: Fraction
    turn: Orientation
    origin_s: Fraction
    interval_s: float
    starts_s: float
    duration_s: float | None
    frame_count: int | None
    by_decoding: bool = False
    fps: float | None = None
    guessed_fps: float | None = None

    @property
    def is_raw(self) -> bool:
        """Whether it is a stream of pictures without any times."""
        return self.fps is not None or self.guessed_fps is not None

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the upright pictures with square pixels."""
        return self.turn.size_px(self.square_px)


def read_facts(path: Path, turn_deg: int = 0, fps: float | None = None) -> Facts:
    """Open a file and decode its first picture; ``fps`` is that of a raw stream.

    Raises
    ------
    InputError
        Where there is no picture to be had from the file.
    """
    with open_file(path, fps) as container:
        stream = picture_stream(container, path)
        report = DamageReport(str(path))
        picture = next(decode_pictures(container, stream, report, Fraction(0)), None)
        if picture is None:
            why = report.text or f"{path}: there are none in it"
            raise InputError(f"{path}: no picture can be decoded ({why}); record or copy the video again")
        rate = stream.average_rate or stream.guessed_rate or FALLBACK_RATE
        origin_s = _origin(container, stream, picture)
        pixel_aspect = to_fraction(stream.sample_aspect_ratio)
        return Facts(
            square_px=square_size((picture.width, picture.height), pixel_aspect),
            pixel_aspect=pixel_aspect,
            turn=orientation(display_matrix(picture)).turned(turn_deg),
            origin_s=origin_s,
            interval_s=float(1 / to_fraction(rate)),
            starts_s=_starts(stream, origin_s),
            duration_s=_duration(container, stream, origin_s),
            frame_count=stream.frames or None,
            by_decoding=container.format.name == "avi" and bool(stream.codec_context.has_b_frames),
            fps=fps if is_raw(container) else None,
            guessed_fps=float(to_fraction(rate)) if fps is None and is_raw(container) else None,
        )


def _origin(container: InputContainer, stream: VideoStream, first: VideoFrame) -> Fraction:
    """Return the stamp at which a player's clock stands at 0."""
    time_base = to_fraction(first.time_base or Fraction(0))
    if stream.start_time is None or container.start_time is None:
        return (first.pts or 0) * time_base
    pictures_s = stream.start_time * time_base
    file_s = Fraction(container.start_time, MICROSECONDS)
    return pictures_s if abs(pictures_s - file_s) < SAME_START_S else file_s


def _starts(stream: VideoStream, origin_s: Fraction) -> float:
    if stream.start_time is None or stream.time_base is None:
        return 0.0
    return max(0.0, float(stream.start_time * to_fraction(stream.time_base) - origin_s))


def _duration(container: InputContainer, stream: VideoStream, origin_s: Fraction) -> float | None:
    if stream.duration and stream.time_base is not None:
        length_s = stream.duration * to_fraction(stream.time_base)
    elif container.duration:
        length_s = Fraction(container.duration, MICROSECONDS)
    else:
        return None
    # Matroska and WebM give the stamp of the end, not how long it is from the start to there.
    return float(length_s - origin_s if container.format.name.startswith("matroska") else length_s)


def display_matrix(picture: VideoFrame) -> NDArray[np.int32] | None:
    """The nine numbers that say how a picture is turned; None where it does not say."""
    matrix: Any = picture.side_data.get("DISPLAYMATRIX")
    return None if matrix is None else np.frombuffer(bytes(matrix), dtype=np.int32)


EBML: Final = b"\x1a\x45\xdf\xa3"
FLV: Final = b"FLV"


def is_cut(path: Path) -> bool:
    """Whether the last piece of a Matroska, WebM or FLV file is not whole; False of any other file.

    Recorders that write as they go (a browser, a streaming program) leave the length out. A file that was
    cut exactly between two pieces looks like a whole one.
    """
    try:
        with path.open("rb") as file:
            size, head = os.fstat(file.fileno()).st_size, file.read(4)
            file.seek(0)
            if head == EBML:
                return _is_past(_elements(file), size)
            return head[:3] == FLV and _is_past(_tags(file), size)
    except OSError:
        return False


def _is_past(ends: Iterator[int | None], size: int) -> bool:
    """Whether one of the pieces ends behind the end of the file."""
    return any(end is None or end > size for end in ends)


def _elements(file: BinaryIO) -> Iterator[int | None]:
    """Where each Matroska element ends; None for one that breaks off in its first bytes.

    An element of unknown size is gone into; its parts follow as if they stood beside it.
    """
    while first := file.read(1):
        more = 8 - first[0].bit_length()  # bytes of its name
        if more > 3:
            return  # no element: nobody can read what follows
        file.seek(more, os.SEEK_CUR)
        length = file.read(1)
        if length == b"\0":
            return
        width = 9 - length[0].bit_length() if length else 1
        rest = file.read(width - 1)
        if not length or len(rest) < width - 1:
            yield None
            return
        value = int.from_bytes(bytes([length[0] & (0xFF >> width)]) + rest, "big")
        if value != (1 << 7 * width) - 1:  # all ones: it is not known
            yield file.seek(value, os.SEEK_CUR)


def _tags(file: BinaryIO) -> Iterator[int | None]:
    """Where each FLV tag ends, with the four bytes behind it that repeat its size."""
    head = file.read(9)
    file.seek(int.from_bytes(head[5:9], "big") + 4)
    while tag := file.read(11):
        yield None if len(tag) < 11 else file.seek(int.from_bytes(tag[1:4], "big") + 4, os.SEEK_CUR)
