"""Settings turned into objects: the exercises, and an analyzer that opens what each input needs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from repcount.config import Settings
from repcount.core.errors import OutputError, RepcountError, SettingError, naming_packages
from repcount.core.input_files import input_name, refuse_no_file
from repcount.core.protocols import FrameSource, PoseEstimator, Sink
from repcount.core.records import InputSummary, Note
from repcount.counting.ranges import TargetRanges
from repcount.exercises import catalog, languages, own_exercises
from repcount.exercises.languages import Language
from repcount.exercises.limits import AskedRange, with_limits
from repcount.exercises.spec import Exercise
from repcount.io.motion_files import motion_sinks
from repcount.io.plain_results import PlainWords
from repcount.pipeline import calibration
from repcount.pipeline.calibration import OwnRanges
from repcount.pipeline.input_notes import KeptPoses, notes_on
from repcount.pipeline.loop import FrameListener, Watch, run
from repcount.pipeline.missed_movements import session_for
from repcount.pipeline.nothing_counted import why_nobody, why_nothing
from repcount.pipeline.output_files import InputPlan
from repcount.pose.estimator import RECORDING_SUFFIX, ModelLoader, WatchModel, open_recording, record_poses
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions

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
        return own_exercises.get(name or "")
    exercise = catalog.load(file)
    if name not in (None, exercise.name):
        raise SettingError(f"{file}: holds `{exercise.name}`, not `{name}`; leave out --exercise")
    return exercise


def choose_exercises(name: str | None, file: Path | None) -> tuple[Exercise, ...]:
    """Return what is to be watched for: the one that is named, or all of them.

    With ``auto``, and where neither a name nor a file is given, these are the built-in exercises, those in
    the user's folder, and the one in ``file``.

    Raises
    ------
    SettingError
        As :func:`choose_exercise`.
    """
    if name != AUTO and (name, file) != (None, None):
        return (choose_exercise(name, file),)
    named = () if file is None else (catalog.load(file),)
    taken = {exercise.name for exercise in named}
    return (*(known for known in own_exercises.every() if known.name not in taken), *named)


def prepared_exercise(exercise: Exercise, settings: Settings, language: Language) -> Exercise:
    """The exercise with its words in a language, and with the person's limits of safety."""
    return with_limits(languages.in_language(exercise, language), settings.limit, language)


def session_options(
    exercise: Exercise, settings: Settings, own: OwnRanges, explain: bool = False
) -> SessionOptions:
    """How an exercise is counted under these settings.

    Parameters
    ----------
    own : the person's own ranges, by exercise and side.
    explain : tell of every candidate why it was counted or not.
    """
    return SessionOptions(
        side=settings.side,
        preset=settings.range,
        count_by=settings.count,
        strict=settings.strict,
        own=own.get(exercise.name, {}),
        limits=settings.limit,
        explain=explain,
    )


def asked_range(exercise: Exercise, options: SessionOptions) -> AskedRange:
    """What is asked of an exercise under these options: a range that was named, or its usual one."""
    name = options.preset if options.preset in exercise.presets else None
    preset = TargetRanges(exercise, name, options.own).of(options.side)
    return AskedRange(exercise, preset, named=name is not None)


class Analyzer:
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
        self._exercises = tuple(prepared_exercise(each, settings, self._language) for each in exercises)
        self._own = (own or {}) if settings.calibration is None else calibration.load(settings.calibration)
        self._model = ModelLoader(settings.model, watch_model)
        self.session()

    @property
    def words(self) -> PlainWords:
        """What puts results into words."""
        known, language = {each.name: each for each in self._exercises}, self._language
        return PlainWords(known, language.words, self._asked_ranges(), titles=language.titles())

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
            return InputSummary(source=input_name(plan.path), error=str(error))

    def run(self, plan: InputPlan, watch: Watch, extra: Sequence[Sink] = ()) -> InputSummary:
        """As :meth:`judge`, but what keeps it from being judged is raised."""
        summary: InputSummary | None = None
        try:
            with ExitStack() as stack:
                summary = self._run(plan, watch, extra, stack)
        except OutputError as error:
            if summary is None:
                raise
            told = "; ".join(part for part in (summary.error, str(error)) if part)
            return replace(summary, error=told)
        return summary

    def _run(self, plan: InputPlan, watch: Watch, extra: Sequence[Sink], stack: ExitStack) -> InputSummary:
        source, estimator, listener = self._open(plan, watch, stack)
        if plan.poses is not None:
            estimator = record_poses(estimator, source, plan.poses, stack)
        sinks = [*motion_sinks(plan.angles, plan.markers), *self._sinks(plan, source)]
        kept = KeptPoses()
        summary = run(source, estimator, self.session(), (*sinks, *extra, kept), listener)
        watched = self._watched()
        guessed_fps: float | None = getattr(source, "guessed_fps", None)  # of a raw stream
        guesses = () if guessed_fps is None else (Note("guessed_rate", guessed_fps),)
        notes = (*guesses, *summary.notes, *notes_on(summary, kept, watched))
        nobody = partial(why_nobody, plan.path, lambda: self._model.get().path)
        return replace(summary, nothing=why_nothing(summary, kept.poses, watched, nobody), notes=notes)

    def _watched(self) -> list[tuple[Exercise, SessionOptions]]:
        """The exercises with how each is counted."""
        chosen, own = self._settings, self._own
        return [(each, session_options(each, chosen, own, self._explain)) for each in self._exercises]

    def _open(
        self, plan: InputPlan, watch: Watch, stack: ExitStack
    ) -> tuple[FrameSource, PoseEstimator, FrameListener | None]:
        """Open an input: frames, poses, and what is told of each frame (None where the source tells it)."""
        refuse_no_file(plan.path)
        if plan.path.suffix.lower() == RECORDING_SUFFIX:
            recorded, poses = open_recording(plan.path)
            return recorded, poses, stack.enter_context(watch(recorded))
        from repcount.pipeline.parallel_video import TrackedVideo, open_pictures, prepare_video, processors
        from repcount.sources.pictures import Sampling

        chosen, jobs = self._settings, self._settings.jobs or processors()
        quiet = not chosen.verbose
        sampling = Sampling(turn_deg=chosen.turn, fps=chosen.fps)
        job = prepare_video(plan.path, lambda: self._model.get().path, chosen.every_frame, quiet, sampling)
        if plan.video is None and plan.evidence is None:
            tracked = stack.enter_context(TrackedVideo(job, jobs))
            tracked.on_done = stack.enter_context(watch(tracked))
            return tracked, tracked, None  # it gives both frames and poses
        pictures, joined = open_pictures(job, jobs, stack)
        return pictures, joined, stack.enter_context(watch(pictures))

    def _sinks(self, plan: InputPlan, source: FrameSource) -> list[Sink]:
        if plan.video is None and plan.evidence is None:
            return []
        with naming_packages():
            from repcount.io.fault_pictures import EvidenceSink
            from repcount.io.video_writer import VideoSink
            from repcount.overlay.annotate import Overlay

        size_px, sinks = source.size_px, list[Sink]()
        overlay = Overlay(size_px, self._language.words)
        if plan.evidence is not None:
            names = {(e.name, code): name for e in self._exercises for code, name in e.fault_names.items()}
            sinks.append(EvidenceSink(plan.evidence, size_px, names, overlay, self.words))
        if plan.video is not None:
            known = source.frame_count and source.duration_s
            fps = source.frame_count / source.duration_s if known else 30.0  # type: ignore[operator]
            sinks.append(VideoSink(plan.video, size_px, fps, overlay))
        return sinks

    def session(self) -> Session | AutoSession:
        """A session that has seen nothing yet."""
        return session_for(self._watched())

    def _asked_ranges(self) -> dict[str, AskedRange]:
        """The range asked for of each exercise, by name, as far as it has it."""
        return {exercise.name: asked_range(exercise, options) for exercise, options in self._watched()}
