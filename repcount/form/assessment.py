"""From a movement to what is reported of it: a repetition, a hold, faults, status, the person's own best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from repcount.core.kinds import Doubt
from repcount.core.records import NAN, Fault, Hold, Pace, Rep, Side, Status
from repcount.counting.decision import Decision
from repcount.counting.movement import Movement
from repcount.counting.ranges import TargetRanges
from repcount.counting.scoring import probability
from repcount.exercises.rules import TempoRule
from repcount.exercises.spec import Direction, Exercise
from repcount.form.form_checker import WHOLE, SeenParts
from repcount.form.rule_watch import can_show

FIRST_REPS = 3  # the best is sought among the first three
LONE = 1.25  # a best that is this many times the next one is not trusted


class PersonalBest:
    """Takes movements in their order.

    The range of a movement is measured from the rest just before it. That rest is sometimes wrong, as when
    the person has only just stood up, or a chair hides the feet. So the height of the peak over the usual
    rest of the leg is used too.
    """

    def __init__(self) -> None:
        self._done: defaultdict[Side, list[Movement]] = defaultdict(list)

    def add(self, movement: Movement) -> None:
        """Remember a movement."""
        self._done[movement.side].append(movement)

    def share(self, movement: Movement) -> float:
        """The range of the newest movement as a share of the leg's own best."""
        return movement.rom / _best([one.rom for one in self._done[movement.side]])

    def is_below(self, movement: Movement, share: float) -> bool:
        """Whether the newest movement stays below a share of the best; its peak must show half of that."""
        done = self._done[movement.side]
        rest = median(one.rest for one in done)
        heights = [abs(one.peak - rest) for one in done]
        return self.share(movement) < share and heights[-1] < (1.0 + share) / 2 * _best(heights)


def _best(values: Sequence[float]) -> float:
    """The best of the first values; the next one where the best is too far above: its rest was wrong."""
    best, *others = sorted(values[:FIRST_REPS], reverse=True)
    return others[0] if len(others) == FIRST_REPS - 1 and best > LONE * others[0] else best


UNSEEN = 0.15  # below this visibility of its leg a repetition is uncertain
UNSURE = 0.5  # below this probability too
PACE_SLACK_S = 0.35  # measured times leave out the slow ends of a movement
JUMP_S = 0.2  # no leg goes one way faster than this: the network made a jump
FULL_HOLD_SHARE = 0.9  # of the seconds asked for


class Assessor:
    """Judges movements of one session in their order."""

    def __init__(self, exercise: Exercise, asked: TargetRanges) -> None:
        self._exercise = exercise
        self._asked = asked
        self._best = PersonalBest()
        self._reps = 0
        self._unseen = 0
        self._untimed = 0
        self._holds = 0

    @property
    def hidden(self) -> tuple[str, ...]:
        """Codes of what could not be judged in most: the range of a hidden leg, the tempo in few pictures."""
        range_ = (self._exercise.short.code,) if 2 * self._unseen > self._reps else ()
        tempo = self._exercise.tempo_faults if 2 * self._untimed > self._reps else ()
        return (*range_, *(rule.code for rule in tempo))

    def take_back(self, rep: bool, hold: bool) -> None:
        """Give the numbers of what was taken back to what comes next."""
        self._reps -= rep
        self._holds -= hold

    def rep(
        self,
        decision: Decision,
        form: tuple[Fault, ...],
        view_deg: float,
        told_s: float,
        seen: SeenParts = WHOLE,
    ) -> Rep:
        """The repetition that a movement was.

        Parameters
        ----------
        form : what the form checker found.
        told_s : when it is told.
        seen : what of it was in the picture; of what was not, no angle is told.
        """
        movement = decision.movement
        self._reps += 1
        shape, rule = movement.shape, self._exercise.short
        is_whole = seen.start and seen.rest and seen.peak
        if is_whole:
            self._best.add(movement)
        is_seen = is_whole and movement.visibility >= rule.seen
        self._unseen += not is_seen
        self._untimed += not seen.timed
        is_read = is_seen and not any(fault.code in rule.unless for fault in form)
        short = self._shortfall(movement) if is_read and can_show(rule, view_deg) else ()
        hasty = self._hasty(movement, view_deg) if seen.timed else ()
        faults = (*short, *form, *hasty)
        return Rep(
            number=self._reps,
            side=movement.side,
            start_s=shape.start_s,
            peak_s=shape.peak_s,
            end_s=shape.end_s,
            announced_s=told_s,
            rom_deg=movement.rom if is_whole else NAN,
            peak_deg=movement.peak if seen.peak else NAN,
            up_s=shape.up_s,
            hold_s=shape.hold_s,
            down_s=shape.down_s,
            faults=faults,
            confidence=probability(decision.log_odds),
            status=_status(decision.movement, decision.log_odds, bool(short), bool(faults), seen.start),
            target_share=self._target_share(movement) if is_whole and can_show(rule, view_deg) else NAN,
            best_share=self._best.share(movement) if is_whole else NAN,
            up_pace=_pace(shape.up_s if seen.timed else NAN, self._exercise.tempo.up_s),
            down_pace=_pace(shape.down_s if seen.timed else NAN, self._exercise.tempo.down_s),
        )

    def settled(self, rep: Rep, decision: Decision, log_odds: float, seen: SeenParts) -> Rep:
        """A repetition with the log-odds that it has in hindsight."""
        short = any(fault.code == self._exercise.short.code for fault in rep.faults)
        status = _status(decision.movement, log_odds, short, bool(rep.faults), seen.start)
        return replace(rep, confidence=probability(log_odds), status=status)

    def hold(self, decision: Decision, form: tuple[Fault, ...]) -> Hold | None:
        """The hold within a movement, None where it was too short to be one."""
        movement, held = decision.movement, decision.movement.held
        if held is None or held.valid_s < self._exercise.hold.min_hold_s:
            return None
        self._holds += 1
        short = held.valid_s < FULL_HOLD_SHARE * self._exercise.dose.hold_s
        return Hold(
            number=self._holds,
            side=movement.side,
            start_s=held.start_s,
            end_s=held.end_s,
            valid_s=held.valid_s,
            breaks=held.breaks,
            drift_deg=held.drift_deg,
            tremor_deg=held.tremor_deg,
            faults=form,
            status=_status(movement, decision.log_odds, short, bool(form)),
        )

    def _shortfall(self, movement: Movement) -> tuple[Fault, ...]:
        rule = self._exercise.short
        if not self._is_short(movement):
            return ()
        return (Fault(rule.code, movement.peak, "deg", movement.shape.peak_s),)

    def _is_short(self, movement: Movement) -> bool:
        rule, preset = self._exercise.short, self._asked.of(movement.side)
        if rule.own_best_share is not None:
            return self._best.is_below(movement, rule.own_best_share)
        margin = rule.below_target_deg or 0.0
        sign = 1.0 if self._exercise.drive.direction is Direction.RISING else -1.0
        if sign * (preset.target_deg - movement.peak) > margin:
            return True
        return preset.target_rom_deg is not None and movement.rom < preset.target_rom_deg - margin

    def _target_share(self, movement: Movement) -> float:
        target, rest = self._asked.of(movement.side).target_deg, movement.rest
        way = target - rest
        return (movement.peak - rest) / way if abs(way) > 1.0 else NAN

    def _hasty(self, movement: Movement, view_deg: float) -> tuple[Fault, ...]:
        faults = []
        for rule in self._exercise.tempo_faults:
            taken_s = _taken_s(movement, rule)
            if JUMP_S < taken_s < rule.below and can_show(rule, view_deg):
                faults.append(Fault(rule.code, taken_s, "s", movement.shape.peak_s))
        return tuple(faults)


def _pace(taken_s: float, span: tuple[float, float]) -> Pace:
    if taken_s != taken_s:
        return Pace.UNKNOWN
    if taken_s < span[0] - PACE_SLACK_S:
        return Pace.FAST
    return Pace.SLOW if taken_s > span[1] + PACE_SLACK_S else Pace.OK


def _taken_s(movement: Movement, rule: TempoRule) -> float:
    shape = movement.shape
    if rule.part == "way_s":
        return min(shape.up_s, shape.down_s)
    if rule.part == "up_s":
        return shape.up_s
    return shape.down_s if rule.part == "down_s" else shape.end_s - shape.start_s


def doubt_of(movement: Movement, log_odds: float, start_seen: bool = True) -> Doubt | None:
    """Why a repetition is uncertain; None where it is not."""
    if not start_seen:
        return Doubt.START_UNSEEN
    if movement.visibility < UNSEEN:
        return Doubt.LEG_HIDDEN
    return Doubt.UNSURE if probability(log_odds) < UNSURE else None


def _status(
    movement: Movement, log_odds: float, short: bool, faulty: bool, start_seen: bool = True
) -> Status:
    if doubt_of(movement, log_odds, start_seen) is not None:
        return Status.UNCERTAIN
    if short:
        return Status.SHORT
    return Status.FORM if faulty else Status.OK
