"""Many jobs over a ``concurrent.futures.Executor``, and worker processes of this machine as one.

A worker that dies costs a retry. The processes tell how far each job is, and stop when told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Generic, ParamSpec, TypeVar

from repcount.core.child_process import follow_parent
from repcount.core.errors import RepcountError

J = TypeVar("J")
R = TypeVar("R")

BEAT_S = 0.25
"""Seconds of wall-clock time between two checks of how far the workers are."""

TRIES = 3
"""How often a job is tried before it is taken to be what kills the workers."""
P = ParamSpec("P")
T = TypeVar("T")
Board = Any
"""Doubles shared by all processes, without a lock, which a killed process could keep for ever. Each place has
the share of its job that is done, 0..1; the last one is not 0 once all must stop."""
_PLACE: ContextVar[tuple[Board, int] | None] = ContextVar("_PLACE", default=None)


class WorkerDiedError(RepcountError):
    """A job whose worker died each time it was tried."""


@dataclass(frozen=True)
class WorkerPool:
    """An executor, and how many jobs it takes at once.

    Attributes
    ----------
    open : gives an executor; called again when the workers of the last one have died. It refuses, or answers,
        a job with ``BrokenExecutor`` where the worker died.
    width : how many jobs are handed out at once.
    """

    open: Callable[[], Executor]
    width: int


@dataclass(frozen=True)
class Outcome(Generic[J, R]):
    """What became of one job: its result, or what went wrong."""

    job: J
    result: R | None = None
    failure: BaseException | None = None


@dataclass(frozen=True)
class _Try(Generic[J]):
    job: J
    deaths: int = 0


class Batch(Generic[J, R]):
    """Jobs under way on a pool.

    When a worker dies, each job that was under way may be the cause. All of them are tried again, the last
    time one by one, so that no job is blamed for another.

    Parameters
    ----------
    work : done to each job by the workers; a function or object that can be pickled.
    on_beat : called a few times a second while work goes on.
    """

    def __init__(
        self, work: Callable[[J], R], pool: WorkerPool, on_beat: Callable[[], None] | None = None
    ) -> None:
        self._work = work
        self._crew = pool
        self._on_beat = on_beat or (lambda: None)
        self._running: dict[Future[R], _Try[J]] = {}
        self._again: deque[_Try[J]] = deque()
        self._executor: Executor | None = None

    def run(self, jobs: Iterable[J]) -> Iterator[Outcome[J, R]]:
        """Yield what becomes of each job, as soon as it is known. Jobs are taken when a worker is free."""
        fresh = (_Try(job) for job in jobs)
        try:
            while self._hand_out(fresh):
                done, _ = wait(self._running, timeout=BEAT_S, return_when=FIRST_COMPLETED)
                self._on_beat()
                for future in done:
                    yield from self._take_back(future)
        finally:
            self._close()

    def _hand_out(self, fresh: Iterator[_Try[J]]) -> bool:
        """Keep the pool busy; False once nothing is left to do."""
        while len(self._running) < self._crew.width:
            attempt = self._next(fresh)
            if attempt is None:
                break
            self._running[self._submit(attempt.job)] = attempt
        return bool(self._running)

    def _next(self, fresh: Iterator[_Try[J]]) -> _Try[J] | None:
        """What to try now. A last try runs alone."""
        attempt = next((each for each in self._again if each.deaths < TRIES - 1), None)
        if attempt is not None:
            self._again.remove(attempt)
            return attempt
        if (attempt := next(fresh, None)) is not None:
            return attempt
        return self._again.popleft() if self._again and not self._running else None

    def _submit(self, job: J) -> Future[R]:
        if self._executor is not None:
            with suppress(BrokenExecutor):
                return self._executor.submit(self._work, job)
            self._close()
        self._executor = self._crew.open()
        return self._executor.submit(self._work, job)

    def _take_back(self, future: Future[R]) -> Iterator[Outcome[J, R]]:
        attempt = self._running.pop(future)
        failure = future.exception()
        if failure is None:
            yield Outcome(attempt.job, future.result())
        elif not isinstance(failure, BrokenExecutor):
            yield Outcome(attempt.job, failure=failure)
        elif attempt.deaths + 1 < TRIES:
            self._again.append(_Try(attempt.job, attempt.deaths + 1))
        else:
            text = f"the worker died each of the {TRIES} times it was tried"
            yield Outcome(attempt.job, failure=WorkerDiedError(text))

    def _close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


class StopWorkError(Exception):
    """The parent process no longer wants this job."""


class Processes(ProcessPoolExecutor):
    """A pool of fresh processes, each with its own place on a board of progress.

    Parameters
    ----------
    count : how many.
    """

    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        self._board: Board = context.RawArray("d", count + 1)
        self._free = deque(range(count))
        super().__init__(count, mp_context=context, initializer=_begin, initargs=(self._board,))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand out a job; never more at once than there are processes."""
        place = self._free.popleft()
        self._board[place] = 0.0
        try:
            future = super().submit(_at_place, place, fn, *args, **kwargs)
        except BaseException:
            self._free.append(place)
            raise
        future.add_done_callback(lambda _: self._leave(place))
        return future

    @property
    def under_way(self) -> float:
        """How much is done of the jobs under way; 1 for each that is nearly done."""
        return float(sum(self._board[:-1]))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes go; those at work stop at their next ``tell``."""
        self._board[-1] = 1.0
        super().shutdown(wait, cancel_futures=cancel_futures)

    def _leave(self, place: int) -> None:
        self._board[place] = 0.0
        self._free.append(place)


def report_progress(share: float) -> None:
    """Say how much of the job is done, 0..1; nothing happens where nobody asked.

    Raises
    ------
    StopWorkError
        The rest is not wanted any more.
    """
    seat = _PLACE.get()
    if seat is None:
        return
    board, place = seat
    if board[-1]:
        raise StopWorkError
    board[place] = share


def _begin(board: Board) -> None:
    """Set a worker up: it leaves Ctrl-C to the parent, and ends when the parent is gone."""
    follow_parent()
    _PLACE.set((board, 0))


def _at_place(place: int, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    seat = _PLACE.get()
    if seat is not None:
        _PLACE.set((seat[0], place))
    return fn(*args, **kwargs)
