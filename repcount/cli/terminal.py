"""What the terminal shows: results, messages, how far the work is; and words for the shell's completion.

Results go to standard output, messages to standard error. Progress is a bar on a terminal and a rare line in
a pipe. Completion is cheap, since the shell asks at every press of the tab key.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import repcount
from repcount.core.protocols import FrameSource
from repcount.core.shown_text import masked, printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from repcount.batch.many_inputs import BatchProgress

GAP = "  "
NO_BREAK = "\u00a0"
MAX_WIDTH = 100
PIPED_WIDTH = 80
"""Of lines where there is no terminal."""
MOST_DRAWN = 200
"""Rows of a table that Rich draws: it takes seconds for thousands."""
LINE_EVERY_S = 30.0
"""Of wall-clock time, between two lines in a pipe."""


def listed_exercises() -> list[str]:
    """Names of the exercises, from the listing of their folders."""
    from repcount.exercises import own_exercises

    folder = Path(repcount.__file__).parent / "exercises"
    built_in = {path.stem.replace("_", "-") for path in folder.glob("*.toml")}
    return sorted(built_in.union(own_exercises.files()))


def exercise_names(incomplete: str) -> list[str]:
    """Names of the exercises that begin so."""
    return [name for name in listed_exercises() if name.startswith(incomplete)]


def exercise_choices(incomplete: str) -> list[str]:
    """As :func:`exercise_names`, and the word for finding out which one is done."""
    return [name for name in ("auto", *listed_exercises()) if name.startswith(incomplete)]


def say(text: str = "") -> None:
    """Print lines of the result, with names from outside made harmless."""
    print(_shown(text, "\n"))


def say_exactly(text: str) -> None:
    """Print what other programs read, or what we made for the terminal, as it is."""
    print(text)


def warn(text: str, head: str = "repcount: ") -> None:
    """Print a line for the person at the terminal; never part of the result."""
    print(f"{head}{_shown(text)}", file=sys.stderr, flush=True)


def _shown(text: str, keep: str = "") -> str:
    return printable(masked(text), keep)


def how_many(number: int, noun: str) -> str:
    """A number of things in words: ``1 row``, ``2 rows``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def heading(text: str) -> None:
    """Print a line that stands above others."""
    if not sys.stdout.isatty():
        say(text)
        return
    from rich.console import Console
    from rich.text import Text

    Console().print(Text(_shown(text), style="bold"))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table with a line of column names."""
    rows = [[_shown(cell) for cell in row] for row in rows]
    if sys.stdout.isatty() and len(rows) <= MOST_DRAWN:
        _drawn(columns, rows)
    else:
        _plain(columns, rows)


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for number, column in enumerate(columns):
        drawn.add_column(column, no_wrap=number == 0)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


def _plain(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [columns, *rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        say(GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def paragraph(text: str, indent: str = "") -> None:
    """Print running text, wrapped to the width of the terminal with a hanging indent.

    A no-break space holds a number to its unit; it is printed as any other.
    """
    width = min(MAX_WIDTH, shutil.get_terminal_size((PIPED_WIDTH, 24)).columns)
    wrapped = textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=indent + GAP, break_on_hyphens=False
    )
    say(wrapped.replace(NO_BREAK, " "))


@contextmanager
def show_progress(source: FrameSource, shown: bool) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes how many frames of ``source`` are done."""
    if not shown:
        yield lambda frames: None
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task(_plain_line(source.name), total=source.frame_count)
            yield lambda frames: bar.update(task, completed=frames)
    else:
        yield _Lines(source.name, source.frame_count)


@contextmanager
def show_model_progress(shown: bool) -> Iterator[Callable[[str, float], None]]:
    """Yield a function that takes the step in which a model is built, and the share that is done, 0..1."""
    if not shown:
        yield lambda text, share: None
    elif sys.stderr.isatty():
        with _LateBar() as bar:
            yield bar.update
    else:
        yield _Steps().update


@contextmanager
def show_batch_progress(total: int, shown: bool) -> Iterator[FileListener]:
    """Yield a listener for the progress of a batch of ``total`` files."""
    if not shown:
        yield FileListener()
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield _FileBar(bar, bar.add_task("", total=total))
    else:
        yield _FileLines(total)


class FileListener:
    """Is told how far a batch is, and when it is through."""

    def __call__(self, progress: BatchProgress) -> None:
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


def _plain_line(text: str) -> str:
    from rich.markup import escape

    return escape(_shown(text))


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
        self._bar.update(self._task, description=_plain_line(text), completed=share)


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


def _files(progress: BatchProgress) -> str:
    trouble = f", {progress.troubled} with errors" if progress.troubled else ""
    return f"{progress.done} of {progress.total} files{trouble}"


class _FileBar(FileListener):
    """A bar that also moves within the files."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def __call__(self, progress: BatchProgress) -> None:
        self._bar.update(
            self._task,
            description=_files(progress),
            completed=min(progress.total, progress.done + progress.under_way),
        )

    def end(self) -> None:
        self._bar.stop()


class _FileLines(FileListener):
    """A line now and then, with the time that is left at this pace."""

    def __init__(self, total: int) -> None:
        self._start_s = self._last_s = time.monotonic()

    def __call__(self, progress: BatchProgress) -> None:
        now_s = time.monotonic()
        if now_s - self._last_s < LINE_EVERY_S:
            return
        self._last_s = now_s
        work = progress.done - progress.before + progress.under_way
        left_min = (
            (now_s - self._start_s) * (progress.total - progress.before - work) / work / 60 if work else None
        )
        warn(_files(progress) + ("" if left_min is None else f", about {left_min:.0f} min left"))
