"""Form: which rules of the exercise's file are broken, for how long and how badly, and what to say."""

from __future__ import annotations

from dataclasses import dataclass

from repcount.core.model import Cue, Fault, Phase, Side
from repcount.core.signals import SIGNALS, Signals
from repcount.engine.gate import opposite
from repcount.exercises.spec import Exercise, FaultRule, Moment, Preset, Short, Whose

REST_S = 0.5  # rest is remembered as a running mean over about this long
AGAIN_S = 5.0  # the same words are not said again before
PAUSE_S = 1.5  # and no two cues follow closer than this

_UNITS = {info.name: info.unit for info in SIGNALS}
_WHEN = {
    Moment.ALWAYS: frozenset(Phase) - {Phase.WAITING},
    Moment.REP: frozenset((Phase.OUT, Phase.PEAK, Phase.BACK)),
    Moment.OUT: frozenset((Phase.OUT,)),
    Moment.PEAK: frozenset((Phase.PEAK,)),
    Moment.BACK: frozenset((Phase.BACK,)),
}


@dataclass
class _Breach:
    """A limit passed: since when, until when, and the worst of it."""

    since_s: float
    last_s: float
    worst: float
    worst_s: float


class _Watch:
    """One rule, watched."""

    def __init__(self, rule: FaultRule, limit: float, sign: float) -> None:
        self.rule = rule
        self._limit = limit
        self._sign = sign
        self._rest: dict[Side, float] = {}
        self._rest_s: dict[Side, float] = {}
        self._open: _Breach | None = None
        self.proven: list[_Breach] = []

    def learn_rest(self, time_s: float, signals: Signals) -> None:
        """Remember where the signal is at rest, for rules about change."""
        for side in (Side.LEFT, Side.RIGHT, Side.BOTH):
            value = signals.value(str(self.rule.signal), side)
            if value == value:
                old = self._rest.get(side, value)
                share = min(1.0, (time_s - self._rest_s.get(side, time_s)) / REST_S)
                self._rest[side], self._rest_s[side] = old + share * (value - old), time_s

    def update(self, time_s: float, signals: Signals, side: Side) -> bool:
        """Look at one moment of a movement; return True when the fault has just been proven."""
        whose = side if self.rule.leg is Whose.ACTIVE else opposite(side)
        value = signals.value(str(self.rule.signal), whose)
        if value != value or not self._in_view(signals) or self._is_hidden(signals, whose):
            self._open = None  # what is not seen for sure all along is no proof
            return False
        judged = value - self._rest.get(whose, value) if self.rule.change else value
        if self._sign * (judged - self._limit) <= 0.0:
            self._open = None
            return False
        return self._note(time_s, judged)

    def end(self) -> None:
        """The moment in which the rule applies is over."""
        self._open = None

    def worst(self, breaches: list[_Breach]) -> _Breach:
        """The breach furthest beyond the limit."""
        return max(breaches, key=lambda breach: self._sign * breach.worst)

    def _in_view(self, signals: Signals) -> bool:
        return can_show(self.rule, signals.body.view_deg)

    def _is_hidden(self, signals: Signals, side: Side) -> bool:
        return self.rule.seen > 0.0 and signals.value("visibility", side) < self.rule.seen

    def _note(self, time_s: float, judged: float) -> bool:
        breach = self._open
        if breach is None:
            breach = self._open = _Breach(time_s, time_s, judged, time_s)
        breach.last_s = time_s
        if self._sign * (judged - breach.worst) > 0.0:
            breach.worst, breach.worst_s = judged, time_s
        if breach in self.proven or time_s - breach.since_s < self.rule.lasts_s - 1e-9:
            return False
        self.proven.append(breach)
        return True


def can_show(rule: FaultRule | Short, view_deg: float) -> bool:
    """Whether a camera at this angle can show this fault; unknown angles can show what needs none."""
    if isinstance(rule, FaultRule) and not rule.judged:
        return False
    return rule.view is None or rule.view[0] <= view_deg <= rule.view[1]


class Coach:
    """Streams signals in, gives cues out, and keeps the faults of the movement under way."""

    def __init__(self, exercise: Exercise, preset: Preset) -> None:
        self._watches = [
            _Watch(rule, _limit(rule, preset), 1.0 if rule.above is not None else -1.0)
            for rule in exercise.faults
            if rule.judged
        ]
        self._said: dict[str, float] = {}
        self._last_s = float("-inf")

    def update(self, time_s: float, signals: Signals, phase: Phase, side: Side | None) -> tuple[Cue, ...]:
        """Take the newest signals with the phase and the moving leg; return what is to be said now."""
        cues = []
        for watch in self._watches:
            if phase in (Phase.READY, Phase.WAITING) and watch.rule.change:
                watch.learn_rest(time_s, signals)
            if phase not in _WHEN[watch.rule.when]:
                watch.end()
            elif watch.update(time_s, signals, side or Side.BOTH):
                cues.append((watch.rule.code, watch.rule.say))
        return self.say(time_s, cues)

    def say(self, time_s: float, wishes: list[tuple[str, str]]) -> tuple[Cue, ...]:
        """Say the first of the wishes (code, words) that was not said just now; one at a time."""
        for code, words in wishes:
            recent = time_s - self._said.get(code, float("-inf")) < AGAIN_S
            if not recent and time_s - self._last_s >= PAUSE_S:
                self._said[code] = self._last_s = time_s
                return (Cue(time_s, code, words),)
        return ()

    def faults_between(self, start_s: float, end_s: float) -> tuple[Fault, ...]:
        """Faults proven within a movement, each with its worst value; those of before are forgotten."""
        faults = []
        for watch in self._watches:
            within = [b for b in watch.proven if b.last_s >= start_s and b.since_s <= end_s]
            watch.proven = [b for b in watch.proven if b.last_s >= end_s]
            if within:
                worst = watch.worst(within)
                unit = _UNITS[str(watch.rule.signal)]
                faults.append(Fault(watch.rule.code, worst.worst, unit, worst.worst_s))
        return tuple(faults)


def _limit(rule: FaultRule, preset: Preset) -> float:
    limit = rule.above if rule.above is not None else rule.below
    return (limit or 0.0) + (preset.target_deg if rule.beyond_target else 0.0)
