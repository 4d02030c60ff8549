"""The camera's loop: camera, pose and screen in three threads, with only the newest frame between them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from repcount.core.errors import InputError
from repcount.core.guide import Command
from repcount.core.protocols import GuidedSession, LiveStatus, PeopleCounting, PoseEstimator, Screen, Sink
from repcount.core.records import NAN, Frame, InputSummary, Snapshot
from repcount.pipeline.loop import GuidedLoop
from repcount.sources.camera import CameraSource

REMEMBERED: Final = 9000
"""Figures kept: five minutes at 30 frames a second."""
FETCH_S: Final = 0.2
PUMP_S: Final = 0.03  # a window wants to be asked for its keys that often


class PaceMeter:
    """Figures of the last minutes, seconds each. Appending to a deque is safe from any thread.

    Attributes
    ----------
    stamps_s : when the judging of a frame began.
    pose_s, draw_s : how long judging and painting one took.
    delay_s : from the taking of a picture to its being shown or, without a screen, judged.
    unshown : frames that were judged and not shown.
    """

    def __init__(self) -> None:
        self.stamps_s, self.pose_s, self.draw_s, self.delay_s = (
            deque[float](maxlen=REMEMBERED) for _ in range(4)
        )
        self.unshown = 0

    def status(self, waiting: str, dropped: int, losses: int, last: int) -> LiveStatus:
        """Return how it runs over the ``last`` frames; see :class:`LiveStatus` for the others."""
        stamps = list(self.stamps_s)[-last:]
        return LiveStatus(
            waiting=waiting,
            fps=(len(stamps) - 1) / (stamps[-1] - stamps[0]) if len(stamps) > 1 else NAN,
            pose_ms=1000 * quantile(list(self.pose_s)[-last:], 0.5),
            draw_ms=1000 * quantile(list(self.draw_s)[-last:], 0.5),
            delay_ms=1000 * quantile(list(self.delay_s)[-last:], 0.95),
            dropped=dropped,
            unshown=self.unshown,
            losses=losses,
        )


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value below which that share of the values lies; NaN where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else NAN


@dataclass(frozen=True)
class LiveOptions:
    """What may be left out of a live session.

    Attributes
    ----------
    people : counts people while the person finds the right place.
    open_sinks : called with (width, height) of the first picture; they get every processed frame, in order,
        on the thread of the pose network. One that fails is left out from then on.
    tell : takes one line for the person at the terminal (camera lost, found; a sink that failed).
    patience_s : how long the first picture is waited for before it is an error; None for ever.
    """

    people: PeopleCounting | None = None
    open_sinks: Callable[[tuple[int, int]], Sequence[Sink]] = lambda size_px: ()
    tell: Callable[[str], None] = lambda line: None
    patience_s: float | None = None


@dataclass(frozen=True)
class LiveResult:
    """How a live session ended.

    Attributes
    ----------
    status : over its last five minutes.
    last : what was known at the end; None where no picture came.
    complaints : what went wrong with sinks, one line each.
    interrupted : by Ctrl-C.
    """

    summary: InputSummary
    status: LiveStatus
    last: Snapshot | None = None
    complaints: tuple[str, ...] = ()
    interrupted: bool = False


def run_live(
    source: CameraSource,
    estimator: PoseEstimator,
    session: GuidedSession,
    screen: Screen | None = None,
    options: LiveOptions | None = None,
) -> LiveResult:
    """Run a session until the person ends it, the trainer says it is over, or a file used as camera ends.

    Call it on the main thread: the screen is drawn there, as window systems want it. Source, estimator and
    screen stay open: they belong to the caller. The sinks are closed whatever happens: what was done counts.
    Ctrl-C ends the session as the window's ``q`` does.

    Raises
    ------
    InputError
        No picture came within ``options.patience_s``.
    RepcountError
        As estimator and ``open_sinks`` raise them.
    """
    worker = _Worker(source, estimator, session, options or LiveOptions())
    worker.start()
    interrupted = False
    while True:
        try:
            if screen is None:
                _pass_over(worker)
            else:
                _draw(worker, screen)
            break
        except KeyboardInterrupt:
            interrupted = True
            worker.stop.set()
    return replace(worker.result(), interrupted=interrupted)


def _pass_over(worker: _Worker) -> None:
    """Without a screen: note the age of each judged frame until the worker is done."""
    while worker.is_alive():
        item = worker.newest(FETCH_S)
        if item is not None:
            worker.shown(item[0])


def _draw(worker: _Worker, screen: Screen) -> None:
    """Show the newest frame until the worker is done. Runs on the main thread."""
    while worker.is_alive():
        item = worker.newest(PUMP_S)
        began_s = time.perf_counter()
        if item is not None:
            screen.show(*item, worker.status())
            worker.meter.draw_s.append(time.perf_counter() - began_s)
            worker.shown(item[0])
        elif worker.status().waiting:
            screen.show(None, worker.loop.last, worker.status())
        for command in screen.commands():
            worker.command(command)


class _Worker(threading.Thread):
    """The thread of the pose network: fetches, judges, hands on."""

    def __init__(
        self, source: CameraSource, estimator: PoseEstimator, session: GuidedSession, options: LiveOptions
    ) -> None:
        super().__init__(name="pose", daemon=True)
        self.stop = threading.Event()
        self.meter = PaceMeter()
        self.loop = GuidedLoop(estimator, session, options.people, self._complain)
        self._source, self._options = source, options
        self._fresh = threading.Condition()
        self._slot: tuple[Frame, Snapshot] | None = None
        self._commands: deque[Command] = deque()
        self._complaints: list[str] = []
        self._told = ""
        self._began_s = time.monotonic()
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Judge until the source ends, then close the sinks. An error is kept, and `result` raises it."""
        try:
            self._judge()
        except BaseException as error:  # raised again by the main thread
            self._failure = error
        finally:
            try:
                self._end()
            except BaseException as error:  # the first failure is the one to tell
                self._failure = self._failure or error
            with self._fresh:
                self._fresh.notify_all()

    def command(self, command: Command) -> None:
        """Take a command from the main thread."""
        self._commands.append(command)
        if command is Command.QUIT:
            self.stop.set()

    def newest(self, timeout_s: float) -> tuple[Frame, Snapshot] | None:
        """Wait for what has not been shown yet; None after the timeout."""
        with self._fresh:
            if self._slot is None:
                self._fresh.wait(timeout_s)
            item, self._slot = self._slot, None
            return item

    def shown(self, frame: Frame) -> None:
        """Note how long after its taking a frame was shown."""
        self.meter.delay_s.append(self._source.now_s() - frame.time_s)

    def status(self) -> LiveStatus:
        """How it runs, over the last seconds."""
        return self._status(last=90)

    def _status(self, last: int) -> LiveStatus:
        link = self._source.link
        return self.meter.status(link.text, self._source.dropped, link.losses, last)

    def result(self) -> LiveResult:
        """Wait for the end and return what came of it, or raise what went wrong."""
        self.join()
        if self._failure is not None:
            raise self._failure
        last, source = self.loop.last, self._source
        duration_s = NAN if last is None else last.time_s
        summary = self.loop.summary(source.name, duration_s, self.loop.frames + source.dropped, source.damage)
        return LiveResult(summary, self._status(REMEMBERED), last, tuple(self._complaints))

    def _judge(self) -> None:
        while not self.stop.is_set():
            frame = self._source.newest(FETCH_S)
            self._tell_link()
            if frame is not None:
                self._take(frame)
                guide = None if self.loop.last is None else self.loop.last.guide
                if guide is not None and guide.over:
                    return
            elif self._source.ended:
                return
            else:
                self._wait()

    def _take(self, frame: Frame) -> None:
        if self.loop.frames == 0:
            self.loop.open(self._options.open_sinks(self._source.size_px))
        began_s = time.perf_counter()
        self._obey()
        snapshot = self.loop.step(frame)
        self.meter.pose_s.append(time.perf_counter() - began_s)
        self.meter.stamps_s.append(began_s)
        with self._fresh:
            self.meter.unshown += self._slot is not None
            self._slot = (frame, snapshot)
            self._fresh.notify_all()

    def _obey(self) -> None:
        while self._commands:
            self.loop.apply(self._commands.popleft())

    def _complain(self, text: str) -> None:
        self._complaints.append(text)
        self._options.tell(text)

    def _tell_link(self) -> None:
        text = self._source.link.text
        if text and text != self._told and "is being opened" not in text:
            self._options.tell(text)
        elif not text and self._told and self.loop.frames:
            self._options.tell(f"{self._source.name}: is back")
        self._told = text

    def _wait(self) -> None:
        patience_s = self._options.patience_s
        if self.loop.frames == 0 and patience_s is not None and time.monotonic() - self._began_s > patience_s:
            raise InputError(f"{self._source.link.text}; no picture came in {patience_s:g} s")

    def _end(self) -> None:
        self._obey()
        try:
            if self.loop.last is not None:
                self.loop.finish()
        finally:
            self.loop.close()
