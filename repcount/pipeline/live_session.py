"""A live session put together: camera, network, trainer, screen, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from repcount.config import Settings
from repcount.core.errors import OutputError, naming_packages
from repcount.core.files import AtomicFile
from repcount.core.guide import Tempo
from repcount.core.history_records import PainMoment, SavedFile
from repcount.core.kinds import NothingCounted
from repcount.core.phrases import Phrases, english
from repcount.core.records import Frame, Pose, Snapshot
from repcount.io.live_events import Event, end_event
from repcount.pipeline.camera_loop import LiveOptions, LiveResult, run_live
from repcount.pipeline.counted_notes import notes_on
from repcount.pipeline.kept_poses import KeptPoses
from repcount.pipeline.live_telling import telling_sinks
from repcount.pipeline.live_window import WindowLook, open_window, show_review
from repcount.pipeline.nothing_counted import why_nothing
from repcount.pipeline.session_review import Looking, looked_up
from repcount.pose.estimator import ModelLoader, WatchModel
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.trainer import SUMMARY_S, Trainer, TrainerOptions

if TYPE_CHECKING:
    from repcount.core.protocols import Sink
    from repcount.history.store import History
    from repcount.overlay.window import Window
    from repcount.pipeline.save_live import LiveHistory

FPS = 30.0

Tell = Callable[[str], None]
Listener = Callable[[Event], None]
MOVING_S = 20.0
PATIENCE_S = 20.0
"""Without a screen nobody sees that a camera is waited for: after so long it is an error."""


@dataclass(frozen=True)
class LiveSettings:
    """How a live session looks and what is kept of it.

    Attributes
    ----------
    camera : index, device, address, or a video file that is played in real time.
    phrases : all that is said and shown.
    record, record_raw : videos with and without what is painted on them.
    poses : a landmark recording of what the counting was given.
    plan : the name of the programme, where there is one.
    pain_before : what was answered before it began, 0 to 10; None where nobody was asked.
    verbose : let the libraries' own messages through.
    """

    camera: str = "0"
    headless: bool = False
    gestures: bool = True
    tempo: Tempo | None = None
    mirror: bool = True
    stats: bool = False
    mute: bool = False
    phrases: Phrases = field(default_factory=english)
    record: Path | None = None
    record_raw: Path | None = None
    poses: Path | None = None
    plan: str | None = None
    pain_before: int | None = None
    verbose: bool = False

    @property
    def voice(self) -> str:
        """The language that is spoken; empty where nothing is to be heard."""
        return "" if self.mute or self.headless else self.phrases.language

    @property
    def files(self) -> tuple[Path, ...]:
        """The files to be written."""
        return tuple(path for path in (self.record, self.record_raw, self.poses) if path is not None)


def check_files(look: LiveSettings) -> None:
    """Check that all files can be written, before anybody begins to exercise.

    Raises
    ------
    OutputError
        A file cannot be written, has the wrong ending, or is named twice.
    """
    endings = ((look.record, "--record", ".mp4"), (look.record_raw, "--record-raw", ".mp4"))
    for path, option, ending in (*endings, (look.poses, "--save-poses", ".npz")):
        if path is not None and path.suffix.lower() != ending:
            raise OutputError(f"{path}: {option} writes {ending} files; name it {path.with_suffix(ending)}")
    if len({path.resolve() for path in look.files}) < len(look.files):
        raise OutputError(f"{look.files[0]}: is named for two results; give each its own file")
    for path in look.files:
        AtomicFile(path).discard()  # a trial: it raises where nothing can be written


class LiveOutputs:
    """Opens and closes what a live session writes; a context manager.

    Parameters
    ----------
    listen : is told of every event.
    tell : takes lines for the person at the terminal.
    """

    def __init__(
        self, look: LiveSettings, trainer: Trainer, kept: LiveHistory | None, listen: Listener, tell: Tell
    ) -> None:
        self._look, self._trainer, self._kept = look, trainer, kept
        self._listen, self._tell = listen, tell

    def open_sinks(self, size_px: tuple[int, int]) -> list[Sink]:
        """Open what is written, now that the size of the pictures is known."""
        look = self._look
        sinks: list[Sink] = []
        if self._kept is not None:
            if look.pain_before is not None:
                self._kept.answer(PainMoment.BEFORE, look.pain_before)
            sinks.append(self._kept)
        sinks += telling_sinks(self._listen, self._tell, look.voice, quiet=not look.verbose)
        if look.poses is not None:
            sinks.append(self._poses(look.poses, size_px))
        if look.record is not None or look.record_raw is not None:
            with naming_packages():
                from repcount.io.video_writer import Unpainted, VideoSink
                from repcount.overlay.annotate import Overlay
            if look.record is not None:
                sinks.append(VideoSink(look.record, size_px, FPS, Overlay(size_px, look.phrases)))
            if look.record_raw is not None:
                sinks.append(VideoSink(look.record_raw, size_px, FPS, Unpainted()))
        return sinks

    def _poses(self, path: Path, size_px: tuple[int, int]) -> Sink:
        from repcount.pose.recording_writer import RecordingWriter

        return CountedPoses(RecordingWriter(path, size_px), lambda: self._trainer.given)

    def finish(self, result: LiveResult) -> None:
        """Tell of the end."""
        self._listen(end_event(result.summary.duration_s, result.summary.exercises))

    def __enter__(self) -> LiveOutputs:
        return self

    def __exit__(self, *what: object) -> None:
        if self._kept is not None:
            self._kept.saved(self._files())
            self._kept.close()

    def _files(self) -> tuple[SavedFile, ...]:
        look = self._look
        named = (("video", look.record), ("video", look.record_raw), ("landmarks", look.poses))
        return tuple(
            SavedFile(kind, str(path.absolute()))
            for kind, path in named
            if path is not None and path.is_file()
        )


class PoseWriter(Protocol):
    """Where poses are written."""

    def append(self, time_s: float, pose: Pose | None) -> None:
        """Add one frame."""
        ...

    def close(self) -> None:
        """Put the recording in its place."""
        ...

    def discard(self) -> None:
        """Leave nothing behind."""
        ...


class CountedPoses:
    """Writes one pose for each frame.

    Parameters
    ----------
    given : returns the pose that was counted in the last step; None while the session was paused.
    """

    def __init__(self, writer: PoseWriter, given: Callable[[], Pose | None]) -> None:
        self._writer = writer
        self._given = given

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        self._writer.append(frame.time_s, self._given())

    def close(self) -> None:
        """Put the recording in its place."""
        self._writer.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._writer.discard()


def explained(result: LiveResult, seen: KeptPoses, blocks: Sequence[Block]) -> LiveResult:
    """The same with what may be missing, or why nothing was counted in :data:`MOVING_S` and more."""
    watched = list({e.name: (e, options) for block in blocks for e, options in block.exercises}.values())
    summary = replace(result.summary, notes=notes_on(result.summary, seen, watched))
    times_s = [time_s for time_s, _ in seen.poses]
    if times_s and times_s[-1] - times_s[0] >= MOVING_S:
        nothing = why_nothing(summary, seen.poses, watched, lambda: NothingCounted("nobody"))
        summary = replace(summary, nothing=nothing)
    return replace(result, summary=summary)


class LiveSession:
    """Runs live sessions under one set of settings.

    Parameters
    ----------
    tell : takes lines for the person at the terminal.
    listen : is told of every event as it happens.
    """

    def __init__(self, settings: Settings, watch_model: WatchModel, tell: Tell, listen: Listener) -> None:
        self._settings = settings
        self._model = ModelLoader(settings.model, watch_model)
        self._tell, self._listen = tell, listen
        self._kept: LiveHistory | None = None

    @property
    def session_id(self) -> str | None:
        """The ID that the last session has in the history; None where nothing of it is kept."""
        return self._kept.id if self._kept is not None and self._kept.is_kept else None

    def run(self, blocks: Sequence[Block], look: LiveSettings, history: History | None = None) -> LiveResult:
        """Guide a session from its first frame to its end, whichever way it ends.

        Parameters
        ----------
        history : where what is done is kept, as it happens; None keeps nothing.

        Raises
        ------
        RepcountError
            The camera or the model cannot be used, or there is no screen.
        """
        from repcount.pose.estimator import open_estimator, open_people_counter
        from repcount.sources.camera import open_camera

        check_files(look)
        shown_s = SUMMARY_S if look.headless else 0.0  # the window has a summary of its own
        trainer = Trainer(blocks, TrainerOptions(look.gestures, look.tempo, shown_s, look.phrases))
        quiet = not self._settings.verbose
        with ExitStack() as stack:
            window = None if look.headless else self._window(blocks, look, stack)  # before PyAV
            source = stack.enter_context(open_camera(look.camera, turn_deg=self._settings.turn))
            model = self._model.get()
            self._kept = None if history is None else self._keep(history, blocks, look, source.name)
            outputs = LiveOutputs(look, trainer, self._kept, self._listen, self._tell)
            stack.enter_context(outputs)
            estimator = stack.enter_context(open_estimator(model.path, quiet=quiet))
            people = stack.enter_context(open_people_counter(model.path, quiet=quiet))
            seen = KeptPoses()
            options = LiveOptions(
                people=people,
                open_sinks=lambda size_px: (*outputs.open_sinks(size_px), seen),
                tell=self._tell,
                patience_s=PATIENCE_S if look.headless else None,
            )
            result = explained(run_live(source, estimator, trainer, window, options), seen, blocks)
            outputs.finish(result)
            if window is not None and not result.interrupted:
                show_review(window, blocks, result, self._settings, self._looking(history))
            return result

    def _window(self, blocks: Sequence[Block], look: LiveSettings, stack: ExitStack) -> Window:
        shown = WindowLook(look.camera, look.mirror, look.stats, look.gestures)
        return open_window(self._settings, blocks, shown, stack)

    def _looking(self, history: History | None) -> Looking:
        """What the session is held against at its end."""
        now = datetime.now().astimezone()
        if history is None:
            return Looking((), now)
        return looked_up(history, self._settings.person, now, self.session_id)

    def _keep(
        self, history: History, blocks: Sequence[Block], look: LiveSettings, camera: str
    ) -> LiveHistory:
        from repcount.pipeline.live_record import live_start
        from repcount.pipeline.save_live import LiveHistory

        return LiveHistory(history, self._settings, live_start(blocks, camera, look.plan), self._tell)
