"""The knees and hips of both legs over time, collected while the frames go by."""

from __future__ import annotations

from array import array
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from repcount.core.files import AtomicFile
from repcount.io.angle_files import JointAngles, check_suffix, write_angles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.records import Frame, Snapshot


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
