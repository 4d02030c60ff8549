"""The course of a programme: the exercise under way, its session and sets, and the guide of each moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from repcount.core.guide import (
    Achieved,
    Guide,
    GuideEvent,
    Joint,
    RaisedHands,
    Stage,
    TargetRange,
    Tempo,
)
from repcount.core.phrases import Phrases
from repcount.core.records import NAN, CountBy, ExerciseSummary, Hold, Rep, SetProgress, Snapshot, Status
from repcount.counting.ranges import TargetRanges
from repcount.session.auto_session import AutoSession
from repcount.session.guided.exercise_sets import Block, ExerciseSets, beat_at
from repcount.session.guided.framing import ANY_VIEW, FINE, FramingAdvice
from repcount.session.session import Session

ASTRAY_REPS = 2  # this many repetitions in a row with the wrong leg are told
COUNTDOWN_S = 3.0
WIDE_DEG = 10.0  # how far beyond its target the range is drawn

_JOINTS = {"knee_flexion_deg": Joint.KNEE, "hip_flexion_deg": Joint.HIP}


class ProgrammeProgress:
    """Goes through the exercises one by one.

    Attributes
    ----------
    item : the place of the exercise under way, from 0.
    session : of that exercise, and ``sets`` its sets.
    """

    def __init__(self, blocks: Sequence[Block], phrases: Phrases) -> None:
        self._blocks, self._phrases = tuple(blocks), phrases
        self._past: list[tuple[ExerciseSets, tuple[ExerciseSummary, ...]]] = []
        self.item = 0
        self._begin()

    def _begin(self) -> None:
        block = self.block
        self.session: Session | AutoSession = (
            AutoSession(block.exercises) if block.is_open else Session(*block.exercises[0])
        )
        self.sets = ExerciseSets(block)
        self.target: TargetRange | None = None if block.is_open else target_of(block)

    @property
    def block(self) -> Block:
        """The exercise under way."""
        return self._blocks[self.item]

    @property
    def items(self) -> int:
        """How many exercises there are."""
        return len(self._blocks)

    @property
    def title(self) -> str:
        """What the exercise under way is called."""
        return self._phrases.say("trainer.any") if self.block.is_open else self.block.exercise.title

    @property
    def views(self) -> tuple[tuple[float, float], ...]:
        """Camera angles, 0 front to 90 side, from which the exercise under way can be judged."""
        return ANY_VIEW if self.block.is_open else self.block.exercise.views

    @property
    def start_posture(self) -> FramingAdvice:
        """What to be told until the start posture is taken."""
        return FINE if self.block.is_open else FramingAdvice("start_posture", self.block.exercise.how[0])

    def advice_in_set(self, waiting: bool) -> FramingAdvice:
        """What to be told in a set in which all is seen: the other leg, or the start posture.

        Parameters
        ----------
        waiting : the start posture has not been taken for a while.
        """
        sets = self.sets
        if sets.astray >= ASTRAY_REPS or (sets.second_leg and not sets.done):
            return self.other_leg
        return self.start_posture if waiting else FINE

    @property
    def other_leg(self) -> FramingAdvice:
        """What to be told where the wrong leg moves."""
        side = self.sets.side
        text = "" if side is None else self._phrases.say(f"framing.other_leg.{side.value}")
        return FramingAdvice("other_leg", text)

    @property
    def is_last(self) -> bool:
        """Whether no exercise follows."""
        return self.item + 1 == len(self._blocks)

    @property
    def rest_s(self) -> float:
        """Seconds of rest after a set."""
        return self.block.dose.rest_s

    @property
    def counts_holds(self) -> bool:
        """Whether holds move the set on."""
        return self.block.count_by is CountBy.HOLDS

    @property
    def next_up(self) -> str:
        """What follows this set."""
        if self.block.is_open:
            return ""
        if self.sets.other_leg_next:
            return self._phrases.say("trainer.next.leg")
        if not self.sets.is_last:
            sets = self.block.dose.sets
            return self._phrases.say("trainer.next.set", number=self.sets.number + 1, sets=sets)
        if self.is_last:
            return self._phrases.say("trainer.next.end")
        return self._blocks[self.item + 1].exercise.title

    def progress(self, snapshot: Snapshot) -> SetProgress:
        """The set under way; that of the exercise that was recognised where nobody named one."""
        return snapshot.progress if self.block.is_open else self.sets.progress

    def undo(self) -> tuple[Rep | Hold, ...]:
        """Take the last repetition back; return what went."""
        gone = self.session.undo()
        for done in gone:
            self.sets.take_back(done)
        return gone

    def go_on(self, time_s: float) -> None:
        """Begin the next exercise."""
        self.sets.end()
        self.session.finish(time_s)
        self._past.append((self.sets, self.session.summaries()))
        self.item += 1
        self._begin()

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """Every exercise that was begun, in order."""
        past = tuple(summary for _, summaries in self._past for summary in summaries)
        return (*past, *self.session.summaries())

    def achieved(self) -> tuple[Achieved, ...]:
        """The summary of all exercises so far."""
        return achieved([*self._past, (self.sets, self.session.summaries())])

    def happening(
        self, code: str, time_s: float, text: str, seconds: float = NAN, detail: str = ""
    ) -> GuideEvent:
        """A happening of the set under way."""
        name = "auto" if self.block.is_open else self.block.exercise.name
        at, side = self.sets.progress, self.sets.side
        where = (at.number, at.sets, at.done, at.target)
        return GuideEvent(code, time_s, text, name, side, *where, seconds=seconds, detail=detail)


def target_of(block: Block) -> TargetRange:
    """The range asked for: from where a repetition is no longer short, to a little beyond the target."""
    exercise, options = block.exercise, block.options
    preset = TargetRanges(exercise, options.preset, options.own).of(options.side)
    rest_deg = max(0.0, sum(exercise.drive.rest) / 2)
    margin = exercise.short.below_target_deg or WIDE_DEG
    lo = max(exercise.drive.safe[0], preset.target_deg - margin)
    hi = min(exercise.drive.safe[1], preset.target_deg + WIDE_DEG)
    return TargetRange(_JOINTS.get(exercise.drive.signal), lo, hi, rest_deg, preset.target_deg)


def achieved(parts: Sequence[tuple[ExerciseSets, tuple[ExerciseSummary, ...]]]) -> tuple[Achieved, ...]:
    """The summary, a line for each exercise of which anything was done."""
    return tuple(
        _line(sets, summary)
        for sets, summaries in parts
        for summary in summaries
        if summary.repetitions or not sets.block.is_open
    )


def _line(sets: ExerciseSets, summary: ExerciseSummary) -> Achieved:
    names = {exercise.name: exercise for exercise, _ in sets.block.exercises}
    dose = names[summary.exercise].dose
    by_holds = (sets.block.options.count_by or dose.count) is CountBy.HOLDS
    counted = summary.holds if by_holds else summary.repetitions
    return Achieved(
        exercise=summary.exercise,
        title=names[summary.exercise].title,
        sets_done=sets.completed,
        sets=0 if sets.block.is_open else sets.whole,
        counted=summary.counted,
        hold_s=fsum(hold.valid_s for hold in summary.holds) if by_holds else 0.0,
        faulty=sum(done.status is not Status.OK for done in counted),
    )


@dataclass(frozen=True)
class GuideMoment:
    """Where a session stands; ``since_s`` is how long the stage has lasted."""

    stage: Stage
    since_s: float
    advice: FramingAdvice
    happened: tuple[GuideEvent, ...]
    over: bool
    unjudged: str = ""


def guide_of(
    course: ProgrammeProgress,
    exercise: str,
    moment: GuideMoment,
    tempo: Tempo | None,
    raised: RaisedHands | None,
) -> Guide:
    """The guide of this moment; ``exercise`` as the snapshot names it."""
    stage, block = moment.stage, course.block
    resting = stage is Stage.REST
    return Guide(
        stage=stage,
        instruction=moment.advice.text,
        code=moment.advice.code,
        exercise=exercise,
        title=course.title,
        side=course.sets.side,
        item=course.item + 1,
        items=course.items,
        next_up=course.next_up,
        countdown_s=max(0.0, COUNTDOWN_S - moment.since_s) if stage is Stage.COUNTDOWN else NAN,
        rest_left_s=max(0.0, course.rest_s - moment.since_s) if resting else NAN,
        rest_s=course.rest_s if resting else NAN,
        target=course.target,
        beat=beat_at(tempo, moment.since_s) if tempo is not None and stage is Stage.SET else None,
        raised=raised,
        camera="" if block.is_open else block.exercise.camera,
        achieved=course.achieved() if stage is Stage.DONE else (),
        happened=moment.happened,
        over=moment.over,
        unjudged=moment.unjudged,
    )
