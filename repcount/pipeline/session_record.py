"""A session as it is kept: its settings, what was asked for, and a live one told while it happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from repcount import __version__
from repcount.core.history_records import (
    AskedDose,
    KeptSession,
    KeptSet,
    Kind,
    PainMoment,
    SavedFile,
    new_id,
    with_figures,
)
from repcount.core.records import CountBy, Hold, Rep, Side, Snapshot
from repcount.session.guided.exercise_sets import Block
from repcount.session.set_progress import moves_on

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.core.guide import GuideEvent
    from repcount.exercises.spec import Dose

_ENDS_SET: Final = frozenset({"set", "rest", "leg"})


@dataclass(frozen=True)
class Counting:
    """What a set is, and what moves it on.

    Attributes
    ----------
    asked : the dose of a set.
    is_asked : whether somebody asked for that dose; otherwise it is what the exercise's file proposes.
    """

    asked: AskedDose
    by: CountBy
    strict: bool = False
    is_asked: bool = True

    @property
    def kept(self) -> AskedDose:
        """The dose that the history keeps; if nobody asked for a dose, only the length of a hold."""
        return self.asked if self.is_asked else AskedDose(hold_s=self.asked.hold_s)


def dose_counting(dose: Dose, count_by: CountBy | None, strict: bool) -> Counting:
    """What a dose asks for, and what moves its sets on."""
    by = count_by or dose.count
    asked = (
        AskedDose(dose.sets, dose.holds, dose.hold_s)
        if by is CountBy.HOLDS
        else AskedDose(dose.sets, dose.reps)
    )
    return Counting(asked, by, strict)


def settings_kept(settings: Settings) -> dict[str, str]:
    """The settings that bear on what was counted, as text."""
    values: dict[str, object] = {
        "range": settings.range,
        "side": None if settings.side is None else settings.side.value,
        "count": None if settings.count is None else settings.count.value,
        "strict": settings.strict or None,
        "limit": " ".join(f"{joint}={value:g}" for joint, value in settings.limit.items()) or None,
        "model": settings.model,
    }
    return {key: str(value) for key, value in values.items() if value is not None}


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


class SessionRecord(Protocol):
    """What takes a session while it happens: the history, or a copy in memory."""

    def begin_set(self, kept: KeptSet) -> None:
        """Begin the next set."""

    def add(self, done: Rep | Hold, counted: int) -> None:
        """Take a repetition or hold of the set under way."""

    def take_back(self, done: Rep | Hold, counted: int) -> None:
        """Take one back."""

    def answer(self, moment: PainMoment, level: int, asked_at: datetime) -> None:
        """Take an answer to the question for pain."""

    def saved(self, files: Sequence[SavedFile]) -> None:
        """Take the files that were made of it."""

    def end(self, ended_at: datetime) -> None:
        """Say when it ended."""


class SessionCopy:
    """A session as it was told so far.

    Attributes
    ----------
    files : that were made of it.
    """

    def __init__(self, session: KeptSession) -> None:
        self._session = session
        self._sets: list[KeptSet] = []
        self.files: tuple[SavedFile, ...] = ()

    @property
    def session(self) -> KeptSession:
        """The whole session; sets in which nothing is left are not there."""
        return replace(self._session, sets=tuple(s for s in self._sets if s.repetitions or s.holds))

    def begin_set(self, kept: KeptSet) -> None:
        """Begin the next set."""
        self._sets.append(replace(kept, repetitions=(), holds=()))

    def add(self, done: Rep | Hold, counted: int) -> None:
        """Take a repetition or hold of the set under way."""
        kept = self._sets[-1]
        if isinstance(done, Rep):
            kept = replace(kept, repetitions=(*kept.repetitions, done))
        else:
            kept = replace(kept, holds=(*kept.holds, done))
        self._sets[-1] = with_figures(kept, counted)

    def take_back(self, done: Rep | Hold, counted: int) -> None:
        """Take one back."""
        kept = self._sets[-1]
        repetitions = tuple(rep for rep in kept.repetitions if rep != done)
        holds = tuple(hold for hold in kept.holds if hold != done)
        self._sets[-1] = with_figures(replace(kept, repetitions=repetitions, holds=holds), counted)

    def answer(self, moment: PainMoment, level: int, asked_at: datetime) -> None:
        """Take an answer to the question for pain."""
        self._session = replace(self._session, **{f"pain_{moment.value}": level})  # type: ignore[arg-type]

    def saved(self, files: Sequence[SavedFile]) -> None:
        """Take the files that were made of it."""
        self.files = (*self.files, *files)

    def end(self, ended_at: datetime) -> None:
        """Say when it ended."""
        self._session = replace(self._session, ended_at=ended_at)


Entry = Callable[[SessionRecord], None]
"""Writes one thing that happened into a record."""


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
