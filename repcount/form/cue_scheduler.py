"""Who speaks when: one cue at a time, the most important first, and none over and over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repcount.core.records import Cue, CueKind

AGAIN_S = 5.0  # the same words are not said again within this time, unless the fault is worse
PAUSE_S = 1.5  # the shortest time between two cues; only a limit of safety may come earlier
WORSE = 2.0  # worse: this many times as far beyond the limit as when it was last said
ORDER = (CueKind.LIMIT, CueKind.FAULT, CueKind.PRAISE)


@dataclass(frozen=True)
class CueRequest:
    """Something that might be said.

    Attributes
    ----------
    excess : how far beyond its limit it is; 0 where that has no measure.
    step : by how much at least ``excess`` must grow to be worse.
    """

    code: str
    text: str
    kind: CueKind = CueKind.FAULT
    excess: float = 0.0
    step: float = 0.0


class CueScheduler:
    """Takes wishes in the order of their importance, gives at most one cue."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[float, float]] = {}
        self._last: Cue | None = None

    def say(self, time_s: float, wishes: Sequence[CueRequest]) -> tuple[Cue, ...]:
        """The first of the wishes that may be said now."""
        for wish in sorted(wishes, key=lambda wish: ORDER.index(wish.kind)):
            if wish.text and self._is_due(time_s, wish) and self._is_quiet(time_s, wish):
                cue = Cue(time_s, wish.code, wish.text, wish.kind)
                self._last = cue
                if wish.kind is not CueKind.PRAISE:
                    self._said[wish.code] = (time_s, wish.excess)
                return (cue,)
        return ()

    def _is_due(self, time_s: float, wish: CueRequest) -> bool:
        """Whether it was not said just now, or has become worse since."""
        if wish.kind is CueKind.PRAISE or wish.code not in self._said:
            return True
        said_s, excess = self._said[wish.code]
        worse = wish.step > 0.0 and wish.excess >= max(WORSE * excess, excess + wish.step)
        return worse or time_s - said_s >= AGAIN_S

    def _is_quiet(self, time_s: float, wish: CueRequest) -> bool:
        """Whether nobody is in the middle of a cue, or this one is more urgent."""
        last = self._last
        if last is None or time_s - last.time_s >= PAUSE_S:
            return True
        return ORDER.index(wish.kind) < ORDER.index(last.kind)
