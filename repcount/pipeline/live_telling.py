"""What tells of a session before a camera as it goes: lines of events, and the voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repcount.io.live_events import Event, EventSink

if TYPE_CHECKING:
    from repcount.core.protocols import Sink
    from repcount.pipeline.live_session import LiveSettings


def telling_sinks(
    look: LiveSettings, listen: Callable[[Event], None], tell: Callable[[str], None]
) -> list[Sink]:
    """Open what tells of a session as it goes: its events, and the voice where it is to be heard."""
    sinks: list[Sink] = [EventSink(listen)]
    if not (look.mute or look.headless):
        from repcount.voice.loudspeaker import Voice

        sinks.append(Voice(tell, look.phrases.language, quiet=not look.verbose))
    return sinks
