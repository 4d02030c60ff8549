"""Form: which rules of the exercise's file are broken, how badly, what to say, and when to praise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from repcount.core.records import Cue, CueKind, Fault, Phase, Side
from repcount.core.signal_names import SIGNALS, Signals, is_outside, reader
from repcount.exercises.rules import FaultRule, Short, TempoRule
from repcount.exercises.spec import Exercise, Legs, Preset
from repcount.exercises.terms import Moment
from repcount.features.candidate import Shape
from repcount.features.signal_history import SignalHistory, windows
from repcount.form.cue_scheduler import CueRequest, CueScheduler
from repcount.form.rule_watch import RuleWatch, can_show

LATER_S = 2.0  # what is to be said about a repetition waits this long for its turn
KEPT_S = 2.0  # within a hold a fault is gone once its limit has been kept this long
LEAD_S, START_S = 1.0, 0.1  # if nobody was seen in this time before a movement, it may have begun earlier
REACHED_SHARE = 0.6  # of the way to the target: from there on a leg may be at its peak
SETTLED_S = 0.3  # it is clear whose leg moves once the same one has for so long
UNLEARNT_S = 20.0  # older moments of rest have no weight: a rule averages rest over half a second
WORSE_DEG = 10.0  # a fault is told again once it is worse by this
WORSE_RATIO = 0.2  # the same for a signal that is no angle

JUDGED_PER_S = 5.0
"""Pictures a second. Derived: the shortest way takes about 0.8 s, and a curve needs four points."""

_UNITS = {info.name: info.unit for info in SIGNALS}
_WHEN = {
    Moment.ALWAYS: frozenset(Phase) - {Phase.WAITING},
    Moment.REP: frozenset((Phase.OUT, Phase.PEAK, Phase.BACK)),
    Moment.OUT: frozenset((Phase.OUT,)),
    Moment.PEAK: frozenset((Phase.PEAK,)),
    Moment.BACK: frozenset((Phase.BACK,)),
}
_RESTING = frozenset((Phase.READY, Phase.WAITING))
_SAGGING = frozenset(
    (Phase.OUT, Phase.PEAK)
)  # a leg that sinks is no longer still, and not yet on its way back


class MovementState(NamedTuple):
    """What the person is doing, and from where it is seen.

    Attributes
    ----------
    side : the moving leg, None before it is known.
    plausible : whether the movement can be a repetition. A leg that is put down bent, for the turn of the
        other leg, is no repetition: its form is not judged. Limits of safety hold all the same.
    """

    phase: Phase
    side: Side | None
    view_deg: float
    plausible: bool = True


class SeenParts(NamedTuple):
    """What was seen of a movement.

    Attributes
    ----------
    start : whether the person was seen before it; else it may have begun earlier.
    rest, peak : whether the joints that the exercise is counted by were in the picture then.
    timed : whether there were pictures enough to tell how quick it was.
    """

    start: bool = True
    rest: bool = True
    peak: bool = True
    timed: bool = True


WHOLE = SeenParts()


class FormChecker:
    """Streams signals in, gives cues out, and keeps the faults of the movement under way."""

    def __init__(self, exercise: Exercise, preset: Preset) -> None:
        self._rules = {rule.code: rule for rule in exercise.rules}
        self._history = SignalHistory()
        self._watches = [RuleWatch(rule, preset, self._history) for rule in exercise.faults if rule.judged]
        self._learning = [watch for watch in self._watches if watch.rule.change]
        self._by_phase = {phase: [w for w in self._watches if phase in _phases(w.rule)] for phase in Phase}
        sides = (Side.LEFT, Side.RIGHT, Side.BOTH)
        self._drive = {side: reader(exercise.drive.signal, side) for side in sides}
        self._drive_name = str(exercise.drive.signal)
        self._target_deg = preset.target_deg
        self._at_rest: Signals | None = None
        self._rested = SignalHistory(UNLEARNT_S)
        self._moment: MovementState | None = None
        self._applying: list[RuleWatch] = []
        self._looking: list[RuleWatch] = []
        self._each = exercise.drive.legs is Legs.EACH
        self._side: Side | None = None
        self._side_s = float("-inf")
        self._cues = CueScheduler()
        self._later: list[tuple[float, CueRequest]] = []
        self._told: dict[str, float] = {}
        self._movements = 0
        self._leans = False
        self._shown: Counter[str] = Counter()

    def update(self, time_s: float, signals: Signals, moment: MovementState) -> tuple[Cue, ...]:
        """Take the newest signals with what the person is doing; return what is to be said now."""
        if moment.side is not self._side:
            self._side, self._side_s = moment.side, time_s
        signals = self._level(signals)
        self._history.add(time_s, signals)
        resting = moment.phase in _RESTING
        if resting:
            self._at_rest = signals
        if resting or not moment.plausible:
            self._rested.add(time_s, signals)
        if self._looking or self._by_phase[moment.phase]:
            self._look(time_s, signals, moment)
        if self._later:
            self._later = [(until_s, wish) for until_s, wish in self._later if time_s <= until_s]
        if not (self._looking or self._later):
            return ()
        return self._say(time_s, [*self._pressing(), *(wish for _, wish in self._later), *self._kept(time_s)])

    def _level(self, signals: Signals) -> Signals:
        """What a level camera would have measured.

        Of what was measured before the lean was known, only that the person was seen is still of use.
        """
        if signals.level is None:
            return signals
        if not self._leans:
            self._leans = True
            for time_s, before in self._history.take():
                self._history.add(time_s, Signals(unseen=before.unseen))
            self._rested.take()
            for watch in self._watches:
                watch.forget()
        return signals.level

    def _look(self, time_s: float, signals: Signals, moment: MovementState) -> None:
        """Show the moment to each rule about this part; tell the other rules that their part is over."""
        if moment != self._moment:
            self._moment = moment
            self._applying = [watch for watch in self._by_phase[moment.phase] if _applies(watch.rule, moment)]
        looking = self._applying
        at_peak = [watch for watch in looking if watch.rule.when is Moment.PEAK]
        if at_peak and not (self._settled(time_s) and self._reached(signals, moment)):
            looking = [watch for watch in looking if watch not in at_peak]
        for watch in self._looking:
            if watch not in looking:
                watch.end()
        if looking:
            self._learn()
        for watch in looking:
            watch.update(time_s, signals, moment.side or Side.BOTH)
        self._looking = looking

    def _learn(self) -> None:
        """Let the rules know what rest was like, now that one of them asks."""
        for time_s, signals in self._rested.take():
            for watch in self._learning:
                watch.learn_rest(time_s, signals)

    def _settled(self, time_s: float) -> bool:
        """Whether it is clear which leg moves: the wrong one may seem to while they pass each other."""
        return not self._each or time_s - self._side_s >= SETTLED_S

    def _reached(self, signals: Signals, moment: MovementState) -> bool:
        """Whether enough of the way to the peak is done: a leg that has just set out slowly is not there."""
        side = moment.side or Side.BOTH
        value = self._drive[side](signals)
        rest = self._drive[side](self._at_rest or signals)
        return abs(value - rest) >= REACHED_SHARE * abs(self._target_deg - rest)

    def done(self, time_s: float, start_s: float, found: tuple[Fault, ...]) -> tuple[Cue, ...]:
        """Take the faults of a finished repetition; return what is still to be said of it.

        A fault that the person was told of before, and that this repetition does not have, is praised.
        """
        codes = {fault.code for fault in found}
        told = {code for code, told_s in self._told.items() if told_s >= start_s}
        wishes = [_wish(rule) for code, rule in self._rules.items() if code in codes - told]
        blind = {watch.rule.code for watch in self._watches if watch.kept_last_s < start_s}
        old = [code for code, told_s in self._told.items() if told_s < start_s]
        mended = [code for code in old if code not in codes | blind]
        wishes += [_praise(self._rules[code]) for code in mended]
        self._later = [(time_s + LATER_S, wish) for wish in wishes]
        for code in mended:
            del self._told[code]
        return self._say(time_s, wishes)

    def say_again(self, time_s: float, found: tuple[Fault, ...]) -> None:
        """Forget what was said, since nobody heard it; what was at fault last is said at the next step."""
        self._cues = CueScheduler()
        self._told.clear()
        codes = {fault.code for fault in found}
        wishes = (_wish(rule) for code, rule in self._rules.items() if code in codes)
        self._later = [(time_s + LATER_S, wish) for wish in wishes]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Codes of the faults that could not be judged in most movements: what they look at was hidden."""
        codes = (watch.rule.code for watch in self._watches)
        return tuple(code for code in codes if 2 * self._shown[code] < self._movements)

    def seen_parts(self, shape: Shape, side: Side) -> SeenParts:
        """Which parts of a movement were in the picture."""
        seen, name = windows(self._history, shape), self._drive_name
        before = self._history.between(shape.start_s - LEAD_S, shape.start_s - START_S)
        pictures = self._history.between(shape.end_s - 1.0, shape.end_s)
        return SeenParts(
            bool(before),
            _is_seen(name, side, seen.rest),
            _is_seen(name, side, seen.peak),
            len(pictures) >= JUDGED_PER_S,
        )

    def faults_of(self, shape: Shape, side: Side, view_deg: float) -> tuple[Fault, ...]:
        """The faults of a movement in hindsight, each with its worst value."""
        faults = []
        self._movements += 1
        for watch in self._watches:
            is_shown, worst = watch.look_back(shape, side)
            self._shown[watch.rule.code] += is_shown
            if worst is not None and can_show(watch.rule, view_deg):
                unit = _UNITS[str(watch.rule.signal)]
                faults.append(Fault(watch.rule.code, worst.worst, unit, worst.worst_s))
        return tuple(faults)

    def _pressing(self) -> list[CueRequest]:
        """What is being done wrong at this moment."""
        wishes = []
        for watch in self._looking:
            breach = watch.breach
            if breach is not None:
                in_degrees = _UNITS[str(watch.rule.signal)] == "deg"
                step = WORSE_DEG if in_degrees else WORSE_RATIO
                wishes.append(_wish(watch.rule, watch.excess(breach), step))
        return wishes

    def _kept(self, time_s: float) -> list[CueRequest]:
        """Praise for a fault that was told, and is gone within the same repetition or hold.

        A limit of the counted signal gets no praise: every repetition is within it again on its way back.
        """
        if not self._told:
            return []
        mended = [w.rule for w in self._watches if w.rule.code in self._told and w.kept_s(time_s) >= KEPT_S]
        return [_praise(rule) for rule in mended if not (rule.limit and rule.signal == self._drive_name)]

    def _say(self, time_s: float, wishes: list[CueRequest]) -> tuple[Cue, ...]:
        if not wishes:
            return ()
        cues = self._cues.say(time_s, wishes)
        for cue in cues:
            self._later = [(until_s, wish) for until_s, wish in self._later if wish.text != cue.text]
            if cue.kind is CueKind.PRAISE:
                self._told.pop(cue.code, None)
            else:
                self._told[cue.code] = time_s
        return cues


def _is_seen(name: str, side: Side, part: Sequence[Signals]) -> bool:
    """Whether what a signal needs was in the picture for most of a time."""
    outside = sum(is_outside(name, side, signals) for signals in part if signals.unseen)
    return 2 * outside <= len(part)


def _phases(rule: FaultRule) -> frozenset[Phase]:
    """Where in a repetition a rule looks."""
    return _SAGGING if rule.from_top else _WHEN[rule.when]


def _applies(rule: FaultRule, moment: MovementState) -> bool:
    """Whether a rule looks at a moment that is in its part of the repetition."""
    return (moment.plausible or rule.limit) and can_show(rule, moment.view_deg)


def _wish(rule: FaultRule | TempoRule | Short, excess: float = 0.0, step: float = 0.0) -> CueRequest:
    limit = isinstance(rule, FaultRule) and rule.limit
    return CueRequest(rule.code, rule.say, CueKind.LIMIT if limit else CueKind.FAULT, excess, step)


def _praise(rule: FaultRule | TempoRule | Short) -> CueRequest:
    return CueRequest(rule.code, rule.praise, CueKind.PRAISE)
