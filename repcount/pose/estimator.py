"""The one way to a pose estimator and its model, for files, cameras, phones and recordings alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from repcount.core.errors import ModelError
from repcount.core.protocols import FrameSource, OpenEstimator, OpenPeopleCounter, PoseEstimator

if TYPE_CHECKING:
    from repcount.pose.bundle import ModelBundle
    from repcount.pose.network_files import Progress

RECORDING_SUFFIX = ".npz"

WatchModel = Callable[[], "AbstractContextManager[Progress]"]
"""Opens what shows how far the building of the model is; it is told nothing where none has to be built."""


def open_estimator(bundle: Path, quiet: bool = True) -> OpenEstimator:
    """A pose network that follows one person through one source; a context manager.

    Parameters
    ----------
    bundle : the model, as :class:`ModelLoader` finds it.
    quiet : keep the network's own log lines off the terminal.

    Raises
    ------
    ModelError, MissingDependencyError
        The network cannot be loaded.
    """
    from repcount.pose.bundle import known_sha256
    from repcount.pose.mediapipe import MediaPipeEstimator

    return MediaPipeEstimator(bundle, quiet, known_sha256(bundle))


def open_people_counter(bundle: Path, quiet: bool = True) -> OpenPeopleCounter:
    """Counts the people in a picture; a context manager. Parameters and errors as of ``open_estimator``."""
    from repcount.pose.bundle import known_sha256
    from repcount.pose.mediapipe import PeopleCounter

    return PeopleCounter(bundle, quiet, known_sha256(bundle))


def open_recording(path: Path) -> tuple[FrameSource, PoseEstimator]:
    """The frames of a landmark recording, without pictures, and the poses that it holds for them.

    Raises
    ------
    InputError
        It cannot be read.
    """
    from repcount.pose.recording import RecordedPoses, Recording, RecordingSource

    recording = Recording.load(path)
    return RecordingSource(recording), RecordedPoses(recording)


def record_poses(
    estimator: PoseEstimator, source: FrameSource, path: Path, stack: ExitStack
) -> PoseEstimator:
    """The same estimator, with all that it finds written into a landmark recording until the stack ends."""
    from repcount.pose.recording_writer import RecordingEstimator, RecordingWriter

    writer = RecordingWriter(path, source.size_px, source.duration_s, source.frame_count)
    return RecordingEstimator(estimator, stack.enter_context(writer))


class ModelLoader:
    """The pose model. It is looked for once, when it is first needed; a failure is remembered."""

    def __init__(self, path: Path | None, watch: WatchModel) -> None:
        self._path = path
        self._watch = watch
        self._model: ModelBundle | None = None
        self._failure: ModelError | None = None

    def get(self) -> ModelBundle:
        """Return the model, built if need be.

        Raises
        ------
        ModelError
            There is none; the same again at each call.
        """
        from repcount.pose.bundle import find_model

        if self._failure is not None:
            raise self._failure
        if self._model is None:
            try:
                with self._watch() as progress:
                    self._model = find_model(self._path, progress)
            except ModelError as error:
                self._failure = error
                raise
        return self._model


def present_model(named: Path | None) -> ModelBundle | None:
    """Return the model that an analysis would use now; None where it would be built first."""
    from repcount.pose.bundle import kept_model, own_model

    return kept_model() if named is None else own_model(named)


def build_model(wheel: Path | None, progress: Progress) -> ModelBundle:
    """Build the pose model and keep it, from a wheel at hand or from what pip fetches.

    Without a wheel a sound model that is kept already stays as it is.
    """
    from platformdirs import user_cache_dir

    from repcount.pose.bundle import FILE_NAME, build_kept, find_model

    if wheel is None:
        return find_model(None, progress)
    folder = Path(user_cache_dir("repcount", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return build_kept(wheel, folder / FILE_NAME)
