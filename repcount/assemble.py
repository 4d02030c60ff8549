"""Settings turned into objects: the one place where sources, network, engine and sinks meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from repcount import calibration
from repcount.config import Settings
from repcount.core.errors import InputError, ModelError, RepcountError, SettingError
from repcount.core.model import InputSummary, PersonalRange, Side
from repcount.core.protocols import FrameSource, PoseEstimator, Sink
from repcount.core.syslibs import naming_packages
from repcount.counting.ranges import LEARN_REPS, learn
from repcount.engine.auto import AutoSession
from repcount.engine.session import Session, SessionOptions
from repcount.exercises import catalog, languages
from repcount.exercises.limits import guarded
from repcount.exercises.spec import Exercise
from repcount.io.tracks import track_sinks
from repcount.outputs import InputPlan
from repcount.runner import FrameListener, run

if TYPE_CHECKING:
    from repcount.poses.bundle import Model
    from repcount.poses.wheel import Progress

RECORDING_SUFFIX = ".npz"

Watch = Callable[[FrameSource], AbstractContextManager[FrameListener]]
"""Opens what shows the progress through a source."""

WatchModel = Callable[[], "AbstractContextManager[Progress]"]
"""Opens what shows how far the building of the model is; it is told nothing where none has to be built."""

AUTO = "auto"
"""In place of an exercise's name: find out which one is done."""


def choose_exercise(name: str | None, file: Path | None) -> Exercise:
    """Return the exercise of that name, or that of the user's own file, in English.

    Raises
    ------
    SettingError
        There is none of that name, the file is wrong, or the two do not go together.
    """
    if file is None:
        return catalog.get(name or "")
    exercise = catalog.load(file)
    if name not in (None, exercise.name):
        raise SettingError(f"{file}: holds `{exercise.name}`, not `{name}`; leave out --exercise")
    return exercise


def choose_exercises(name: str | None, file: Path | None) -> tuple[Exercise, ...]:
    """Return what is to be watched for: the one that is named, or all of them.

    With ``auto``, and where neither a name nor a file is given, these are the built-in exercises and, if
    there is a file, the user's own.

    Raises
    ------
    SettingError
        As :func:`choose_exercise`.
    """
    if name != AUTO and (name, file) != (None, None):
        return (choose_exercise(name, file),)
    own = () if file is None else (catalog.load(file),)
    taken = {exercise.name for exercise in own}
    return (*(catalog.get(known) for known in catalog.names() if known not in taken), *own)


class ModelShelf:
    """The pose model, looked for when it is first needed and only once, whatever comes of it."""

    def __init__(self, path: Path | None, watch: WatchModel) -> None:
        self._path = path
        self._watch = watch
        self._model: Model | None = None
        self._failure: ModelError | None = None

    def get(self) -> Model:
        """Return the model, built if need be.

        Raises
        ------
        ModelError
            There is none; the same again at each call.
        """
        from repcount.poses.bundle import find_model

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


def present_model(settings: Settings) -> Model | None:
    """Return the model that an analysis would use now; None where it would be built first."""
    from repcount.poses.bundle import kept_model, own_model

    return kept_model() if settings.model is None else own_model(settings.model)


def build_model(wheel: Path | None, progress: Progress) -> Model:
    """Build the pose model and keep it, from a wheel at hand or from what pip fetches.

    Without a wheel a sound model that is kept already stays as it is.
    """
    from platformdirs import user_cache_dir

    from repcount.poses.bundle import FILE_NAME, build_from_wheel, find_model

    if wheel is None:
        return find_model(None, progress)
    folder = Path(user_cache_dir("repcount", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return build_from_wheel(wheel, folder / FILE_NAME)


class Judge:
    """Exercises under one set of settings, ready for any number of inputs.

    With several exercises each input is searched for what is done.

    Parameters
    ----------
    own : the person's own ranges, where the settings name no calibration.
    explain : tell of every candidate why it was counted or not.

    Raises
    ------
    SettingError
        The settings ask for something that the exercise does not have.
    """

    def __init__(
        self,
        settings: Settings,
        exercises: Sequence[Exercise],
        watch_model: WatchModel,
        own: calibration.Calibration | None = None,
        explain: bool = False,
    ) -> None:
        self._settings = settings
        self._explain = explain
        self._language = languages.load(settings.language)
        self._exercises = tuple(
            guarded(languages.in_language(each, self._language), settings.limit, self._language)
            for each in exercises
        )
        self._own = own or {} if settings.calibration is None else calibration.load(settings.calibration)
        self._shelf = ModelShelf(settings.model, watch_model)
        self.session()

    def settings(self) -> Settings:
        """What holds for every input."""
        return self._settings

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """What is watched for."""
        return self._exercises

    def judge(self, plan: InputPlan, watch: Watch, extra: Sequence[Sink] = ()) -> InputSummary:
        """Judge one input and write its files; what goes wrong with it becomes its ``error``.

        Parameters
        ----------
        extra : sinks that are told of each moment beside the files that ``plan`` names.
        """
        try:
            return self.run(plan, watch, extra)
        except RepcountError as error:
            return InputSummary(source=str(plan.path), error=str(error))

    def run(self, plan: InputPlan, watch: Watch, extra: Sequence[Sink] = ()) -> InputSummary:
        """As :meth:`judge`, but what goes wrong is raised."""
        with ExitStack() as stack:
            source, estimator, listener = self._open(plan, watch, stack)
            if plan.poses is not None:
                estimator = _keeping(estimator, source, plan.poses, stack)
            sinks = [*track_sinks(plan.angles, plan.markers), *self._sinks(plan, source)]
            return run(source, estimator, self.session(), (*sinks, *extra), listener)

    def _open(
        self, plan: InputPlan, watch: Watch, stack: ExitStack
    ) -> tuple[FrameSource, PoseEstimator, FrameListener | None]:
        """Return frames, what finds poses in them, and who is to be told of each; None where it is told."""
        if plan.path.suffix.lower() == RECORDING_SUFFIX:
            from repcount.poses.recording import RecordedPoses, Recording, RecordingSource

            recording = Recording.load(plan.path)
            source = RecordingSource(recording)
            return source, RecordedPoses(recording), stack.enter_context(watch(source))
        from repcount.tracking.opening import open_pictures, prepare, processors
        from repcount.tracking.video import TrackedVideo

        chosen, jobs = self._settings, self._settings.jobs or processors()
        quiet = not chosen.verbose
        job = prepare(plan.path, lambda: self._shelf.get().path, chosen.every_frame, quiet, chosen.turn)
        if plan.video is None and plan.evidence is None:
            tracked = stack.enter_context(TrackedVideo(job, jobs))
            tracked.on_done = stack.enter_context(watch(tracked))
            return tracked, tracked, None
        pictures, poses = open_pictures(job, jobs, stack)
        return pictures, poses, stack.enter_context(watch(pictures))

    def _sinks(self, plan: InputPlan, source: FrameSource) -> list[Sink]:
        if plan.video is None and plan.evidence is None:
            return []
        with naming_packages():
            from repcount.sinks.overlay import Overlay
            from repcount.sinks.picture import EvidenceSink
            from repcount.sinks.video import VideoSink

        size_px, sinks = source.size_px, list[Sink]()
        overlay = Overlay(size_px, self._language.phases)
        if plan.evidence is not None:
            names = {(e.name, rule.code): rule.name for e in self._exercises for rule in e.rules}
            sinks.append(EvidenceSink(plan.evidence, size_px, names, overlay))
        if plan.video is not None:
            known = source.frame_count and source.duration_s
            fps = source.frame_count / source.duration_s if known else 30.0  # type: ignore[operator]
            sinks.append(VideoSink(plan.video, size_px, fps, overlay))
        return sinks

    def session(self) -> Session | AutoSession:
        """A session that has seen nothing yet."""
        if len(self._exercises) > 1:
            return AutoSession([(exercise, self._options(exercise)) for exercise in self._exercises])
        return Session(self._exercises[0], self._options(self._exercises[0]))

    def _options(self, exercise: Exercise) -> SessionOptions:
        settings = self._settings
        return SessionOptions(
            side=settings.side,
            preset=settings.range,
            count_by=settings.count,
            strict=settings.strict,
            own=self._own.get(exercise.name, {}),
            limits=settings.limit,
            explain=self._explain,
        )


def _keeping(estimator: PoseEstimator, source: FrameSource, path: Path, stack: ExitStack) -> PoseEstimator:
    from repcount.poses.keeping import KeptPoses
    from repcount.poses.recorder import RecordingWriter

    writer = RecordingWriter(path, source.size_px, source.duration_s, source.frame_count)
    return KeptPoses(estimator, stack.enter_context(writer))


def learnt_range(exercise: Exercise, result: InputSummary) -> dict[Side, PersonalRange]:
    """Learn a person's range from what was judged.

    Raises
    ------
    InputError
        No side did enough repetitions to learn from.
    """
    if result.error is not None and not result.exercises:
        raise InputError(result.error)
    learnt = learn(exercise, [rep for found in result.exercises for rep in found.repetitions])
    if not learnt:
        raise InputError(
            f"{result.source}: fewer than {LEARN_REPS} repetitions of {exercise.name} by one side; "
            "record two or more, from the start posture on"
        )
    return learnt


def keep_calibration(path: Path, exercise: Exercise, learnt: dict[Side, PersonalRange]) -> None:
    """Add what was learnt to the calibration in ``path``.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    known = calibration.load(path) if path.exists() else {}
    calibration.save(path, {**known, exercise.name: {**known.get(exercise.name, {}), **learnt}})
