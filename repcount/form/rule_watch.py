"""One rule about form, watched: at this moment, for the cue; and in hindsight, for what is reported.

A cue cannot wait for the repetition to end, a report can: it knows whose leg it was, where the top was and
what rest looked like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from repcount.core.records import NAN, Side
from repcount.core.signal_names import BODY_NAMES, Reader, Signals, reader, seen_reader
from repcount.exercises.rules import FaultRule, Short, TempoRule
from repcount.exercises.spec import Preset
from repcount.exercises.terms import Moment, WhichLeg
from repcount.features.candidate import Shape
from repcount.features.signal_history import SLACK_S, SignalHistory
from repcount.features.spans import opposite

REST_S = 0.5  # rest is remembered as a running mean over about this long
BEFORE_S = 0.6  # in hindsight rest is the median of what a signal was this long before a movement
GAP_S = 0.3  # a breach does not last through a longer time without news
SHOWN_SHARE = 0.5  # of the moments of a rule must be seen; else "no fault" is not called good form
SURE_SHARE = 0.75  # of a hold must be seen; else a sag is not reported
SAG_S = 1.5  # a sag that ends before the hold does must last this long to count
SOON_S = 0.2  # a cue waits no longer than this, so that it comes within half a second of the fault
PEAK_S = 0.25  # a short peak is looked at for so long to either side

_SIDES = (Side.LEFT, Side.RIGHT, Side.BOTH)


@dataclass
class Breach:
    """A limit passed: since when, until when, and the worst of it."""

    since_s: float
    last_s: float
    worst: float
    worst_s: float


class RuleWatch:
    """Streams signals in.

    Parameters
    ----------
    history : what was measured before, for hindsight; the signals of each moment are added to it first.

    Attributes
    ----------
    kept_last_s : when the limit was last seen to be kept.
    """

    def __init__(self, rule: FaultRule, preset: Preset, history: SignalHistory) -> None:
        self.rule = rule
        self._history = history
        self._sides = _SIDES[:1] if rule.signal in BODY_NAMES else _SIDES
        self._read = {side: _seen_reader(rule, side) for side in self._sides}
        self._limit = _limit(rule, preset)
        self._sign = 1.0 if rule.above is not None else -1.0
        self._rest: dict[Side, tuple[float, float]] = {}
        self._top = NAN
        self._open: Breach | None = None
        self._kept_since_s: float | None = None
        self.kept_last_s = float("-inf")

    @property
    def breach(self) -> Breach | None:
        """The breach under way, once it has lasted long enough to be told of: a cue should not come late."""
        breach = self._open
        return breach if breach is not None and self._lasted(breach, most_s=self._soon_s) else None

    @property
    def _soon_s(self) -> float:
        return self.rule.lasts_s if self.rule.from_top else SOON_S

    def excess(self, breach: Breach) -> float:
        """How far beyond the limit the worst of a breach is, in the signal's unit."""
        return self._sign * (breach.worst - self._limit)

    def kept_s(self, time_s: float) -> float:
        """For how long the limit has been seen to be kept, without a break, up to now."""
        return 0.0 if self._kept_since_s is None else time_s - self._kept_since_s

    def learn_rest(self, time_s: float, signals: Signals) -> None:
        """Take signals of rest."""
        for side, read in self._read.items():
            value = read(signals)
            if value == value:
                old, old_s = self._rest.get(side, (value, time_s))
                share = min(1.0, (time_s - old_s) / REST_S)
                self._rest[side] = old + share * (value - old), time_s

    def update(self, time_s: float, signals: Signals, side: Side) -> None:
        """Take the newest signals, of a moment in which the rule applies."""
        whose = self._whose(side)
        value = self._read[whose](signals)
        if value != value or not self._has(side):  # what is not seen for sure all along is no proof
            self.end()
            return
        judged = value - self._compared_with(whose, value)
        if self._sign * (judged - self._limit) > 0.0:
            self._kept_since_s = None
            self._open = self._longer(self._open, time_s, judged)
        else:
            self._open = None
            self._kept_since_s = time_s if self._kept_since_s is None else self._kept_since_s
            self.kept_last_s = time_s

    def end(self) -> None:
        """The moment in which the rule applies is over."""
        self._open = self._kept_since_s = None
        self._top = NAN

    def forget(self) -> None:
        """What was measured until now is of another view."""
        self.end()
        self._rest.clear()

    def look_back(self, shape: Shape, side: Side) -> tuple[bool, Breach | None]:
        """The worst breach within a movement, in hindsight.

        The first says whether enough of the movement, and of the rest before, was seen to say that the limit
        was kept.
        """
        whose = self._whose(side)
        seen = self._values(whose, *_window(self.rule, shape))
        known = [value for _, value in seen if value == value]
        base = self._compared_with_before(shape, whose, known)
        if not known or base != base or not self._has(side):
            return False, None
        is_lost = self._is_lost(len(known), len(seen))
        return len(known) > SHOWN_SHARE * len(seen), None if is_lost else self._worst(seen, base)

    def _worst(self, seen: Sequence[tuple[float, float]], base: float) -> Breach | None:
        worst: Breach | None = None
        breach: Breach | None = None
        for time_s, value in seen:
            judged = value - base
            beyond = self._sign * (judged - self._limit) > 0.0
            breach = self._longer(breach, time_s, judged) if beyond else None
            if breach is not None and self._lasted(breach) and self._counts(breach, seen[-1][0]):
                further = worst is None or self._sign * (breach.worst - worst.worst) > 0.0
                worst = breach if further else worst
        return worst

    def _is_lost(self, known: int, looked_at: int) -> bool:
        """Whether a held leg was so often out of sight that a sag may be an error of the network."""
        return self.rule.from_top and known < SURE_SHARE * looked_at

    def _counts(self, breach: Breach, end_s: float) -> bool:
        """Whether the breach is real: a sag in a hold lasts to the end of the hold, or for a long time."""
        sagged = end_s - breach.last_s <= GAP_S or breach.last_s - breach.since_s >= SAG_S
        return sagged or not self.rule.from_top

    def _has(self, side: Side) -> bool:
        """Whether there is such a leg: where both move, there is no other."""
        return self.rule.leg is WhichLeg.ACTIVE or side is not Side.BOTH

    def _whose(self, side: Side) -> Side:
        if len(self._sides) == 1:  # of the body both sides are the same
            return self._sides[0]
        return side if self.rule.leg is WhichLeg.ACTIVE else opposite(side)

    def _furthest(self, values: Sequence[float]) -> float:
        """The value from which a rule about the top counts: the far end on the limit's good side."""
        return max(values) if self._sign < 0 else min(values)

    def _compared_with(self, whose: Side, value: float) -> float:
        """What the newest value is compared with: the furthest one at the top, the one at rest, or 0."""
        if self.rule.from_top:
            self._top = value if self._top != self._top else self._furthest((self._top, value))
            return self._top
        return self._rest.get(whose, (value, NAN))[0] if self.rule.change else 0.0

    def _compared_with_before(self, shape: Shape, whose: Side, known: Sequence[float]) -> float:
        """The same for a movement that is over, of whose values these are known."""
        if self.rule.from_top:
            deciles = quantiles(known, n=10) if len(known) > 1 else [NAN]
            return self._furthest((deciles[0], deciles[-1]))
        if not self.rule.change:
            return 0.0
        before = self._values(whose, shape.start_s - BEFORE_S, shape.start_s)
        return median([value for _, value in before if value == value] or [NAN])

    def _values(self, whose: Side, start_s: float, end_s: float) -> list[tuple[float, float]]:
        """Times and values between two times, NaN where nothing can be said."""
        read = self._read[whose]
        return [(time_s, read(signals)) for time_s, signals in self._history.between(start_s, end_s)]

    def _longer(self, breach: Breach | None, time_s: float, judged: float) -> Breach:
        if breach is None or time_s - breach.last_s > GAP_S:
            return Breach(time_s, time_s, judged, time_s)
        worse = self._sign * (judged - breach.worst) > 0.0
        worst, worst_s = (judged, time_s) if worse else (breach.worst, breach.worst_s)
        return Breach(breach.since_s, time_s, worst, worst_s)

    def _lasted(self, breach: Breach, most_s: float = float("inf")) -> bool:
        return breach.last_s - breach.since_s >= min(self.rule.lasts_s, most_s) - SLACK_S


def _seen_reader(rule: FaultRule, side: Side) -> Reader:
    """What reads a rule's signal: NaN where its leg is too hidden to be judged, or outside the picture."""
    read = seen_reader(str(rule.signal), side)
    if not rule.seen > 0.0 or rule.signal in BODY_NAMES:
        return read
    visibility, least = reader("visibility", side), rule.seen
    return lambda signals: NAN if visibility(signals) < least else read(signals)


def can_show(rule: FaultRule | TempoRule | Short, view_deg: float) -> bool:
    """Whether a camera at this angle can show this fault; unknown angles can show what needs none."""
    if isinstance(rule, FaultRule) and not rule.judged:
        return False
    return rule.view is None or rule.view[0] <= view_deg <= rule.view[1]


def _limit(rule: FaultRule, preset: Preset) -> float:
    limit = rule.above if rule.above is not None else rule.below
    return (limit or 0.0) + (preset.target_deg if rule.beyond_target else 0.0)


def _window(rule: FaultRule, shape: Shape) -> tuple[float, float]:
    """From when to when a rule looks at a movement."""
    if rule.when is Moment.OUT:
        return shape.start_s, shape.peak_start_s
    if rule.when is Moment.BACK:
        return shape.peak_end_s, shape.end_s
    if rule.from_top:
        return shape.peak_start_s, shape.lowering_s
    if rule.when is Moment.PEAK:
        around = max(PEAK_S, rule.lasts_s / 2 + 0.05)
        return min(shape.peak_start_s, shape.peak_s - around), max(shape.peak_end_s, shape.peak_s + around)
    return shape.start_s, shape.end_s
