"""The history as the commands open it, and keeping in it what ``analyze`` judged."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from repcount.cli.terminal import warn
from repcount.core.errors import SettingError

if TYPE_CHECKING:
    from repcount.batch.worker import AnalysisResult
    from repcount.config import Settings
    from repcount.core.history_records import Filter
    from repcount.core.protocols import Sink
    from repcount.core.records import InputSummary
    from repcount.history.store import History
    from repcount.pipeline.assemble import Analyzer
    from repcount.pipeline.calibration import Calibration
    from repcount.pipeline.output_files import InputPlan
    from repcount.pipeline.save_analysis import Saver

Judging = Callable[["Sequence[Sink]"], "InputSummary"]
Keeping = Callable[["InputPlan", Judging], "InputSummary"]


@contextmanager
def open_history(settings: Settings | None = None) -> Iterator[History]:
    """The history that the settings name, for the length of a block."""
    from repcount import config
    from repcount.history.location import find_place
    from repcount.history.recovery import take_up
    from repcount.history.store import History

    chosen = settings or config.load().settings
    with History(find_place(chosen.database_url)) as history:
        for line in take_up(history):
            warn(line)
        yield history


@contextmanager
def whole_history() -> Iterator[History]:
    """The history, opened to be looked at; one with damaged pages is refused."""
    from repcount.history.recovery import refuse_damaged

    with open_history() as history:
        refuse_damaged(history)
        yield history


@contextmanager
def read_history() -> Iterator[History]:
    """As :func:`whole_history`, for one look at much of it.

    The garbage collector is off meanwhile: it would search the loaded modules and the new records again and
    again, and there is no garbage among them.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        with whole_history() as history:
            yield history
    finally:
        if searched:
            gc.enable()


def refuse_unknown(history: History, which: Filter) -> None:
    """Check that the person and the exercise asked for are known: a typing error must not give an empty list.

    Raises
    ------
    HistoryError
        Nobody of that name is known.
    SettingError
        There is no such exercise, and nothing of it is kept.
    """
    from repcount.history import people

    if which.person and not people.is_known(history, which.person):
        raise people.unknown(which.person)
    if which.exercise is not None and not history.has_exercise(which.exercise):
        from repcount.exercises import own_exercises

        own_exercises.get(which.exercise)


def personal_settings(settings: Settings) -> tuple[Settings, Calibration]:
    """The settings with the limits that are kept for the person, and the person's own ranges."""
    if not settings.person:
        return settings, {}
    from repcount.history import people

    with open_history(settings) as history:
        limits = people.limits(history, settings.person)
        own = people.ranges(history, settings.person)
    strictest = {joint: min(value, settings.limit.get(joint, value)) for joint, value in limits.items()}
    return replace(settings, limit={**settings.limit, **strictest}), own


@dataclass(frozen=True)
class KeepsResults:
    """Keeps the results of a batch in the history, and says where."""

    saver: Saver
    started_at: datetime | None

    def __call__(self, plan: InputPlan, judged: AnalysisResult) -> None:
        """Keep one, unless it is there already."""
        from repcount.pipeline.save_analysis import SessionExtras, files_of

        files = files_of(plan, judged.summary)
        warn(self.saver.save(judged.summary, SessionExtras(judged.curves, self.started_at, files)))

    def has(self, content: str) -> bool:
        """Whether the session of a file with this content is in the history."""
        return self.saver.has(content)


@contextmanager
def batch_saver(
    wanted: bool, judge: Analyzer, settings: Settings, done_at: str | None, asked: Collection[str] = ()
) -> Iterator[KeepsResults | None]:
    """Gives an object that keeps the results of a batch; None where none are to be kept.

    Parameters
    ----------
    asked : the names of the exercises whose dose somebody asked for.
    """
    started_at = parse_date(done_at, "--done-at")
    if not wanted:
        yield None
        return
    from repcount.pipeline.save_analysis import Saver

    with open_history(settings) as history:
        history.database.refuse_read_only()
        yield KeepsResults(Saver(history, judge.exercises, settings, asked), started_at)


@contextmanager
def file_saver(
    wanted: bool, judge: Analyzer, settings: Settings, done_at: str | None, asked: Collection[str] = ()
) -> Iterator[Keeping]:
    """Gives a function that judges an input and, where wanted, keeps it. The history is opened first."""
    with batch_saver(wanted, judge, settings, done_at, asked) as keep:
        if keep is None:
            yield lambda plan, judging: judging(())
            return

        def kept(plan: InputPlan, judging: Judging) -> InputSummary:
            from repcount.batch.worker import AnalysisResult
            from repcount.io.signal_curves import CurveSink

            curves = CurveSink()
            summary = judging((curves,))
            if summary.error is None or summary.exercises:
                keep(plan, AnalysisResult(summary, curves.curves(summary.exercises)))
            return summary

        yield kept


def parse_date(text: str | None, option: str, *, end: bool = False) -> datetime | None:
    """A date or a time of day; without a zone, the machine's. With ``end`` a date means its end."""
    if text is None:
        return None
    from repcount.core.moments import is_day, moment_of

    try:
        found = moment_of(text)
    except ValueError as error:
        raise SettingError(f"{option}: {error}") from error
    return found + timedelta(days=1) if end and is_day(text) else found
