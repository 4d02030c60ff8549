"""Which exercise is being done: arbitration between counters that all watch the same person.

Each exercise's own counter says what it would count. One repetition alone is an accident; two in a row,
or one long hold, name the exercise, and what came before counts in hindsight. So a new exercise's file
is recognised by what it says already: its posture, its moving joint and what a repetition must show.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from repcount.core.model import Hold, Rep

IN_A_ROW_S = 8.0  # repetitions further apart than this do not support each other
ENOUGH_REPS = 2
ALIKE = 2.0  # a repetition done badly takes no more than so many times as long as those around it
ENOUGH_HOLD_S = 3.0
OVERLAP_SHARE = 0.3  # two exercises cannot both be right about the same moment


@dataclass(frozen=True)
class Done:
    """A repetition with the hold that it may have been.

    Attributes
    ----------
    fit : how much of what the exercise asks for it shows, 0..1; settles who is right.
    typical : whether it can name the exercise; one done badly counts among others, but names nothing.
    """

    rep: Rep
    hold: Hold | None
    fit: float
    typical: bool = True


@dataclass
class Stretch:
    """An exercise from its first to its last repetition, as far as is known."""

    exercise: str
    done: list[Done] = field(default_factory=list)


def _overlap(a: Rep, b: Rep) -> float:
    shared = min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
    shorter = min(a.end_s - a.start_s, b.end_s - b.start_s)
    return shared / shorter if shorter > 0 else 0.0


def _alike(a: Rep, b: Rep) -> bool:
    """Whether two repetitions may be of one set: about as long and as large as each other."""
    shorter, longer = sorted((a.end_s - a.start_s, b.end_s - b.start_s))
    smaller, larger = sorted((a.rom_deg, b.rom_deg))
    return longer <= ALIKE * shorter and larger <= ALIKE * smaller


class Recognizer:
    """Streams what the counters say in, gives what counts out."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self._waiting: dict[str, list[Done]] = {}

    @property
    def current(self) -> str | None:
        """The exercise under way, None before the first is named."""
        return self.stretches[-1].exercise if self.stretches else None

    def update(self, exercise: str, done: Done) -> list[Done]:
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

    def take_back(self) -> Done:
        """Forget the last of what counts, and its stretch where that was all of it."""
        last = self.stretches[-1].done.pop()
        if not self.stretches[-1].done:
            self.stretches.pop()
        return last

    def _is_taken(self, done: Done) -> bool:
        """Whether this moment belongs already to what has been named."""
        recent = self.stretches[-1].done[-3:] if self.stretches else []
        return any(_overlap(done.rep, other.rep) > OVERLAP_SHARE for other in recent)

    def _is_named(self, exercise: str, waiting: list[Done]) -> bool:
        typical = [d for d in waiting if d.typical]
        if len(typical) >= ENOUGH_REPS or self._goes_on(exercise, waiting):
            return True
        return any(d.hold is not None and d.hold.valid_s >= ENOUGH_HOLD_S for d in typical)

    def _goes_on(self, exercise: str, waiting: list[Done]) -> bool:
        """Whether it follows closely on what the same exercise has done."""
        if self.current != exercise:
            return False
        last = self.stretches[-1].done[-1].rep
        if waiting[0].rep.start_s - last.end_s > IN_A_ROW_S:
            return False
        return any(d.typical or _alike(d.rep, last) for d in waiting)

    def _has_better_rival(self, exercise: str, waiting: list[Done]) -> bool:
        for name, others in self._waiting.items():
            others = [d for d in others if d.typical]
            if name == exercise or not others:
                continue
            same = any(_overlap(a.rep, b.rep) > OVERLAP_SHARE for a in waiting for b in others)
            if same and max(d.fit for d in others) > max(d.fit for d in waiting):
                return True
        return False

    def _done_by(self, exercise: str) -> list[Done]:
        return self.stretches[-1].done if self.current == exercise else []

    def _settle(self, exercise: str) -> list[Done]:
        waiting = self._waiting.pop(exercise)
        sure = [d.rep for d in (*waiting, *self._done_by(exercise)[-1:]) if d.typical]
        settled = [d for d in waiting if d.typical or any(_alike(d.rep, rep) for rep in sure)]
        if self.current != exercise:
            self.stretches.append(Stretch(exercise))
        self.stretches[-1].done += settled
        for name, others in self._waiting.items():
            self._waiting[name] = [d for d in others if not self._is_taken(d)]
        return settled
