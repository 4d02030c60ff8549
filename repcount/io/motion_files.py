"""Files of a motion for OpenSim: the sinks of those that are asked for, and landmarks as markers (``.trc``).

Markers are in metres, origin between the hips, x to the right of the picture, y up, z to the camera. A marker
that is unknown in a frame has empty cells there; one that is never known is left out.
Source: OpenSim documentation, "Marker (.trc) Files".
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.core.files import AtomicFile, write_text
from repcount.core.protocols import Sink
from repcount.core.skeleton import LANDMARKS
from repcount.io.angle_files import AngleFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.records import Frame, Snapshot

SUFFIX: Final = ".trc"
KEYS: Final = (
    *("DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units"),
    *("OrigDataRate", "OrigDataStartFrame", "OrigNumFrames"),
)
FLIP: Final = (1.0, -1.0, -1.0)
"""From y down and z away from the camera to y up and z to it: both are right-handed."""
_ROW: Final = 3 * len(LANDMARKS)


def motion_sinks(angles: Path | None, markers: Path | None) -> list[Sink]:
    """Open a sink for each file that is asked for.

    Parameters
    ----------
    angles : where the joint angles go: ``.csv``, ``.mot`` or ``.sto``.
    markers : where the landmarks go: ``.trc``.
    """
    sinks: list[Sink] = []
    if angles is not None:
        sinks.append(AngleFile(angles))
    if markers is not None:
        sinks.append(MarkerFile(markers))
    return sinks


class MarkerFile:
    """A sink that writes the landmarks of each frame into a file once all frames are there.

    Raises
    ------
    OutputError
        It cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._time_s = array("d")
        self._world_m = array("f")
        self._nobody = array("f", [float("nan")] * _ROW)
        self._is_open = True
        AtomicFile(path).discard()  # a trial

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Take one frame."""
        self._time_s.append(snapshot.time_s)
        pose = snapshot.pose
        self._world_m.extend(self._nobody if pose is None else pose.world_m.ravel().tolist())

    def close(self) -> None:
        """Write the file whole or not at all; may be called twice."""
        import numpy as np

        if not self._is_open:
            return
        self._is_open = False
        world_m = np.array(self._world_m, np.float32).reshape(-1, len(LANDMARKS), 3)
        write_text(self._path, trc_text(np.array(self._time_s), world_m))

    def discard(self) -> None:
        """Write nothing from now on."""
        self._is_open = False


def trc_text(time_s: NDArray[np.float64], world_m: NDArray[np.float32]) -> str:
    """The text of a marker file.

    Parameters
    ----------
    time_s : shape (T,).
    world_m : shape (T, 33, 3), as in ``Pose``.
    """
    import numpy as np

    seen = [i for i in range(len(LANDMARKS)) if np.isfinite(world_m[:, i]).all(axis=1).any()]
    markers = [LANDMARKS[i] for i in seen]
    places = (world_m[:, seen] * np.array(FLIP, np.float32)).reshape(len(time_s), 3 * len(seen))
    rate = f"{_rate_hz(time_s):.3f}"
    values = (rate, rate, len(time_s), len(markers), "m", rate, 1, len(time_s))
    header = (
        "PathFileType\t4\t(X/Y/Z)\trepcount.trc",
        "\t".join(KEYS),
        "\t".join(map(str, values)),
        "\t".join(("Frame#", "Time", *(cell for marker in markers for cell in (marker, "", "")))),
        "\t".join(("", "", *(f"{axis}{i}" for i in range(1, len(markers) + 1) for axis in "XYZ"))),
        "",
    )
    rows = (
        "\t".join((str(i), f"{time_s:.6f}", *map(_cell, row)))
        for i, (time_s, row) in enumerate(zip(time_s.tolist(), places.tolist(), strict=True), 1)
    )
    return "\n".join((*header, *rows)) + "\n"


def _rate_hz(time_s: NDArray[np.float64]) -> float:
    """Frames a second, on average; 1 where there are too few to say."""
    span_s = float(time_s[-1] - time_s[0]) if len(time_s) else 0.0
    return (len(time_s) - 1) / span_s if span_s > 0.0 else 1.0


def _cell(value_m: float) -> str:
    return f"{value_m:.6f}" if value_m == value_m else ""
