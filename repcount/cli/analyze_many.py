"""``repcount analyze`` over folders and clusters, and ``--explain``: every movement that was looked at."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.cli.results import tell_of_pictures, tell_of_tables
from repcount.cli.terminal import (
    heading,
    paragraph,
    say,
    say_exactly,
    show_batch_progress,
    show_model_progress,
    table,
    warn,
)
from repcount.core.errors import InputError
from repcount.core.kinds import Why
from repcount.core.records import Status

if TYPE_CHECKING:
    from repcount.batch.many_inputs import BatchProgress, KeepResult
    from repcount.batch.worker import AnalysisJob
    from repcount.core.kinds import CandidateSummary
    from repcount.core.phrases import Phrases
    from repcount.core.records import InputSummary
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.output_files import OutputPlan, OutputRequest


SUFFIXES: Final = (
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".3gp"),
    *(".3g2", ".wmv", ".flv", ".ogv", ".npz"),
)
"""What is looked for; a file of another name is analysed where it is named itself."""
STRETCHES_SHOWN: Final = 8
"""So many stretches that were passed over are listed."""
LEAST_SHOWN: Final = 0.05
"""Log-odds of the movements around it that are too small to be told."""


def find_inputs(named: Sequence[Path], left_out: Collection[Path] = ()) -> list[Path]:
    """Return the named files; a named folder is replaced by its videos and recordings.

    They come sorted by name and each once. Hidden files, links to folders and what lies in ``left_out``
    (folders for results) are passed over.

    Raises
    ------
    InputError
        A folder cannot be read, or there is nothing in it.
    """
    apart = {path.resolve() for path in left_out}
    found: dict[Path, None] = {}
    for path in named:
        found.update(dict.fromkeys(_in_folder(path, apart) if path.is_dir() else [path]))
    return list(found)


def _in_folder(folder: Path, apart: Collection[Path]) -> list[Path]:
    found = sorted(_walk(folder, apart))
    if not found:
        kinds = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
        raise InputError(f"{folder}: no video or recording in this folder; looked for {kinds}")
    return found


def _walk(folder: Path, apart: Collection[Path]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        seen = (name for name in folders if not name.startswith("."))
        folders[:] = [name for name in seen if (Path(place) / name).resolve() not in apart]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(place) / name


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions") from error


def show_candidates(result: InputSummary, words: PlainWords) -> None:
    """Print the candidates of an input, where they were asked for."""
    phrases = words.phrases
    asked = [(each.exercise, each.candidates) for each in result.exercises if each.candidates is not None]
    for exercise, candidates in asked:
        say()
        heading(phrases.say("candidates.of_exercise", title=words.title(exercise)))
        _candidate_table(candidates, words, named=False)
    if result.candidates is not None:
        say()
        heading(phrases.say("candidates.of_all"))
        _candidate_table(result.candidates, words, named=True)
    if result.candidates or any(candidates for _, candidates in asked):
        _footnote(phrases)
    if result.passed_over and (asked or result.candidates is not None):
        _passed_over(result.passed_over, phrases)


def _passed_over(stretches: Sequence[tuple[float, float]], phrases: Phrases) -> None:
    times = [phrases.say("candidates.stretch", start=_time(a), end=_time(b)) for a, b in stretches]
    shown = ", ".join(times[:STRETCHES_SHOWN])
    more = len(times) - STRETCHES_SHOWN
    if more > 0:
        shown = phrases.say("candidates.stretches_more", shown=shown, n=more)
    paragraph(phrases.say("candidates.passed_over", shown=shown))


def _footnote(phrases: Phrases) -> None:
    from repcount.counting.decision import FOLLOWS_LESS, set_weights
    from repcount.counting.scoring import probability

    least = set_weights().least
    alone, follows = (f"{each:+.1f} ({probability(each):.0%})" for each in (least, least - FOLLOWS_LESS))
    paragraph(phrases.say("candidates.footnote", least=alone, follows=follows))


def _candidate_table(candidates: Sequence[CandidateSummary], words: PlainWords, named: bool) -> None:
    if not candidates:
        say(words.phrases.say("candidates.none"))
        return
    keys = ("time", *(("exercise",) if named else ()), "side", "range", "probability", "counted", "why")
    columns = [words.phrases.say(f"candidates.{key}") for key in keys]
    table(columns, [row for each in candidates for row in _candidate_rows(each, words, named)])


def _candidate_rows(candidate: CandidateSummary, words: PlainWords, named: bool) -> Iterator[list[str]]:
    """A row of figures with the first reason, then one row for each further reason."""
    phrases = words.phrases
    figures = [
        _time(candidate.peak_s),
        *([words.title(candidate.exercise)] if named else []),
        phrases.say(f"side.{candidate.side.value}"),
        f"{candidate.rom_deg:.0f}°" if math.isfinite(candidate.rom_deg) else "?",
        _percent(candidate.probability),
        phrases.say("candidates.yes" if candidate.counted else "candidates.no"),
    ]
    first, *others = list(_reasons(candidate, phrases)) or [phrases.say("candidates.nothing_against")]
    yield [*figures, first]
    for other in others:
        yield [*("" for _ in figures), other]


def _reasons(candidate: CandidateSummary, phrases: Phrases) -> Iterator[str]:
    """Why it does not count, in plain words, and what its features say."""
    from repcount.features.wording import said

    if candidate.why not in (None, Why.UNLIKELY):
        yield phrases.say(f"candidates.{candidate.why.value}")
    if candidate.doubt is not None:
        yield phrases.say(f"candidates.{candidate.doubt.value}")
    which = "for" if candidate.counted else "against"
    for reason in candidate.reasons:
        feature = said(reason.feature, reason.value, reason.unit, phrases)
        yield phrases.say(f"candidates.{which}", feature=feature, by=f"{reason.log_odds:+.1f}")
    if abs(candidate.set_log_odds) >= LEAST_SHOWN:
        yield phrases.say("candidates.set", by=f"{candidate.set_log_odds:+.1f}")


def _percent(share: float) -> str:
    """A probability, never said to be sure."""
    return "<1%" if share < 0.005 else ">99%" if share > 0.995 else f"{share:.0%}"


def _time(time_s: float) -> str:
    tenths = round(10 * time_s)
    return f"{tenths // 600}:{tenths % 600 / 10:04.1f}"


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
        found = find_inputs(named, wanted.folders)
        if not found:
            raise InputError("nothing to analyse; name videos or a folder")
        return found


def judge_many(
    plan: OutputPlan,
    work: AnalysisJob,
    batch: BatchOptions,
    words: PlainWords,
    keep: KeepResult | None = None,
) -> int:
    """Judge all inputs and print what came of them; the exit code is 1 where something went wrong."""
    from repcount.batch import many_inputs

    shown = work.settings.progress
    model = many_inputs.model_identity(plan, work.settings, lambda: show_model_progress(shown))
    with (
        many_inputs.open_resume_file(plan) as finished,
        show_batch_progress(len(plan.inputs), shown) as listener,
    ):
        inputs = many_inputs.ManyInputs(plan, work, listener, keep)
        if batch.cluster is None:
            results = many_inputs.judge_here(inputs, work.settings.jobs or default_jobs(), finished, model)
        else:
            results = many_inputs.judge_there(inputs, batch.cluster, batch.jobs, finished, model)
        listener.end()
        _report(plan, results, inputs.progress, words)
        if work.explain and not plan.json_to_stdout:
            _explain(results, words)
        tell_of_tables(plan, results, words)
        tell_of_pictures(plan, words)
        _complain(results)
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


def _complain(results: Sequence[InputSummary]) -> None:
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
