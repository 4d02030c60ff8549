"""What happens in a live session, as JSON objects one a line and as words; see docs/live.md.

A pure function of the snapshots: ``live --json-lines`` and ``live --headless`` tell the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from repcount.core.model import Cue, Frame, Hold, Rep, Snapshot
from repcount.io.json_document import Json, cue_json, exercise_json, hold_json, repetition_json, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repcount.core.guide import GuideEvent
    from repcount.core.model import ExerciseSummary


Event = dict[str, Json]
Listener = Callable[[Event], None]


def events_of(snapshot: Snapshot) -> list[Event]:
    """All that happened at one snapshot, in order; most often nothing."""
    found = [_event(snapshot, event) for event in snapshot.events]
    happened = () if snapshot.guide is None else snapshot.guide.happened
    return [*found, *(_happening(each) for each in happened if each.code != "end")]


def end_event(time_s: float, exercises: Sequence[ExerciseSummary]) -> Event:
    """The last event: everything that was counted, as ``analyze --json`` gives it."""
    return {"event": "end", "time_s": seconds(time_s), "exercises": [exercise_json(e) for e in exercises]}


def line_of(event: Event) -> str:
    """The event as one line of JSON, without the line's end."""
    return json.dumps(event, ensure_ascii=False, allow_nan=False)


def words_of(event: Event) -> str:
    """The event as one line for a person's eye."""
    head = f"{_clock(event)}  "
    kind = event["event"]
    if kind == "repetition":
        return f"{head}repetition {event['number']}, {event['side']}, {event['status']}{_faults(event)}"
    if kind == "hold":
        return f"{head}hold {event['number']}, {event['valid_s']} s, {event['status']}{_faults(event)}"
    if kind == "set":
        return f"{head}{event['text']} ({event['done']} of {event['target']})"
    if kind == "end":
        return f"{head}counted: {_counted(event) or 'nothing'}"
    return f"{head}{event['text']}"


def _counted(event: Event) -> str:
    exercises = event["exercises"]
    found = [e for e in exercises if isinstance(e, dict)] if isinstance(exercises, list) else []
    return ", ".join(f"{e['exercise']} {e['counted']}" for e in found)


def _clock(event: Event) -> str:
    time_s = event["time_s"]
    whole = int(time_s) if isinstance(time_s, (int, float)) else 0
    return f"{whole // 60}:{whole % 60:02d}"


def _faults(event: Event) -> str:
    faults = event["faults"]
    codes = [str(f["code"]) for f in faults if isinstance(f, dict)] if isinstance(faults, list) else []
    return f" ({', '.join(codes)})" if codes else ""


def _event(snapshot: Snapshot, event: Rep | Hold | Cue) -> Event:
    kind, fields = (
        ("repetition", repetition_json(event))
        if isinstance(event, Rep)
        else ("hold", hold_json(event))
        if isinstance(event, Hold)
        else ("cue", cue_json(event))
    )
    return {"event": kind, "time_s": seconds(snapshot.time_s), "exercise": snapshot.exercise, **fields}


def _happening(happening: GuideEvent) -> Event:
    event: Event = {
        "event": happening.code,
        "time_s": seconds(happening.time_s),
        "exercise": happening.exercise,
        "text": happening.text,
    }
    if happening.code in ("set", "rest", "leg"):
        event |= {
            "side": None if happening.side is None else happening.side.value,
            "set": happening.number,
            "sets": happening.sets,
            "done": happening.done,
            "target": happening.target,
        }
    if happening.code == "rest":
        event["seconds"] = seconds(happening.seconds)
    if happening.detail:
        event["code"] = happening.detail
    return event


class EventSink:
    """Tells every event of each snapshot to ``listener``, in order."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        self.end(snapshot)

    def end(self, snapshot: Snapshot) -> None:
        """Tell what the end of the session brought."""
        for event in events_of(snapshot):
            self._listener(event)

    def close(self) -> None:
        """Nothing is kept."""

    def discard(self) -> None:
        """Nothing is kept."""
