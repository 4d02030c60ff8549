"""What a process that works for another one does: it leaves Ctrl-C to its parent, and never outlives it."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import parent_process


def follow_parent() -> None:
    """Set up the process it is called in, at its start.

    A parent that is killed tells nobody. A thread waits for its end, whatever the work is at, and then ends
    this process at once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return
    try:
        parent.join()
    except OSError:  # this process is ending, and has closed what tells of its parent
        return
    os._exit(1)
