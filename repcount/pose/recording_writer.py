"""Writes a landmark recording while the frames go by; memory does not grow with their number."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import OutputError
from repcount.core.files import AtomicFile, write_error
from repcount.core.protocols import ClosedOrDiscarded, PoseEstimator
from repcount.core.records import Frame, Pose
from repcount.pose.recording import ROW_SHAPES

_FORMAT: Any = np.lib.format  # typed in some releases of NumPy and not in others


class RecordingWriter(ClosedOrDiscarded):
    """Collects landmarks frame by frame and puts a compressed ``.npz`` in its place on ``close``.

    Rows wait in unnamed temporary files, so that a long video takes disk, not memory. Leaving the
    ``with`` block by an error discards.

    Parameters
    ----------
    path : where the recording shall be; what is there stays until ``close``.
    size_px : (width, height) of the upright frames.
    duration_s, frame_count : of the file that is being read, where known.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """

    def __init__(
        self,
        path: Path,
        size_px: tuple[int, int],
        duration_s: float | None = None,
        frame_count: int | None = None,
    ) -> None:
        self._path = path
        self._facts: dict[str, NDArray[np.generic]] = {"size_px": np.array(size_px, dtype=np.int64)}
        if duration_s is not None:
            self._facts["duration_s"] = np.array(duration_s, dtype=np.float64)
        if frame_count is not None:
            self._facts["frame_count"] = np.array(frame_count, dtype=np.int64)
        self._rows = self._frames = 0
        self._open = True
        self._failure: OutputError | None = None
        self._draft = AtomicFile(path)
        self._columns = [_Column("time_s", "<f8", ())]
        self._columns += [_Column(name, "<f4", shape) for name, shape in ROW_SHAPES.items()]

    def append(self, time_s: float, pose: Pose | None, index: int | None = None) -> None:
        """Add one frame that was looked at; None is a frame in which nobody was found.

        Parameters
        ----------
        index : its number in the file, where others were left out.
        """
        if self._failure is not None:
            raise self._failure
        values = [time_s] + [np.nan if pose is None else getattr(pose, name) for name in ROW_SHAPES]
        try:
            for column, value in zip(self._columns, values, strict=True):
                column.append(value)
        except OSError as error:
            self.discard()
            self._failure = write_error(self._path, error)
            raise self._failure from error
        self._rows += 1
        self._frames = max(self._frames, 0 if index is None else index + 1)

    def close(self) -> None:
        """Compress the rows and put the recording in its place; may be called twice.

        Raises
        ------
        OutputError
            It cannot be written, or a row could not.
        """
        if self._failure is not None:
            raise self._failure
        if not self._open:
            return
        if self._frames > self._rows:  # without a count from the container, frames left out count too
            known = int(self._facts.get("frame_count", np.array(0)).item())
            self._facts["frame_count"] = np.array(max(known, self._frames), dtype=np.int64)
        try:
            with zipfile.ZipFile(self._draft.part, "w") as file:
                for column in self._columns:
                    column.write_to(file, self._rows)
                for name, value in self._facts.items():
                    with file.open(_member(name), "w") as member:
                        _FORMAT.write_array(member, value, allow_pickle=False)
        except OSError as error:
            self.discard()
            raise write_error(self._path, error) from error
        self._let_go()
        self._draft.keep()

    def discard(self) -> None:
        """Leave nothing behind; does nothing after ``close``."""
        if self._open:
            self._let_go()
            self._draft.discard()

    def _let_go(self) -> None:
        self._open = False
        for column in self._columns:
            column.close()


class _Column:
    """One array of the recording, growing by rows in a temporary file without a name."""

    def __init__(self, name: str, dtype: str, row_shape: tuple[int, ...]) -> None:
        self._name = name
        self._dtype = np.dtype(dtype)
        self._row_shape = row_shape
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()

    def append(self, value: float | NDArray[np.float32]) -> None:
        row = np.broadcast_to(np.asarray(value, dtype=self._dtype), self._row_shape)
        self._file.write(row.tobytes())

    def write_to(self, file: zipfile.ZipFile, rows: int) -> None:
        header = {
            "descr": _FORMAT.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (rows, *self._row_shape),
        }
        self._file.seek(0)
        with file.open(_member(self._name), "w", force_zip64=True) as member:
            _FORMAT.write_array_header_1_0(member, header)
            shutil.copyfileobj(self._file, member)

    def close(self) -> None:
        with suppress(OSError):  # a full disk: what could not be written is thrown away anyway
            self._file.close()


def _member(name: str) -> zipfile.ZipInfo:
    """Return a member without a date: the same landmarks give the same file."""
    info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


class RecordingEstimator:
    """Answers as ``estimator`` does and appends each answer to a recording.

    Landmarks are kept as the network gave them, so that a replay is judged in the same way. The caller closes
    both parts.
    """

    def __init__(self, estimator: PoseEstimator, writer: RecordingWriter) -> None:
        self._estimator = estimator
        self._writer = writer

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose, or None where nobody is found."""
        pose = self._estimator.estimate(frame)
        with suppress(OutputError):  # the writer tells it when it is closed; the rest is judged meanwhile
            self._writer.append(frame.time_s, pose, frame.index)
        return pose

    def close(self) -> None:
        """Do nothing: neither part belongs to it."""
