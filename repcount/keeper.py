"""What is kept of a live session: the history, event lines, videos and landmarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from repcount.core.errors import RepcountError
from repcount.core.kept import Moment, SavedFile
from repcount.core.model import Frame, Pose, Snapshot
from repcount.core.syslibs import naming_packages
from repcount.io.live_events import Event, EventSink, end_event, events_of

if TYPE_CHECKING:
    from pathlib import Path

    from repcount.core.protocols import Sink
    from repcount.diary import Diary
    from repcount.engine.trainer import Trainer
    from repcount.live import LiveResult
    from repcount.show import Show


FPS = 30.0

Tell = Callable[[str], None]
Listener = Callable[[Event], None]


class Keeper:
    """Keeps what happens; a context manager.

    A history that fails is told once and left: the session goes on.
    """

    def __init__(
        self, show: Show, trainer: Trainer, diary: Diary | None, listen: Listener, tell: Tell
    ) -> None:
        self._show, self._trainer, self._diary = show, trainer, diary
        self._listen, self._tell = listen, tell

    def open_sinks(self, size_px: tuple[int, int]) -> list[Sink]:
        """Open what is written, now that the size of the pictures is known."""
        level = self._show.pain_before
        if level is not None:
            self._keep(lambda diary: diary.answer(Moment.BEFORE, level))
        sinks: list[Sink] = [EventSink(self._event)]
        show = self._show
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
        from repcount.poses.recorder import RecordingWriter

        return GivenPoses(RecordingWriter(path, size_px), lambda: self._trainer.given)

    def finish(self, result: LiveResult) -> None:
        """Tell what the end brought, and the end."""
        for event in () if result.last is None else events_of(result.last):
            self._event(event)
        self._event(end_event(result.summary.duration_s, result.summary.exercises))

    def _event(self, event: Event) -> None:
        self._keep(lambda diary: diary.on_event(event))
        self._listen(event)

    def _keep(self, what: Callable[[Diary], None]) -> None:
        if self._diary is None:
            return
        try:
            what(self._diary)
        except RepcountError as error:
            self._diary = None
            self._tell(f"{error}; the session goes on and is not kept from here on")

    def __enter__(self) -> Keeper:
        return self

    def __exit__(self, *what: object) -> None:
        self._keep(lambda diary: diary.saved(self._files()))
        self._keep(lambda diary: diary.close())

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
