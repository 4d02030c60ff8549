"""Jobs over processes: each is answered once, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

from repcount.batch.executors import TRIES, Batch, Processes, WorkerDiedError, WorkerPool

CRASH = "crash"


def _work(folder: Path, job: str) -> str:
    """Answer with the job; one of them kills its worker, and some do so the first time only."""
    mark = folder / job
    first = not mark.exists()
    mark.touch()
    if job == CRASH or (job.startswith("once") and first):
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "raise":
        raise ValueError("not this one")
    return job.upper()


def _outcomes(folder: Path, jobs: list[str], width: int) -> dict[str, object]:
    batch = Batch(partial(_work, folder), WorkerPool(lambda: Processes(width), width))
    return {each.job: each.result or each.failure for each in batch.run(jobs)}


def test_a_worker_that_dies_costs_no_job(tmp_path: Path) -> None:
    jobs = ["a", "once 1", "b", "c", "once 2", "d"]
    assert _outcomes(tmp_path, jobs, 2) == {job: job.upper() for job in jobs}


def test_a_job_that_kills_its_worker_is_given_up_and_no_other_is_blamed(tmp_path: Path) -> None:
    jobs = ["a", CRASH, "b", "c"]
    found = _outcomes(tmp_path, jobs, 2)
    failure = found.pop(CRASH)
    assert isinstance(failure, WorkerDiedError)
    assert str(TRIES) in str(failure)
    assert found == {job: job.upper() for job in ("a", "b", "c")}


def test_an_exception_in_a_job_is_its_outcome(tmp_path: Path) -> None:
    found = _outcomes(tmp_path, ["raise", "a"], 1)
    assert isinstance(found["raise"], ValueError)
    assert found["a"] == "A"


def test_no_job_gives_no_outcome_and_starts_nobody(tmp_path: Path) -> None:
    def refused() -> Processes:
        raise AssertionError("nobody is needed")

    assert list(Batch(partial(_work, tmp_path), WorkerPool(refused, 2)).run([])) == []
