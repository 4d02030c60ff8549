"""What a person leaves in the data folder beside the database: journals, evidence, calibrations, backups."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from repcount.core.errors import HistoryError
from repcount.history.place import Place

EVIDENCE = "evidence"
JOURNALS = "journals"
CALIBRATION = "calibration.toml"
_HEAD_LINES = 5


def sorted_out(paths: Iterable[Path], place: Place) -> tuple[list[Path], list[Path]]:
    """Files that are there, as those in the data folder and those elsewhere."""
    there = [path for path in dict.fromkeys(paths) if path.exists()]
    inside = [path for path in there if path.resolve().is_relative_to(place.folder.resolve())]
    return inside, [path for path in there if path not in inside]


def of_person(place: Place, person: str, sessions: Collection[str]) -> list[Path]:
    """Journals and evidence of a person; the calibration file of the data folder is the nameless one's."""
    found = [path for path in (place.folder / JOURNALS).glob("*") if _tells_of(path, person, sessions)]
    found += [place.folder / EVIDENCE / session for session in sessions]
    if not person:
        found.append(place.folder / CALIBRATION)
    return [path for path in found if path.exists()]


def backups(place: Place) -> list[Path]:
    """Copies made before migrations; each holds everybody."""
    return sorted(place.backups.glob("history-*.db*"))


def remove(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Remove files and folders, and return them.

    Raises
    ------
    HistoryError
        One of them cannot be removed; the others are.
    """
    failures = []
    for path in paths:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            failures.append(f"{path} ({error.strerror})")
    if failures:
        raise HistoryError(f"could not be removed, do it by hand: {', '.join(failures)}")
    return tuple(paths)


def _tells_of(path: Path, person: str, sessions: Collection[str]) -> bool:
    """Whether one of the first lines of a journal names the person or one of their sessions."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = [line for _, line in zip(range(_HEAD_LINES), file, strict=False)]
    except OSError:
        return False
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and (told.get("person") == person or told.get("session") in sessions):
            return True
    return False
