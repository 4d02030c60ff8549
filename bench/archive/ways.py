"""Ways in which others count repetitions, written anew from their published descriptions.

All see the same landmarks as this package does, frame by frame. Angles are interior angles at one joint,
degrees, 180 is straight; frames without a person are skipped, as these programs do.

- two fixed thresholds: the counter of countless tutorials and of gym apps. A stage flips where the angle
  passes the one threshold, and a repetition is counted where it then passes the other.
- peak picking: ``scipy.signal.find_peaks`` on the whole recording, by prominence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.skeleton import INDEX

Floats = NDArray[np.float64]

FILTER_FRAMES: Final = 5


@dataclass(frozen=True)
class Joint:
    """The joint that is watched for an exercise.

    Attributes
    ----------
    points : the angle's three landmarks, without their side; the joint is the one in the middle.
    opens : whether the angle grows in a repetition, and not shrinks.
    """

    points: tuple[str, str, str]
    opens: bool = False


KNEE: Final = ("hip", "knee", "ankle")
JOINTS: Final[dict[str, Joint]] = {
    "straight-leg-raise": Joint(("shoulder", "hip", "knee")),
    "wall-squat": Joint(KNEE),
    "calf-raise": Joint(("knee", "ankle", "foot_index"), opens=True),
    "hamstring-curl": Joint(KNEE),
    "leg-press": Joint(KNEE, opens=True),
}
"""What a user of such a counter would point it at."""


@dataclass(frozen=True, eq=False)
class Track:
    """The landmarks of a recording.

    Attributes
    ----------
    landmarks_px : shape (T, 33, 3); NaN where nobody was found.
    visibility : shape (T, 33).
    size_px : width and height of the picture.
    """

    landmarks_px: Floats
    visibility: Floats
    size_px: tuple[int, int]

    def near_side(self) -> str:
        """The leg that is seen better over the recording."""
        seen = {
            side: float(
                np.nansum([self.visibility[:, INDEX[f"{side}_{j}"]] for j in ("hip", "knee", "ankle")])
            )
            for side in ("left", "right")
        }
        return "left" if seen["left"] >= seen["right"] else "right"


def joint_angles(track: Track, joint: Joint, side: str, normalised: bool = False) -> Floats:
    """The interior angle in the frames with a person, degrees, shape (F,).

    Parameters
    ----------
    normalised : take it from coordinates that run from 0 to 1 along both edges of the picture, as the
        network's own output does; on a picture that is not square this bends angles.
    """
    points = track.landmarks_px[..., :2]
    if normalised:
        points = points / np.array(track.size_px, float)
    a, b, c = (points[:, INDEX[f"{side}_{name}"]] for name in joint.points)
    u, v = a - b, c - b
    cross = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    angles = np.degrees(np.arctan2(np.abs(cross), (u * v).sum(1)))
    return np.asarray(angles[~np.isnan(angles)], float)


def smoothed(angles: Floats, frames: int = FILTER_FRAMES) -> Floats:
    """The mean of the newest frames; of fewer at the beginning."""
    total = np.cumsum(np.concatenate([[0.0], angles]))
    end = np.arange(1, len(angles) + 1)
    begin = np.maximum(end - frames, 0)
    return np.asarray((total[end] - total[begin]) / (end - begin), float)


def count_thresholds(angles: Floats, straight_deg: float, bent_deg: float, opens: bool) -> int:
    """Count how often the angle goes from the resting side of both thresholds to the other.

    Parameters
    ----------
    straight_deg, bent_deg : the higher and the lower threshold.
    opens : rest is the bent side.
    """
    marks = np.where(angles > straight_deg, 1, np.where(angles < bent_deg, -1, 0))
    stages = marks[marks != 0]
    if opens:
        stages = -stages
    return int(np.sum((stages[1:] == -1) & (stages[:-1] == 1)))


def count_peaks(angles: Floats, prominence_deg: float, opens: bool) -> int:
    """Count the peaks of a prominence, looking at the whole recording at once."""
    from scipy.signal import find_peaks

    found: tuple[NDArray[Any], dict[str, Any]] = find_peaks(
        angles if opens else -angles, prominence=prominence_deg
    )
    return len(found[0])
