"""What tells of a session at a camera as it goes: lines of events, and the voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repcount.io.live_events import EventSink, Listener

if TYPE_CHECKING:
    from repcount.core.protocols import Sink


def telling_sinks(listen: Listener, tell: Callable[[str], None], voice: str, *, quiet: bool) -> list[Sink]:
    """Open what is told of every event, and what speaks.

    Parameters
    ----------
    tell : takes one line where there is nothing to speak with.
    voice : the language of the voice, two letters; empty for none.
    quiet : keep the log lines of the sound libraries off the terminal.
    """
    sinks: list[Sink] = [EventSink(listen)]
    if voice:
        from repcount.voice.loudspeaker import Voice

        sinks.append(Voice(tell, voice, quiet=quiet))
    return sinks
