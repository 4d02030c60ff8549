"""A live session put into the history while it happens: each repetition is on the disk at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timezone

from repcount.config import Settings
from repcount.core.errors import RepcountError
from repcount.core.history_records import PainMoment, SavedFile
from repcount.core.records import Frame, Snapshot
from repcount.history.recovery import SessionJournal
from repcount.history.store import History
from repcount.history.writing import SessionKeeper
from repcount.pipeline.session_record import Entry, LiveStart, SessionCopy, SetFollower, begun_session

LIVE_WAIT_S = 0.2
"""How long a session stands still for another program that writes; then it goes on and tries again."""
TRY_EVERY_S = 1.0
TOLD_AFTER_S = 5.0
"""A history that takes nothing for so long is told of."""
LAST_WAIT_S = 10.0
"""How long the end of a session waits for it."""


class LiveHistory:
    """Keeps the snapshots of a live session; a ``Sink``.

    A session in which nothing was done and nothing answered leaves no trace. A set ends where the trainer
    says so, and where exercise or side change. If the history cannot be written, because another program
    locks it or the disk is full, the entries wait in a journal on the disk and are tried again until the end.
    The next start takes up what is left.

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
        self._session = begun_session(start, settings)
        self._tell = tell
        self.trouble = ""
        self._begun: SessionKeeper | None = None
        self._copy = SessionCopy(self._session)
        self._journal = SessionJournal(history.place, self._session.id)
        self._waiting: deque[Entry] = deque()
        self._failing_since_s: float | None = None
        self._tried_s, self._why = 0.0, ""
        self._is_ended = False
        self._follower = SetFollower(start.counting, self._keep)

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
        self._follower.update(snapshot)

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

    def _keep(self, what: Entry) -> None:
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
