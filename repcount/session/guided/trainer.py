"""The trainer: a guided session through framing, sets and rests, exercise after exercise.

It wraps the sessions that ``analyze`` uses. Repetitions count at every stage, also while it asks for a better
place, counts down or rests; only in a pause no pose is counted. It works with poses, numbers and media time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from repcount.core.guide import Command, Gesture, GuideEvent, Stage, Surroundings, Tempo
from repcount.core.phrases import Phrases, english
from repcount.core.records import NAN, ExerciseSummary, Hold, Phase, Pose, Rep, Snapshot
from repcount.session.guided.exercise_sets import Block, completed
from repcount.session.guided.framing import (
    FINE,
    ConditionWatch,
    FramingAdvice,
    FramingCheck,
    PersonWatch,
    ToldAdvice,
    framing_advice,
)
from repcount.session.guided.gestures import COMMANDS, GestureDetector
from repcount.session.guided.programme_progress import COUNTDOWN_S, GuideMoment, ProgrammeProgress, guide_of

SUMMARY_S = 20.0  # the summary is shown this long before the session ends by itself
EARLY_REPS = 2  # this many repetitions in a rest begin the next set; one alone is an extra one


@dataclass(frozen=True)
class TrainerOptions:
    """How a session is guided: raised hands, tempo, how long the end is shown, and the words."""

    gestures: bool = True
    tempo: Tempo | None = None
    summary_s: float = SUMMARY_S
    phrases: Phrases = field(default_factory=english)


class Trainer:
    """A whole session, frame by frame, in place of a :class:`Session`.

    Parameters
    ----------
    blocks : the exercises in their order, at least one.

    Attributes
    ----------
    given : the pose that was last counted; None in a pause. ``analyze`` of these poses gives the same count.
    """

    def __init__(self, blocks: Sequence[Block], options: TrainerOptions | None = None) -> None:
        self._options = options or TrainerOptions()
        self._say = self._options.phrases.say
        self._course = ProgrammeProgress(blocks, self._options.phrases)
        self._gestures = GestureDetector()
        self._commands: list[Command] = []
        self._happened: list[GuideEvent] = []
        self._stage = Stage.FRAMING
        self._since_s = NAN
        self._time_s = 0.0
        self._paused: tuple[Stage, float] | None = None
        self._quit = False
        self.given: Pose | None = None
        self._framing, self._watch = FramingCheck(), PersonWatch()
        self._conditions, self._condition = ConditionWatch(), FINE
        self._told = ToldAdvice(self._options.phrases)
        self._early: list[Rep | Hold] = []

    def apply(self, command: Command) -> None:
        """Take a command; it is obeyed at the next step."""
        self._commands.append(command)

    def step(self, time_s: float, pose: Pose | None, around: Surroundings | None = None) -> Snapshot:
        """Take the newest pose, None where nobody was found, and what else is known; times must increase."""
        if self._since_s != self._since_s:
            self._since_s = time_s
            self._happen("exercise", self._course.title)
        self._time_s = time_s
        if self._options.gestures:
            gesture = self._gestures.update(time_s, pose)
            if gesture is not None and self._makes_sense(gesture):
                self._commands.append(COMMANDS[gesture])
        commands, self._commands = self._commands, []
        for command in commands:
            self._obey(command)
        self.given = None if self._stage in (Stage.PAUSED, Stage.DONE) else pose
        if self._stage not in (Stage.PAUSED, Stage.DONE):
            self._condition = self._conditions.update(time_s, pose, around or Surroundings())
        snapshot = self._course.session.step(time_s, self.given)
        self._credit(snapshot)
        self._move(pose, snapshot, around or Surroundings())
        return self._dressed(snapshot, pose)

    def finish(self, time_s: float) -> Snapshot:
        """End the session where the source ends; what was nearly done is judged."""
        self._time_s = time_s
        snapshot = self._course.session.finish(time_s)
        self._credit(snapshot)
        if self._stage is not Stage.DONE:
            self._done()
        return self._dressed(snapshot, None)

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """Every exercise that was begun, in order."""
        return self._course.summaries()

    @property
    def over(self) -> bool:
        """Whether the runner may end."""
        return self._quit or (
            self._stage is Stage.DONE and self._time_s - self._since_s >= self._options.summary_s
        )

    def _enter(self, stage: Stage) -> None:
        self._stage, self._since_s = stage, self._time_s
        self._told.update(FINE)
        self._early = []

    def _happen(self, code: str, text: str, seconds: float = NAN, detail: str = "") -> None:
        self._happened.append(self._course.happening(code, self._time_s, text, seconds, detail))

    # commands

    def _obey(self, command: Command) -> None:
        paused = self._stage is Stage.PAUSED
        if command is Command.QUIT:
            if self._stage is not Stage.DONE:
                self._done()
            self._quit = True
        elif self._stage is Stage.DONE:
            return
        elif command is Command.UNDO:
            self._undo()
        elif command is Command.PAUSE or (command is Command.TOGGLE_PAUSE and not paused):
            self._pause()
        elif command is Command.RESUME or command is Command.TOGGLE_PAUSE:
            self._resume()
        else:
            self._resume()
            self._skip(command)

    def _makes_sense(self, gesture: Gesture) -> bool:
        """Both hands end a set in which something was done, or a rest; who stretches before it goes on."""
        if gesture is Gesture.ONE_HAND:
            return True
        return self._stage is Stage.REST or (self._stage is Stage.SET and self._course.sets.done > 0)

    def _skip(self, command: Command) -> None:
        if command is Command.NEXT:
            self._end_set()
            self._next_block()
        elif self._stage is Stage.REST:
            self._end_rest()
        elif self._stage is Stage.SET:
            self._set_over()
        else:
            self._enter(Stage.SET)

    def _pause(self) -> None:
        if self._stage is not Stage.PAUSED:
            self._paused = (self._stage, self._since_s)
            self._stage, self._since_s = Stage.PAUSED, self._time_s
            self._happen("pause", self._say("trainer.paused"))

    def _resume(self) -> None:
        if self._stage is Stage.PAUSED and self._paused is not None:
            stage, since_s = self._paused
            self._stage, self._since_s = stage, since_s + self._time_s - self._since_s
            self._paused = None
            self._watch = PersonWatch()
            self._happen("resume", self._say("trainer.resumed"))

    def _undo(self) -> None:
        if self._course.undo():
            detail = "hold" if self._course.counts_holds else "repetition"
            self._happen("undo", self._say(f"trainer.taken_back.{detail}"), detail=detail)

    # sets

    def _credit(self, snapshot: Snapshot) -> None:
        if self._course.block.is_open:
            if self._stage in (Stage.FRAMING, Stage.COUNTDOWN) and completed(snapshot):
                self._enter(Stage.SET)
            return
        for done in completed(snapshot):
            if self._stage is Stage.REST:
                self._credit_early(done)
            elif self._stage is not Stage.DONE:
                self._credit_one(done)

    def _credit_one(self, done: Rep | Hold) -> None:
        if self._stage in (Stage.FRAMING, Stage.COUNTDOWN):
            self._enter(Stage.SET)
        if self._course.sets.add(done) and self._course.sets.is_full:
            self._set_over()

    def _credit_early(self, done: Rep | Hold) -> None:
        """In a rest: one is an extra one, two begin the next set."""
        if done.start_s < self._since_s - 1.0 or self._course.sets.is_last:
            return
        self._early.append(done)
        by_holds = self._course.counts_holds
        enough = isinstance(done, Hold) if by_holds else len(self._early) >= EARLY_REPS
        if enough:
            early = self._early
            self._end_rest()
            for each in early:
                self._credit_one(each)

    def _end_set(self) -> None:
        """Tell that the set under way has ended."""
        if self._stage is Stage.SET:
            sets = self._course.sets
            ended = "set_done" if sets.is_full else "set_ended"
            self._happen("set", self._say(f"trainer.{ended}", number=sets.progress.number))

    def _set_over(self) -> None:
        self._end_set()
        if self._course.sets.other_leg_next:
            self._course.sets.go_on()
            self._enter(Stage.SET)
            self._happen("leg", self._say("trainer.other_leg"))
        elif self._course.sets.is_last and self._course.is_last:
            self._done()
        else:
            self._enter(Stage.REST)
            self._happen("rest", self._say("trainer.rest", next=self._course.next_up), self._course.rest_s)

    def _end_rest(self) -> None:
        if self._course.sets.is_last:
            self._next_block()
        else:
            self._course.sets.go_on()
            self._enter(Stage.SET)

    def _next_block(self) -> None:
        if self._course.is_last:
            self._done()
            return
        self._course.go_on(self._time_s)
        self._framing, self._watch = FramingCheck(), PersonWatch()
        self._enter(Stage.FRAMING)
        self._happen("exercise", self._course.title)

    def _done(self) -> None:
        self._course.sets.end()
        self._enter(Stage.DONE)
        self._happen("end", self._say("trainer.end"))

    # stages

    def _move(self, pose: Pose | None, snapshot: Snapshot, around: Surroundings) -> None:
        since_s = self._time_s - self._since_s
        if self._stage is Stage.FRAMING:
            self._frame(pose, snapshot, around)
        elif self._stage is Stage.COUNTDOWN:
            if pose is None and self._watch.update(self._time_s, pose) != FINE:
                self._enter(Stage.FRAMING)
            elif since_s >= COUNTDOWN_S - 1e-9:
                self._enter(Stage.SET)
        elif self._stage is Stage.SET:
            self._advise(self._watch_set(pose, snapshot))
        elif self._stage is Stage.REST and since_s >= self._course.rest_s - 1e-9:
            self._end_rest()

    def _frame(self, pose: Pose | None, snapshot: Snapshot, around: Surroundings) -> None:
        found = framing_advice(pose, around, snapshot.view_deg, self._course.views)
        advice = self._framing.update(self._time_s, found)
        ready = self._course.block.is_open or snapshot.phase is not Phase.WAITING
        if advice == FINE and ready and self._time_s - self._since_s >= 0.5:
            self._enter(Stage.COUNTDOWN)
            return
        self._advise(advice if advice != FINE else self._course.start_posture)

    def _watch_set(self, pose: Pose | None, snapshot: Snapshot) -> FramingAdvice:
        advice = self._watch.update(self._time_s, pose)
        if advice != FINE or self._condition != FINE:
            return self._condition if advice == FINE else advice
        waiting = snapshot.phase is Phase.WAITING and self._time_s - self._since_s > COUNTDOWN_S
        return self._course.advice_in_set(waiting and pose is not None)

    def _advise(self, advice: FramingAdvice) -> None:
        if self._told.update(advice):
            self._happen("framing", self._told.now.text, detail=self._told.now.code)

    def _dressed(self, snapshot: Snapshot, pose: Pose | None) -> Snapshot:
        """The snapshot with what the trainer adds."""
        unjudged = self._conditions.reason if self._stage is Stage.DONE else ""
        since_s, happened = self._time_s - self._since_s, tuple(self._happened)
        moment = GuideMoment(self._stage, since_s, self._told.now, happened, self.over, unjudged)
        self._happened = []
        raised = self._gestures.raised(self._time_s) if self._options.gestures else None
        guide = guide_of(self._course, snapshot.exercise, moment, self._options.tempo, raised)
        cue = None if self._stage in (Stage.PAUSED, Stage.DONE) else snapshot.cue
        progress = self._course.progress(snapshot)
        return replace(snapshot, pose=pose, progress=progress, guide=guide, cue=cue)
