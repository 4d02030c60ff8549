"""SIGTERM and a closed terminal end a command as Ctrl-C does: what was unfinished is removed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NUMBERS = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


@contextmanager
def terminating() -> Iterator[list[int]]:
    """For the length of a block, turn these signals into a ``KeyboardInterrupt``; gives those that came.

    A signal that is ignored, as under ``nohup``, stays so.
    """
    caught: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield caught
        return

    def end(number: int, frame: object) -> None:
        caught.append(number)
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in NUMBERS}
    before = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, end)
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
