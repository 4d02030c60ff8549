"""``repcount analyze`` over folders and clusters: many files side by side."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.cli.results import show_candidates, tell_of_pictures, tell_of_tables
from repcount.cli.terminal import (
    heading,
    say,
    say_exactly,
    show_batch_progress,
    show_model_progress,
    table,
    warn,
)
from repcount.core.errors import InputError
from repcount.core.records import Status

if TYPE_CHECKING:
    from repcount.batch.many_inputs import BatchProgress, KeepResult
    from repcount.batch.worker import AnalysisJob
    from repcount.core.phrases import Phrases
    from repcount.core.records import InputSummary
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.output_files import OutputPlan, OutputRequest


SUFFIXES: Final = (
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".3gp"),
    *(".3g2", ".wmv", ".flv", ".ogv", ".npz"),
)
"""What is looked for in folders; a file that is named itself may have any ending."""


def find_inputs(named: Sequence[Path], left_out: Collection[Path] = ()) -> list[Path]:
    """Return the named files; a named folder is replaced by its videos and recordings.

    They come sorted by name and each once. Hidden files, links to folders and what lies in ``left_out``
    (folders for results) are passed over.

    Raises
    ------
    InputError
        A folder cannot be read, or there is nothing in it.
    """
    excluded = {path.resolve() for path in left_out}
    found: dict[Path, None] = {}
    for path in named:
        found.update(dict.fromkeys(_in_folder(path, excluded) if path.is_dir() else [path]))
    return list(found)


def _in_folder(folder: Path, excluded: Collection[Path]) -> list[Path]:
    found = sorted(_walk(folder, excluded))
    if not found:
        kinds = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
        raise InputError(f"{folder}: no video or recording in this folder; looked for {kinds}")
    return found


def _walk(folder: Path, excluded: Collection[Path]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        seen = (name for name in folders if not name.startswith("."))
        folders[:] = [name for name in seen if (Path(place) / name).resolve() not in excluded]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(place) / name


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions") from error


@dataclass(frozen=True)
class BatchOptions:
    """How the work is spread: into folders, over processes, over a cluster."""

    recursive: bool = False
    jobs: int | None = None
    cluster: str | None = None

    def is_batch(self, inputs: Sequence[Path]) -> bool:
        """Whether files go side by side, instead of one after the other."""
        folders = self.recursive and any(path.is_dir() for path in inputs)
        return folders or self.cluster is not None or (self.jobs is not None and len(inputs) > 1)

    def inputs(self, named: Sequence[Path], wanted: OutputRequest) -> list[Path]:
        """Return the files to be judged, without those in the folders for results."""
        if not self.recursive:
            return list(named)
        return find_inputs(named, wanted.folders)


def judge_many(
    plan: OutputPlan,
    job: AnalysisJob,
    batch: BatchOptions,
    words: PlainWords,
    keep_result: KeepResult | None = None,
) -> int:
    """Judge all inputs and print what came of them; the exit code is 1 where something went wrong."""
    from repcount.batch import many_inputs

    shown = job.settings.progress
    model = many_inputs.model_identity(plan, job.settings, lambda: show_model_progress(shown))
    with (
        many_inputs.open_resume_file(plan) as finished,
        show_batch_progress(len(plan.inputs), shown) as listener,
    ):
        inputs = many_inputs.ManyInputs(plan, job, listener, keep_result)
        if batch.cluster is None:
            results = many_inputs.judge_locally(inputs, job.settings.jobs or default_jobs(), finished, model)
        else:
            results = many_inputs.judge_on_cluster(inputs, batch.cluster, batch.jobs, finished, model)
        listener.end()
        _report(plan, results, inputs.progress, words)
        if job.explain and not plan.json_to_stdout:
            _explain(results, words)
        tell_of_tables(plan, results, words)
        tell_of_pictures(plan, words)
        _show_errors(results)
    return 1 if inputs.progress.troubled else 0


def default_jobs() -> int:
    """One process for each processor: one file keeps one of them busy."""
    from repcount.pipeline.parallel_video import processors

    return processors()


def _report(
    plan: OutputPlan, results: Sequence[InputSummary], progress: BatchProgress, words: PlainWords
) -> None:
    from repcount.io.json_document import json_text

    if plan.json_to_stdout:
        say_exactly(json_text(results).rstrip())
    else:
        table(_columns(words.phrases), _rows(results, words))
        say(_done(progress, words.phrases))


def _columns(phrases: Phrases) -> list[str]:
    statuses = [phrases.say(f"status.{status.value}") for status in Status]
    reps, holds = phrases.say("explain.reps"), phrases.say("explain.holds")
    return [phrases.say("listing.exercise"), phrases.say("batch.files"), reps, *statuses, holds]


def _done(progress: BatchProgress, phrases: Phrases) -> str:
    """How many files were judged, and how many of them before or with errors."""
    parts = [phrases.say("batch.judged", files=progress.done)]
    parts += [phrases.say("batch.before", n=progress.before)] if progress.before else []
    parts += [phrases.say("batch.troubled", n=progress.troubled)] if progress.troubled else []
    return ", ".join(parts)


def _show_errors(results: Sequence[InputSummary]) -> None:
    for result in results:
        if result.error is not None:
            warn(result.error)


def _explain(results: Sequence[InputSummary], words: PlainWords) -> None:
    for result in results:
        if result.frames_tracked:
            say()
            heading(result.source)
            show_candidates(result, words)


def _rows(results: Sequence[InputSummary], words: PlainWords) -> list[list[str]]:
    files: Counter[str] = Counter()
    reps: Counter[tuple[str, str]] = Counter()
    holds: Counter[str] = Counter()
    for result in results:
        for found in result.exercises:
            files[found.exercise] += 1
            reps.update((found.exercise, rep.status.value) for rep in found.repetitions)
            holds[found.exercise] += len(found.holds)
    return [
        [
            words.title(name),
            str(files[name]),
            str(sum(reps[name, status.value] for status in Status)),
            *(str(reps[name, status.value]) for status in Status),
            str(holds[name]),
        ]
        for name in sorted(files)
    ]
