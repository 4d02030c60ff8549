"""One guided session behind the phone: pictures in, snapshots out; the same trainer as ``repcount live``."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import RepcountError
from repcount.core.guide import Stage, Surroundings
from repcount.core.model import Frame, InputSummary, Snapshot
from repcount.engine.trainer import Trainer, TrainerOptions
from repcount.sinks.events import Event, end_event
from repcount.sinks.reporter import EventSink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repcount.config import Settings
    from repcount.core.guide import Command
    from repcount.diary import Diary
    from repcount.engine.bout import Block
    from repcount.history.store import History

AFTER_GAP_S: Final = 0.1
LOOK_ROUND_S: Final = 0.5
SOURCE: Final = "phone"


@dataclass(frozen=True)
class Place:
    """The model that sessions run on, and the settings, which say where the history is."""

    model: Path
    settings: Settings


class PhoneSession:
    """Steps the trainer with a phone's pictures. Call it from one thread at a time.

    Its time is the phone's, less the gaps: after a lost connection it goes on where it was.
    """

    def __init__(self, blocks: Sequence[Block], place: Place) -> None:
        from repcount.history.place import find_place
        from repcount.history.store import History
        from repcount.poses.mediapipe import MediaPipeEstimator, PeopleCounter

        self._trainer = Trainer(blocks, TrainerOptions())
        self._stack = ExitStack()
        self._estimator = self._stack.enter_context(MediaPipeEstimator(place.model))
        self._people = self._stack.enter_context(PeopleCounter(place.model))
        history = self._stack.enter_context(History(find_place(place.settings.database_url)))
        self._diary: Diary | None = _diary(history, blocks, place.settings)
        self._events = EventSink(self._note)
        self._began = datetime.now(timezone.utc).astimezone()
        self._offset_s: float | None = None
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
        if self._offset_s is None or stamp_s + self._offset_s <= last_s:
            self._offset_s = last_s + AFTER_GAP_S - stamp_s
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
        self._note(end_event(time_s, self.summary.exercises))
        if self._diary is not None:
            self._diary.close()
        self._stack.close()
        return self.summary

    def csv(self) -> str:
        """The table of the session, as ``analyze --csv`` writes it."""
        from repcount.sinks.sheet import csv_text

        return csv_text([self.finish()], self._began)

    def rows(self) -> list[dict[str, Any]]:
        """The summary, a row for each exercise."""
        from dataclasses import asdict

        from repcount.sinks.table import table_rows

        return [asdict(row) for row in table_rows(self.finish())]

    def _look(self, frame: Frame) -> int | None:
        guide = None if self.last is None else self.last.guide
        if guide is not None and guide.stage is not Stage.FRAMING:
            return None
        if frame.time_s - self._looked_s >= LOOK_ROUND_S:
            self._looked_s, self._seen = frame.time_s, self._people.count(frame)
        return self._seen

    def _note(self, event: Event) -> None:
        if self._diary is None:
            return
        try:
            self._diary.on_event(event)
        except RepcountError:  # the session is worth more than its keeping
            self._diary = None


def _diary(history: History, blocks: Sequence[Block], settings: Settings) -> Diary:
    from repcount.diary import Diary, LiveStart
    from repcount.saving import counting

    asked = {
        exercise.name: counting(exercise.dose, options.count_by, options.strict)
        for block in blocks
        for exercise, options in block.exercises
    }
    return Diary(history, settings, LiveStart(SOURCE, datetime.now(timezone.utc).astimezone(), asked))
