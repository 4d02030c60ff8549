"""A live session told as a record while it happens: which set is under way, and what was done in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Final

from repcount import __version__
from repcount.core.history_records import KeptSession, KeptSet, Kind, new_id
from repcount.core.records import Hold, Rep, Side, Snapshot
from repcount.pipeline.kept_settings import dose_counting, settings_kept
from repcount.pipeline.session_copy import SessionRecord
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.split_sets import Counting
from repcount.session.set_progress import moves_on

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.core.guide import GuideEvent

_ENDS_SET: Final = frozenset({"set", "rest", "leg"})

Entry = Callable[[SessionRecord], None]
"""Writes one thing that happened into a record."""


@dataclass(frozen=True)
class LiveStart:
    """What is known when a live session begins.

    Attributes
    ----------
    camera : what the source is called.
    counting : what each exercise asks for, by name.
    plan : the name of the plan; None without one.
    """

    camera: str
    began: datetime
    counting: Mapping[str, Counting]
    plan: str | None = None


def live_start(blocks: Sequence[Block], camera: str, plan: str | None) -> LiveStart:
    """A session of these blocks that begins now."""
    asked = {
        exercise.name: replace(
            dose_counting(exercise.dose, options.count_by, options.strict), is_asked=not block.is_open
        )
        for block in blocks
        for exercise, options in block.exercises
    }
    return LiveStart(camera, datetime.now(timezone.utc).astimezone(), asked, plan)


def begun_session(start: LiveStart, settings: Settings) -> KeptSession:
    """The record of a session in which nothing has been done yet."""
    return KeptSession(
        new_id(),
        settings.person,
        start.began,
        Kind.LIVE,
        start.camera,
        __version__,
        plan=start.plan,
        settings=settings_kept(settings),
    )


class SetFollower:
    """Makes entries of the snapshots of a live session.

    A set ends where the trainer says so, and where exercise or side change.

    Parameters
    ----------
    counting : what each exercise asks for, by name.
    keep : takes each entry, in order.
    """

    def __init__(self, counting: Mapping[str, Counting], keep: Callable[[Entry], None]) -> None:
        self._counting, self._keep = counting, keep
        self._done: list[Rep | Hold] = []
        self._place: tuple[str, Side] | None = None
        self._numbers: dict[tuple[str, Side], int] = {}

    def update(self, snapshot: Snapshot) -> None:
        """Take what has happened in a snapshot."""
        happened = () if snapshot.guide is None else snapshot.guide.happened
        for event in snapshot.events:
            if isinstance(event, Rep | Hold):
                self._add(snapshot.exercise, event)
        for each in happened:
            self._follow(each)

    def _follow(self, happened: GuideEvent) -> None:
        if happened.code in _ENDS_SET:
            self._place = None
        elif happened.code == "undo":
            self._take_back(Hold if happened.detail == "hold" else Rep)

    def _add(self, exercise: str, done: Rep | Hold) -> None:
        place = (exercise, done.side)
        if place != self._place:
            self._place, self._done = place, []
            self._numbers[place] = self._numbers.get(place, 0) + 1
            bare = KeptSet(self._numbers[place], exercise, done.side)
            known = self._counting.get(exercise)
            begun = bare if known is None else replace(bare, asked=known.kept)
            self._keep(lambda record: record.begin_set(begun))
        self._done.append(done)
        counted = self._counted()
        self._keep(lambda record: record.add(done, counted))

    def _take_back(self, kind: type[Rep | Hold]) -> None:
        """Remove the last of that kind; of a hold, the repetition that it was part of goes with it."""
        last = next((done for done in reversed(self._done) if isinstance(done, kind)), None)
        if last is None:
            return
        for done in [each for each in self._done if each.start_s >= last.start_s]:
            self._done.remove(done)
            self._keep(partial(_taken_back, done=done, counted=self._counted()))

    def _counted(self) -> int:
        known = self._counting.get(self._place[0]) if self._place else None
        if known is None:
            return len(self._done)
        return sum(moves_on(done, known.by, known.strict) for done in self._done)


def _taken_back(record: SessionRecord, done: Rep | Hold, counted: int) -> None:
    record.take_back(done, counted)
