"""One session in the browser: poses in, snapshots out; what was done is handed over to be kept at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.core.guide import Stage, Surroundings
from repcount.core.history_records import KeptSession, Kind, PainMoment
from repcount.core.pain_advice import LoadAdvice, after_session
from repcount.core.records import NAN, Frame, InputSummary, Pose, Snapshot
from repcount.exercises import languages
from repcount.history.json_records import document_of
from repcount.io.result_tables import csv_text
from repcount.io.spreadsheets import MARK
from repcount.pipeline.loop import FrameLoop
from repcount.pipeline.session_record import Entry, SessionCopy, SetFollower, begun_session, live_start
from repcount.pipeline.session_review import Looking, review
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.trainer import Trainer, TrainerOptions
from repcount.voice.utterances import Tone, tone_of
from repcount.web.page_requests import PhoneClock

if TYPE_CHECKING:
    from repcount.core.guide import Command
    from repcount.exercises.spec import Exercise
    from repcount.session.session import SessionOptions
    from repcount.web.page_requests import SessionRequest

SOURCE: Final = "phone"
ENDLESS: Final = 9999

Keep = Callable[[str], None]
"""Takes a session as JSON, each time that something was added to it."""


@dataclass(frozen=True)
class SeenPicture:
    """What the page has found in one picture.

    Attributes
    ----------
    stamp_s : on the phone's clock.
    pose : None where nobody was found.
    brightness : 0 black to 1 white.
    people : how many there are, None where nobody has looked.
    """

    stamp_s: float
    pose: Pose | None
    brightness: float = NAN
    people: int | None = None


class _Handed:
    """An estimator whose poses were found elsewhere."""

    pose: Pose | None = None

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose that was handed in last."""
        return self.pose

    def close(self) -> None:
        """Nothing is open."""


class _Loop(FrameLoop):
    """The loop of a guided session in which the page has counted the people."""

    people: int | None = None

    def __init__(self, poses: _Handed, trainer: Trainer) -> None:
        super().__init__(poses, trainer)
        self._trainer = trainer

    def apply(self, command: Command) -> None:
        """Take a command; it works from the next picture on."""
        self._trainer.apply(command)

    def _count(self, frame: Frame, pose: Pose | None) -> Snapshot:
        return self._trainer.step(frame.time_s, pose, Surroundings(frame.brightness, self.people))


class AloneSession:
    """Steps the trainer with the poses of a page.

    Parameters
    ----------
    keep : takes the session as it is to be kept, from the first thing that was done or answered on.
    past : the newest sessions before this one, oldest first.
    film : the name of a film that is counted; nothing is asked for then, and it ends where the film does.
        None where a camera watches.

    Attributes
    ----------
    tone : of the tempo, that the newest picture brought; None where it brought none.
    """

    def __init__(
        self, wanted: SessionRequest, keep: Keep, past: Sequence[KeptSession], film: str | None = None
    ) -> None:
        self._past, self._film = tuple(past), film
        self._blocks: Sequence[Block] = wanted.blocks if film is None else _unasked(wanted.blocks)
        self._language = languages.load(wanted.settings.language)
        start = live_start(self._blocks, film or SOURCE, wanted.plan)
        begun = begun_session(start, wanted.settings)
        self._began, self._write = start.began, keep
        self._copy = SessionCopy(begun if film is None else replace(begun, kind=Kind.VIDEO))
        unasked = {name: replace(each, is_asked=False) for name, each in start.counting.items()}
        self._follower = SetFollower(start.counting if film is None else unasked, self._keep)
        self._poses = _Handed()
        tempo, words = wanted.tempo if film is None else None, self._language.words
        options = TrainerOptions(gestures=film is None, tempo=tempo, phrases=words)
        self._loop = _Loop(self._poses, Trainer(self._blocks, options))
        self.tone: Tone | None = None
        self._clock = PhoneClock()
        self.summary: InputSummary | None = None
        self.is_kept = False
        if wanted.pain is not None:
            self._answer(PainMoment.BEFORE, wanted.pain)

    @property
    def last(self) -> Snapshot | None:
        """What is known after the newest picture; None before the first one."""
        return None if self._loop.last is None else self._shown(self._loop.last)

    def step(self, seen: SeenPicture) -> Snapshot:
        """Take what was found in the newest picture."""
        loop = self._loop
        self._poses.pose, loop.people = seen.pose, seen.people
        frame = Frame(self._clock.update(seen.stamp_s), loop.frames, brightness=seen.brightness)
        before = None if loop.last is None else loop.last.guide
        snapshot = loop.step(frame)
        self.tone = tone_of(before, snapshot.guide)
        self._follower.update(snapshot)
        if snapshot.guide is not None and snapshot.guide.stage is Stage.DONE:
            self.finish()
        return self._shown(loop.last or snapshot)

    def apply(self, command: Command) -> None:
        """Take a command."""
        self._loop.apply(command)

    def finish(self) -> InputSummary:
        """End it, once: what was done is judged and kept."""
        if self.summary is not None:
            return self.summary
        loop = self._loop
        time_s = 0.0 if loop.last is None else loop.last.time_s
        if loop.last is not None:
            self._follower.update(loop.finish())
        self.summary = loop.summary(self._film or SOURCE, time_s, loop.frames)
        if self.is_kept:
            self._keep(lambda record: record.end(datetime.now(timezone.utc)))
        return self.summary

    def keep_pain(self, level: int) -> LoadAdvice:
        """Keep how much it hurts after the session; what that means for the next one.

        Raises
        ------
        InputError
            Nothing was done that the answer could belong to.
        """
        if not self.is_kept:
            raise InputError("nothing of this session is in the history, so there is no place for the answer")
        self._answer(PainMoment.AFTER, level)
        return after_session(self._copy.session)

    def csv(self) -> str:
        """The table of the session, as ``analyze --csv`` writes it."""
        return MARK + csv_text([self.finish()], self._began)

    def summed_up(self) -> dict[str, Any]:
        """The summary, an entry for each exercise; and why nothing could be judged, if so."""
        summary, guide, here = (
            self.finish(),
            None if self.last is None else self.last.guide,
            self._copy.session,
        )
        worst = max(
            (level for level in (here.pain_before, here.pain_after) if level is not None), default=None
        )
        looking = Looking((*self._past, here), datetime.now(timezone.utc).astimezone(), here.id, worst)
        achieved = () if guide is None else guide.achieved
        if self._film is not None:
            achieved = tuple(replace(each, sets=0, sets_done=0) for each in achieved)
        reviewed = review(self._blocks, achieved, summary.exercises, looking, self._language)
        return {
            "summary": [asdict(each) for each in reviewed],
            "unjudged": "" if guide is None else guide.unjudged,
        }

    def _shown(self, snapshot: Snapshot) -> Snapshot:
        """Without a number to reach, where a film asks for none."""
        if self._film is None:
            return snapshot
        return replace(snapshot, progress=replace(snapshot.progress, target=0, sets=0))

    def _answer(self, moment: PainMoment, level: int) -> None:
        now = datetime.now(timezone.utc).astimezone()
        self._keep(lambda record: record.answer(moment, level, now))

    def _keep(self, entry: Entry) -> None:
        self.is_kept = True
        entry(self._copy)
        self._write(json.dumps(document_of(self._copy.session), ensure_ascii=False))


def _unasked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The exercises without a dose: sets that are never full, of whichever leg, as a film shows them."""
    return tuple(Block(tuple(_endless(*each) for each in block.exercises)) for block in blocks)


def _endless(exercise: Exercise, options: SessionOptions) -> tuple[Exercise, SessionOptions]:
    dose = exercise.dose.model_copy(update={"sets": 1, "reps": ENDLESS, "holds": ENDLESS})
    return exercise.model_copy(update={"dose": dose}), options
