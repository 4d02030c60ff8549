"""A film made at the camera: one person led through one set, for an exercise to be learned from."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from repcount.core.records import Pose
from repcount.exercises import languages
from repcount.pipeline.camera_loop import LiveOptions, LiveResult, run_live
from repcount.pipeline.live_session import PATIENCE_S, Listener, LiveSettings, Tell, check_files
from repcount.pipeline.live_telling import telling_sinks
from repcount.pipeline.live_window import WindowLook, open_window
from repcount.pose.estimator import ModelLoader, WatchModel
from repcount.session.guided.filming import BEAT, END_S, Filming, FilmingOptions

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.overlay.window import Window


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


class FilmStudio:
    """Makes guided films under one set of settings.

    Parameters
    ----------
    tell : takes lines for the person at the terminal.
    listen : is told of every event as it happens.
    """

    def __init__(self, settings: Settings, watch_model: WatchModel, tell: Tell, listen: Listener) -> None:
        self._settings = settings
        self._model = ModelLoader(settings.model, watch_model)
        self._tell, self._listen = tell, listen

    def make(self, name: str, title: str, reps: int, look: LiveSettings) -> GuidedFilm:
        """Lead through one set; the landmarks are kept, if asked for, unless the person stops it.

        Raises
        ------
        RepcountError
            The camera or the model cannot be used, there is no screen, or a file cannot be written.
        """
        from repcount.pose.estimator import open_estimator, open_people_counter
        from repcount.sources.camera import open_camera

        check_files(look)
        end_s = 0.0 if look.headless else END_S
        filming = Filming(
            name, title, FilmingOptions(reps, look.tempo or BEAT, look.gestures, end_s, look.phrases)
        )
        quiet = not self._settings.verbose
        with ExitStack() as stack:
            window = None if look.headless else self._window(look, stack)  # before PyAV
            source = stack.enter_context(open_camera(look.camera, turn_deg=self._settings.turn))
            model = self._model.get()
            estimator = stack.enter_context(open_estimator(model.path, quiet=quiet))
            options = LiveOptions(
                people=stack.enter_context(open_people_counter(model.path, quiet=quiet)),
                open_sinks=lambda size_px: telling_sinks(self._listen, self._tell, look.voice, quiet=quiet),
                tell=self._tell,
                patience_s=PATIENCE_S if look.headless else None,
            )
            result = run_live(source, estimator, filming, window, options)
            size_px = source.size_px
        film = GuidedFilm(filming.poses, result, filming.stopped, filming.left, filming.complaint)
        if look.poses is not None and film.track and not (film.stopped or result.interrupted):
            _write(look.poses, size_px, film)
        return film

    def _window(self, look: LiveSettings, stack: ExitStack) -> Window:
        words = languages.load(self._settings.language).screen_words()
        told = {key: words[f"film_{key}"] for key in ("keys_hint", "hands_hint", "stand_here")}
        shown = WindowLook(look.camera, look.mirror, look.stats, look.gestures, told)
        return open_window(self._settings, (), shown, stack)


def _write(path: Path, size_px: tuple[int, int], film: GuidedFilm) -> None:
    from repcount.pose.recording_writer import RecordingWriter

    with RecordingWriter(path, size_px, film.track[-1][0] - film.track[0][0], len(film.track)) as writer:
        for time_s, pose in film.track:
            writer.append(time_s, pose)
