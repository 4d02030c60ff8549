"""A session in which nobody says what is being done: every exercise is watched, the right one counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from repcount.core.errors import SettingError
from repcount.core.kinds import CandidateSummary
from repcount.core.records import NAN, CountBy, Cue, ExerciseSummary, Hold, Phase, Pose, Rep, Snapshot
from repcount.core.signal_names import Signals
from repcount.counting.decision import Decision, Scores
from repcount.counting.recognition import ExerciseSegment, RecognisedRep, Recognizer
from repcount.exercises.spec import Exercise
from repcount.features.extraction import Observation, SignalExtractor
from repcount.session.explanation import belonging, likeliest, recognised_why
from repcount.session.session import Events, Session, SessionOptions
from repcount.session.set_progress import SetCounter, set_summaries, symmetry
from repcount.tracking.identity import Sight

UNNAMED = "auto"
"""What a snapshot calls the exercise before it is known."""


class AutoSession:
    """As :class:`Session`, for several exercises at once, named by what is seen.

    Parameters
    ----------
    exercises : what may be done, each with its options; a range that an exercise lacks is left to its
        own file.
    scores : as in :class:`Session`.

    Raises
    ------
    SettingError
        None of the exercises has the range asked for.
    """

    def __init__(
        self, exercises: Sequence[tuple[Exercise, SessionOptions]], scores: Scores | None = None
    ) -> None:
        _check_preset(exercises)
        self._options = {e.name: _fitting(e, options) for e, options in exercises}
        self._sessions = {e.name: Session(e, self._options[e.name], scores) for e, _ in exercises}
        self._is_explained = all(options.explain for _, options in exercises)
        self._first = next(iter(self._sessions))
        self._nothing = self._new_sets(self._first).progress
        self._extractor = SignalExtractor()
        self._recognizer = Recognizer()
        self._set_counters: list[SetCounter] = []
        self._cues: list[tuple[str, Cue]] = []

    def step(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Take the newest pose, None where nobody was found; times must increase."""
        look = self._extractor.update(time_s, pose)
        return self._snapshot(time_s, look, self.advance(time_s, look.signals, look.sight))

    def advance(self, time_s: float, signals: Signals | None, sight: Sight = Sight.HERE) -> Events:
        """Take the newest signals, None where the person is not seen; return what has happened."""
        happened = {name: s.advance(time_s, signals, sight) for name, s in self._sessions.items()}
        return self._merge(time_s, happened) if any(happened.values()) else ()

    def finish(self, time_s: float) -> Snapshot:
        """End the session."""
        happened = {name: s.end(time_s) for name, s in self._sessions.items()}
        return self._snapshot(time_s, Observation(Sight.GONE), self._merge(time_s, happened))

    def undo(self) -> tuple[Rep | Hold, ...]:
        """Take the last repetition back, and the hold that it was; return what went, nothing if none was."""
        if not self._recognizer.stretches:
            return ()
        last = self._recognizer.take_back()
        gone = (last.rep,) if last.hold is None else (last.rep, last.hold)
        for done in gone:
            self._set_counters[-1].take_back(done)
        del self._set_counters[len(self._recognizer.stretches) :]
        return gone

    def summaries(self) -> tuple[ExerciseSummary, ...]:
        """The exercises that were done, in order; none where none was recognised."""
        stretches = zip(self._recognizer.stretches, self._set_counters, strict=True)
        return tuple(self._summary(stretch, sets) for stretch, sets in stretches)

    @property
    def candidates(self) -> Mapping[str, tuple[Decision, ...]]:
        """What was decided of every candidate of each exercise, as :attr:`Session.candidates` tells it."""
        return {name: session.candidates for name, session in self._sessions.items()}

    @property
    def new_person_s(self) -> float:
        """When another body, or another shot of it, took the place of the one before; NaN where none did."""
        return self._extractor.new_person_s

    def loose_candidates(self) -> tuple[CandidateSummary, ...] | None:
        """The likeliest candidates of all exercises, where none was recognised and they were asked for."""
        if not self._is_explained or self._recognizer.stretches:
            return None
        return likeliest(each for name, found in self.candidates.items() for each in self._told(name, found))

    def _told(self, name: str, decisions: Iterable[Decision]) -> tuple[CandidateSummary, ...]:
        """What is told of candidates of an exercise."""
        session, stretches = self._sessions[name], self._recognizer.stretches
        return tuple(session.explained(each, recognised_why(each, name, stretches)) for each in decisions)

    def _explained(self, stretch: ExerciseSegment) -> tuple[CandidateSummary, ...] | None:
        if not self._is_explained:
            return None
        mine = belonging(self.candidates[stretch.exercise], stretch, self._recognizer.stretches)
        return self._told(stretch.exercise, mine)

    def _merge(self, time_s: float, happened: dict[str, Events]) -> Events:
        """What counts of what each exercise's own session says."""
        before = self._recognizer.current
        events: list[Rep | Hold | Cue] = []
        for name, each in happened.items():
            if each:
                events += self._recognise(time_s, name, each)
        current = self._recognizer.current
        if current is None:
            return tuple(events)
        if current != before:  # until now its cues were thrown away
            faults = [event.faults for event in happened[current] if isinstance(event, Rep)]
            self._sessions[current].form.say_again(time_s, faults[-1] if faults else ())
            return tuple(events)
        cues = [event for event in happened[current] if isinstance(event, Cue)]
        self._cues += [(current, cue) for cue in cues]
        return (*events, *cues)

    def _snapshot(self, time_s: float, look: Observation, events: Events) -> Snapshot:
        leading = self._recognizer.likeliest(time_s)
        session = self._sessions[leading or self._first]
        snapshot = session.snapshot(time_s, look.pose, look.signals, events)
        if leading is None:  # nobody knows yet which movement would be one
            phase = Phase.WAITING if look.signals is None else Phase.READY
            snapshot = replace(snapshot, phase=phase, side=None)
        return self._shown(snapshot, self._recognizer.current)

    def _recognise(self, time_s: float, name: str, happened: Events) -> list[Rep | Hold]:
        reps = [event for event in happened if isinstance(event, Rep)]
        holds = {event.start_s: event for event in happened if isinstance(event, Hold)}
        events: list[Rep | Hold] = []
        self._recognizer.in_hindsight(name, self._sessions[name].log_odds)
        for rep in reps:
            hold = next((h for h in holds.values() if rep.start_s <= h.start_s <= rep.end_s), None)
            done = RecognisedRep(rep, hold, self._sessions[name].log_odds(rep))
            settled = self._recognizer.update(name, done)
            while len(self._set_counters) < len(self._recognizer.stretches):
                self._set_counters.append(self._new_sets(name))
            events += self._count(time_s, settled)
        return events

    def _count(self, time_s: float, settled: list[RecognisedRep]) -> list[Rep | Hold]:
        events: list[Rep | Hold] = []
        for done in settled:
            late = replace(done.rep, announced_s=max(time_s, done.rep.announced_s))
            for event in (late, done.hold):
                if event is not None:
                    self._set_counters[-1].add(event)
                    events.append(event)
        return events

    def _new_sets(self, name: str) -> SetCounter:
        dose, options = self._sessions[name].exercise.dose, self._options[name]
        count_by: CountBy = options.count_by or dose.count
        return SetCounter(dose, count_by, strict=options.strict)

    def _shown(self, snapshot: Snapshot, current: str | None) -> Snapshot:
        if current is None:
            return replace(
                snapshot,
                exercise=UNNAMED,
                drive_deg=NAN,
                count=0,
                reps=0,
                holds=0,
                holding_s=0.0,
                progress=self._nothing,
                cue=None,
            )
        done, sets = self._recognizer.stretches[-1].done, self._set_counters[-1]
        return replace(
            snapshot,
            count=sets.count,
            reps=len(done),
            holds=sum(d.hold is not None for d in done),
            progress=sets.progress,
        )

    def _summary(self, stretch: ExerciseSegment, sets: SetCounter) -> ExerciseSummary:
        session = self._sessions[stretch.exercise]
        done = sorted(stretch.done, key=lambda each: each.rep.start_s)
        reps = [session.in_hindsight(each.rep) for each in done]
        start_s, end_s = reps[0].start_s, reps[-1].end_s
        holds = [each.hold for each in done if each.hold is not None]
        return ExerciseSummary(
            exercise=stretch.exercise,
            start_s=start_s,
            end_s=end_s,
            view_deg=session.view_deg,
            not_judged=session.not_judged,
            out_of_picture=session.out_of_picture,
            counted=sets.count,
            repetitions=tuple(replace(rep, number=i) for i, rep in enumerate(reps, 1)),
            holds=tuple(replace(hold, number=i) for i, hold in enumerate(holds, 1)),
            cues=tuple(
                cue
                for name, cue in self._cues
                if name == stretch.exercise and start_s <= cue.time_s <= end_s + 1
            ),
            sets=set_summaries(sets, reps, holds),
            symmetry=symmetry(reps),
            candidates=self._explained(stretch),
        )


def _fitting(exercise: Exercise, options: SessionOptions) -> SessionOptions:
    return options if options.preset in exercise.presets else replace(options, preset=None)


def _check_preset(exercises: Sequence[tuple[Exercise, SessionOptions]]) -> None:
    """Complain of a range that none of the exercises has."""
    known = {name for exercise, _ in exercises for name in exercise.presets}
    for _, options in exercises:
        if options.preset is not None and options.preset not in known:
            raise SettingError(
                f"no exercise has a range `{options.preset}`; there are: {', '.join(sorted(known))}"
            )
