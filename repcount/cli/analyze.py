"""``repcount analyze``: judge videos and landmark recordings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import typer

from repcount.cli.analyze_many import BatchOptions, judge_many
from repcount.cli.analyze_options import (
    AnglesFile,
    CalibrationFile,
    ClusterAddress,
    CountOption,
    CsvFile,
    DialectOption,
    DoneAt,
    EveryFrame,
    EvidenceFolder,
    ExerciseFile,
    ExerciseName,
    Explain,
    FpsOption,
    HoldOption,
    Inputs,
    Jobs,
    JsonFile,
    LanguageOption,
    LimitOption,
    MarkersFile,
    ModelFile,
    NoProgress,
    PersonOption,
    PlanName,
    PosesFile,
    Range,
    Recursive,
    RepsOption,
    Save,
    SetsOption,
    SideOption,
    Strict,
    TurnOption,
    Verbose,
    VideoFile,
)
from repcount.cli.history_access import batch_saver, file_saver, personal_settings
from repcount.cli.results import show_candidates, show_result, tell_of_pictures, tell_of_tables
from repcount.cli.terminal import say_exactly, show_model_progress, show_progress, warn
from repcount.core.records import CountBy, InputSummary
from repcount.io.spreadsheets import Dialect

if TYPE_CHECKING:
    from repcount.config import Raw, Settings
    from repcount.exercises.spec import Exercise
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.assemble import Analyzer
    from repcount.pipeline.calibration import Calibration
    from repcount.pipeline.loop import Watch
    from repcount.pipeline.output_files import OutputPlan


def analyze(
    inputs: Inputs,
    exercise: ExerciseName = None,
    exercise_file: ExerciseFile = None,
    side: SideOption = None,
    range_: Range = None,
    count: CountOption = None,
    sets: SetsOption = None,
    reps: RepsOption = None,
    hold: HoldOption = None,
    plan_name: PlanName = None,
    limit: LimitOption = None,
    csv: CsvFile = None,
    dialect: DialectOption = Dialect.EXCEL,
    json: JsonFile = None,
    video: VideoFile = None,
    evidence: EvidenceFolder = None,
    save_poses: PosesFile = None,
    angles: AnglesFile = None,
    markers: MarkersFile = None,
    turn: TurnOption = None,
    fps: FpsOption = None,
    strict: Strict = None,
    calibration: CalibrationFile = None,
    language: LanguageOption = None,
    recursive: Recursive = False,
    jobs: Jobs = None,
    cluster: ClusterAddress = None,
    every_frame: EveryFrame = None,
    no_progress: NoProgress = False,
    model: ModelFile = None,
    verbose: Verbose = None,
    explain: Explain = False,
    save: Save = False,
    person: PersonOption = None,
    done_at: DoneAt = None,
) -> None:
    """Count the exercises in videos or landmark recordings and judge their form.

    \b
    Examples:
      repcount analyze session.mp4
      repcount analyze squat.mp4 --exercise wall-squat
      repcount analyze squat.mp4 --exercise wall-squat --video out.mp4 --csv reps.csv
      repcount analyze squat.mp4 --exercise wall-squat --csv reps.xlsx
      repcount analyze monday/*.mp4 --exercise calf-raise --json week.json --save-poses poses
      repcount analyze curl.npz --exercise hamstring-curl --count holds --json -
      repcount analyze squat.mp4 --exercise wall-squat --limit knee=60 --evidence faults
      repcount analyze monday.mp4 --exercise wall-squat --save --person anna
      repcount analyze monday.mp4 --exercise wall-squat --sets 3 --reps 12 --save
      repcount analyze videos/ --recursive --jobs 4 --csv all.csv
      repcount analyze squat.mp4 --exercise wall-squat --language de
      repcount analyze squat.mp4 --exercise wall-squat --explain
    """
    from repcount import config
    from repcount.batch import worker
    from repcount.pipeline import output_files
    from repcount.pipeline.programme import ProgrammeRequest, asked_exercises

    options: dict[str, Raw | None] = {
        "model": model,
        "range": range_,
        "side": None if side is None else side.value,
        "count": None if count is None else count.value,
        "turn": None if turn is None else str(turn),
        "fps": None if fps is None else str(fps),
        "strict": strict,
        "limit": " ".join(limit) if limit else None,
        "calibration": calibration,
        "language": language,
        "jobs": jobs,
        "every_frame": every_frame,
        "progress": False if no_progress else None,
        "verbose": verbose,
        "person": person,
    }
    if hold is not None and count is None:
        options["count"] = CountBy.HOLDS.value
    settings, own = personal_settings(config.load(options).settings)
    request = ProgrammeRequest(exercise, exercise_file, plan_name, sets, reps, hold)
    dosed = asked_exercises(request, settings.count)
    analyzer = _analyzer(settings, dosed.exercises, own, explain)
    batch = BatchOptions(recursive, jobs, cluster)
    wanted = output_files.OutputRequest(
        csv=csv,
        json=json,
        video=video,
        poses=save_poses,
        evidence=evidence,
        angles=angles,
        markers=markers,
        dialect=dialect,
    )
    if batch.is_batch(inputs):
        work = worker.AnalysisJob(
            worker.with_absolute_paths(settings), dosed.exercises, own, curves=save, explain=explain
        )
        plan = output_files.plan_outputs(batch.inputs(inputs, wanted), wanted, always_folders=True)
        with batch_saver(save, analyzer, settings, done_at, dosed.asked) as keep_one:
            raise typer.Exit(judge_many(plan, work, batch, analyzer.words, keep_one))
    plan = output_files.plan_outputs(inputs, wanted)
    with file_saver(save, analyzer, settings, done_at, dosed.asked) as keep:
        results = [keep(each, partial(analyzer.judge, each, watch_with(settings))) for each in plan.inputs]
    _report(plan, results, analyzer.words)


def watch_with(settings: Settings) -> Watch:
    """What shows the progress through a source under these settings."""
    return lambda source: show_progress(source, settings.progress)


def _analyzer(settings: Settings, exercises: Sequence[Exercise], own: Calibration, explain: bool) -> Analyzer:
    from repcount.pipeline import assemble

    progress = partial(show_model_progress, settings.progress)
    return assemble.Analyzer(settings, exercises, progress, own, explain)


def _report(plan: OutputPlan, results: Sequence[InputSummary], words: PlainWords) -> None:
    from repcount.io.json_document import json_text
    from repcount.pipeline.output_files import write_tables

    write_tables(plan, results)
    if plan.json_to_stdout:
        say_exactly(json_text(results).rstrip())
    for result in results:
        if result.frames_tracked and not plan.json_to_stdout:
            show_result(result, words)
            show_candidates(result, words)
        if result.error is not None:
            warn(result.error)
    tell_of_tables(plan, results, words)
    tell_of_pictures(plan, words)
    if any(result.error is not None for result in results):
        raise typer.Exit(1)
