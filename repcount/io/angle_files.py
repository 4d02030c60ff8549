"""Joint angles, collected while the frames go by, and their files: CSV and motion files of OpenSim.

A motion file has a header of ``key=value`` lines, ended by ``endheader``, then a line of tab-separated names
that begins with ``time``, then rows of numbers. OpenSim 3 stops reading at a NaN, so only whole rows are
written: a joint that is known in too few of the frames has no column, and a frame in which one of the others
is unknown has no row. Flexion is positive, as in the models Rajagopal 2016, Lai 2017 and those of OpenCap and
Pose2Sim; in gait2354 and gait2392 a flexed knee is negative.
Source: OpenSim documentation, "Storage (.sto) Files" and "Motion (.mot) Files".
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.core.errors import OutputError
from repcount.core.files import AtomicFile, write_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.records import Frame, Snapshot

MOTION: Final = (".mot", ".sto")
SUFFIXES: Final = (".csv", *MOTION)
KNOWN_SHARE: Final = 0.8
"""Of the frames: a joint that is known in fewer has no column in a motion file."""
COORDINATES: Final = {
    "hip_flexion_r": "right_hip_deg",
    "knee_angle_r": "right_knee_deg",
    "hip_flexion_l": "left_hip_deg",
    "knee_angle_l": "left_knee_deg",
}
"""OpenSim's names of the joint angles, and ours."""


@dataclass(frozen=True, eq=False)
class JointAngles:
    """Flexion of knees and hips, 0 at a straight joint; one value for each frame that was looked at.

    Attributes
    ----------
    time_s : media seconds, shape (T,), float64.
    left_knee_deg, left_hip_deg, right_knee_deg, right_hip_deg : degrees, shape (T,), float64. NaN where
        nobody was seen, and where this view cannot tell.
    """

    time_s: NDArray[np.float64]
    left_knee_deg: NDArray[np.float64]
    left_hip_deg: NDArray[np.float64]
    right_knee_deg: NDArray[np.float64]
    right_hip_deg: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.time_s)

    def __repr__(self) -> str:
        return f"JointAngles({len(self)} frames: time_s, knees and hips of both legs in degrees)"


def write_angles(path: Path, angles: JointAngles) -> None:
    """Write the angles in the form that the file's suffix names, whole or not at all.

    Raises
    ------
    OutputError
        It has another suffix, cannot be written, or there is nothing that a motion file could hold.
    """
    suffix = check_suffix(path)
    write_text(path, csv_text(angles) if suffix == ".csv" else _motion_text(path, angles))


def check_suffix(path: Path) -> str:
    """Return the suffix of a file for angles, in small letters.

    Raises
    ------
    OutputError
        It has another; the text says which there are.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        better = path.with_suffix(".csv") if path.name else Path("angles.csv")
        raise OutputError(f"{path}: angles are written as {', '.join(SUFFIXES)}; name it {better}")
    return suffix


def csv_text(angles: JointAngles) -> str:
    """A row for each frame, named as in :class:`JointAngles`; an unknown value is an empty cell."""
    names = ("time_s", "left_knee_deg", "left_hip_deg", "right_knee_deg", "right_hip_deg")
    columns = [getattr(angles, name).tolist() for name in names]
    rows = (
        ",".join(_cell(value, name) for value, name in zip(row, names, strict=True))
        for row in zip(*columns, strict=True)
    )
    return "\r\n".join((",".join(names), *rows)) + "\r\n"


def _cell(value: float, name: str) -> str:
    if value != value:
        return ""
    return f"{value:.3f}" if name == "time_s" else f"{value:.2f}"


def _motion_text(path: Path, angles: JointAngles) -> str:
    """The text of a motion file, as OpenSim documents it."""
    import numpy as np

    known = {name: getattr(angles, ours) for name, ours in COORDINATES.items()}
    known = {name: value for name, value in known.items() if _is_known(value)}
    if not known:
        raise OutputError(
            f"{path}: no knee or hip is known in {KNOWN_SHARE:.0%} of the frames, "
            f"which a motion file needs; name it {path.with_suffix('.csv')}"
        )
    table = np.column_stack((angles.time_s, *known.values()))
    table = table[np.isfinite(table).all(axis=1)]
    header = (
        "Coordinates",
        "version=1",
        f"nRows={table.shape[0]}",
        f"nColumns={table.shape[1]}",
        "inDegrees=yes",
        "endheader",
        "\t".join(("time", *known)),
    )
    rows = ("\t".join(f"{value:.6f}" for value in row) for row in table.tolist())
    return "\n".join((*header, *rows)) + "\n"


def _is_known(values_deg: NDArray[np.float64]) -> bool:
    import numpy as np

    return len(values_deg) > 0 and float(np.isfinite(values_deg).mean()) >= KNOWN_SHARE


class AngleRecorder:
    """A sink that remembers the angles of each frame, and the signal that is counted: 48 bytes a frame."""

    def __init__(self) -> None:
        self._rows = array("d")

    def add(self, snapshot: Snapshot) -> None:
        """Take what is known after the next frame."""
        left, right = snapshot.left, snapshot.right
        angles = (left.knee_deg, left.hip_deg, right.knee_deg, right.hip_deg)
        self._rows.extend((snapshot.time_s, *angles, snapshot.drive_deg))

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        self.add(snapshot)

    def close(self) -> None:
        """Nothing to do."""

    def discard(self) -> None:
        """Nothing to do."""

    def angles(self) -> JointAngles:
        """All angles so far."""
        columns = self._columns()
        return JointAngles(*(columns[:, i].copy() for i in range(len(fields(JointAngles)))))

    def counted_deg(self) -> NDArray[np.float64]:
        """The signal that was counted in each frame, shape (T,), degrees; NaN where there was none."""
        counted: NDArray[np.float64] = self._columns()[:, -1].copy()
        return counted

    def _columns(self) -> NDArray[np.float64]:
        import numpy as np

        width = len(fields(JointAngles)) + 1
        rows: NDArray[np.float64] = np.array(self._rows.tolist(), np.float64).reshape(-1, width)
        return rows


class AngleFile(AngleRecorder):
    """A sink that writes the angles into a file once all frames are there.

    Raises
    ------
    OutputError
        It has a wrong suffix, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._is_open = True
        check_suffix(path)
        AtomicFile(path).discard()  # a trial

    def close(self) -> None:
        """Write the file whole or not at all; may be called twice."""
        if self._is_open:
            self._is_open = False
            write_angles(self._path, self.angles())

    def discard(self) -> None:
        """Write nothing from now on."""
        self._is_open = False
