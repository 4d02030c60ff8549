"""People left out: each recording is counted by scores that have not seen its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.learning.table import Seen
from repcount.counting.decision import Scores
from repcount.counting.scoring import probability
from repcount.exercises import catalog
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions

Json = dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """One recording, counted with each exercise named and with none.

    Attributes
    ----------
    row : what the index says of it.
    named : repetitions by exercise named.
    auto : the same where none was named.
    chances : of each candidate of each exercise named: its peak, its probability, and whether it counted.
    """

    row: Json
    minutes: float
    named: dict[str, int]
    auto: dict[str, int]
    chances: dict[str, list[tuple[float, float, bool]]]

    @property
    def exercise(self) -> str | None:
        """What is done in it."""
        found: str | None = self.row["exercise"]
        return found

    @property
    def off(self) -> int:
        """How far from the nearest count that is right, its own exercise named."""
        return _off(self.named[str(self.exercise)], self.row["acceptable_reps"])

    @property
    def auto_off(self) -> int:
        """The same where none is named; a near relative may be left alone, nothing else may be counted."""
        others = sum(n for name, n in self.auto.items() if name != self.exercise)
        if self.row.get("near_relative") and not self.auto:
            return 0
        return _off(self.auto.get(str(self.exercise), 0), self.row["acceptable_reps"]) + others

    @property
    def negative_for(self) -> tuple[str, ...]:
        """The exercises of which nothing may be counted."""
        spared = self.row.get("not_judged_for") or ()
        return tuple(name for name in catalog.names() if name not in spared) if self.exercise is None else ()


def _off(found: int, right: Sequence[int]) -> int:
    return min(abs(found - n) for n in right)


def count(row: Json, seen: Seen, scores: Scores | None) -> Counted:
    """Count one recording by these scores."""
    sessions = {
        name: Session(catalog.get(name), SessionOptions(explain=True), scores) for name in catalog.names()
    }
    auto = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()], scores)
    end_s = seen[-1][0]
    for time_s, signals, sight in seen:
        for session in sessions.values():
            session.advance(time_s, signals, sight)
        auto.advance(time_s, signals, sight)
    for session in sessions.values():
        session.end(end_s)
    auto.finish(end_s)
    return Counted(
        row=row,
        minutes=(end_s - seen[0][0]) / 60,
        named={name: len(session.summary().repetitions) for name, session in sessions.items()},
        auto={s.exercise: len(s.repetitions) for s in auto.summaries()},
        chances={
            name: [(d.movement.shape.peak_s, probability(d.log_odds), d.counted) for d in session.candidates]
            for name, session in sessions.items()
        },
    )
