"""What a live session shows, says and writes: window, voice, lines of events, videos and landmarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from repcount.core.errors import OutputError, naming_packages
from repcount.core.files import AtomicFile
from repcount.core.guide import Tempo
from repcount.core.history_records import PainMoment, SavedFile
from repcount.core.phrases import Phrases, english
from repcount.core.records import Frame, Pose, Snapshot
from repcount.exercises import languages
from repcount.io.live_events import EventSink, Listener, end_event

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.core.protocols import Sink
    from repcount.overlay.live_view import LivePicture
    from repcount.overlay.window import Window
    from repcount.pipeline.camera_loop import LiveResult
    from repcount.pipeline.save_live import LiveHistory
    from repcount.pipeline.session_review import Looking
    from repcount.session.guided.exercise_sets import Block
    from repcount.session.guided.trainer import Trainer

FPS: Final = 30.0
CAMERA_S: Final = 3.0
"""So long a camera has to give a picture where it is only looked at."""

Tell = Callable[[str], None]
"""Takes one line for the person at the terminal."""


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


def telling_sinks(look: LiveSettings, listen: Listener, tell: Tell) -> list[Sink]:
    """Open what is told of every event, and what speaks."""
    sinks: list[Sink] = [EventSink(listen)]
    if look.voice:
        from repcount.voice.loudspeaker import Voice

        sinks.append(Voice(tell, look.voice, quiet=not look.verbose))
    return sinks


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
        sinks += telling_sinks(look, self._listen, self._tell)
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


def open_window(
    look: LiveSettings,
    settings: Settings,
    stack: ExitStack,
    blocks: Sequence[Block] = (),
    words: Mapping[str, str] | None = None,
) -> Window | None:
    """Open the window; None where nothing is to be seen.

    Parameters
    ----------
    blocks : what is done in the session.
    words : what is said in place of the language's own words, by key.

    Raises
    ------
    OutputError
        There is no screen; what is wrong with the camera is told first.
    """
    if look.headless:
        return None
    with naming_packages():
        from repcount.overlay.live_view import LivePicture
        from repcount.overlay.window import Window

    screen_words = {**languages.load(settings.language).screen_words(), **(words or {})}
    known = [exercise for block in blocks for exercise, _ in block.exercises]
    places = {each.name: each.place.placement() for each in known if each.place is not None}

    def picture(size_px: tuple[int, int]) -> LivePicture:
        return LivePicture(
            size_px,
            screen_words,
            mirror=look.mirror,
            stats=look.stats,
            gestures=look.gestures,
            placements=places,
        )

    try:
        window = Window(picture, verbose=look.verbose)
    except OutputError as error:
        raise OutputError(f"{_camera_trouble(look.camera)}{error}") from error
    return stack.enter_context(window)


def show_review(
    window: Window, blocks: Sequence[Block], result: LiveResult, settings: Settings, looking: Looking
) -> None:
    """Keep the summary on the window until a key is pressed or it is closed."""
    from repcount.overlay.live_view import review_picture
    from repcount.pipeline.session_review import review

    guide = None if result.last is None else result.last.guide
    if guide is None:
        return
    language = languages.load(settings.language)
    told = review(blocks, guide.achieved, result.summary.exercises, looking, language)
    words = language.screen_words()
    window.keep_until_key(lambda size_px: review_picture(size_px, told, guide.unjudged, words))


def _camera_trouble(camera: str) -> str:
    """What is wrong with the camera, in words before a remedy for something else; empty where nothing is."""
    from repcount.sources.camera import open_camera

    with open_camera(camera) as source:
        frame = source.newest(CAMERA_S)
        return "" if frame is not None or not source.link.text else f"{source.link.text}. And "
