"""``repcount analyze`` over folders and clusters: files side by side, and what came of them at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from repcount.cli.candidates import show_candidates
from repcount.cli.progress import watching_files, watching_model
from repcount.cli.screen import heading, say, table, warn
from repcount.core.errors import InputError
from repcount.core.model import Status

if TYPE_CHECKING:
    from repcount.core.model import InputSummary
    from repcount.many import Keep, Tally
    from repcount.outputs import OutputPlan, Wishes
    from repcount.worker import FileJudge

COLUMNS = ("exercise", "files", "repetitions", *(status.value for status in Status), "holds")


@dataclass(frozen=True)
class Spread:
    """How the work is spread: into the folders, over so many processes, over the cluster there."""

    recursive: bool = False
    jobs: int | None = None
    cluster: str | None = None

    def is_batch(self, inputs: Sequence[Path]) -> bool:
        """Whether files go side by side, instead of one after the other."""
        folders = self.recursive and any(path.is_dir() for path in inputs)
        return folders or self.cluster is not None or (self.jobs is not None and len(inputs) > 1)

    def inputs(self, named: Sequence[Path], wishes: Wishes) -> list[Path]:
        """Return the files to be judged; what lies in folders for results is none of them."""
        from repcount.sources.folder import find_inputs

        if not self.recursive:
            return list(named)
        folders = (wishes.video, wishes.poses, wishes.evidence, wishes.angles, wishes.markers)
        found = find_inputs(named, [Path(folder) for folder in folders if folder])
        if not found:
            raise InputError("nothing to analyse; name videos or a folder")
        return found


def judge_many(plan: OutputPlan, work: FileJudge, spread: Spread, keep: Keep | None = None) -> int:
    """Judge all inputs and print what came of them; the exit code is 1 where something went wrong."""
    from repcount import many

    shown = work.settings.progress
    model = many.model_identity(plan, work.settings, lambda: watching_model(shown))
    with many.open_ledger(plan) as ledger, watching_files(len(plan.inputs), shown) as listener:
        inputs = many.ManyInputs(plan, work, listener, keep)
        if spread.cluster is None:
            results = many.judge_here(inputs, work.settings.jobs or default_jobs(), ledger, model)
        else:
            results = many.judge_there(inputs, spread.cluster, spread.jobs, ledger, model)
        listener.end()
        _report(plan, results, inputs.tally, work.explain)
    return 1 if inputs.tally.troubled else 0


def default_jobs() -> int:
    """One process for each processor: one file keeps one of them busy."""
    from repcount.tracking.opening import processors

    return processors()


def _report(plan: OutputPlan, results: Sequence[InputSummary], tally: Tally, explain: bool) -> None:
    from repcount.sinks.table import json_text

    if plan.json_to_stdout:
        say(json_text(results).rstrip())
    else:
        table(COLUMNS, _rows(results))
        before = f", {tally.before} of them in an earlier run" if tally.before else ""
        trouble = f"; {tally.troubled} with errors" if tally.troubled else ""
        say(f"{tally.done} files judged{before}{trouble}")
        if explain:
            _explain(results)
    for result in results:
        if result.error is not None:
            warn(result.error)


def _explain(results: Sequence[InputSummary]) -> None:
    for result in results:
        if result.frames_tracked:
            say()
            heading(result.source)
            show_candidates(result)


def _rows(results: Sequence[InputSummary]) -> list[list[str]]:
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
            name,
            str(files[name]),
            str(sum(reps[name, status.value] for status in Status)),
            *(str(reps[name, status.value]) for status in Status),
            str(holds[name]),
        ]
        for name in sorted(files)
    ]
