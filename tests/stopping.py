"""Children that stop as a program at a terminal does."""

from __future__ import annotations

import signal


def heeding() -> None:
    """Heed Ctrl-C again, in a child before it begins: in a shell's background it is ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
