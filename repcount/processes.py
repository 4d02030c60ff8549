"""Worker processes of this machine as an ``Executor`` that tells how far each job is and stops when told."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextvars import ContextVar
from multiprocessing import get_context, parent_process
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Board = Any
"""Doubles that all processes share without a lock, which one that is killed could keep: for each place the
share that is done of the job there, 0..1; the last is not 0 once everybody shall stop."""

_PLACE: ContextVar[tuple[Board, int] | None] = ContextVar("_PLACE", default=None)


class StopWorkError(Exception):
    """The parent wants no more of this job."""


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


def tell(share: float) -> None:
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
    """Set a worker up: Ctrl-C is the parent's affair, and without a parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _PLACE.set((board, 0))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _at_place(place: int, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    seat = _PLACE.get()
    if seat is not None:
        _PLACE.set((seat[0], place))
    return fn(*args, **kwargs)
