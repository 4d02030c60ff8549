"""A source read ahead in a thread of its own, so that decoding runs beside what is done with its frames."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from repcount.core.model import Frame
from repcount.core.protocols import FrameSource

DEPTH: Final = 3
"""Frames that wait at most: enough to even out, too few to fill the memory."""


def ahead(source: FrameSource) -> Iterator[Frame]:
    """Yield the frames of ``source``; what goes wrong while reading is raised here, at its place."""
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
