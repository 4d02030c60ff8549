"""A live session kept in the history as it happens, from the events that it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from repcount import __version__
from repcount.config import Settings
from repcount.core.kept import KeptSession, KeptSet, Kind, Moment, SavedFile
from repcount.core.model import Hold, Rep, Side
from repcount.engine.cutting import Counting
from repcount.engine.workout import moves_on
from repcount.history.keeper import SessionKeeper, new_id
from repcount.history.store import History
from repcount.saving import settings_kept
from repcount.sources.logbook import event_of

_ENDS_SET = frozenset({"set", "rest", "leg"})


@dataclass(frozen=True)
class LiveStart:
    """What is known when a live session begins: the camera, the moment, the programme, what is counted."""

    camera: str
    began: datetime
    counting: Mapping[str, Counting]
    plan: str | None = None


class Diary:
    """Takes the events of a live session; each repetition and hold is on the disk when ``on_event`` returns.

    A session in which nothing was done and nothing answered leaves no trace. A set ends where the trainer
    says so, and where exercise or side change.
    """

    def __init__(self, history: History, settings: Settings, start: LiveStart) -> None:
        self._history = history
        self._counting = start.counting
        self._session = KeptSession(
            new_id(),
            settings.person,
            start.began,
            Kind.LIVE,
            start.camera,
            __version__,
            plan=start.plan,
            settings=settings_kept(settings),
        )
        self._begun: SessionKeeper | None = None
        self._done: list[Rep | Hold] = []
        self._place: tuple[str, Side] | None = None
        self._numbers: dict[tuple[str, Side], int] = {}

    @property
    def id(self) -> str:
        """The session's ID."""
        return self._session.id

    @property
    def is_kept(self) -> bool:
        """Whether there is anything in the history: something done, or an answer."""
        return self._begun is not None

    @property
    def _keeper(self) -> SessionKeeper:
        if self._begun is None:
            self._begun = SessionKeeper(self._history, self._session)
        return self._begun

    def on_event(self, event: Mapping[str, Any]) -> None:
        """Take one event; what is no repetition, hold, undoing or end of a set is passed over."""
        name = event["event"]
        if name == "repetition":
            self._add(event["exercise"], event_of(Rep, event))
        elif name == "hold":
            self._add(event["exercise"], event_of(Hold, event))
        elif name in _ENDS_SET:
            self._place = None
        elif name == "undo":
            self._take_back(Hold if event.get("code") == "hold" else Rep)

    def answer(self, moment: Moment, level: int) -> None:
        """Keep an answer to the question for pain."""
        self._keeper.answer(moment, level, datetime.now(timezone.utc).astimezone())

    def saved(self, files: Sequence[SavedFile]) -> None:
        """Remember files that were made of the session."""
        if self._begun is not None and files:
            self._begun.saved(files)

    def close(self) -> None:
        """Say that the session ended."""
        if self._begun is not None:
            self._begun.end(datetime.now(timezone.utc))

    def _add(self, exercise: str, done: Rep | Hold) -> None:
        place = (exercise, done.side)
        if place != self._place:
            self._place, self._done = place, []
            self._numbers[place] = self._numbers.get(place, 0) + 1
            bare = KeptSet(self._numbers[place], exercise, done.side)
            known = self._counting.get(exercise)
            self._keeper.begin_set(bare if known is None else replace(bare, asked=known.asked))
        self._done.append(done)
        self._keeper.add(done, self._counted())

    def _take_back(self, kind: type[Rep | Hold]) -> None:
        """Remove the last of that kind; of a hold, the repetition that it was part of goes with it."""
        last = next((done for done in reversed(self._done) if isinstance(done, kind)), None)
        if last is None:
            return
        for done in [each for each in self._done if each.start_s >= last.start_s]:
            self._done.remove(done)
            self._keeper.take_back(done, self._counted())

    def _counted(self) -> int:
        known = self._counting.get(self._place[0]) if self._place else None
        if known is None:
            return len(self._done)
        return sum(moves_on(done, known.by, known.strict) for done in self._done)
