"""What was judged, put into the history: ``analyze --save``.

A recording shows no rests and says no set numbers: a pause of 20 s or more ends a set of repetitions, since
rests are 30 s at least, and nobody waits that long between two repetitions. A set has one side; where the
legs take turns, each leg has its set. Holds have a rest after each one, so sets of holds are cut by the dose
instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from repcount import __version__
from repcount.config import Settings
from repcount.core.history_records import (
    KeptSession,
    KeptSet,
    Kind,
    SavedFile,
    SignalCurve,
    new_id,
    with_figures,
)
from repcount.core.input_files import content_hash
from repcount.core.records import CountBy, ExerciseSummary, Hold, InputSummary, Rep, Side
from repcount.exercises.spec import Exercise
from repcount.history.store import History
from repcount.history.writing import keep, keep_files
from repcount.pipeline.output_files import InputPlan
from repcount.pipeline.session_record import Counting, dose_counting, settings_kept
from repcount.session.set_progress import moves_on, set_summary

SET_ENDS_AFTER_S: Final = 20.0
"""Derived: shorter than any rest between sets (30 s, trekeducation.org), longer than pauses in one."""


@dataclass(frozen=True)
class SourceFile:
    """A file that was judged: its hash, and when the recording began."""

    path: Path
    content: str
    started_at: datetime


def source_file(path: Path, duration_s: float, started_at: datetime | None = None) -> SourceFile:
    """Look at a file. Without ``started_at`` the recording is taken to end when the file was last written.

    Raises
    ------
    InputError
        It cannot be read.
    """
    content = content_hash(path)
    written = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.utc).astimezone()
    length = timedelta(seconds=duration_s if duration_s == duration_s else 0.0)
    began = started_at or (written - length).replace(microsecond=0)
    return SourceFile(path, content, began)


def session_of(
    summary: InputSummary, origin: SourceFile, counting: Mapping[str, Counting], settings: Settings
) -> KeptSession:
    """The session that an input shows; ``counting`` is by the exercise's name."""
    sets = tuple(each for found in summary.exercises for each in sets_of(found, counting[found.exercise]))
    length = timedelta(seconds=summary.duration_s if summary.duration_s == summary.duration_s else 0.0)
    return KeptSession(
        id=new_id(),
        person=settings.person,
        started_at=origin.started_at,
        ended_at=origin.started_at + length,
        kind=Kind.VIDEO,
        source=summary.source,
        version=__version__,
        content=origin.content,
        settings=settings_kept(settings),
        sets=sets,
    )


@dataclass(frozen=True)
class SessionExtras:
    """What belongs to a session beside what was judged: curves, when it began, files made of it."""

    curves: Mapping[Rep | Hold, SignalCurve]
    started_at: datetime | None = None
    files: tuple[SavedFile, ...] = ()


class Saver:
    """Keeps each input's session in the history; one that is there already is left as it is.

    Parameters
    ----------
    asked : the names of the exercises whose dose somebody asked for.
    """

    def __init__(
        self,
        history: History,
        exercises: Sequence[Exercise],
        settings: Settings,
        asked: Collection[str] = (),
    ) -> None:
        self._history = history
        self._counting = {
            each.name: replace(
                dose_counting(each.dose, settings.count, settings.strict), is_asked=each.name in asked
            )
            for each in exercises
        }
        self._settings = settings

    def has(self, content: str) -> bool:
        """Whether a session of the person was made of a file with this SHA-256, and is not removed."""
        return self._history.kept_content(content, self._settings.person) is not None

    def save(self, summary: InputSummary, material: SessionExtras) -> str:
        """Keep what was judged of an input, and say in a line where."""
        if not any(found.repetitions or found.holds for found in summary.exercises):
            return f"{summary.source}: nothing was counted, so nothing is kept"
        origin = source_file(Path(summary.source), summary.duration_s, material.started_at)
        there = self._history.kept_content(origin.content, self._settings.person)
        if there is not None:
            return (
                f"{summary.source}: is in the history already as {there}; "
                f"`repcount delete {there}` first to keep it anew"
            )
        session = session_of(summary, origin, self._counting, self._settings)
        keep(self._history, [session], Kind.VIDEO.value, material.curves)
        keep_files(self._history, session.id, material.files)
        return f"{summary.source}: kept as {session.id}; `repcount show {session.id}`"


def files_of(plan: InputPlan, summary: InputSummary) -> tuple[SavedFile, ...]:
    """The files that an analysis wrote beside its tables, by their full paths; of pictures, only its own."""
    found = [("video", plan.video), ("landmarks", plan.poses)]
    files = [SavedFile(kind, str(path.absolute())) for kind, path in found if path is not None]
    if plan.evidence is not None:
        files += _pictures(plan.evidence, summary)
    return tuple(file for file in files if Path(file.path).is_file())


def _pictures(folder: Path, summary: InputSummary) -> Iterator[SavedFile]:
    """Where the picture of each fault is; what else is in the folder belongs to others."""
    from repcount.io.fault_pictures import file_name

    for found in summary.exercises:
        events: tuple[Rep | Hold, ...] = (*found.repetitions, *found.holds)
        faults = {fault for event in events for fault in event.faults}
        for fault in sorted(faults, key=lambda fault: fault.time_s):
            path = str((folder / file_name(fault)).absolute())
            yield SavedFile("evidence", path, found.exercise, fault.code, fault.time_s)


def sets_of(summary: ExerciseSummary, counting: Counting) -> tuple[KeptSet, ...]:
    """The sets of one exercise, in the order in which they were begun."""
    events: Sequence[Rep | Hold] = sorted(
        (*summary.repetitions, *summary.holds), key=lambda event: (event.start_s, isinstance(event, Hold))
    )
    runs = _by_dose(events, counting) if counting.by is CountBy.HOLDS else _by_pauses(events)
    numbers: dict[Side, int] = {}
    found = []
    for run in runs:
        for side, mine in _by_side(run):
            numbers[side] = numbers.get(side, 0) + 1
            found.append(_kept(summary, counting, numbers[side], side, mine))
    return tuple(found)


def _kept(
    summary: ExerciseSummary, counting: Counting, number: int, side: Side, events: Sequence[Rep | Hold]
) -> KeptSet:
    bare = KeptSet(
        number=number,
        exercise=summary.exercise,
        side=side,
        asked=counting.kept,
        view_deg=summary.view_deg,
        not_judged=summary.not_judged,
        repetitions=tuple(event for event in events if isinstance(event, Rep)),
        holds=tuple(event for event in events if isinstance(event, Hold)),
    )
    kept = with_figures(bare, sum(moves_on(event, counting.by, counting.strict) for event in events))
    trend = set_summary(number, events)
    return replace(kept, range_fade=trend.range_fade, tempo_fade=trend.tempo_fade, symmetry=trend.symmetry)


def _by_pauses(events: Sequence[Rep | Hold]) -> list[list[Rep | Hold]]:
    runs: list[list[Rep | Hold]] = []
    end_s = 0.0
    for event in events:
        if not runs or event.start_s - end_s >= SET_ENDS_AFTER_S:
            runs.append([])
        runs[-1].append(event)
        end_s = max(end_s, event.end_s)
    return runs


def _by_dose(events: Sequence[Rep | Hold], counting: Counting) -> list[list[Rep | Hold]]:
    runs: list[list[Rep | Hold]] = [[]]
    done: dict[Side, int] = {}
    for event in events:
        if counting.asked.reps and done and min(done.values()) >= counting.asked.reps:
            runs.append([])
            done = {}
        runs[-1].append(event)
        if isinstance(event, Hold):
            done[event.side] = done.get(event.side, 0) + moves_on(event, counting.by, counting.strict)
    return [run for run in runs if run]


def _by_side(run: Sequence[Rep | Hold]) -> list[tuple[Side, list[Rep | Hold]]]:
    """One leg after the other; legs that worked together even once have one set of both."""
    sides = list(dict.fromkeys(event.side for event in run))
    if Side.BOTH in sides:
        return [(Side.BOTH, list(run))]
    return [(side, [event for event in run if event.side is side]) for side in sides]
