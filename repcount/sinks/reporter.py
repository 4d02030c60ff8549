"""A sink that tells events as they happen: to a listener, line by line; keeps no picture."""

from __future__ import annotations

from collections.abc import Callable

from repcount.core.model import Frame, Snapshot
from repcount.sinks.events import Event, events_of

Listener = Callable[[Event], None]


class EventSink:
    """Tells every event of each snapshot to ``listener``, in order."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        for event in events_of(snapshot):
            self._listener(event)

    def close(self) -> None:
        """Nothing is kept."""

    def discard(self) -> None:
        """Nothing is kept."""
