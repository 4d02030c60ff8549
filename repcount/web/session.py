"""One guided session behind the phone: pictures in, snapshots out; the same trainer as ``repcount live``."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError, RepcountError
from repcount.core.guide import Stage, Surroundings
from repcount.core.kept import Moment, PainAnswer
from repcount.core.model import Frame, InputSummary, Snapshot
from repcount.engine.trainer import Trainer, TrainerOptions
from repcount.io.live_events import EventSink, end_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from repcount.config import Settings
    from repcount.core.guide import Command
    from repcount.core.load import Advice
    from repcount.diary import Diary
    from repcount.history.store import History
    from repcount.web.wishes import Wished

AFTER_GAP_S: Final = 0.1
LONGEST_STEP_S: Final = 2.0
"""Pictures further apart are a gap: the connection stood still, or the page was in the background."""
LOOK_ROUND_S: Final = 0.5
SOURCE: Final = "phone"


def load_network(model: Path) -> None:
    """Load what a session needs, and let go of it again; the second time is quick.

    Raises
    ------
    RepcountError
        It cannot be loaded.
    """
    from repcount.poses.mediapipe import MediaPipeEstimator

    MediaPipeEstimator(model).close()


class PhoneSession:
    """Steps the trainer with a phone's pictures. Call it from one thread at a time.

    Its time is the phone's, less the gaps: after a lost connection it goes on where it was.

    Parameters
    ----------
    model : the bundle of the pose network.

    Attributes
    ----------
    trouble : what the history complained of; what is done from then on is not kept. Empty if nothing.
    """

    def __init__(self, wished: Wished, model: Path) -> None:
        from repcount.poses.mediapipe import MediaPipeEstimator, PeopleCounter

        self._trainer = Trainer(wished.blocks, TrainerOptions())
        self._settings = wished.settings
        self._began = datetime.now(timezone.utc).astimezone()
        self.trouble = ""
        self._stack = ExitStack()
        with self._stack as stack:
            self._estimator = stack.enter_context(MediaPipeEstimator(model))
            self._people = stack.enter_context(PeopleCounter(model))
            history = stack.enter_context(_opened(wished.settings))
            self._diary: Diary | None = _diary(history, wished, self._began)
            self._stack = stack.pop_all()
        pain = wished.pain
        if pain is not None:
            self._keep(lambda diary: diary.answer(Moment.BEFORE, pain))
        self._events = EventSink(lambda event: self._keep(lambda diary: diary.on_event(event)))
        self._offset_s: float | None = None
        self._stamp_s = 0.0
        self._looked_s, self._seen = -LOOK_ROUND_S, 1
        self._frames = self._with_pose = 0
        self.last: Snapshot | None = None
        self.summary: InputSummary | None = None

    def gap(self) -> None:
        """The connection was lost: the next picture follows on the last one, whenever it comes."""
        self._offset_s = None

    def step(self, stamp_s: float, jpeg: bytes) -> Snapshot:
        """Take a picture of the phone's time.

        Raises
        ------
        InputError
            It is no picture.
        """
        from repcount.sources.fitting import brightness
        from repcount.sources.jpeg import decoded

        image = decoded(jpeg)
        last_s = -AFTER_GAP_S if self.last is None else self.last.time_s
        if self._offset_s is None or not 0 < stamp_s - self._stamp_s <= LONGEST_STEP_S:
            self._offset_s = last_s + AFTER_GAP_S - stamp_s
        self._stamp_s = stamp_s
        frame = Frame(stamp_s + self._offset_s, self._frames, image, brightness(image))
        pose = self._estimator.estimate(frame)
        around = Surroundings(frame.brightness, self._look(frame))
        self.last = self._trainer.step(frame.time_s, pose, around)
        self._frames += 1
        self._with_pose += pose is not None
        self._events.write(frame, self.last)
        if self.last.guide is not None and self.last.guide.stage is Stage.DONE:
            self.finish()
        return self.last

    def apply(self, command: Command) -> None:
        """Take a command."""
        self._trainer.apply(command)

    def finish(self) -> InputSummary:
        """End it, once: what was done is judged and told to the history."""
        if self.summary is not None:
            return self.summary
        time_s = 0.0
        if self.last is not None:
            time_s = self.last.time_s
            self.last = self._trainer.finish(time_s)
            self._events.write(Frame(time_s, self._frames), self.last)
        self.summary = InputSummary(
            source=SOURCE,
            duration_s=time_s,
            frames=self._frames,
            frames_tracked=self._frames,
            frames_with_pose=self._with_pose,
            exercises=self._trainer.summaries(),
        )
        end = end_event(time_s, self.summary.exercises)
        self._keep(lambda diary: diary.on_event(end))
        self._keep(lambda diary: diary.close())
        self._stack.close()
        return self.summary

    def hurts(self, level: int) -> Advice:
        """Keep how much it hurts after the session; what that means for the next one.

        Raises
        ------
        InputError
            Nothing of the session was kept that the answer could belong to.
        HistoryError
            It cannot be kept.
        """
        from repcount.core.load import after_session
        from repcount.history.keeper import keep_pain

        if self._diary is None or not self._diary.is_kept:
            raise InputError("nothing of this session is in the history, so there is no place for the answer")
        now = datetime.now(timezone.utc).astimezone()
        answer = PainAnswer(self._settings.person, now, Moment.AFTER, level, self._diary.id)
        with _opened(self._settings) as history:
            keep_pain(history, answer)
            return after_session(history.session(self._diary.id))

    def csv(self) -> str:
        """The table of the session, as ``analyze --csv`` writes it."""
        from repcount.io.repetition_csv import csv_text

        return csv_text([self.finish()], self._began)

    def rows(self) -> list[dict[str, Any]]:
        """The summary, a row for each exercise."""
        from dataclasses import asdict

        from repcount.io.result_tables import table_rows

        return [asdict(row) for row in table_rows(self.finish())]

    def _look(self, frame: Frame) -> int | None:
        guide = None if self.last is None else self.last.guide
        if guide is not None and guide.stage is not Stage.FRAMING:
            return None
        if frame.time_s - self._looked_s >= LOOK_ROUND_S:
            self._looked_s, self._seen = frame.time_s, self._people.count(frame)
        return self._seen

    def _keep(self, what: Callable[[Diary], None]) -> None:
        if self._diary is None:
            return
        try:
            what(self._diary)
        except RepcountError as error:  # the session is worth more than its keeping
            self._diary = None
            self.trouble = f"{error}; the session goes on and is not kept from here on"


def _opened(settings: Settings) -> History:
    from repcount.history.place import find_place
    from repcount.history.store import History

    return History(find_place(settings.database_url))


def _diary(history: History, wished: Wished, began: datetime) -> Diary:
    from repcount.diary import Diary, LiveStart
    from repcount.saving import counting

    asked = {
        exercise.name: counting(exercise.dose, options.count_by, options.strict)
        for block in wished.blocks
        for exercise, options in block.exercises
    }
    return Diary(history, wished.settings, LiveStart(SOURCE, began, asked, wished.plan))
