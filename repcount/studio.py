"""A live session put together: camera, network, trainer, screen, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from repcount import __version__
from repcount.assemble import ModelShelf, WatchModel
from repcount.config import Settings
from repcount.core.errors import OutputError
from repcount.core.guide import Tempo
from repcount.core.live import Screen
from repcount.core.place import Beside
from repcount.core.protocols import Sink
from repcount.core.syslibs import naming_packages
from repcount.engine.bout import Block
from repcount.engine.trainer import Trainer, TrainerOptions
from repcount.live import LiveOptions, LiveResult, run_live
from repcount.sinks.events import Event, end_event
from repcount.sinks.reporter import EventSink

if TYPE_CHECKING:
    from repcount.sources.camera import CameraSource

FPS = 30.0
PATIENCE_S = 20.0
"""Without a screen nobody sees that a camera is waited for: after so long it is an error."""

Tell = Callable[[str], None]
Listener = Callable[[Event], None]


@dataclass(frozen=True)
class Show:
    """How a live session looks and what is kept of it.

    Attributes
    ----------
    camera : index, device, address, or a video file that is played in real time.
    record, record_raw : videos with and without what is painted on them.
    poses : a landmark recording of what the counting was given.
    journal : the folder of the journal; None keeps none.
    """

    camera: str = "0"
    headless: bool = False
    gestures: bool = True
    tempo: Tempo | None = None
    mirror: bool = True
    stats: bool = False
    mute: bool = False
    record: Path | None = None
    record_raw: Path | None = None
    poses: Path | None = None
    journal: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files to be written."""
        return tuple(path for path in (self.record, self.record_raw, self.poses) if path is not None)


def check_files(show: Show) -> None:
    """See that what shall be written can be, before anybody exercises for it.

    Raises
    ------
    OutputError
        A file cannot be written, has the wrong ending, or is named twice.
    """
    endings = ((show.record, "--record", ".mp4"), (show.record_raw, "--record-raw", ".mp4"))
    for path, option, ending in (*endings, (show.poses, "--save-poses", ".npz")):
        if path is not None and path.suffix.lower() != ending:
            raise OutputError(f"{path}: {option} writes {ending} files; name it {path.with_suffix(ending)}")
    if len({path.resolve() for path in show.files}) < len(show.files):
        raise OutputError(f"{show.files[0]}: is named for two results; give each its own file")
    for path in show.files:
        Beside(path).discard()  # a trial: it complains of what cannot be written


def journal_folder() -> Path:
    """Where the journal is kept."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("repcount", appauthor=False))


class Studio:
    """Runs live sessions under one set of settings.

    Parameters
    ----------
    tell : takes lines for the person at the terminal.
    listen : is told of every event as it happens.
    """

    def __init__(self, settings: Settings, watch_model: WatchModel, tell: Tell, listen: Listener) -> None:
        self._settings = settings
        self._shelf = ModelShelf(settings.model, watch_model)
        self._tell, self._listen = tell, listen

    def run(self, blocks: Sequence[Block], show: Show) -> LiveResult:
        """Guide a session from its first frame to its end, whichever way it ends.

        Raises
        ------
        RepcountError
            The camera or the model cannot be used, or there is no screen.
        """
        from repcount.poses.mediapipe import MediaPipeEstimator, PeopleCounter
        from repcount.sources.camera import open_camera

        check_files(show)
        trainer = Trainer(blocks, TrainerOptions(show.gestures, show.tempo))
        quiet = not self._settings.verbose
        with ExitStack() as stack:
            screen = None if show.headless else self._screen(blocks, show, stack)  # before PyAV: see Window
            source = stack.enter_context(open_camera(show.camera))
            model = self._shelf.get()
            keeper = stack.enter_context(_Keeper(show, trainer, source, self._listen, self._tell))
            estimator = stack.enter_context(MediaPipeEstimator(model.path, quiet=quiet))
            people = stack.enter_context(PeopleCounter(model.path, quiet=quiet))
            options = LiveOptions(
                onlookers=people,
                open_sinks=keeper.open_sinks,
                tell=self._tell,
                patience_s=PATIENCE_S if show.headless else None,
            )
            result = run_live(source, estimator, trainer, screen, options)
            keeper.finish(result)
            return result

    def _screen(self, blocks: Sequence[Block], show: Show, stack: ExitStack) -> Screen:
        with naming_packages():
            from repcount.sinks.stage import LivePicture
            from repcount.sinks.window import Window

        known = [exercise for block in blocks for exercise, _ in block.exercises]
        placements = {e.name: e.place.placement() for e in known if e.place is not None}

        def picture(size_px: tuple[int, int]) -> LivePicture:
            return LivePicture(
                size_px,
                mirror=show.mirror,
                stats=show.stats,
                gestures=show.gestures,
                placements=placements,
            )

        window = Window(picture, verbose=self._settings.verbose)
        return stack.enter_context(window)


class _Keeper:
    """Keeps what happens: journal, event lines, videos and landmarks; a context manager."""

    def __init__(
        self, show: Show, trainer: Trainer, source: CameraSource, listen: Listener, tell: Tell
    ) -> None:
        from repcount.sinks.journal import Journal

        self._show, self._trainer, self._source = show, trainer, source
        self._listen, self._tell = listen, tell
        self._journal = None if show.journal is None else Journal(show.journal)
        self._began = datetime.now(timezone.utc).astimezone()

    def open_sinks(self, size_px: tuple[int, int]) -> list[Sink]:
        """Open what is written, now that the size of the pictures is known."""
        self._note(
            {
                "event": "begin",
                "at": self._began.isoformat(timespec="seconds"),
                "repcount": __version__,
                "camera": self._source.name,
            }
        )
        sinks: list[Sink] = [EventSink(self._event)]
        show = self._show
        if not (show.mute or show.headless):
            from repcount.sinks.voice import Voice

            sinks.append(Voice(self._tell))
        if show.poses is not None:
            sinks.append(self._poses(show.poses, size_px))
        if show.record is not None or show.record_raw is not None:
            with naming_packages():
                from repcount.sinks.raw import Unpainted
                from repcount.sinks.video import VideoSink
            if show.record is not None:
                sinks.append(VideoSink(show.record, size_px, FPS))
            if show.record_raw is not None:
                sinks.append(VideoSink(show.record_raw, size_px, FPS, Unpainted()))
        return sinks

    def _poses(self, path: Path, size_px: tuple[int, int]) -> Sink:
        from repcount.poses.recorder import RecordingWriter
        from repcount.sinks.given import GivenPoses

        return GivenPoses(RecordingWriter(path, size_px), lambda: self._trainer.given)

    def finish(self, result: LiveResult) -> None:
        """Tell the end."""
        self._event(end_event(result.summary.duration_s, result.summary.exercises))

    def _event(self, event: Event) -> None:
        self._note(event)
        self._listen(event)

    def _note(self, event: Event) -> None:
        """Write it into the journal; a journal that cannot be written is told once and left."""
        if self._journal is None:
            return
        try:
            self._journal.on_event(event)
        except OutputError as error:
            self._journal.close()
            self._journal = None
            self._tell(str(error))

    def __enter__(self) -> _Keeper:
        return self

    def __exit__(self, *what: object) -> None:
        if self._journal is not None:
            self._journal.close()
