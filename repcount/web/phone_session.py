"""One guided session behind the phone: pictures in, snapshots out; the same trainer as ``repcount live``."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.core.guide import Stage
from repcount.core.history_records import PainAnswer, PainMoment
from repcount.core.records import Frame, InputSummary, Snapshot
from repcount.pipeline.loop import GuidedLoop
from repcount.session.guided.trainer import Trainer, TrainerOptions
from repcount.voice.utterances import Tone, tone_of
from repcount.web.page_requests import PhoneClock

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.core.guide import Command
    from repcount.core.pain_advice import LoadAdvice
    from repcount.history.store import History
    from repcount.web.page_requests import SessionRequest

SOURCE: Final = "phone"


def load_network(model: Path) -> None:
    """Load what a session needs, and let go of it again; the second time is quick.

    Raises
    ------
    RepcountError
        It cannot be loaded.
    """
    from repcount.pose.estimator import open_estimator

    open_estimator(model).close()


class PhoneSession:
    """Steps the trainer with a phone's pictures. Call it from one thread at a time.

    Its time is the phone's, less the gaps: after a lost connection it goes on where it was.

    Parameters
    ----------
    model : the bundle of the pose network.

    Attributes
    ----------
    tone : of the tempo, that the newest picture brought; None where it brought none.
    """

    def __init__(self, wanted: SessionRequest, model: Path) -> None:
        from repcount.exercises import languages
        from repcount.pipeline.save_live import LiveHistory
        from repcount.pipeline.session_record import live_start
        from repcount.pose.estimator import open_estimator, open_people_counter

        self._settings, self._blocks = wanted.settings, wanted.blocks
        phrases = languages.load(wanted.settings.language).words
        self._began = datetime.now(timezone.utc).astimezone()
        self._stack = ExitStack()
        with self._stack as stack:
            estimator = stack.enter_context(open_estimator(model))
            people = stack.enter_context(open_people_counter(model))
            history = stack.enter_context(_opened(wanted.settings))
            self._kept = LiveHistory(history, wanted.settings, live_start(wanted.blocks, SOURCE, wanted.plan))
            trainer = Trainer(wanted.blocks, TrainerOptions(tempo=wanted.tempo, phrases=phrases))
            self._loop = GuidedLoop(estimator, trainer, people)
            self._loop.open([self._kept])
            self._stack = stack.pop_all()
        if wanted.pain is not None:
            self._kept.answer(PainMoment.BEFORE, wanted.pain)
        self._clock = PhoneClock()
        self.tone: Tone | None = None
        self.summary: InputSummary | None = None
        self._final: dict[str, Any] | None = None

    @property
    def last(self) -> Snapshot | None:
        """What is known after the newest picture; None before the first one."""
        return self._loop.last

    @property
    def trouble(self) -> str:
        """What the history complained of; what is done from then on is not kept. Empty if nothing."""
        return self._kept.trouble

    def gap(self) -> None:
        """The connection was lost: the next picture follows on the last one, whenever it comes."""
        self._clock.gap()

    def step(self, stamp_s: float, jpeg: bytes) -> Snapshot:
        """Take a picture of the phone's time.

        Raises
        ------
        InputError
            It is no picture.
        """
        from repcount.sources.jpeg import decode_jpeg
        from repcount.sources.pictures import brightness

        image = decode_jpeg(jpeg)
        frame = Frame(self._clock.update(stamp_s), self._loop.frames, image, brightness(image))
        before = None if self._loop.last is None else self._loop.last.guide
        snapshot = self._loop.step(frame)
        self.tone = tone_of(before, snapshot.guide)
        if snapshot.guide is not None and snapshot.guide.stage is Stage.DONE:
            self.finish()
        return self._loop.last or snapshot

    def apply(self, command: Command) -> None:
        """Take a command."""
        self._loop.apply(command)

    def finish(self) -> InputSummary:
        """End it, once: what was done is judged and told to the history."""
        if self.summary is not None:
            return self.summary
        loop = self._loop
        time_s = 0.0 if loop.last is None else loop.last.time_s
        if loop.last is not None:
            loop.finish()
        self.summary = loop.summary(SOURCE, time_s, loop.frames)
        loop.close()
        self._stack.close()
        return self.summary

    def keep_pain(self, level: int) -> LoadAdvice:
        """Keep how much it hurts after the session; what that means for the next one.

        Raises
        ------
        InputError
            Nothing of the session was kept that the answer could belong to.
        HistoryError
            It cannot be kept.
        """
        from repcount.core.pain_advice import after_session
        from repcount.history import writing

        if not self._kept.is_kept:
            raise InputError("nothing of this session is in the history, so there is no place for the answer")
        now = datetime.now(timezone.utc).astimezone()
        answer = PainAnswer(self._settings.person, now, PainMoment.AFTER, level, self._kept.id)
        with _opened(self._settings) as history:
            writing.keep_pain(history, answer)
            self._final = None
            return after_session(history.session(self._kept.id))

    def csv(self) -> str:
        """The table of the session, as ``analyze --csv`` writes it."""
        from repcount.io.result_tables import csv_text
        from repcount.io.spreadsheets import MARK

        return MARK + csv_text([self.finish()], self._began)

    def summed_up(self) -> dict[str, Any]:
        """The summary, an entry for each exercise; and why nothing could be judged, if so."""
        if self._final is None:
            self._final = self._sum_up()
        return self._final

    def _sum_up(self) -> dict[str, Any]:
        from dataclasses import asdict

        from repcount.exercises import languages
        from repcount.pipeline.session_review import looked_up, review

        summary, guide = self.finish(), None if self.last is None else self.last.guide
        now = datetime.now(timezone.utc).astimezone()
        with _opened(self._settings) as history:
            looking = looked_up(history, self._settings.person, now, self._kept.id)
        achieved = () if guide is None else guide.achieved
        language = languages.load(self._settings.language)
        reviewed = review(self._blocks, achieved, summary.exercises, looking, language)
        return {
            "summary": [asdict(each) for each in reviewed],
            "unjudged": "" if guide is None else guide.unjudged,
        }


def _opened(settings: Settings) -> History:
    from repcount.history.location import find_place
    from repcount.history.recovery import take_up
    from repcount.history.store import History

    history = History(find_place(settings.database_url))
    for _ in take_up(history):  # what an earlier session could not keep
        pass
    return history
