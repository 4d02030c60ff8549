"""Landmarks saved and replayed: a session judged again without its pictures, to the last digit.

The file is a NumPy ``.npz`` without pickles. Members: ``time_s`` (T,), ``landmarks_px`` (T, 33, 3),
``visibility`` (T, 33), ``world_m`` (T, 33, 3), ``size_px`` (2,), and where known ``duration_s`` and
``frame_count`` of the file that it was made from. A row of NaN is a frame in which nobody was found; a
frame that was not looked at has no row.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import InputError
from repcount.core.records import Frame, Pose
from repcount.core.skeleton import LANDMARKS
from repcount.pose.npz_members import read_members

ROW_SHAPES: Final[dict[str, tuple[int, ...]]] = {
    "landmarks_px": (len(LANDMARKS), 3),
    "visibility": (len(LANDMARKS),),
    "world_m": (len(LANDMARKS), 3),
}
KEYS: Final = frozenset({*ROW_SHAPES, "time_s", "size_px", "duration_s", "frame_count"})
FORM: Final = "a recording is written with --save-poses"
LONGEST_S: Final = 7 * 24 * 3600.0
LARGEST_PX: Final = 1e6
MOST_FRAMES: Final = 1e9


@dataclass(frozen=True, eq=False)
class Recording:
    """The landmarks of one video.

    Attributes
    ----------
    name : the file it came from, as messages call it.
    time_s : shape (T,), float64, strictly increasing.
    landmarks_px, visibility, world_m : as in ``Pose``, with a leading axis of T; float32.
    size_px : (width, height) of the upright frames.
    duration_s, frame_count : of the video; None where they are not known.
    """

    name: str
    time_s: NDArray[np.float64]
    landmarks_px: NDArray[np.float32]
    visibility: NDArray[np.float32]
    world_m: NDArray[np.float32]
    size_px: tuple[int, int]
    duration_s: float | None = None
    frame_count: int | None = None

    def __len__(self) -> int:
        return len(self.time_s)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Recording:
        """Read a recording; floats of any width are taken.

        Raises
        ------
        InputError
            Where the file cannot be read or has another form; the text names what is wrong.
        """
        return _checked(Path(path), read_members(Path(path), KEYS, FORM))

    def pose(self, row: int) -> Pose | None:
        """Return the pose in one row; None where nobody was found."""
        landmarks_px = self.landmarks_px[row]
        if landmarks_px[0, 0] != landmarks_px[0, 0] and np.isnan(landmarks_px).all():
            return None
        return Pose(landmarks_px, self.visibility[row], self.world_m[row], self.size_px)


class RecordingSource:
    """The frames of a recording, without pictures; a ``FrameSource``."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    @property
    def name(self) -> str:
        """The path of the recording."""
        return self._recording.name

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the frames that the landmarks belong to."""
        return self._recording.size_px

    @property
    def duration_s(self) -> float | None:
        """How long the video lasted, where the recording says so."""
        return self._recording.duration_s

    @property
    def frame_count(self) -> int | None:
        """How many frames the video held, where the recording says so."""
        return self._recording.frame_count

    @property
    def damage(self) -> str | None:
        """None: a recording is whole, or it does not load."""
        return None

    def __iter__(self) -> Iterator[Frame]:
        for index, time_s in enumerate(self._recording.time_s.tolist()):
            yield Frame(time_s, index)

    def close(self) -> None:
        """Do nothing: the file was closed after loading."""

    def __enter__(self) -> RecordingSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class RecordedPoses:
    """Answers for each frame of a ``RecordingSource`` what the network said; a ``PoseEstimator``."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose in the row of the frame's index; None where nobody was found."""
        return self._recording.pose(frame.index)

    def close(self) -> None:
        """Do nothing: there is no network."""

    def __enter__(self) -> RecordedPoses:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked(path: Path, members: dict[str, NDArray[Any]]) -> Recording:
    time_s = _floats(path, members, "time_s", (-1,)).astype(np.float64, copy=False)
    _check_times(path, time_s)
    rows = {
        key: _floats(path, members, key, (len(time_s), *shape)).astype(np.float32, copy=False)
        for key, shape in ROW_SHAPES.items()
    }
    _check_rows(path, **rows)
    return Recording(
        name=str(path),
        time_s=time_s,
        size_px=_size(path, members),
        duration_s=_scalar(path, members, "duration_s", LONGEST_S),
        frame_count=_count(path, members),
        **rows,
    )


def _floats(
    path: Path, members: dict[str, NDArray[Any]], key: str, shape: tuple[int, ...]
) -> NDArray[np.floating[Any]]:
    """Return one member after a look at its shape, where -1 stands for any length."""
    if key not in members:
        raise InputError(f"{path}: {key} is missing; {FORM}")
    array = members[key]
    if array.ndim != len(shape) or any(n not in (-1, m) for n, m in zip(shape, array.shape, strict=True)):
        wanted = "(T,)" if shape == (-1,) else str(shape)
        raise InputError(f"{path}: {key} has the shape {array.shape}, not {wanted}; {FORM}")
    if not np.issubdtype(array.dtype, np.floating):
        raise InputError(f"{path}: {key} holds {array.dtype}, not floating-point numbers; {FORM}")
    return array


def _check_times(path: Path, time_s: NDArray[np.float64]) -> None:
    if not np.isfinite(time_s).all():
        raise InputError(f"{path}: time_s holds values that are not finite; {FORM}")
    if time_s.size and not (time_s.min() >= 0 and time_s.max() <= LONGEST_S):
        raise InputError(f"{path}: time_s goes beyond 0 s to {LONGEST_S:.0f} s; {FORM}")
    backward = np.flatnonzero(np.diff(time_s) <= 0)
    if backward.size:
        row = int(backward[0]) + 1
        raise InputError(f"{path}: time_s does not increase at row {row} ({time_s[row]:.3f} s); {FORM}")


def _check_rows(
    path: Path,
    landmarks_px: NDArray[np.float32],
    visibility: NDArray[np.float32],
    world_m: NDArray[np.float32],
) -> None:
    for key, values in (("landmarks_px", landmarks_px), ("world_m", world_m), ("visibility", visibility)):
        largest = 1.001 if key == "visibility" else LARGEST_PX
        if (np.abs(values) > largest).any():  # NaN is not
            raise InputError(f"{path}: {key} holds values that cannot be; {FORM}")
    if (np.isfinite(landmarks_px[..., 0]) & np.isnan(visibility)).any():
        raise InputError(f"{path}: visibility is unknown where landmarks are known; {FORM}")


def _size(path: Path, members: dict[str, NDArray[Any]]) -> tuple[int, int]:
    if "size_px" not in members:
        raise InputError(f"{path}: size_px is missing; {FORM}")
    size = members["size_px"]
    if size.shape != (2,) or size.dtype.kind not in "iuf" or not ((size >= 1) & (size <= LARGEST_PX)).all():
        raise InputError(f"{path}: size_px is not a width and a height in pixels; {FORM}")
    return int(size[0]), int(size[1])


def _scalar(path: Path, members: dict[str, NDArray[Any]], key: str, most: float) -> float | None:
    if key not in members:
        return None
    value = members[key]
    if value.size != 1 or value.dtype.kind not in "iuf" or not 0 <= value.item() <= most:
        raise InputError(f"{path}: {key} is not one number from 0 to {most:.0f}; {FORM}")
    return float(value.item())


def _count(path: Path, members: dict[str, NDArray[Any]]) -> int | None:
    value = _scalar(path, members, "frame_count", MOST_FRAMES)
    return None if value is None else int(value)
