"""A copy of a live session in memory, for the time in which the history cannot be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from repcount.core.history_records import KeptSession, KeptSet, PainMoment, SavedFile, with_figures
from repcount.core.records import Hold, Rep


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
