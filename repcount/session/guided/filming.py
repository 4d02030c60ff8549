"""A guided film: one set of slow repetitions to a beat, from which an exercise can be learned.

It counts nothing: nobody knows the exercise yet. It asks for a good place and for the start posture, leads by
the beat and collects the poses. It sees poses, numbers and media time alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from repcount.core.guide import Beat, Command, Gesture, Guide, GuideEvent, Part, Stage, Surroundings, Tempo
from repcount.core.phrases import Phrases, english
from repcount.core.records import NAN, ExerciseSummary, LegAngles, Phase, Pose, SetProgress, Snapshot
from repcount.session.guided.exercise_sets import beat_at
from repcount.session.guided.film_track import PATIENCE_S, FilmTrack, SettlingCheck, Track
from repcount.session.guided.framing import (
    FINE,
    LOST,
    LOST_S,
    ConditionWatch,
    FramingAdvice,
    PersonWatch,
    ToldAdvice,
)
from repcount.session.guided.gestures import COMMANDS, GestureDetector
from repcount.session.guided.programme_progress import COUNTDOWN_S

BEAT: Final = Tempo(3.0, 1.0, 3.0, 1.0)
LAST_S: Final = 3.0  # the start posture, once more, at the end
REACH_S: Final = 4.0  # before a pause: the time in which the person raises a hand or reaches a key
END_S: Final = 2.5
_AGAIN: Final = FramingAdvice("still_again")


@dataclass(frozen=True)
class FilmingOptions:
    """How a film is guided.

    Attributes
    ----------
    reps : repetitions to be led through.
    beat : seconds there, held, back, and at rest.
    end_s : the end is shown this long before it is over.
    """

    reps: int = 6
    beat: Tempo = BEAT
    gestures: bool = True
    end_s: float = END_S
    phrases: Phrases = field(default_factory=english)


class Filming:
    """Leads through one set, frame by frame, in place of a :class:`Trainer`.

    Parameters
    ----------
    name, title : of the exercise that is shown.

    Attributes
    ----------
    stopped : the person has ended it before all was shown.
    left : the person went away and did not come back.
    """

    def __init__(self, name: str, title: str, options: FilmingOptions | None = None) -> None:
        self._name, self._title = name, title
        self._options = options or FilmingOptions()
        self._say = self._options.phrases.say
        self._gestures = GestureDetector()
        self._commands: list[Command] = []
        self._happened: list[GuideEvent] = []
        self._track = FilmTrack()
        self._stage = Stage.FRAMING
        self._since_s = self._time_s = self._seen_s = NAN
        self._done_reps = 0
        self._part: tuple[int, Part] | None = None
        self._told = ToldAdvice(self._options.phrases)
        self._led = self._over = False
        self.stopped = self.left = False
        self._watch_anew()

    def apply(self, command: Command) -> None:
        """Take a command; it is obeyed at the next step, but for the end, after which none may come."""
        if command is Command.QUIT:
            self.stopped = self.stopped or self._stage is not Stage.DONE
            self._over = True
        else:
            self._commands.append(command)

    def step(self, time_s: float, pose: Pose | None, around: Surroundings | None = None) -> Snapshot:
        """Take the newest pose, None where nobody was found, and what else is known; times must increase."""
        gap_s, self._time_s = time_s - self._time_s, time_s
        if gap_s != gap_s:
            self._since_s = time_s
            self._happen("exercise", self._say("film.begin", title=self._title, reps=self._options.reps))
        elif gap_s > LOST_S and self._stage in (Stage.COUNTDOWN, Stage.SET):  # the camera was lost
            self._interrupt(Stage.FRAMING, time_s - gap_s)
        self._seen_s = self._seen_s if pose is None else time_s
        if self._options.gestures and self._gestures.update(time_s, pose) is Gesture.ONE_HAND:
            self._commands.append(COMMANDS[Gesture.ONE_HAND])
        commands, self._commands = self._commands, []
        for command in commands:
            self._obey(command)
        self._move(pose, around or Surroundings())
        return self._snapshot(pose)

    def finish(self, time_s: float) -> Snapshot:
        """End where the source ends; what was seen by then is the film."""
        self._time_s = time_s
        if self._stage is not Stage.DONE:
            self._enter(Stage.DONE)
        return self._snapshot(None)

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """Nothing: it counts nothing."""
        return ()

    @property
    def poses(self) -> Track:
        """The film."""
        return self._track.poses()

    @property
    def complaint(self) -> str:
        """What was asked for last and is not mended, in words; empty where all is well."""
        return self._told.now.text

    # stages

    def _enter(self, stage: Stage) -> None:
        self._stage = stage
        self._since_s = self._seen_s = self._time_s

    def _watch_anew(self) -> None:
        self._settling, self._watch, self._conditions = SettlingCheck(), PersonWatch(), ConditionWatch()

    def _move(self, pose: Pose | None, around: Surroundings) -> None:
        if self._stage is Stage.FRAMING:
            self._frame(pose, around)
        elif self._stage is Stage.COUNTDOWN:
            self._count_down(pose)
        elif self._stage is Stage.SET:
            self._lead(pose, around)
        elif self._stage is Stage.DONE:
            self._over = self._over or self._time_s - self._since_s >= self._options.end_s - 1e-9

    def _frame(self, pose: Pose | None, around: Surroundings) -> None:
        """Ask for a good place, then for the start posture; who begins too early is seen all the same."""
        if self._led and self._time_s - self._seen_s >= PATIENCE_S:
            self.left = True
            self._enter(Stage.DONE)
            return
        advice = self._settling.update(self._time_s, pose, around)
        if not self._settling.placed:
            self._track.cut(self._done_reps)
        elif self._done_reps == 0:
            self._track.add(self._time_s, pose)
        if self._settling.ready:
            self._begin()
        else:
            self._advise(advice)

    def _begin(self) -> None:
        self._advise(FINE)
        self._watch = PersonWatch()
        self._enter(Stage.COUNTDOWN)

    def _count_down(self, pose: Pose | None) -> None:
        if self._watch.update(self._time_s, pose) == LOST:
            self._interrupt(Stage.FRAMING, self._time_s)
            return
        self._track.add(self._time_s, pose)
        if self._time_s - self._since_s >= COUNTDOWN_S - 1e-9:
            self._led = True
            self._enter(Stage.SET)
            self._since_s -= self._done_reps * self._options.beat.whole_s

    def _lead(self, pose: Pose | None, around: Surroundings) -> None:
        advice = self._watch.update(self._time_s, pose)
        condition = self._conditions.update(self._time_s, pose, around)
        if advice == LOST:
            self._interrupt(Stage.FRAMING, self._time_s)
            return
        beat = self._beat()
        if beat is not None and beat.number > self._track.begun:
            self._track.mark()
        self._track.add(self._time_s, pose)
        self._tell(beat)
        self._advise(_AGAIN if beat is None else condition if advice == FINE else advice)
        if self._time_s - self._since_s >= self._beats_s + LAST_S - 1e-9:
            self._advise(FINE)
            self._enter(Stage.DONE)
            self._happen("end", self._say("trainer.end"))

    @property
    def _beats_s(self) -> float:
        return self._options.reps * self._options.beat.whole_s

    def _beat(self) -> Beat | None:
        """Where the beat is; None where it is over, or not yet begun."""
        since_s = self._time_s - self._since_s
        leads = self._stage is Stage.SET and since_s < self._beats_s - 1e-9
        return beat_at(self._options.beat, since_s) if leads else None

    def _tell(self, beat: Beat | None) -> None:
        """Say where to move when that changes."""
        part = None if beat is None else (beat.number, beat.part)
        if beat is not None and part != self._part:
            if beat.part is Part.UP:
                self._happen("beat", self._say("film.there", number=beat.number))
            elif beat.part is Part.DOWN:
                self._happen("beat", self._say("film.back"))
        self._part = part

    # commands

    def _obey(self, command: Command) -> None:
        paused = self._stage is Stage.PAUSED
        if self._stage is Stage.DONE:
            return
        if not paused and command in (Command.PAUSE, Command.TOGGLE_PAUSE):
            self._interrupt(Stage.PAUSED, self._time_s)
            self._happen("pause", self._say("trainer.paused"))
        elif paused and command in (Command.RESUME, Command.TOGGLE_PAUSE):
            self._enter(Stage.FRAMING)
            self._happen("resume", self._say("trainer.resumed"))
        elif command is Command.NEXT and self._stage is Stage.FRAMING:
            self._begin()

    def _interrupt(self, stage: Stage, left_s: float) -> None:
        """Leave the beat; it goes on from the repetition that was under way shortly before ``left_s``."""
        if self._stage is Stage.SET:
            led_s = left_s - self._since_s - REACH_S
            self._done_reps = min(self._options.reps, max(0, int(led_s // self._options.beat.whole_s)))
        self._track.cut(self._done_reps)
        self._part = None
        self._watch_anew()
        self._advise(FINE)
        self._enter(stage)

    # what is told

    def _advise(self, advice: FramingAdvice) -> None:
        if self._told.update(advice):
            self._happen("framing", self._told.now.text, detail=self._told.now.code)

    def _happen(self, code: str, text: str, detail: str = "") -> None:
        self._happened.append(GuideEvent(code, self._time_s, text, self._name, detail=detail))

    def _snapshot(self, pose: Pose | None) -> Snapshot:
        beat, reps = self._beat(), self._options.reps
        shown = reps if self._stage is Stage.DONE and not self.left else self._done_reps
        if self._stage is Stage.SET:
            shown = reps if beat is None else beat.number
        return Snapshot(
            time_s=self._time_s,
            exercise=self._name,
            pose=pose,
            phase=Phase.WAITING,
            side=None,
            left=LegAngles(),
            right=LegAngles(),
            drive_deg=NAN,
            view_deg=NAN,
            count=0,
            reps=0,
            holds=0,
            holding_s=0.0,
            progress=SetProgress(1, 1, shown, reps),
            guide=self._guide(beat),
        )

    def _guide(self, beat: Beat | None) -> Guide:
        left_s = COUNTDOWN_S - (self._time_s - self._since_s)
        happened, self._happened = tuple(self._happened), []
        raised = self._gestures.raised(self._time_s) if self._options.gestures else None
        return Guide(
            stage=self._stage,
            instruction=self._told.now.text,
            code=self._told.now.code,
            exercise=self._name,
            title=self._title,
            countdown_s=max(0.0, left_s) if self._stage is Stage.COUNTDOWN else NAN,
            beat=beat,
            raised=raised,
            happened=happened,
            over=self._over,
        )
