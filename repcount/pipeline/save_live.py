"""A live session put into the history while it happens: each repetition is on the disk at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import partial

from repcount import __version__
from repcount.config import Settings
from repcount.core.errors import RepcountError
from repcount.core.guide import GuideEvent
from repcount.core.history_records import KeptSession, KeptSet, Kind, PainMoment, SavedFile
from repcount.core.model import Frame, Hold, Rep, Side, Snapshot
from repcount.history.store import History
from repcount.history.unkept import SessionJournal
from repcount.history.writing import SessionKeeper, new_id
from repcount.pipeline.save_analysis import dose_counting, settings_kept
from repcount.pipeline.session_copy import SessionCopy, SessionRecord
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.split_sets import Counting
from repcount.session.set_progress import moves_on

_ENDS_SET = frozenset({"set", "rest", "leg"})
LIVE_WAIT_S = 0.2
"""How long a session stands still for another program that writes; then it goes on and tries again."""
TRY_EVERY_S = 1.0
TOLD_AFTER_S = 5.0
"""A history that takes nothing for so long is told of."""
LAST_WAIT_S = 10.0
"""How long the end of a session waits for it."""


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
    says so, and where exercise or side change. What the history does not take at once, since another program
    locks it or the disk is full, waits in a journal on the disk and is tried again until the end; what is
    left then is taken up by the next start.

    Attributes
    ----------
    trouble : what the history complains of for some seconds already. Empty if nothing, or no more.
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
        self._copy = SessionCopy(self._session)
        self._journal = SessionJournal(history.place, self._session.id)
        self._waiting: deque[Callable[[SessionRecord], None]] = deque()
        self._failing_since_s: float | None = None
        self._tried_s, self._why = 0.0, ""
        self._is_ended = False
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
        if self._waiting and time.monotonic() - self._tried_s >= TRY_EVERY_S:
            self._try(LIVE_WAIT_S)

    def end(self, snapshot: Snapshot) -> None:
        """Keep what the end of the session brought."""
        happened = () if snapshot.guide is None else snapshot.guide.happened
        if snapshot.events or happened:
            self._take(snapshot, happened)

    def answer(self, moment: PainMoment, level: int) -> None:
        """Keep an answer to the question for pain."""
        now = datetime.now(timezone.utc).astimezone()
        self._keep(lambda record: record.answer(moment, level, now))

    def saved(self, files: Sequence[SavedFile]) -> None:
        """Remember files that were made of the session."""
        if files and (self.is_kept or self._waiting):
            self._keep(lambda record: record.saved(files))

    def close(self) -> None:
        """Say that the session ended; the first time counts."""
        if self._is_ended or not (self.is_kept or self._waiting):
            return
        self._is_ended = True
        now = datetime.now(timezone.utc)
        self._keep(lambda record: record.end(now))
        if self._waiting:
            self._try(LAST_WAIT_S)
        if self._waiting:
            where = f"it is in {self._journal.path}, and the next start of repcount takes it up"
            self.trouble = f"{self._why}; the session could not be kept whole: {where}"
            self._tell(self.trouble)
        self._journal.close()

    def discard(self) -> None:
        """As ``close``: what was done is kept."""
        self.close()

    def _keep(self, what: Callable[[SessionRecord], None]) -> None:
        what(self._copy)
        self._waiting.append(what)
        self._try(LIVE_WAIT_S)

    def _try(self, wait_s: float) -> None:
        """Give the history what waits, in its order, as far as it takes it."""
        self._tried_s = time.monotonic()
        try:
            with self._history.database.waiting(wait_s):
                while self._waiting:
                    self._waiting[0](self._keeper)
                    self._waiting.popleft()
        except RepcountError as error:
            self._put_off(error)
            return
        if self._failing_since_s is not None:
            self._journal.remove()
            if self.trouble:
                self._tell("the history has taken everything after all")
            self._failing_since_s, self.trouble = None, ""

    def _put_off(self, error: RepcountError) -> None:
        now_s, self._why = time.monotonic(), str(error)
        if self._failing_since_s is None:
            self._failing_since_s = now_s
        try:
            self._journal.write(self._copy.session, self._copy.files)
        except OSError as failure:
            self._why += f"; nor can {self._journal.path} be written ({failure.strerror})"
        if not self.trouble and now_s - self._failing_since_s >= TOLD_AFTER_S:
            self.trouble = f"{self._why}; the session goes on, and it is tried again"
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
