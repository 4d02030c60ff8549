"""One exercise, from the first frame to the last: poses in, snapshots out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from repcount.core.kinds import CandidateSummary, Why
from repcount.core.records import (
    NAN,
    CountBy,
    Cue,
    ExerciseSummary,
    Hold,
    PersonalRange,
    Pose,
    Rep,
    Side,
    Snapshot,
)
from repcount.core.signal_names import Signals
from repcount.counting.decision import Decision, DecisionLog, Scores
from repcount.counting.leg import MAX_GAP_S
from repcount.counting.ranges import TargetRanges
from repcount.counting.rep_counter import RepCounter
from repcount.exercises.limits import with_limits
from repcount.exercises.spec import Exercise
from repcount.features.extraction import SignalExtractor
from repcount.features.running_median import RunningMedian
from repcount.features.visibility import PictureEdge, shown
from repcount.form.assessment import Assessor, doubt_of
from repcount.form.form_checker import WHOLE, FormChecker, MovementState, SeenParts
from repcount.form.rule_watch import can_show
from repcount.session.explanation import candidate_summary, own_reason
from repcount.session.set_progress import SetCounter, set_summaries, symmetry
from repcount.tracking.identity import Sight

CUE_S = 3.0  # a cue stays on the picture this long

Events = tuple[Rep | Hold | Cue, ...]


@dataclass(frozen=True)
class SessionOptions:
    """How an exercise is to be counted; None leaves it to the exercise's file.

    Attributes
    ----------
    side : count this leg only.
    preset : the range of motion asked for.
    count_by : what moves the set on.
    strict : only repetitions without any complaint move the set on.
    own : the person's own range for each side, taking the place of the preset's.
    limits : the person's own limits of safety, degrees by joint; those of the exercise's file stand anyway.
    explain : remember every candidate, to tell why it was counted or not.
    """

    side: Side | None = None
    preset: str | None = None
    count_by: CountBy | None = None
    strict: bool = False
    own: Mapping[Side, PersonalRange] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    explain: bool = False


class Session:
    """Ties measuring, counting and coaching together.

    Parameters
    ----------
    scores : what says how likely a movement is a repetition, where it is not what comes with the program.

    Raises
    ------
    SettingError
        The exercise has no such preset, or a limit leaves no room for a repetition.
    """

    def __init__(
        self, exercise: Exercise, options: SessionOptions | None = None, scores: Scores | None = None
    ) -> None:
        options = options or SessionOptions()
        exercise = with_limits(exercise, options.limits, asked=options.preset)
        asked = TargetRanges(exercise, options.preset, options.own)
        self.exercise = exercise
        self._log = DecisionLog() if options.explain else None
        self._counter = RepCounter(exercise, asked, options.side, scores, self._log)
        self.form = FormChecker(exercise, asked.of(None))
        self._assessor = Assessor(exercise, asked)
        self._sets = SetCounter(exercise.dose, options.count_by or exercise.dose.count, strict=options.strict)
        self._extractor = SignalExtractor(exercise)
        self._view = RunningMedian(0, 90)
        self._edge = PictureEdge()
        self._reps: list[Rep] = []
        self._holds: list[Hold] = []
        self._cues: list[Cue] = []
        self._decided: dict[int, tuple[Decision, SeenParts]] = {}
        self._first_s = NAN
        self._last_s = NAN
        self._seen_s = NAN

    def step(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Take the newest pose, None where nobody was found; times must increase.

        Raises
        ------
        SettingError
            The exercise is counted by heels and toes, and the pose has none.
        """
        sight, mended, signals = self._extractor.update(time_s, pose)
        return self.snapshot(time_s, mended, signals, self.advance(time_s, signals, sight))

    def advance(self, time_s: float, signals: Signals | None, sight: Sight = Sight.HERE) -> Events:
        """Take the newest signals, None where the person is not seen; return what has happened."""
        if self._first_s != self._first_s:
            self._first_s = time_s
        self._last_s = time_s
        if signals is None:
            if sight is Sight.ELSEWHERE:
                self._seen_s = time_s
                self._counter.wait(time_s)
            is_lost = time_s - self._seen_s > MAX_GAP_S
            return self._report(self._counter.lost()) if is_lost else ()
        self._seen_s = time_s
        ended = self._counter.lost() if sight is Sight.NEW else ()
        decisions = (*ended, *self._counter.update(time_s, signals))
        self._edge.add(signals)
        if self._counter.armed:
            self._view.add(signals.body.view_deg)
        cues = self.form.update(time_s, signals, self._doing(signals))
        if not decisions and not cues:
            return ()
        events = (*self._report(decisions), *cues)
        self._cues += cues
        return events

    def finish(self, time_s: float) -> Snapshot:
        """End the session: what was nearly done at the last frame is judged with what there is."""
        return self.snapshot(time_s, None, None, self.end(time_s))

    def end(self, time_s: float) -> Events:
        """As :meth:`finish`, for who asks for no snapshot."""
        return self._report(self._counter.flush())

    def undo(self) -> tuple[Rep | Hold, ...]:
        """Take the last repetition back, and the hold that it was; return what went, nothing if none was."""
        if not self._reps:
            return ()
        rep = self._reps.pop()
        holds = [hold for hold in self._holds if rep.start_s <= hold.start_s <= rep.end_s]
        self._holds = [hold for hold in self._holds if hold not in holds]
        self._assessor.take_back(True, bool(holds))
        gone: tuple[Rep | Hold, ...] = (rep, *holds)
        for done in gone:
            self._sets.take_back(done)
        return gone

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """The exercises of this session: the one that was named."""
        return (self.summary(),)

    def summary(self) -> ExerciseSummary:
        """All that was counted, from the first repetition to the last; the whole time where there is none."""
        settled = sorted(map(self.in_hindsight, self._reps), key=lambda rep: rep.start_s)
        reps = [replace(rep, number=i) for i, rep in enumerate(settled, 1)]
        holds = [replace(h, number=i) for i, h in enumerate(sorted(self._holds, key=lambda h: h.start_s), 1)]
        return ExerciseSummary(
            exercise=self.exercise.name,
            start_s=reps[0].start_s if reps else self._first_s,
            end_s=reps[-1].end_s if reps else self._last_s,
            view_deg=self.view_deg,
            not_judged=self.not_judged,
            out_of_picture=self.out_of_picture,
            counted=self._sets.count,
            repetitions=tuple(reps),
            holds=tuple(holds),
            cues=tuple(self._cues),
            sets=set_summaries(self._sets, reps, holds),
            symmetry=symmetry(reps),
            candidates=self._explained(),
        )

    def loose_candidates(self) -> tuple[CandidateSummary, ...] | None:
        """Candidates that belong to no exercise of the summaries: none, as the exercise is named."""
        return None

    def _explained(self) -> tuple[CandidateSummary, ...] | None:
        if self._log is None:
            return None
        return tuple(self.explained(each, own_reason(each, self._reps)) for each in self._log.decisions)

    def explained(self, decision: Decision, why: Why | None) -> CandidateSummary:
        """What is told of a candidate; ``why`` is why it does not count, None where it does."""
        seen = next(
            (seen for done, seen in self._decided.values() if done.movement is decision.movement), WHOLE
        )
        doubt = doubt_of(decision.movement, self._counter.likeliest(decision), seen.start)
        return candidate_summary(self.exercise.name, decision, self._counter.model, why, doubt)

    @property
    def new_person_s(self) -> float:
        """When another body, or another shot, took the place of the one before; NaN where none did."""
        return self._extractor.new_person_s

    @property
    def view_deg(self) -> float:
        """The camera's angle to the body while armed, median; NaN before."""
        return self._view.median_deg

    @property
    def out_of_picture(self) -> tuple[str, ...]:
        """Parts of the body that were outside the picture most of the time."""
        return self._edge.outside

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Codes of the faults that this view cannot show, or of which too little was seen."""
        hidden = (*self._assessor.hidden, *self.form.hidden)
        rules, view = self.exercise.rules, self.view_deg
        return tuple(rule.code for rule in rules if rule.code in hidden or not can_show(rule, view))

    def _doing(self, signals: Signals) -> MovementState:
        phase, side, is_plausible = self._counter.doing()
        view = self._view.median_deg
        return MovementState(phase, side, signals.body.view_deg if view != view else view, is_plausible)

    @property
    def candidates(self) -> tuple[Decision, ...]:
        """What was decided of every movement that might have been a repetition, in the order of the peaks.

        Raises
        ------
        RuntimeError
            They were not remembered: the session's options do not ask for it.
        """
        if self._log is None:
            raise RuntimeError("candidates are remembered with SessionOptions(explain=True) only")
        return self._log.decisions

    def in_hindsight(self, rep: Rep) -> Rep:
        """A repetition as sure as those that followed have made it."""
        decision, seen = self._decided[rep.number]
        return self._assessor.settled(rep, decision, self._counter.likeliest(decision), seen)

    def log_odds(self, rep: Rep) -> float:
        """Log-odds that a repetition of this session is one of its exercise, in hindsight."""
        return self._counter.likeliest(self._decided[rep.number][0])

    def _report(self, decisions: tuple[Decision, ...]) -> Events:
        return tuple(event for decision in decisions for event in self._judged(decision))

    def _judged(self, decision: Decision) -> list[Rep | Hold | Cue]:
        movement, shape = decision.movement, decision.movement.shape
        form = self.form.faults_of(shape, movement.side, self._view.median_deg)
        seen = self.form.seen_parts(shape, movement.side)
        rep = self._assessor.rep(decision, form, self._view.median_deg, self._last_s, seen)
        hold = self._assessor.hold(decision, form)
        self._reps.append(rep)
        self._decided[rep.number] = decision, seen
        events: list[Rep | Hold | Cue] = [rep]
        if hold is not None:
            self._holds.append(hold)
            events.append(hold)
        for done in (rep, hold):
            if done is not None:
                self._sets.add(done)
        cues = self.form.done(self._last_s, rep.start_s, rep.faults)
        self._cues += cues
        return [*events, *cues]

    def snapshot(self, time_s: float, pose: Pose | None, signals: Signals | None, events: Events) -> Snapshot:
        """What is known after a frame in which this was seen and this happened."""
        signals = signals or Signals()
        phase, side = self._counter.shown()
        last = self._cues[-1] if self._cues else None
        return Snapshot(
            time_s=time_s,
            exercise=self.exercise.name,
            pose=pose,
            phase=phase,
            side=side,
            left=shown(signals, Side.LEFT),
            right=shown(signals, Side.RIGHT),
            drive_deg=self._counter.drive if pose is not None else NAN,
            leg_drives_deg=self._counter.leg_drives if pose is not None else (NAN, NAN),
            view_deg=signals.body.view_deg,
            count=self._sets.count,
            reps=len(self._reps),
            holds=len(self._holds),
            holding_s=self._counter.holding_s,
            progress=self._sets.progress,
            cue=last if last is not None and time_s - last.time_s <= CUE_S else None,
            events=events,
        )
