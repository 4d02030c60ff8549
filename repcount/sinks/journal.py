"""An append-only journal of live sessions: JSON lines in the user's folder, safe against a crash.

Each line is on the disk before the next frame is looked at, so that a power cut or ``kill -9`` loses at most
the repetition under way. The door is narrow, one record in and nothing out, so that a database can stand
behind it instead.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from repcount.core.errors import OutputError
from repcount.core.place import unwritable
from repcount.sinks.document import Json


class Journal:
    """One file, ``sessions.jsonl``, to which lines are added; earlier ones are never touched.

    Parameters
    ----------
    folder : made if need be.

    Raises
    ------
    OutputError
        The folder or file cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sessions.jsonl"
        self._file: int | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._mend_last_line()
        except OSError as error:
            raise unwritable(self.path, error) from error

    def _mend_last_line(self) -> None:
        """A line that a crash cut short gets its end, so that the next one stands alone."""
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n" and self._file is not None:
                    os.write(self._file, b"\n")

    def on_event(self, event: dict[str, Json]) -> None:
        """Add one line and see it onto the disk.

        Raises
        ------
        OutputError
            There is no room, or the disk is gone; what was written before stays.
        """
        if self._file is None:
            raise OutputError(f"{self.path}: is closed")
        line = json.dumps(event, ensure_ascii=False, allow_nan=False) + "\n"
        try:
            os.write(self._file, line.encode("utf-8"))
            os.fsync(self._file)
        except OSError as error:
            raise unwritable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
