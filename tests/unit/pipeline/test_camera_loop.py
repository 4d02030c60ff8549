"""The live loop with a real camera source, recorded or counted poses, and the engine's own session."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bench.stick import pose, squatting
from repcount.core.errors import InputError, OutputError
from repcount.core.guide import Command, Guide, Stage, Surroundings
from repcount.core.protocols import LiveStatus
from repcount.core.records import ExerciseSummary, Frame, Pose, Snapshot
from repcount.exercises import catalog
from repcount.pipeline.camera_loop import LiveOptions, run_live
from repcount.session.session import Session
from repcount.sources.camera import CameraSource, open_camera
from repcount.sources.feeds import feed_of
from tests.cameras import NetworkCamera, PatientSource, jpegs
from tests.videos import write_video
from tests.waiting import until


class Standing:
    """Sees the same person in every frame."""

    def __init__(self) -> None:
        self.threads: set[str] = set()

    def estimate(self, frame: Frame) -> Pose | None:
        self.threads.add(threading.current_thread().name)
        return pose(squatting(10.0))

    def close(self) -> None:
        pass


class Guided:
    """The engine's session with a stage of its own; over after so many frames or when it is told to quit."""

    def __init__(self, over_after: int = 10**9, stage: Stage = Stage.FRAMING) -> None:
        self.session = Session(catalog.get("wall-squat"))
        self.commands: list[Command] = []
        self.around: list[Surroundings] = []
        self.over_after = over_after
        self.stage = stage
        self.finished = 0

    def step(self, time_s: float, seen: Pose | None, around: Surroundings | None = None) -> Snapshot:
        self.around.append(around)
        over = len(self.around) >= self.over_after
        return replace(self.session.step(time_s, seen), guide=Guide(self.stage, over=over))

    def apply(self, command: Command) -> None:
        self.commands.append(command)

    def finish(self, time_s: float) -> Snapshot:
        self.finished += 1
        return self.session.finish(time_s)

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        return self.session.summaries()


@dataclass
class Display:
    """A screen that notes what it is shown and asks for a command at its so-many-th picture."""

    at: dict[int, Command] = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    quits: bool = False

    def show(self, frame: Frame | None, snapshot: Snapshot | None, status: LiveStatus) -> None:
        self.threads.add(threading.current_thread().name)
        self.shown += [] if frame is None else [frame.index]
        self.waits += [status.waiting] if frame is None else []

    def commands(self) -> tuple[Command, ...]:
        found = Command.QUIT if self.quits else self.at.pop(len(self.shown), None)
        return () if found is None else (found,)

    def close(self) -> None:
        pass


class Unhurried(Standing):
    """Looks at a picture once the one before it has been shown."""

    def __init__(self, screen: Display) -> None:
        super().__init__()
        self.screen = screen
        self.seen = 0

    def estimate(self, frame: Frame) -> Pose | None:
        until(lambda: len(self.screen.shown) >= self.seen)
        self.seen += 1
        return super().estimate(frame)


@dataclass
class Kept:
    """A sink; with ``breaks_at`` its disk is full from that frame on."""

    breaks_at: int = 10**9
    frames: int = 0
    closed: int = 0

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        if self.frames >= self.breaks_at:
            raise OutputError("out.mp4: no space left")
        self.frames += 1

    def close(self) -> None:
        self.closed += 1

    def discard(self) -> None:
        pass


class One:
    """Counts people, and how often it was asked."""

    asked = 0

    def count(self, frame: Frame) -> int:
        self.asked += 1
        return 1


@pytest.fixture
def video(tmp_path: Path) -> str:
    return str(write_video(tmp_path / "v.mp4", tuple(range(0, 1500, 50))))


@pytest.fixture
def patient(video: str) -> Iterator[CameraSource]:
    """The video as a camera of which a busy machine drops nothing."""
    with PatientSource(feed_of(video)) as source:
        yield source


def test_a_file_is_judged_to_its_end_with_pose_and_screen_in_their_own_threads(video: str) -> None:
    estimator, session, screen = Standing(), Guided(), Display()
    start_s = time.monotonic()
    with open_camera(video) as source:
        result = run_live(source, estimator, session, screen)
    assert result.summary.frames == 30
    assert result.summary.frames_tracked + result.status.dropped == 30
    assert session.finished == 1
    assert estimator.threads == {"pose"}
    assert screen.threads == {threading.main_thread().name}
    assert screen.shown == sorted(set(screen.shown))
    assert len(screen.shown) + result.status.unshown >= result.summary.frames_tracked - 1
    assert 0 <= result.status.delay_ms < 1000 * (time.monotonic() - start_s)
    assert not result.interrupted


def test_keys_reach_the_trainer_and_quit_ends_the_session(patient: CameraSource) -> None:
    session, screen = Guided(), Display({3: Command.UNDO, 6: Command.QUIT})
    result = run_live(patient, Unhurried(screen), session, screen)
    assert session.commands == [Command.UNDO, Command.QUIT]
    assert session.finished == 1
    assert result.summary.frames_tracked < 30


def test_it_ends_when_the_trainer_says_so(patient: CameraSource) -> None:
    result = run_live(patient, Standing(), Guided(over_after=5))
    assert result.summary.frames_tracked == 5


def test_people_are_counted_twice_a_second_and_only_while_framing(video: str) -> None:
    for stage, most in ((Stage.FRAMING, 4), (Stage.SET, 1)):  # before the first picture it is framing
        people, session = One(), Guided(stage=stage)
        with PatientSource(feed_of(video)) as source:
            run_live(source, Standing(), session, options=LiveOptions(people=people))
        assert min(most, 2) <= people.asked <= most
        assert session.around[-1].people == (1 if stage is Stage.FRAMING else None)
        assert 0.1 < session.around[-1].brightness < 0.5


def test_a_full_disk_costs_the_recording_and_not_the_session(patient: CameraSource) -> None:
    broken, whole, told = Kept(breaks_at=5), Kept(), []
    options = LiveOptions(open_sinks=lambda size_px: (broken, whole), tell=told.append)
    result = run_live(patient, Standing(), Guided(), options=options)
    assert result.complaints == tuple(told) == ("out.mp4: no space left",)
    assert (whole.frames, whole.closed, broken.closed) == (result.summary.frames_tracked, 1, 0)


def test_a_sink_that_cannot_be_opened_is_told_on_the_main_thread(video: str) -> None:
    def refuse(size_px: tuple[int, int]) -> tuple[Kept, ...]:
        raise OutputError("out.mp4: is a folder")

    with open_camera(video) as source, pytest.raises(OutputError, match="is a folder"):
        run_live(source, Standing(), Guided(), options=LiveOptions(open_sinks=refuse))


def test_a_camera_that_never_comes_is_an_error_once_patience_is_out() -> None:
    told: list[str] = []
    with open_camera("http://127.0.0.1:9/") as source:
        until(lambda: source.newest(0.1) is None and "refuses" in source.link.text)
        with pytest.raises(InputError, match="refuses"):
            run_live(source, Standing(), Guided(), options=LiveOptions(tell=told.append, patience_s=0.5))
    assert len(told) == 1


def test_a_camera_that_dies_in_mid_session_is_waited_for_and_shown(tmp_path: Path) -> None:
    pictures, _ = jpegs(write_video(tmp_path / "c.mp4"))
    session, screen, told = Guided(), Display(), []
    with NetworkCamera(pictures, 30.0) as camera, open_camera(camera.address) as source:

        def disturb() -> None:
            try:
                until(lambda: len(session.around) > 10)
                camera.stop()
                until(lambda: any("refuses" in wait for wait in screen.waits))
                camera.start()
                seen = len(session.around)
                until(lambda: len(session.around) > seen + 10)
            finally:
                screen.quits = True

        threading.Thread(target=disturb, daemon=True).start()
        result = run_live(source, Standing(), session, screen, LiveOptions(tell=told.append))
    assert result.status.losses == 1
    assert any(line.endswith("is back") for line in told)
    assert result.summary.frames_tracked > 20
