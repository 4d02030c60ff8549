"""What happens in a live session, as JSON objects one a line and as words; see docs/live.md.

A pure function of the snapshots: ``live --json-lines`` and ``live --headless`` tell the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from repcount.core.phrases import Phrases
from repcount.core.records import Cue, Frame, Hold, Rep, Snapshot
from repcount.io.json_document import Json, cue_json, exercise_json, hold_json, repetition_json, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repcount.core.guide import GuideEvent
    from repcount.core.records import ExerciseSummary


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


@dataclass(frozen=True)
class EventWords:
    """Puts events into words.

    Attributes
    ----------
    titles : what each exercise is called, by name.
    faults : what each fault is called, by exercise and code.
    """

    phrases: Phrases
    titles: Mapping[str, str]
    faults: Mapping[tuple[str, str], str]

    def of(self, event: Event) -> str:
        """The event as one line for a person's eye."""
        return f"{_clock(event)}  {self._text(event)}"

    def _text(self, event: Event) -> str:
        kind, say = event["event"], self.phrases.say
        if kind in ("repetition", "hold"):
            values = {
                "number": event["number"],
                "side": say(f"side.{event['side']}"),
                "seconds": str(event.get("valid_s", "")).replace(".", say("decimal_mark")),
                "status": say(f"status.{event['status']}"),
            }
            return say(f"event.{kind}", **values) + self._faults(event)
        if kind == "set":
            return say("event.set", text=event["text"], done=event["done"], target=event["target"])
        if kind == "end":
            return say("event.end", counted=self._counted(event) or say("event.nothing"))
        return str(event["text"])

    def _counted(self, event: Event) -> str:
        exercises = event["exercises"]
        found = [e for e in exercises if isinstance(e, dict)] if isinstance(exercises, list) else []
        names = [(str(e["exercise"]), e["counted"]) for e in found]
        return ", ".join(f"{self.titles.get(name, name)} {counted}" for name, counted in names)

    def _faults(self, event: Event) -> str:
        faults, exercise = event["faults"], str(event["exercise"])
        codes = [str(f["code"]) for f in faults if isinstance(f, dict)] if isinstance(faults, list) else []
        names = [self.faults.get((exercise, code), code) for code in codes]
        return f" ({', '.join(names)})" if names else ""


def _clock(event: Event) -> str:
    time_s = event["time_s"]
    whole = int(time_s) if isinstance(time_s, (int, float)) else 0
    return f"{whole // 60}:{whole % 60:02d}"


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
