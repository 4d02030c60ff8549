"""A live session put into the history while it happens: each repetition is on the disk at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from repcount import __version__
from repcount.config import Settings
from repcount.core.errors import RepcountError
from repcount.core.guide import GuideEvent
from repcount.core.history_records import KeptSession, KeptSet, Kind, PainMoment, SavedFile
from repcount.core.model import Frame, Hold, Rep, Side, Snapshot
from repcount.history.store import History
from repcount.history.writing import SessionKeeper, new_id
from repcount.pipeline.save_analysis import dose_counting, settings_kept
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.split_sets import Counting
from repcount.session.set_progress import moves_on

_ENDS_SET = frozenset({"set", "rest", "leg"})


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


class LiveHistory:
    """Keeps the snapshots of a live session; a ``Sink``.

    A session in which nothing was done and nothing answered leaves no trace. A set ends where the trainer
    says so, and where exercise or side change. The session is worth more than its record: a history that
    fails is told once and left.

    Attributes
    ----------
    trouble : what the history complained of; nothing is kept from then on. Empty if nothing.
    """

    def __init__(
        self,
        history: History,
        settings: Settings,
        start: LiveStart,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
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
        self._tell = tell
        self.trouble = ""
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

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Keep what has happened; it is on the disk when this returns."""
        self.end(snapshot)

    def end(self, snapshot: Snapshot) -> None:
        """Keep what the end of the session brought."""
        happened = () if snapshot.guide is None else snapshot.guide.happened
        if snapshot.events or happened:
            self._safely(lambda: self._take(snapshot, happened))

    def answer(self, moment: PainMoment, level: int) -> None:
        """Keep an answer to the question for pain."""
        now = datetime.now(timezone.utc).astimezone()
        self._safely(lambda: self._keeper.answer(moment, level, now))

    def saved(self, files: Sequence[SavedFile]) -> None:
        """Remember files that were made of the session."""
        begun = self._begun
        if begun is not None and files:
            self._safely(lambda: begun.saved(files))

    def close(self) -> None:
        """Say that the session ended; the first time counts."""
        begun = self._begun
        if begun is not None and self._session.ended_at is None:
            now = datetime.now(timezone.utc)
            self._session = replace(self._session, ended_at=now)
            self._safely(lambda: begun.end(now))

    def discard(self) -> None:
        """As ``close``: what was done is kept."""
        self.close()

    def _safely(self, what: Callable[[], None]) -> None:
        if self.trouble:
            return
        try:
            what()
        except RepcountError as error:
            self.trouble = f"{error}; the session goes on and is not kept from here on"
            self._tell(self.trouble)

    def _take(self, snapshot: Snapshot, happened: Sequence[GuideEvent]) -> None:
        for event in snapshot.events:
            if isinstance(event, Rep | Hold):
                self._add(snapshot.exercise, event)
        for each in happened:
            if each.code in _ENDS_SET:
                self._place = None
            elif each.code == "undo":
                self._take_back(Hold if each.detail == "hold" else Rep)

    def _add(self, exercise: str, done: Rep | Hold) -> None:
        place = (exercise, done.side)
        if place != self._place:
            self._place, self._done = place, []
            self._numbers[place] = self._numbers.get(place, 0) + 1
            bare = KeptSet(self._numbers[place], exercise, done.side)
            known = self._counting.get(exercise)
            self._keeper.begin_set(bare if known is None else replace(bare, asked=known.kept))
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
