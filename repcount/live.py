"""The live loop: camera, pose and screen in three threads, with only the newest frame between them."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from repcount.core.errors import InputError, RepcountError
from repcount.core.guide import Command, Stage, Surroundings
from repcount.core.live import GuidedSession, LiveStatus, Onlookers, Screen
from repcount.core.model import NAN, Frame, InputSummary, Snapshot
from repcount.core.pace import REMEMBERED, Meter
from repcount.core.protocols import PoseEstimator, Sink
from repcount.sources.camera import CameraSource

FETCH_S: Final = 0.2
PUMP_S: Final = 0.03  # a window wants to be asked for its keys that often
LOOK_ROUND_S: Final = 0.5


@dataclass(frozen=True)
class LiveOptions:
    """What may be left out of a live session.

    Attributes
    ----------
    onlookers : counts people, about twice a second while the person finds the right place.
    open_sinks : called with (width, height) of the first picture; they get every processed frame, in order,
        on the thread of the pose network. One that fails is left out from then on.
    tell : takes one line for the person at the terminal (camera lost, found; a sink that failed).
    patience_s : how long the first picture is waited for before it is an error; None for ever.
    """

    onlookers: Onlookers | None = None
    open_sinks: Callable[[tuple[int, int]], Sequence[Sink]] = lambda size_px: ()
    tell: Callable[[str], None] = lambda line: None
    patience_s: float | None = None


@dataclass(frozen=True)
class LiveResult:
    """How a live session ended.

    Attributes
    ----------
    status : over its last five minutes.
    last : what the end brought: a repetition that was as good as done; None where no picture came.
    complaints : what went wrong with sinks, one line each.
    interrupted : by Ctrl-C.
    """

    summary: InputSummary
    status: LiveStatus
    complaints: tuple[str, ...] = ()
    interrupted: bool = False
    last: Snapshot | None = None


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
    """Note how old what is judged is, until the worker has done."""
    while worker.is_alive():
        item = worker.newest(FETCH_S)
        if item is not None:
            worker.shown(item[0])


def _draw(worker: _Worker, screen: Screen) -> None:
    """Show what is newest until the worker has done; on the main thread."""
    while worker.is_alive():
        item = worker.newest(PUMP_S)
        began_s = time.perf_counter()
        if item is not None:
            screen.show(*item, worker.status())
            worker.meter.draw_s.append(time.perf_counter() - began_s)
            worker.shown(item[0])
        elif worker.status().waiting:
            screen.show(None, worker.last, worker.status())
        for command in screen.commands():
            worker.command(command)


class _Worker(threading.Thread):
    """The thread of the pose network: fetches, judges, hands on."""

    def __init__(
        self, source: CameraSource, estimator: PoseEstimator, session: GuidedSession, options: LiveOptions
    ) -> None:
        super().__init__(name="pose", daemon=True)
        self.stop = threading.Event()
        self.meter = Meter()
        self.last: Snapshot | None = None
        self._source, self._estimator, self._session = source, estimator, session
        self._options = options
        self._fresh = threading.Condition()
        self._slot: tuple[Frame, Snapshot] | None = None
        self._commands: deque[Command] = deque()
        self._sinks: list[Sink] = []
        self._complaints: list[str] = []
        self._looked_s, self._people = -math.inf, None
        self._frames = self._with_pose = 0
        self._told = ""
        self._began_s = time.monotonic()
        self._failure: BaseException | None = None

    _people: int | None

    def run(self) -> None:
        """Judge until there is no more, and close what was written; what goes wrong is kept for `result`."""
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
        summary = InputSummary(
            source=self._source.name,
            error=self._source.damage,
            duration_s=NAN if self.last is None else self.last.time_s,
            frames=self._frames + self._source.dropped,
            frames_tracked=self._frames,
            frames_with_pose=self._with_pose,
            exercises=self._session.summaries(),
        )
        return LiveResult(summary, self._status(REMEMBERED), tuple(self._complaints), last=self.last)

    def _judge(self) -> None:
        while not self.stop.is_set():
            frame = self._source.newest(FETCH_S)
            self._tell_link()
            if frame is not None:
                self._take(frame)
                if self.last is not None and self.last.guide is not None and self.last.guide.over:
                    return
            elif self._source.ended:
                return
            else:
                self._wait()

    def _take(self, frame: Frame) -> None:
        if self._frames == 0:
            self._sinks = list(self._options.open_sinks(self._source.size_px))
        began_s = time.perf_counter()
        self._obey()
        pose = self._estimator.estimate(frame)
        snapshot = self._session.step(frame.time_s, pose, Surroundings(frame.brightness, self._look(frame)))
        self.meter.pose_s.append(time.perf_counter() - began_s)
        self.meter.stamps_s.append(began_s)
        self._frames += 1
        self._with_pose += pose is not None
        self.last = snapshot
        self._write(frame, snapshot)
        with self._fresh:
            self.meter.unshown += self._slot is not None
            self._slot = (frame, snapshot)
            self._fresh.notify_all()

    def _obey(self) -> None:
        while self._commands:
            self._session.apply(self._commands.popleft())

    def _look(self, frame: Frame) -> int | None:
        """How many people there are; counted only while the person finds the right place."""
        framing = self.last is not None and self.last.guide is not None
        framing = framing and self.last.guide.stage is Stage.FRAMING  # type: ignore[union-attr]
        if not framing or self._options.onlookers is None:
            self._people = None
        elif frame.time_s - self._looked_s >= LOOK_ROUND_S:
            self._looked_s = frame.time_s
            self._people = self._options.onlookers.count(frame)
        return self._people

    def _write(self, frame: Frame, snapshot: Snapshot) -> None:
        for sink in tuple(self._sinks):
            try:
                sink.write(frame, snapshot)
            except RepcountError as error:
                self._sinks.remove(sink)
                self._complain(str(error))

    def _complain(self, text: str) -> None:
        self._complaints.append(text)
        self._options.tell(text)

    def _tell_link(self) -> None:
        text = self._source.link.text
        if text and text != self._told and "is being opened" not in text:
            self._options.tell(text)
        elif not text and self._told and self._frames:
            self._options.tell(f"{self._source.name}: is back")
        self._told = text

    def _wait(self) -> None:
        patience_s = self._options.patience_s
        if self._frames == 0 and patience_s is not None and time.monotonic() - self._began_s > patience_s:
            raise InputError(f"{self._source.link.text}; no picture came in {patience_s:g} s")

    def _end(self) -> None:
        self._obey()
        if self.last is not None:
            self.last = self._session.finish(self.last.time_s)
        for sink in self._sinks:
            try:
                sink.close()
            except RepcountError as error:
                self._complain(str(error))
                with suppress(RepcountError):
                    sink.discard()
