"""Which exercise is being done: arbitration between counters that all watch the same person.

Each exercise has its own counter, which says what it would count and how likely that is. One repetition alone
may be an accident. Two in a row, or one long hold, name the exercise; earlier ones then count too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from repcount.core.records import Hold, Rep

IN_A_ROW_S = 8.0  # repetitions further apart than this do not support each other
ENOUGH_REPS = 2
ENOUGH_HOLD_S = 3.0
NAMES_LOG_ODDS = 1.2  # a repetition names an exercise from this log-odds on: 77 %
OVERLAP_SHARE = 0.3  # two exercises cannot both be right about the same moment


@dataclass(frozen=True)
class RecognisedRep:
    """A repetition with the hold that it may have been.

    Attributes
    ----------
    log_odds : that it is one of its exercise; settles who is right.
    """

    rep: Rep
    hold: Hold | None
    log_odds: float


@dataclass
class ExerciseSegment:
    """An exercise from its first to its last repetition, as far as is known."""

    exercise: str
    done: list[RecognisedRep] = field(default_factory=list)


def _overlap(a: Rep, b: Rep) -> float:
    shared = min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
    shorter = min(a.end_s - a.start_s, b.end_s - b.start_s)
    return shared / shorter if shorter > 0 else 0.0


class Recognizer:
    """Streams what the counters say in, gives what counts out."""

    def __init__(self) -> None:
        self.stretches: list[ExerciseSegment] = []
        self._waiting: dict[str, list[RecognisedRep]] = {}

    @property
    def current(self) -> str | None:
        """The exercise under way, None before the first is named."""
        return self.stretches[-1].exercise if self.stretches else None

    def likeliest(self, time_s: float) -> str | None:
        """The exercise under way; before it is named, the likeliest of those seen just now, if any."""
        if self.stretches:
            return self.stretches[-1].exercise
        recent = (
            (done.log_odds, name)
            for name, waiting in self._waiting.items()
            for done in waiting
            if time_s - done.rep.end_s <= IN_A_ROW_S
        )
        return max(recent, default=(0.0, None))[1]

    def update(self, exercise: str, done: RecognisedRep) -> list[RecognisedRep]:
        """Take what one exercise's counter has just counted; return what counts now, in order."""
        if exercise != self.current and self._is_taken(done):
            return []
        waiting = [d for d in self._waiting.get(exercise, []) if done.rep.start_s - d.rep.end_s <= IN_A_ROW_S]
        waiting.append(done)
        self._waiting[exercise] = waiting
        if not self._is_named(exercise, waiting):
            return []
        if self._has_better_rival(exercise, waiting):
            return []
        return self._settle(exercise)

    def in_hindsight(self, exercise: str, log_odds: Callable[[Rep], float]) -> None:
        """Take anew how likely those are that wait: what followed speaks for them too."""
        waiting = self._waiting.get(exercise, [])
        self._waiting[exercise] = [replace(done, log_odds=log_odds(done.rep)) for done in waiting]

    def take_back(self) -> RecognisedRep:
        """Forget the last of what counts, and its stretch where that was all of it."""
        last = self.stretches[-1].done.pop()
        if not self.stretches[-1].done:
            self.stretches.pop()
        return last

    def _is_taken(self, done: RecognisedRep) -> bool:
        """Whether this moment belongs already to what has been named."""
        recent = self.stretches[-1].done[-3:] if self.stretches else []
        return any(_overlap(done.rep, other.rep) > OVERLAP_SHARE for other in recent)

    def _is_named(self, exercise: str, waiting: list[RecognisedRep]) -> bool:
        if self._goes_on(exercise, waiting):
            return True
        sure = [d for d in waiting if d.log_odds >= NAMES_LOG_ODDS]
        return len(sure) >= ENOUGH_REPS or any(
            d.hold is not None and d.hold.valid_s >= ENOUGH_HOLD_S for d in sure
        )

    def _goes_on(self, exercise: str, waiting: list[RecognisedRep]) -> bool:
        """Whether it follows closely on what the same exercise has done."""
        if self.current != exercise:
            return False
        return waiting[0].rep.start_s - self.stretches[-1].done[-1].rep.end_s <= IN_A_ROW_S

    def _has_better_rival(self, exercise: str, waiting: list[RecognisedRep]) -> bool:
        """Whether another exercise is likelier for the same time."""
        mine = max(d.log_odds for d in waiting)
        for name, others in self._waiting.items():
            if name == exercise or not others:
                continue
            same = any(_overlap(a.rep, b.rep) > OVERLAP_SHARE for a in waiting for b in others)
            if same and max(d.log_odds for d in others) > mine:
                return True
        return False

    def _settle(self, exercise: str) -> list[RecognisedRep]:
        settled = self._waiting.pop(exercise)
        if self.current != exercise:
            self.stretches.append(ExerciseSegment(exercise))
        self.stretches[-1].done += settled
        for name, others in self._waiting.items():
            self._waiting[name] = [d for d in others if not self._is_taken(d)]
        return settled
