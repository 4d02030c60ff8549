"""Many inputs at once: a batch of judges over processes or a cluster, tables kept up to date meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Protocol

from repcount import assemble
from repcount.assemble import ModelShelf, WatchModel
from repcount.batch import Batch, Crew, Outcome
from repcount.config import Settings
from repcount.core.errors import InputError
from repcount.core.model import InputSummary
from repcount.ledger import SUFFIX, Ledger, Results, content_hash
from repcount.outputs import InputPlan, OutputPlan, write_tables
from repcount.processes import Processes
from repcount.worker import FileJudge, Judged, unforeseen

TABLE_EVERY_S = 10.0
"""Of wall-clock time, between two writings of the tables while results come in."""

TABLE_SHARE = 0.05
"""The part of the time that writing them may take."""


@dataclass(frozen=True)
class Tally:
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


_PICTURES = (
    "-pictures"  # in a key: pictures of faults were saved too; a folder does not tell whether it is whole
)

_KEPT = "-kept"  # likewise: it was put into the history

Listener = Callable[[Tally], None]


class Keep(Protocol):
    """Puts results into the history."""

    def __call__(self, plan: InputPlan, judged: Judged) -> None:
        """Keep what was judged of an input, unless it is there already."""

    def has(self, content: str) -> bool:
        """Whether what was judged of a file of that SHA-256 is in the history now."""
        ...


class ManyInputs:
    """The inputs of one call, judged side by side.

    Parameters
    ----------
    plan : the inputs and the files to be written. A ledger beside the table (``all.csv.done``) keeps what is
        done; inputs with the same content, judged in the same way, are not judged again.
    judge : what is done to each.
    on_progress : told a few times a second how far it is.
    keep : given each new result, to put it into the history.
    """

    def __init__(
        self, plan: OutputPlan, judge: FileJudge, on_progress: Listener, keep: Keep | None = None
    ) -> None:
        self._keep_elsewhere = keep
        self._plan = plan
        self._judge = judge
        self._on_progress = on_progress
        self._tally = Tally(len(plan.inputs))
        self._written_s = time.monotonic()
        self._pause_s = TABLE_EVERY_S

    def run(self, crew: Crew, under_way: Callable[[], float], ledger: Ledger, model: str | None) -> Results:
        """Judge what is not in the ledger yet; the tables are whole at any moment, complete at the end."""
        results = Results(ledger)
        way = self._judge.fingerprint(model)
        batch: Batch[_Job, Judged] = Batch(partial(_do, self._judge), crew, lambda: self._beat(under_way()))
        for outcome in batch.run(self._jobs(results, ledger, way)):
            self._keep(outcome, results, ledger)
            self._refresh(results)
        write_tables(self._plan, results)
        return results

    @property
    def tally(self) -> Tally:
        """How far it is."""
        return self._tally

    def _jobs(self, results: Results, ledger: Ledger, way: str) -> Iterator[_Job]:
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
            key = self._known(bare, content, ledger) if _written(plan) else None
            if key is not None:
                results.put(number, (str(plan.path), key))
                self._count(ledger[key], before=key not in twins)
                continue
            key = bare + (_KEPT if self._keep_elsewhere else "")
            twins.add(key)
            yield _Job(number, key, plan)

    def _known(self, bare: str, content: str, ledger: Ledger) -> str | None:
        """The key of a result that need not be made again; where it is to be kept, it still is."""
        kept = bare + _KEPT
        if self._keep_elsewhere is None:
            return next((key for key in (bare, kept) if key in ledger), None)
        if kept not in ledger:
            return None
        done = any(found.repetitions or found.holds for found in ledger[kept].exercises)
        return kept if not done or self._keep_elsewhere.has(content) else None

    def _keep(self, outcome: Outcome[_Job, Judged], results: Results, ledger: Ledger) -> None:
        job, judged = outcome.job, outcome.result
        if judged is None:
            assert outcome.failure is not None
            text = f"{job.plan.path}: {unforeseen(outcome.failure)}"
            judged = Judged(InputSummary(source=str(job.plan.path), error=text))
        summary = judged.summary
        if not summary.frames_tracked:  # nothing was seen of it: tried again the next time
            self._count(summary, results, job.number)
            return
        if self._keep_elsewhere is not None:
            self._keep_elsewhere(job.plan, judged)
        ledger.add(job.key, summary)
        results.put(job.number, (str(job.plan.path), job.key))
        self._count(summary)

    def _count(
        self, summary: InputSummary, results: Results | None = None, number: int = 0, before: bool = False
    ) -> None:
        if results is not None:
            results.put(number, summary)
        now = self._tally
        self._tally = replace(
            now,
            done=now.done + 1,
            before=now.before + before,
            troubled=now.troubled + (summary.error is not None),
        )
        self._on_progress(self._tally)

    def _beat(self, under_way: float) -> None:
        self._tally = replace(self._tally, under_way=under_way)
        self._on_progress(self._tally)

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


def judge_here(many: ManyInputs, jobs: int, ledger: Ledger, model: str | None) -> Results:
    """Judge with so many processes of this machine."""
    pools: list[Processes] = []

    def open_pool() -> Processes:
        pools[:] = [Processes(jobs)]
        return pools[0]

    return many.run(Crew(open_pool, jobs), lambda: pools[0].under_way if pools else 0.0, ledger, model)


def judge_there(
    many: ManyInputs, address: str, jobs: int | None, ledger: Ledger, model: str | None
) -> Results:
    """Judge on a Ray cluster, with so many of its processors or with all.

    Raises
    ------
    MissingDependencyError, SettingError
        As :class:`repcount.cluster.RayExecutor`.
    """
    from repcount.cluster import RayExecutor

    executor = RayExecutor(address)
    try:
        crew = Crew(lambda: executor, min(jobs or executor.processors, executor.processors))
        return many.run(crew, lambda: 0.0, ledger, model)
    finally:
        executor.shutdown()


def open_ledger(plan: OutputPlan) -> Ledger:
    """The ledger beside the first table that is asked for; where none is, one that is soon forgotten."""
    table = plan.csv or plan.json
    return Ledger(None if table is None else table.with_name(table.name + SUFFIX))


def model_identity(plan: OutputPlan, settings: Settings, watch: WatchModel) -> str | None:
    """The checksum of the pose model, found or built before the workers need it; None where none does.

    Raises
    ------
    ModelError
        There is none.
    """
    if all(each.path.suffix.lower() == assemble.RECORDING_SUFFIX for each in plan.inputs):
        return None
    return ModelShelf(settings.model, watch).get().sha256


def _do(judge: FileJudge, job: _Job) -> Judged:
    """Judge by absolute paths, as a worker may stand in another folder; name things as the user does."""
    named, there = str(job.plan.path), str(job.plan.path.absolute())
    paths = {each.name: getattr(job.plan, each.name) for each in fields(InputPlan)}
    files = {name: path.absolute() for name, path in paths.items() if path is not None}
    judged = judge(InputPlan(**files))
    error = judged.summary.error
    told = None if error is None else error.replace(there, named)
    return replace(judged, summary=replace(judged.summary, source=named, error=told))


def _written(plan: InputPlan) -> bool:
    files = (plan.video, plan.poses, plan.angles, plan.markers)
    return all(path is None or path.exists() for path in files)
