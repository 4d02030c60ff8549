"""What was judged, put into the history: ``analyze --save``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from repcount import __version__
from repcount.config import Settings
from repcount.core.files import content_hash
from repcount.core.history_records import KeptSession, Kind, SavedFile, SignalCurve, new_id
from repcount.core.records import Hold, InputSummary, Rep
from repcount.exercises.spec import Exercise
from repcount.history.store import History
from repcount.history.writing import keep, keep_files
from repcount.pipeline.kept_settings import exercise_counting, settings_kept
from repcount.pipeline.output_files import InputPlan
from repcount.session.guided.split_sets import Counting, sets_of


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
            each.name: replace(exercise_counting(each, settings), is_asked=each.name in asked)
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
