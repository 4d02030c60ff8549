"""Results kept beside the tables, so that an interrupted batch goes on where it stopped.

A text file, one JSON object a line, only ever appended to: ``key`` names the content of an input and the way
it was judged, ``summary`` is what came of it, to the last digit. A line that was cut off is ignored.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final, overload

from repcount.core.errors import OutputError
from repcount.core.files import write_error
from repcount.core.records import InputSummary

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SUFFIX: Final = ".done"
"""Added to the name of the table that the results belong to."""


class ResumeFile:
    """Results on disk, found by key; only their positions are kept in memory.

    Parameters
    ----------
    path : the file, made where there is none; None for one that ends with the process.

    Raises
    ------
    OutputError
        It cannot be read or written.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._adapter = _adapter()
        self._file = _opened(path)
        self._starts: dict[str, int] = dict(self._read())

    def __contains__(self, key: str) -> bool:
        return key in self._starts

    def __getitem__(self, key: str) -> InputSummary:
        self._file.seek(self._starts[key])
        return self._adapter.validate_python(json.loads(self._file.readline())["summary"])

    def add(self, key: str, summary: InputSummary) -> None:
        """Put a result on the disk before anything else is done.

        Raises
        ------
        OutputError
            There is no room left, or the disk is gone.
        """
        line = json.dumps({"key": key, "summary": self._adapter.dump_python(summary, mode="json")})
        try:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(line.encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise write_error(self._path or Path(tempfile.gettempdir()), error) from error
        self._starts[key] = start

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._file.close()

    def __enter__(self) -> ResumeFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> Iterator[tuple[str, int]]:
        """Where each whole line starts; what follows the last of them is cut away."""
        start = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(start)
                return
            yield self._key(line), start
            start += len(line)

    def _key(self, line: bytes) -> str:
        try:
            return str(json.loads(line)["key"])
        except (ValueError, KeyError, TypeError) as error:
            raise OutputError(
                f"{self._path}: is no list of what is done; remove it to judge everything anew"
            ) from error


class Results(Sequence[InputSummary]):
    """The results of a batch in the order of its inputs, read from the file when they are asked for."""

    def __init__(self, finished: ResumeFile) -> None:
        self._finished = finished
        self._rows: dict[int, tuple[str, str] | InputSummary] = {}

    def put(self, number: int, row: tuple[str, str] | InputSummary) -> None:
        """Say what came of an input: its name and its key in the resume file, or the summary itself."""
        self._rows[number] = row

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> InputSummary: ...
    @overload
    def __getitem__(self, index: slice) -> list[InputSummary]: ...
    def __getitem__(self, index: int | slice) -> InputSummary | list[InputSummary]:
        numbers = sorted(self._rows)
        if isinstance(index, slice):
            return [self._summary(number) for number in numbers[index]]
        return self._summary(numbers[index])

    def __iter__(self) -> Iterator[InputSummary]:
        for number in sorted(self._rows):
            yield self._summary(number)

    def _summary(self, number: int) -> InputSummary:
        from dataclasses import replace

        row = self._rows[number]
        if isinstance(row, InputSummary):
            return row
        name, key = row
        return replace(self._finished[key], source=name)


def _opened(path: Path | None) -> IO[bytes]:
    if path is None:
        return tempfile.TemporaryFile()
    try:
        return open(path, "a+b" if not path.exists() else "r+b")
    except OSError as error:
        raise write_error(path, error) from error


def _adapter() -> TypeAdapter[InputSummary]:
    from pydantic import TypeAdapter

    return TypeAdapter(InputSummary)
