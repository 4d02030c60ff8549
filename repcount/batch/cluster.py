"""The workers of a Ray cluster as an ``Executor``: the one file that knows Ray, the extra ``cluster``."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, ParamSpec, TypeVar

from repcount.core.errors import MissingDependencyError, SettingError

P = ParamSpec("P")
T = TypeVar("T")


class RayExecutor(Executor):
    """One job for each processor of the cluster at a time; one whose worker died is ``BrokenExecutor``.

    Ray starts the workers where there is room, also on nodes that join later. What they print stays there.

    Parameters
    ----------
    address : ``ray://HOST:PORT`` of the cluster's client server, or ``HOST:PORT`` from a machine in it.

    Raises
    ------
    MissingDependencyError
        Ray is not installed.
    SettingError
        Nobody answers there, or with another version of Ray or Python.
    """

    def __init__(self, address: str) -> None:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # read when Ray is loaded: it must not phone home
        self._ray = _ray()
        self._connect(address)
        self._call = self._ray.remote(num_cpus=1, max_retries=0)(_call)

    @property
    def processors(self) -> int:
        """How many jobs the cluster takes at once now."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand out a job."""
        answer: Future[T] = Future()
        self._call.remote(fn, args, kwargs).future().add_done_callback(lambda done: self._pass(done, answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; what was not done yet is dropped there."""
        self._ray.shutdown()

    def _connect(self, address: str) -> None:
        try:
            self._ray.init(address=address, logging_level="ERROR", log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise SettingError(
                f"--cluster {address}: no Ray cluster can be used there ({reason.rstrip('.')}); "
                "check the address and `ray status` on its head"
            ) from error

    def _pass(self, done: Future[T], answer: Future[T]) -> None:
        """Hand on what Ray answers, in the words of the standard library."""
        failure = done.exception()
        own = self._ray.exceptions.RayTaskError
        if failure is None:
            answer.set_result(done.result())
        elif isinstance(failure, self._ray.exceptions.RayError) and not isinstance(failure, own):
            answer.set_exception(BrokenExecutor(str(failure)))
        else:
            answer.set_exception(failure)


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise MissingDependencyError("--cluster needs Ray: pip install 'repcount[cluster]'") from error
    return ray


def _call(fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    return fn(*args, **kwargs)
