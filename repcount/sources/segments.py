"""The index of a file's frames, and the file cut into segments that can be read by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.records import Frame
from repcount.sources.container import (
    DamageReport,
    decode_pictures,
    open_file,
    picture_stream,
    seconds,
    to_fraction,
)
from repcount.sources.pictures import PixelReader, Sampling, thinned
from repcount.sources.video_facts import Facts, is_cut

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

LONGEST_S: Final = 60.0
"""Segments are no longer than this, so that what is known of one that is under way stays small."""
SHORTEST_S: Final = 4.0
"""Below this the settling-in costs more than another process brings."""


@dataclass(frozen=True, eq=False)
class FileIndex:
    """Where the pictures of a sound file are.

    Attributes
    ----------
    time_s : media time of every picture, in the order of showing, shape (T,), float64.
    keys : places in ``time_s`` from which decoding can begin, ascending, shape (K,).
    key_stamps : the file's own stamps of those, shape (K,).
    """

    time_s: NDArray[np.float64]
    keys: NDArray[np.int64]
    key_stamps: NDArray[np.int64]


def read_index(path: Path, facts: Facts) -> FileIndex | None:
    """Return the index, or None for a file that had better be read from its start to its end.

    That is one whose stamps are missing, repeat, begin before 0 or are those of decoding, one that ends
    earlier than it says, and one that cannot be read twice.

    Raises
    ------
    InputError
        Where the file cannot be opened.
    """
    if not path.is_file() or facts.by_decoding or facts.is_raw:
        return None
    stamps, keys, last_s = _stamps(path)
    if len(stamps) == 0 or len(keys) == 0 or (np.diff(stamps) <= 0).any() or keys[0] != stamps[0]:
        return None
    time_s = _times(stamps, facts, path)
    if time_s[0] < 0 or _ends_early(path, time_s, last_s or facts.interval_s, facts):
        return None
    return FileIndex(time_s, np.searchsorted(stamps, keys), keys)


def _stamps(path: Path) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """Return all stamps and those of keyframes, both sorted, and how long the last picture is shown.

    There are none where one is missing or a packet is damaged.
    """
    from av.error import FFmpegError

    nothing = np.empty(0, np.int64)
    stamps: list[int] = []
    keys: list[int] = []
    last, shown = -1, 0
    with open_file(path) as container:
        stream = picture_stream(container, path)
        try:
            for packet in container.demux(stream):
                if packet.size == 0 or packet.is_discard:
                    continue
                if packet.pts is None or packet.is_corrupt:
                    return nothing, nothing, 0.0
                stamps.append(packet.pts)
                if packet.is_keyframe:
                    keys.append(packet.pts)
                if packet.pts > last:
                    last, shown = packet.pts, packet.duration or 0
        except FFmpegError:
            return nothing, nothing, 0.0
        shown_s = float(shown * to_fraction(stream.time_base))
    return np.sort(np.array(stamps, np.int64)), np.sort(np.array(keys, np.int64)), shown_s


def _times(stamps: NDArray[np.int64], facts: Facts, path: Path) -> NDArray[np.float64]:
    """Return stamps as seconds, each rounded once, as ``container.seconds`` does it."""
    with open_file(path) as container:
        base = to_fraction(picture_stream(container, path).time_base)
    origin = facts.origin_s
    below = base.denominator * origin.denominator
    step, shift = base.numerator * origin.denominator, origin.numerator * base.denominator
    return np.array([(stamp * step - shift) / below for stamp in stamps.tolist()], np.float64)


def _ends_early(path: Path, time_s: NDArray[np.float64], last_s: float, facts: Facts) -> bool:
    if facts.duration_s is None:
        return is_cut(path)
    report = DamageReport("")
    missing = None if facts.frame_count is None else max(0, facts.frame_count - len(time_s))
    expected_s = facts.starts_s + facts.duration_s
    report.ended(float(time_s[-1]) + last_s, expected_s, missing, facts.interval_s)
    return report.text is not None


class InexactError(Exception):
    """The pictures of a file are not where its index says; it has to be read from its start."""


@dataclass(frozen=True, eq=False)
class Segment:
    """A piece of a file.

    Attributes
    ----------
    first : number of its first picture in the file.
    key_stamp : the file's own stamp of the keyframe at which decoding begins.
    time_s : the times of all pictures from that keyframe on to the last of the piece.
    wanted : which of them are looked at.
    key : number of that keyframe in the file.
    """

    first: int
    key: int
    key_stamp: int
    time_s: NDArray[np.float64]
    wanted: NDArray[np.bool_]

    @property
    def frames(self) -> int:
        """How many pictures of the file the piece has, without those before it."""
        return self.key + len(self.time_s) - self.first


def cut_segments(index: FileIndex, gap_s: float, jobs: int, settle_s: float) -> tuple[Segment, ...]:
    """Cut a file into several segments for each of ``jobs``, so that all are busy to the end.

    Parameters
    ----------
    gap_s : as in ``Sampling``.
    settle_s : for how long before a piece begins its pictures are looked at too.
    """
    times = index.time_s
    length_s = float(times[-1] - times[0])
    rounds = int(np.ceil(length_s / (jobs * LONGEST_S))) or 1
    pieces = max(1, min(jobs * rounds, int(length_s / SHORTEST_S)))
    kept = np.zeros(len(times), np.bool_)
    kept[list(thinned(range(len(times)), times.tolist().__getitem__, gap_s))] = True
    borders = [round(i * len(times) / pieces) for i in range(pieces + 1)]
    return tuple(_segment(index, kept, a, b, settle_s) for a, b in pairwise(borders))


def _segment(index: FileIndex, kept: NDArray[np.bool_], first: int, end: int, settle_s: float) -> Segment:
    settle = int(np.searchsorted(index.time_s, index.time_s[first] - settle_s)) if first else 0
    place = int(np.searchsorted(index.keys, settle, side="right")) - 1
    key = int(index.keys[place])
    wanted = kept[key:end].copy()
    wanted[: settle - key] = False
    return Segment(first, key, int(index.key_stamps[place]), index.time_s[key:end], wanted)


def read_segment(path: Path, facts: Facts, segment: Segment, sampling: Sampling) -> Iterator[Frame]:
    """Yield the frames of a piece that are wanted, those for settling in before it included.

    Raises
    ------
    InexactError
        Where any picture is missing, damaged or elsewhere than the index says.
    """
    report = DamageReport(str(path))
    pixels = PixelReader(facts.pixel_aspect, facts.turn, sampling)
    with open_file(path) as container:
        stream = picture_stream(container, path)
        stream.codec_context.thread_count = 1  # the other processors have segments of their own
        _seek(container, stream, segment.key_stamp)
        at, before = 0, None
        for picture in decode_pictures(container, stream, report, facts.origin_s):
            time_s = seconds(picture.pts, picture.time_base, facts.origin_s)
            if time_s is not None and at == 0 and time_s < segment.time_s[0]:
                before = report.text
                continue  # decoding began earlier, or these can be shown only with what came before
            if time_s is None or report.text != before or time_s != segment.time_s[at]:
                raise InexactError(f"{path}: at {time_s} s")
            if segment.wanted[at]:
                yield Frame(time_s, segment.key + at, pixels.read(picture), size_px=facts.size_px)
            at += 1
            if at == len(segment.time_s):
                return
    raise InexactError(f"{path}: {len(segment.time_s) - at} pictures are missing")


def _seek(container: InputContainer, stream: VideoStream, stamp: int) -> None:
    from av.error import FFmpegError

    try:
        container.seek(stamp, stream=stream, backward=True)
    except FFmpegError as error:
        raise InexactError(str(error)) from error
