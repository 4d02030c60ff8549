"""One rule about form, watched: since when its limit is passed, how badly, and since when it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from repcount.core.model import Side
from repcount.core.signals import Signals
from repcount.engine.gate import opposite
from repcount.exercises.rules import FaultRule, Short
from repcount.exercises.spec import Preset
from repcount.exercises.terms import Whose

REST_S = 0.5  # rest is remembered as a running mean over about this long
GAP_S = 0.3  # a breach does not last through a longer time without news
SLACK_S = 1e-9


@dataclass
class Breach:
    """A limit passed: since when, until when, and the worst of it."""

    since_s: float
    last_s: float
    worst: float
    worst_s: float


class Watch:
    """Streams signals in; keeps what was proven until it is asked for.

    Attributes
    ----------
    kept_last_s : when the limit was last seen to be kept.
    """

    def __init__(self, rule: FaultRule, preset: Preset) -> None:
        self.rule = rule
        self._limit = _limit(rule, preset)
        self._sign = 1.0 if rule.above is not None else -1.0
        self._rest: dict[Side, float] = {}
        self._rest_s: dict[Side, float] = {}
        self._open: Breach | None = None
        self._kept_since_s: float | None = None
        self.kept_last_s = float("-inf")
        self.proven: list[Breach] = []

    @property
    def breach(self) -> Breach | None:
        """The breach under way, once it is proven."""
        return self._open if self._open is not None and self._open in self.proven else None

    def excess(self, breach: Breach) -> float:
        """How far beyond the limit the worst of a breach is, in the signal's unit."""
        return self._sign * (breach.worst - self._limit)

    def kept_s(self, time_s: float) -> float:
        """For how long the limit has been seen to be kept, without a break, up to now."""
        return 0.0 if self._kept_since_s is None else time_s - self._kept_since_s

    def learn_rest(self, time_s: float, signals: Signals) -> None:
        """Remember where the signal is at rest, for rules about change."""
        for side in (Side.LEFT, Side.RIGHT, Side.BOTH):
            value = signals.value(str(self.rule.signal), side)
            if value == value:
                old = self._rest.get(side, value)
                share = min(1.0, (time_s - self._rest_s.get(side, time_s)) / REST_S)
                self._rest[side], self._rest_s[side] = old + share * (value - old), time_s

    def update(self, time_s: float, signals: Signals, side: Side) -> None:
        """Look at one moment in which the rule applies."""
        judged = self._judged(signals, side)
        if judged is None:  # what is not seen for sure all along is no proof
            self.end()
        elif self._sign * (judged - self._limit) <= 0.0:
            self._open = None
            self._kept_since_s = time_s if self._kept_since_s is None else self._kept_since_s
            self.kept_last_s = time_s
        else:
            self._kept_since_s = None
            self._note(time_s, judged)

    def end(self) -> None:
        """The moment in which the rule applies is over."""
        self._open = self._kept_since_s = None

    def take(self, start_s: float, end_s: float) -> Breach | None:
        """The worst breach proven within a movement; those of before its end are forgotten."""
        within = [b for b in self.proven if b.last_s >= start_s and b.since_s <= end_s]
        self.proven = [b for b in self.proven if b.last_s >= end_s]
        return max(within, key=lambda breach: self._sign * breach.worst, default=None)

    def _judged(self, signals: Signals, side: Side) -> float | None:
        whose = side if self.rule.leg is Whose.ACTIVE else opposite(side)
        value = signals.value(str(self.rule.signal), whose)
        hidden = self.rule.seen > 0.0 and signals.value("visibility", whose) < self.rule.seen
        if value != value or hidden or not can_show(self.rule, signals.body.view_deg):
            return None
        return value - self._rest.get(whose, value) if self.rule.change else value

    def _note(self, time_s: float, judged: float) -> None:
        breach = self._open
        if breach is None or time_s - breach.last_s > GAP_S:
            breach = self._open = Breach(time_s, time_s, judged, time_s)
        breach.last_s = time_s
        if self._sign * (judged - breach.worst) > 0.0:
            breach.worst, breach.worst_s = judged, time_s
        if breach not in self.proven and time_s - breach.since_s >= self.rule.lasts_s - SLACK_S:
            self.proven.append(breach)


def can_show(rule: FaultRule | Short, view_deg: float) -> bool:
    """Whether a camera at this angle can show this fault; unknown angles can show what needs none."""
    if isinstance(rule, FaultRule) and not rule.judged:
        return False
    return rule.view is None or rule.view[0] <= view_deg <= rule.view[1]


def _limit(rule: FaultRule, preset: Preset) -> float:
    limit = rule.above if rule.above is not None else rule.below
    return (limit or 0.0) + (preset.target_deg if rule.beyond_target else 0.0)
