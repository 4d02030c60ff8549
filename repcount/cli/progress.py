"""How far the work is: a bar on a terminal, a rare line in a pipe, nothing where it is not wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from repcount.cli.screen import warn
from repcount.core.protocols import FrameSource

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from repcount.batch.many_inputs import Tally

LINE_EVERY_S = 30.0
"""Of wall-clock time, between two lines in a pipe."""


@contextmanager
def watching(source: FrameSource, shown: bool) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told how many frames of ``source`` are done."""
    if not shown:
        yield lambda frames: None
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task(_plain(source.name), total=source.frame_count)
            yield lambda frames: bar.update(task, completed=frames)
    else:
        yield _Lines(source.name, source.frame_count)


@contextmanager
def watching_model(shown: bool) -> Iterator[Callable[[str, float], None]]:
    """Yield what is to be told of the building of the model: what is done, and how much of all is, 0..1."""
    if not shown:
        yield lambda text, share: None
    elif sys.stderr.isatty():
        with _LateBar() as bar:
            yield bar.update
    else:
        yield _Steps().update


@contextmanager
def watching_files(total: int, shown: bool) -> Iterator[FileListener]:
    """Yield what is to be told how far a batch of ``total`` files is."""
    if not shown:
        yield FileListener()
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield _FileBar(bar, bar.add_task("", total=total))
    else:
        yield _FileLines(total)


class FileListener:
    """Is told how far a batch is, and when it is through."""

    def __call__(self, tally: Tally) -> None:
        """Take note; this one does nothing."""

    def end(self) -> None:
        """Leave the terminal to the results."""


def _bar() -> Progress:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(show_speed=True),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


class _LateBar:
    """A bar that is drawn with its first step, so that nothing flickers where there is nothing to do."""

    def __init__(self) -> None:
        self._bar = _bar()
        self._task: TaskID | None = None

    def __enter__(self) -> _LateBar:
        return self

    def __exit__(self, *what: object) -> None:
        if self._task is not None:
            self._bar.stop()

    def update(self, text: str, share: float) -> None:
        if self._task is None:
            self._bar.start()
            self._task = self._bar.add_task("", total=1.0)
        self._bar.update(self._task, description=_plain(text), completed=share)


class _Steps:
    """A line for each new thing that is done."""

    def __init__(self) -> None:
        self._last = ""

    def update(self, text: str, share: float) -> None:
        if text != self._last:
            self._last = text
            warn(text)


@dataclass
class _Lines:
    """A line now and then; a short video is done before the first of them."""

    name: str
    total: int | None
    last_s: float = field(default_factory=time.monotonic)

    def __call__(self, frames: int) -> None:
        now_s = time.monotonic()
        if now_s - self.last_s >= LINE_EVERY_S:
            self.last_s = now_s
            of_total = f" of {self.total}" if self.total else ""
            warn(f"{self.name}: {frames}{of_total} frames")


def _files(tally: Tally) -> str:
    trouble = f", {tally.troubled} with errors" if tally.troubled else ""
    return f"{tally.done} of {tally.total} files{trouble}"


class _FileBar(FileListener):
    """A bar that also moves within the files."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def __call__(self, tally: Tally) -> None:
        self._bar.update(
            self._task, description=_files(tally), completed=min(tally.total, tally.done + tally.under_way)
        )

    def end(self) -> None:
        self._bar.stop()


class _FileLines(FileListener):
    """A line now and then, with the time that is left at this pace."""

    def __init__(self, total: int) -> None:
        self._start_s = self._last_s = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        now_s = time.monotonic()
        if now_s - self._last_s < LINE_EVERY_S:
            return
        self._last_s = now_s
        work = tally.done - tally.before + tally.under_way
        left_min = (now_s - self._start_s) * (tally.total - tally.before - work) / work / 60 if work else None
        warn(_files(tally) + ("" if left_min is None else f", about {left_min:.0f} min left"))
