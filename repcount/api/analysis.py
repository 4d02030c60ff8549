"""A video or landmark recording, counted and judged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from repcount.api.result import Result
from repcount.config import Settings
from repcount.core.errors import SettingError
from repcount.core.setting_text import PARSERS
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import which_there_are
from repcount.io.angle_files import AngleRecorder
from repcount.pipeline.assemble import AUTO, Analyzer, choose_exercises
from repcount.pipeline.loop import Watch
from repcount.pipeline.output_files import OutputRequest, plan_outputs, without_pictures

if TYPE_CHECKING:
    from repcount.core.protocols import FrameSource
    from repcount.pipeline.loop import FrameListener
    from repcount.pose.network_files import Progress as ModelProgress

StrPath = str | os.PathLike[str]
Progress = Callable[[int, int | None], object]
"""Takes how many frames are done, and how many there are where that is known."""


def analyze(
    source: StrPath,
    exercise: str | Exercise | None = None,
    *,
    side: str | None = None,
    range: str | None = None,
    count: str | None = None,
    limit: Mapping[str, float] | None = None,
    strict: bool = False,
    calibration: StrPath | None = None,
    language: str = "en",
    turn: int = 0,
    every_frame: bool = False,
    jobs: int = 1,
    model: StrPath | None = None,
    explain: bool = False,
    video: StrPath | None = None,
    evidence: StrPath | None = None,
    save_poses: StrPath | None = None,
    markers: StrPath | None = None,
    on_progress: Progress | None = None,
) -> Result:
    """Count the exercises in a video and judge their form.

    The options are those of ``repcount analyze`` (docs/commands.md). Neither the user's configuration file
    nor the environment is read: what is given here is all that counts.

    Parameters
    ----------
    source : a video, or a landmark recording (``.npz``).
    exercise : its name, one of ``repcount.exercises()``, or one of your own, see :func:`load_exercise`; None
        finds out what is done.
    side : watch this leg only, ``"left"`` or ``"right"``; the person's own.
    range : ``"gentle"``, ``"standard"`` or ``"full"``, as far as the exercise has them.
    count : what moves the set on, ``"reps"`` or ``"holds"``.
    limit : own limits of safety, degrees of flexion by joint, such as ``{"knee": 60}``.
    strict : only what is done without a fault moves the set on (``counted``); all is listed.
    calibration : a person's own ranges, a file of ``repcount calibrate``.
    language : of the cues, ``"en"``, ``"de"``, or a file of words.
    turn : turn a video clockwise by 90, 180 or 270 degrees.
    every_frame : track every frame, not just the 15 a second that counting takes.
    jobs : processes at work on a video. With more than one, a script needs ``if __name__ == "__main__":``.
    model : a pose model of your own (``.task``).
    explain : keep every movement that was looked at, in ``candidates``.
    video, evidence, save_poses, markers : files to be written: the annotated video (``.mp4``), a folder of
        pictures of faults, the landmarks (``.npz``), the landmarks in space for OpenSim (``.trc``).
    on_progress : told after every frame how many are done, and of how many.

    Raises
    ------
    RepcountError
        What can be mended, in one line: the source cannot be read, an option makes no sense, a file cannot be
        written, the pose model cannot be built.
    """
    options = {
        "side": side,
        "range": range,
        "count": count,
        "limit": dict(limit) if limit else None,
        "strict": strict,
        "calibration": as_path(calibration),
        "language": language,
        "turn": turn,
        "every_frame": every_frame,
        "jobs": jobs,
        "model": as_path(model),
    }
    analyzer = Analyzer(settings_of(options), watched_for(exercise), silent_model, explain=explain)
    wanted = OutputRequest(
        video=_text(video), poses=_text(save_poses), evidence=_text(evidence), markers=_text(markers)
    )
    recorder = AngleRecorder()
    plan = plan_outputs([Path(source)], wanted)
    try:
        summary = analyzer.run(plan.inputs[0], _watch(on_progress), (recorder,))
    finally:
        without_pictures(plan)
    return Result(summary, recorder, analyzer.exercises)


def count(
    source: StrPath,
    exercise: str | Exercise | None = None,
    *,
    side: str | None = None,
    range: str | None = None,
) -> int:
    """Return how many repetitions there are in a video; the parameters are those of :func:`analyze`."""
    return analyze(source, exercise, side=side, range=range).count


def load_exercise(path: StrPath) -> Exercise:
    """Return an exercise of one's own, from its file (docs/exercises.md).

    Raises
    ------
    RepcountError
        The file cannot be read, or something in it is wrong; the text names the key and the remedy.
    """
    return catalog.load(Path(path))


def as_path(path: StrPath | None) -> Path | None:
    """The same as a path."""
    return None if path is None else Path(path)


def _text(path: StrPath | None) -> str | None:
    return None if path is None else os.fspath(path)


def _watch(on_progress: Progress | None) -> Watch:
    @contextmanager
    def watch(source: FrameSource) -> Iterator[FrameListener]:
        total = source.frame_count

        def on_frame(done: int) -> None:
            if on_progress is not None:
                on_progress(done, total)

        yield on_frame

    return watch


def settings_of(given: Mapping[str, Any]) -> Settings:
    """Return the settings with these values, None for what was not given; nothing else is read.

    Raises
    ------
    SettingError
        A value makes no sense.
    """
    values = {}
    for name, raw in given.items():
        if raw is not None:
            try:
                values[name] = PARSERS[name](str(raw) if isinstance(raw, Path) else raw, Path())
            except ValueError as error:
                raise SettingError(f"{name}={raw!r} makes no sense; {error}") from error
    return Settings(**values)


def watched_for(exercise: str | Exercise | None) -> tuple[Exercise, ...]:
    """Return what is to be watched for: the one that is named or given, or all of them.

    Raises
    ------
    SettingError
        There is none of that name.
    """
    if isinstance(exercise, Exercise):
        return (exercise,)
    if exercise not in (None, AUTO, *catalog.names()):
        there = which_there_are(
            str(exercise), catalog.names(), "repcount.load_exercise(path)", catalog.meanings()
        )
        raise SettingError(f"there is no exercise `{exercise}`; {there}")
    return choose_exercises(exercise, None)


@contextmanager
def silent_model() -> Iterator[ModelProgress]:
    """Build the model without a word, where there is none yet."""
    yield lambda stage, share: None
