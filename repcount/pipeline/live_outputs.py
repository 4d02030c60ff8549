"""How a live session looks, and what is kept of it: the history, event lines, videos and landmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from repcount.core.errors import OutputError
from repcount.core.guide import Tempo
from repcount.core.kept import Moment, SavedFile
from repcount.core.model import Frame, Pose, Snapshot
from repcount.core.place import Beside
from repcount.core.syslibs import naming_packages
from repcount.io.live_events import Event, EventSink, end_event

if TYPE_CHECKING:
    from repcount.core.protocols import Sink
    from repcount.engine.trainer import Trainer
    from repcount.pipeline.camera_loop import LiveResult
    from repcount.pipeline.save_live import LiveHistory


FPS = 30.0

Tell = Callable[[str], None]
Listener = Callable[[Event], None]


@dataclass(frozen=True)
class Show:
    """How a live session looks and what is kept of it.

    Attributes
    ----------
    camera : index, device, address, or a video file that is played in real time.
    language : of the voice, two letters.
    record, record_raw : videos with and without what is painted on them.
    poses : a landmark recording of what the counting was given.
    plan : the name of the programme, where there is one.
    pain_before : what was answered before it began, 0 to 10; None where nobody was asked.
    """

    camera: str = "0"
    headless: bool = False
    gestures: bool = True
    tempo: Tempo | None = None
    mirror: bool = True
    stats: bool = False
    mute: bool = False
    language: str = "en"
    record: Path | None = None
    record_raw: Path | None = None
    poses: Path | None = None
    plan: str | None = None
    pain_before: int | None = None

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


class LiveOutputs:
    """Opens and closes what a live session writes; a context manager.

    Parameters
    ----------
    listen : is told of every event.
    tell : takes lines for the person at the terminal.
    """

    def __init__(
        self, show: Show, trainer: Trainer, kept: LiveHistory | None, listen: Listener, tell: Tell
    ) -> None:
        self._show, self._trainer, self._kept = show, trainer, kept
        self._listen, self._tell = listen, tell

    def open_sinks(self, size_px: tuple[int, int]) -> list[Sink]:
        """Open what is written, now that the size of the pictures is known."""
        show, sinks = self._show, list[Sink]()
        if self._kept is not None:
            if show.pain_before is not None:
                self._kept.answer(Moment.BEFORE, show.pain_before)
            sinks.append(self._kept)
        sinks.append(EventSink(self._listen))
        if not (show.mute or show.headless):
            from repcount.voice.loudspeaker import Voice

            sinks.append(Voice(self._tell, show.language))
        if show.poses is not None:
            sinks.append(self._poses(show.poses, size_px))
        if show.record is not None or show.record_raw is not None:
            with naming_packages():
                from repcount.io.video_writer import Unpainted, VideoSink
            if show.record is not None:
                sinks.append(VideoSink(show.record, size_px, FPS))
            if show.record_raw is not None:
                sinks.append(VideoSink(show.record_raw, size_px, FPS, Unpainted()))
        return sinks

    def _poses(self, path: Path, size_px: tuple[int, int]) -> Sink:
        from repcount.pose.recording_writer import RecordingWriter

        return GivenPoses(RecordingWriter(path, size_px), lambda: self._trainer.given)

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
        show = self._show
        named = (("video", show.record), ("video", show.record_raw), ("landmarks", show.poses))
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


class GivenPoses:
    """Writes one pose for each frame.

    Parameters
    ----------
    given : returns the pose that the last step counted with, None where there was none.
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
