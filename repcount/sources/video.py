"""Frames of a video file: upright, with square pixels and the exact media times of the file."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from repcount.core.protocols import FrameSource
from repcount.core.records import Frame
from repcount.sources.container import (
    DamageReport,
    Stamps,
    decode_pictures,
    open_file,
    picture_stream,
    seconds,
    shown_s,
)
from repcount.sources.pictures import PixelReader, Sampling, thinned
from repcount.sources.video_facts import Facts, is_cut, read_facts

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer


NUDGE = 0.01  # of a frame interval: enough to be later, too little to change any tempo
RESTART_S = 1.0  # a step back longer than this is a clock that began anew, not a frame out of order
WHOLE = Sampling()
DEPTH: Final = 3
"""Frames that wait at most: enough to even out, too few to fill the memory."""


class TimestampRepair:
    """Strictly increasing times from stamps that may be missing, repeated or running backward.

    A sound stamp passes unchanged. A missing one is the one before plus the nominal interval. One that
    repeats or steps back a little is nudged just past the one before. Where the clock of the file began
    anew, all later stamps are moved so that they go on from there. A first stamp before 0 moves all
    stamps so that it becomes 0.

    Parameters
    ----------
    interval_s : nominal time from frame to frame.
    """

    def __init__(self, interval_s: float) -> None:
        self._interval_s = interval_s
        self.reset()

    def reset(self) -> None:
        """Begin anew, as for the first frame."""
        self._last_s: float | None = None
        self._shift_s = 0.0

    def update(self, stamp_s: float | None) -> float:
        """Return the time of the newest frame, later than the one before; None is a missing stamp."""
        time_s = self._first(stamp_s) if self._last_s is None else self._next(self._last_s, stamp_s)
        self._last_s = time_s
        return time_s

    def _first(self, stamp_s: float | None) -> float:
        if stamp_s is None:
            return 0.0
        self._shift_s = max(0.0, -stamp_s)
        return stamp_s + self._shift_s

    def _next(self, last_s: float, stamp_s: float | None) -> float:
        if stamp_s is None:
            return last_s + self._interval_s
        if stamp_s + self._shift_s < last_s - RESTART_S:
            self._shift_s = last_s + self._interval_s - stamp_s
        time_s = stamp_s + self._shift_s
        return time_s if time_s > last_s else last_s + NUDGE * self._interval_s


class VideoSource:
    """Every frame of a video file, in order, as RGB.

    Times are those of the file (``pts * time_base``), counted from its start as a player counts them:
    the start time that a container may carry is taken off, and a first frame still before 0 moves all
    times so that it is at 0. Stamps that are missing, repeated or running backward are mended (see
    ``TimestampRepair``); variable frame rates need no mending. A picture that cannot be decoded is left out,
    and a file that breaks off ends there; ``damage`` then says so. A still picture is a single frame.

    Iterating again reads the file from its start, and ends an iteration still under way.

    Parameters
    ----------
    sampling : which pictures are wanted, and at what size; by default every one as it is. Frames keep the
        numbers that they have in the file.

    Raises
    ------
    InputError
        Where there is no picture to be had from the file.
    """

    def __init__(self, path: str | os.PathLike[str], sampling: Sampling = WHOLE) -> None:
        self._path = Path(path)
        self._sampling = sampling
        self._facts = read_facts(self._path, sampling.turn_deg, sampling.fps)
        self._report = DamageReport(self.name)
        self._under_way: Generator[Frame, None, None] | None = None

    @property
    def name(self) -> str:
        """The path, as given."""
        return str(self._path)

    @property
    def facts(self) -> Facts:
        """What is known of the file without reading all of it."""
        return self._facts

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the upright frames with square pixels."""
        return self._facts.size_px

    @property
    def duration_s(self) -> float | None:
        """How long the pictures last, as far as the container says."""
        return self._facts.duration_s

    @property
    def frame_count(self) -> int | None:
        """How many frames there are, as far as the container says."""
        return self._facts.frame_count

    @property
    def guessed_fps(self) -> float | None:
        """Pictures a second of a raw stream, which does not say so; None of any other."""
        return self._facts.guessed_fps

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
        with open_file(self._path, self._facts.fps) as container:
            pixels = PixelReader(self._facts.pixel_aspect, self._facts.turn, self._sampling)
            shown = thinned(self._shown(container), lambda each: each[0], self._sampling.gap_s)
            for time_s, index, picture in shown:
                yield Frame(time_s, index, pixels.read(picture), size_px=self.size_px)

    def _shown(self, container: InputContainer) -> Iterator[tuple[float, int, VideoFrame]]:
        """Yield time, number and picture of every frame that can be decoded."""
        known = self._facts
        stamps = TimestampRepair(known.interval_s)
        shown_stamp = Stamps(known.by_decoding)
        end_s, index = 0.0, 0
        stream = picture_stream(container, self._path)
        stream.thread_type = "AUTO"
        for picture in decode_pictures(container, stream, self._report, known.origin_s, shown_stamp):
            time_s = stamps.update(seconds(shown_stamp.of(picture), picture.time_base, known.origin_s))
            end_s = time_s + shown_s(picture, known.interval_s)
            yield time_s, index, picture
            index += 1
        self._compare_end(end_s, index)

    def _compare_end(self, end_s: float, frames: int) -> None:
        known = self._facts
        expected_s = None if known.duration_s is None else known.starts_s + known.duration_s
        missing = None if known.frame_count is None else max(0, known.frame_count - frames)
        self._report.ended(end_s, expected_s, missing, known.interval_s)
        if expected_s is None and is_cut(self._path):
            self._report.broke_off(end_s, "its last piece is not whole")


def read_ahead(source: FrameSource) -> Iterator[Frame]:
    """Yield the frames of ``source``, read in a thread of its own; its errors are raised here."""
    with closing(_Reader(source)) as reader:
        yield from reader.frames()


class _Reader:
    """The thread, and the queue between it and the reader."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source
        self._queue: queue.Queue[Frame | BaseException | None] = queue.Queue(DEPTH)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, name="repcount-decoder", daemon=True)
        self._thread.start()

    def frames(self) -> Iterator[Frame]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def close(self) -> None:
        self._stop.set()
        while not self._queue.empty():
            self._queue.get_nowait()
        self._thread.join()

    def _read(self) -> None:
        try:
            for frame in self._source:
                self._put(frame)
                if self._stop.is_set():
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, item: Frame | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                return self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
