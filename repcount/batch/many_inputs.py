"""Many inputs at once: analyses over processes or a cluster, with the tables kept up to date meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Protocol

from repcount.batch.executors import Batch, Outcome, Processes, WorkerPool
from repcount.batch.resume import SUFFIX, Results, ResumeFile
from repcount.batch.worker import AnalysisJob, AnalysisResult, error_line
from repcount.config import Settings
from repcount.core.errors import InputError
from repcount.core.input_files import content_hash
from repcount.core.records import InputSummary
from repcount.pipeline.output_files import InputPlan, OutputPlan, write_tables
from repcount.pose.estimator import RECORDING_SUFFIX, ModelLoader, WatchModel

TABLE_EVERY_S = 10.0
"""Of wall-clock time, between two writings of the tables while results come in."""

TABLE_SHARE = 0.05
"""The part of the time that writing them may take."""
_PICTURES = (
    "-pictures"  # in a key: pictures of faults were saved too; a folder does not tell whether it is whole
)
_KEPT = "-kept"  # in a key: it was put into the history


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is.

    Attributes
    ----------
    done : inputs that are through, those of an earlier run included.
    before : of them, those judged in an earlier run.
    troubled : of them, those with an error.
    under_way : how much is done of those that are at work, in inputs.
    """

    total: int
    done: int = 0
    before: int = 0
    troubled: int = 0
    under_way: float = 0.0


Listener = Callable[[BatchProgress], None]


class KeepResult(Protocol):
    """Puts results into the history."""

    def __call__(self, plan: InputPlan, judged: AnalysisResult) -> None:
        """Keep what was judged of an input, unless it is there already."""

    def has(self, content: str) -> bool:
        """Whether what was judged of a file of that SHA-256 is in the history now."""
        ...


class ManyInputs:
    """The inputs of one call, judged side by side.

    Parameters
    ----------
    plan : the inputs and the files to be written. A file beside the table (``all.csv.done``) keeps what is
        done; inputs with the same content, judged in the same way, are not judged again.
    judge : what is done to each.
    on_progress : told a few times a second how far it is.
    keep : given each new result, to put it into the history.
    """

    def __init__(
        self, plan: OutputPlan, judge: AnalysisJob, on_progress: Listener, keep: KeepResult | None = None
    ) -> None:
        self._keep_elsewhere = keep
        self._plan = plan
        self._judge = judge
        self._on_progress = on_progress
        self._progress = BatchProgress(len(plan.inputs))
        self._written_s = time.monotonic()
        self._pause_s = TABLE_EVERY_S

    def run(
        self, pool: WorkerPool, under_way: Callable[[], float], finished: ResumeFile, model: str | None
    ) -> Results:
        """Judge what is not in the finished yet; the tables are whole at any moment, complete at the end."""
        results = Results(finished)
        way = self._judge.fingerprint(model)
        batch: Batch[_Job, AnalysisResult] = Batch(
            partial(_do, self._judge), pool, lambda: self._beat(under_way())
        )
        for outcome in batch.run(self._jobs(results, finished, way)):
            self._keep(outcome, results, finished)
            self._refresh(results)
        write_tables(self._plan, results)
        return results

    @property
    def progress(self) -> BatchProgress:
        """How far it is."""
        return self._progress

    def _jobs(self, results: Results, finished: ResumeFile, way: str) -> Iterator[_Job]:
        """What is left to be done; contents are looked at only when a worker is free."""
        twins: set[str] = set()
        for number, plan in enumerate(self._plan.inputs):
            try:
                content = content_hash(plan.path)
            except InputError as error:
                summary = InputSummary(source=str(plan.path), error=str(error))
                self._count(summary, results, number)
                continue
            bare = f"{content}-{way}{_PICTURES if plan.evidence else ''}"
            key = self._known(bare, content, finished) if plan.is_written else None
            if key is not None:
                results.put(number, (str(plan.path), key))
                self._count(finished[key], before=key not in twins)
                continue
            key = bare + (_KEPT if self._keep_elsewhere else "")
            twins.add(key)
            yield _Job(number, key, plan)

    def _known(self, bare: str, content: str, finished: ResumeFile) -> str | None:
        """The key of a result that is there already; what goes into the history must still be there too."""
        kept = bare + _KEPT
        if self._keep_elsewhere is None:
            return next((key for key in (bare, kept) if key in finished), None)
        if kept not in finished:
            return None
        done = any(found.repetitions or found.holds for found in finished[kept].exercises)
        return kept if not done or self._keep_elsewhere.has(content) else None

    def _keep(self, outcome: Outcome[_Job, AnalysisResult], results: Results, finished: ResumeFile) -> None:
        job, judged = outcome.job, outcome.result
        if judged is None:
            assert outcome.failure is not None
            text = f"{job.plan.path}: {error_line(outcome.failure)}"
            judged = AnalysisResult(InputSummary(source=str(job.plan.path), error=text))
        summary = judged.summary
        if not summary.frames_tracked:  # not one frame was read: it is tried again the next time
            self._count(summary, results, job.number)
            return
        if self._keep_elsewhere is not None:
            self._keep_elsewhere(job.plan, judged)
        finished.add(job.key, summary)
        results.put(job.number, (str(job.plan.path), job.key))
        self._count(summary)

    def _count(
        self, summary: InputSummary, results: Results | None = None, number: int = 0, before: bool = False
    ) -> None:
        if results is not None:
            results.put(number, summary)
        now = self._progress
        self._progress = replace(
            now,
            done=now.done + 1,
            before=now.before + before,
            troubled=now.troubled + (summary.error is not None),
        )
        self._on_progress(self._progress)

    def _beat(self, under_way: float) -> None:
        self._progress = replace(self._progress, under_way=under_way)
        self._on_progress(self._progress)

    def _refresh(self, results: Results) -> None:
        start_s = time.monotonic()
        if start_s - self._written_s < self._pause_s:
            return
        write_tables(self._plan, results)
        self._written_s = time.monotonic()
        self._pause_s = max(TABLE_EVERY_S, (self._written_s - start_s) / TABLE_SHARE)


@dataclass(frozen=True)
class _Job:
    number: int
    key: str
    plan: InputPlan


def judge_locally(many: ManyInputs, jobs: int, finished: ResumeFile, model: str | None) -> Results:
    """Judge with so many processes of this machine."""
    pools: list[Processes] = []

    def open_pool() -> Processes:
        pools[:] = [Processes(jobs)]
        return pools[0]

    return many.run(
        WorkerPool(open_pool, jobs), lambda: pools[0].under_way if pools else 0.0, finished, model
    )


def judge_on_cluster(
    many: ManyInputs, address: str, jobs: int | None, finished: ResumeFile, model: str | None
) -> Results:
    """Judge on a Ray cluster, with so many of its processors or with all.

    Raises
    ------
    MissingDependencyError, SettingError
        As :class:`repcount.batch.cluster.RayExecutor`.
    """
    from repcount.batch.cluster import RayExecutor

    executor = RayExecutor(address)
    try:
        pool = WorkerPool(lambda: executor, min(jobs or executor.processors, executor.processors))
        return many.run(pool, lambda: 0.0, finished, model)
    finally:
        executor.shutdown()


def open_resume_file(plan: OutputPlan) -> ResumeFile:
    """The resume file beside the first table asked for; without a table, one that is deleted at the end."""
    table = plan.csv or plan.json
    return ResumeFile(None if table is None else table.with_name(table.name + SUFFIX))


def model_identity(plan: OutputPlan, settings: Settings, watch: WatchModel) -> str | None:
    """The checksum of the pose model, found or built before the workers need it; None where none does.

    Raises
    ------
    ModelError
        There is none.
    """
    if all(each.path.suffix.lower() == RECORDING_SUFFIX for each in plan.inputs):
        return None
    return ModelLoader(settings.model, watch).get().sha256


def _do(judge: AnalysisJob, job: _Job) -> AnalysisResult:
    """Judge by absolute paths, as a worker may run in another folder; messages name files as the user did."""
    named, there = str(job.plan.path), str(job.plan.path.absolute())
    paths = {each.name: getattr(job.plan, each.name) for each in fields(InputPlan)}
    files = {name: path.absolute() for name, path in paths.items() if path is not None}
    judged = judge(InputPlan(**files))
    error = judged.summary.error
    message = None if error is None else error.replace(there, named)
    return replace(judged, summary=replace(judged.summary, source=named, error=message))
