"""Sessions at a camera: camera, network, window and what is kept; a guided one, or a film to learn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.config import Settings
from repcount.core.kinds import NothingCounted
from repcount.core.records import Pose
from repcount.exercises import languages
from repcount.pipeline.camera_loop import LiveOptions, LiveResult, run_live
from repcount.pipeline.input_notes import KeptPoses, notes_on
from repcount.pipeline.live_outputs import (
    LiveOutputs,
    LiveSettings,
    Tell,
    check_files,
    open_window,
    show_review,
    telling_sinks,
)
from repcount.pipeline.nothing_counted import why_nothing
from repcount.pipeline.session_review import Looking, looked_up
from repcount.pose.estimator import ModelLoader, WatchModel
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.filming import BEAT, END_S, Filming, FilmingOptions
from repcount.session.guided.trainer import SUMMARY_S, Trainer, TrainerOptions

if TYPE_CHECKING:
    from repcount.core.protocols import GuidedSession, PeopleCounting, PoseEstimator, Sink
    from repcount.history.store import History
    from repcount.io.live_events import Listener
    from repcount.overlay.window import Window
    from repcount.pipeline.save_live import LiveHistory
    from repcount.sources.camera import CameraSource

MOVING_S: Final = 20.0
PATIENCE_S: Final = 20.0
"""Without a screen nobody sees that a camera is waited for: after so long it is an error."""


@dataclass(frozen=True)
class LiveDevices:
    """What is open while a session runs; ``window`` is None where nothing is shown."""

    window: Window | None
    camera: CameraSource
    estimator: PoseEstimator
    people: PeopleCounting

    def run(
        self, session: GuidedSession, open_sinks: Callable[[tuple[int, int]], Sequence[Sink]], tell: Tell
    ) -> LiveResult:
        """Run a session to its end; see :func:`run_live`."""
        patience_s = PATIENCE_S if self.window is None else None
        options = LiveOptions(self.people, open_sinks, tell, patience_s)
        return run_live(self.camera, self.estimator, session, self.window, options)


class _CameraSessions:
    """Sessions under one set of settings.

    Parameters
    ----------
    tell : takes lines for the person at the terminal.
    listen : is told of every event as it happens.
    """

    def __init__(self, settings: Settings, watch_model: WatchModel, tell: Tell, listen: Listener) -> None:
        self._settings = settings
        self._model = ModelLoader(settings.model, watch_model)
        self._tell, self._listen = tell, listen

    def _opened(
        self,
        look: LiveSettings,
        stack: ExitStack,
        blocks: Sequence[Block] = (),
        words: Mapping[str, str] | None = None,
    ) -> LiveDevices:
        """Open window, camera and network until the stack ends; parameters as of :func:`open_window`."""
        from repcount.pose.estimator import open_estimator, open_people_counter
        from repcount.sources.camera import open_camera

        quiet = not look.verbose
        window = open_window(look, self._settings, stack, blocks, words)  # before PyAV
        camera = stack.enter_context(open_camera(look.camera, turn_deg=self._settings.turn))
        bundle = self._model.get().path
        estimator = stack.enter_context(open_estimator(bundle, quiet))
        return LiveDevices(window, camera, estimator, stack.enter_context(open_people_counter(bundle, quiet)))


def explained(result: LiveResult, seen: KeptPoses, blocks: Sequence[Block]) -> LiveResult:
    """The same with what may be missing, or why nothing was counted in :data:`MOVING_S` and more."""
    watched = list({e.name: (e, options) for block in blocks for e, options in block.exercises}.values())
    summary = replace(result.summary, notes=notes_on(result.summary, seen, watched))
    times_s = [time_s for time_s, _ in seen.poses]
    if times_s and times_s[-1] - times_s[0] >= MOVING_S:
        nothing = why_nothing(summary, seen.poses, watched, lambda: NothingCounted("nobody"))
        summary = replace(summary, nothing=nothing)
    return replace(result, summary=summary)


class LiveSession(_CameraSessions):
    """Runs live sessions under one set of settings."""

    _kept: LiveHistory | None = None

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
        check_files(look)
        shown_s = SUMMARY_S if look.headless else 0.0  # the window has a summary of its own
        trainer = Trainer(blocks, TrainerOptions(look.gestures, look.tempo, shown_s, look.phrases))
        with ExitStack() as stack:
            devices = self._opened(look, stack, blocks)
            self._kept = None if history is None else self._keep(history, blocks, look, devices.camera.name)
            outputs = stack.enter_context(LiveOutputs(look, trainer, self._kept, self._listen, self._tell))
            seen = KeptPoses()
            result = devices.run(trainer, lambda size_px: (*outputs.open_sinks(size_px), seen), self._tell)
            result = explained(result, seen, blocks)
            outputs.finish(result)
            if devices.window is not None and not result.interrupted:
                show_review(devices.window, blocks, result, self._settings, self._looking(history))
            return result

    def _looking(self, history: History | None) -> Looking:
        """What the session is held against at its end."""
        now = datetime.now().astimezone()
        if history is None:
            return Looking((), now)
        return looked_up(history, self._settings.person, now, self.session_id)

    def _keep(
        self, history: History, blocks: Sequence[Block], look: LiveSettings, camera: str
    ) -> LiveHistory:
        from repcount.pipeline.save_live import LiveHistory
        from repcount.pipeline.session_record import live_start

        return LiveHistory(history, self._settings, live_start(blocks, camera, look.plan), self._tell)


@dataclass(frozen=True)
class GuidedFilm:
    """What a guided film shows, and how it ended.

    Attributes
    ----------
    track : the time of each frame, media seconds, and the pose in it.
    stopped : the person ended it before all was shown.
    left : the person went away and did not come back.
    complaint : what was asked for last and not mended, in words; empty where nothing was.
    """

    track: tuple[tuple[float, Pose | None], ...]
    result: LiveResult
    stopped: bool
    left: bool
    complaint: str


class FilmStudio(_CameraSessions):
    """Makes guided films under one set of settings."""

    def make(self, name: str, title: str, reps: int, look: LiveSettings) -> GuidedFilm:
        """Lead through one set; the landmarks are kept, if asked for, unless the person stops it.

        Raises
        ------
        RepcountError
            The camera or the model cannot be used, there is no screen, or a file cannot be written.
        """
        check_files(look)
        end_s = 0.0 if look.headless else END_S
        options = FilmingOptions(reps, look.tempo or BEAT, look.gestures, end_s, look.phrases)
        filming = Filming(name, title, options)
        words = languages.load(self._settings.language).screen_words()
        told = {key: words[f"film_{key}"] for key in ("keys_hint", "hands_hint", "stand_here")}
        with ExitStack() as stack:
            devices = self._opened(look, stack, words=told)
            result = devices.run(
                filming, lambda size_px: telling_sinks(look, self._listen, self._tell), self._tell
            )
            size_px = devices.camera.size_px
        film = GuidedFilm(filming.poses, result, filming.stopped, filming.left, filming.complaint)
        if look.poses is not None and film.track and not (film.stopped or result.interrupted):
            _write(look.poses, size_px, film)
        return film


def _write(path: Path, size_px: tuple[int, int], film: GuidedFilm) -> None:
    from repcount.pose.recording_writer import RecordingWriter

    with RecordingWriter(path, size_px, film.track[-1][0] - film.track[0][0], len(film.track)) as writer:
        for time_s, pose in film.track:
            writer.append(time_s, pose)
