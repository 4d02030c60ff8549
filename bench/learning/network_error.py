"""The network's errors as a model: what it saw in recordings of known truth, laid over clean motion.

Errors depend on the posture and on the camera, last for a while, and go together between joints: both legs
are swapped, a foot is lost. So no number is drawn for a joint. Whole stretches of errors are taken from a
recording in which the body looked nearly the same, and follow one another without a step (a nearest-neighbour
block bootstrap; Lall and Sharma 1996, "A nearest neighbor bootstrap for resampling hydrologic time series",
and Kuensch 1989 for blocks). ``python -m bench.network_error`` holds made errors against real ones.

Where the joints are in the picture is disturbed, and how visible they are; depth and world landmarks are not,
for no recording says where they truly are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.judged import Track
from bench.recording import TRUE_JOINTS, Recording
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROWS: Final = np.array([INDEX[name] for name in TRUE_JOINTS])
"""The landmarks whose true place is known."""
ROW: Final = {name: i for i, name in enumerate(TRUE_JOINTS)}
_SHAPE: Final = np.array(
    [i for name, i in ROW.items() if not name.endswith(("elbow", "wrist"))]
)  # what a posture is compared by: arms may do as they like
_MIRROR: Final = np.array(
    [
        ROW[name.replace("left", "right") if "left" in name else name.replace("right", "left")]
        for name in TRUE_JOINTS
    ]
)
_LIKE_FRAMES: Final = 9
_RECORDINGS: Final = 8  # one of so many that look most like it lends its errors to a whole clip
_PLACES: Final = 3  # and one of so many of its stretches to each moment
_BLOCK: Final = (10, 25)  # frames
_FADE: Final = 3  # frames in which one stretch goes over into the next
_BETWEEN: Final = 4  # frames between those that are compared


@dataclass(frozen=True, eq=False)
class Errors:
    """What the network saw wrong in one recording, in trunk lengths.

    Attributes
    ----------
    shape : where the joints truly were from the middle of the hips, shape (T, 17, 2).
    error : how far from there they were seen, shape (T, 17, 2); NaN where nobody was found.
    visibility : of the same joints, shape (T, 17).
    """

    shape: Floats
    error: Floats
    visibility: Floats

    def mirrored(self) -> Errors:
        """The same from the other side."""
        flip = np.array([-1.0, 1.0])
        return Errors(
            self.shape[:, _MIRROR] * flip, self.error[:, _MIRROR] * flip, self.visibility[:, _MIRROR]
        )


def trunk_px(true_px: Floats) -> float:
    """The length of the trunk in the picture, where it is seen in its full length."""
    middle = {
        joint: (true_px[:, ROW[f"left_{joint}"]] + true_px[:, ROW[f"right_{joint}"]]) / 2
        for joint in ("shoulder", "hip")
    }
    return float(np.nanquantile(np.linalg.norm(middle["shoulder"] - middle["hip"], axis=1), 0.9))


def _shape(true_px: Floats, unit_px: float) -> Floats:
    hips = (true_px[:, ROW["left_hip"]] + true_px[:, ROW["right_hip"]]) / 2
    shape: Floats = (true_px - hips[:, None]) / unit_px
    return shape


def errors_of(recording: Recording) -> Errors:
    """What the network saw wrong in a recording."""
    true = recording.true_px.astype(float)
    unit = trunk_px(true)
    seen = recording.landmarks_px[:, ROWS, :2].astype(float)
    return Errors(_shape(true, unit), (seen - true) / unit, recording.visibility[:, ROWS].astype(float))


class NetworkError:
    """Lays the errors of recordings over clean motion.

    Parameters
    ----------
    recordings : those that lend their errors; each lends them mirrored too.
    """

    def __init__(self, recordings: Iterable[Recording]) -> None:
        found = [errors_of(each) for each in recordings]
        self._errors = [e for each in found for e in (each, each.mirrored()) if len(e.error) > _BLOCK[1]]

    def seen(self, true_px: Floats, lot: np.random.RandomState) -> tuple[Floats, Floats]:
        """Where the network would see joints that truly are at ``true_px``, shape (T, 17, 2).

        Returns
        -------
        seen_px : shape (T, 17, 2); NaN where it would find nobody.
        visibility : shape (T, 17).
        """
        unit = trunk_px(true_px)
        shape = _shape(true_px, unit)
        lender = self._lender(shape, lot)
        frames = _frames(shape, lender, lot)
        error = _faded(lender.error[frames], frames)
        return true_px + unit * error, lender.visibility[frames]

    def laid_over(self, track: Track, lot: np.random.RandomState) -> Track:
        """A track as the network would have seen it."""
        poses = [pose for _, pose in track if pose is not None]
        if not poses:
            return track
        clean = np.array([pose.landmarks_px[ROWS, :2] for pose in poses], float)
        disturbed = iter(zip(*self.seen(clean, lot), strict=True))
        return [
            (time_s, None if pose is None else _disturbed(pose, *next(disturbed))) for time_s, pose in track
        ]

    def _lender(self, shape: Floats, lot: np.random.RandomState) -> Errors:
        """A recording drawn by lot from those in which the body looked most like this."""
        some = shape[np.linspace(0, len(shape) - 1, _LIKE_FRAMES).astype(int)]
        apart = np.array([_apart(some, each.shape[::3]).min(1).mean() for each in self._errors])
        return self._errors[int(lot.choice(np.argsort(apart, kind="stable")[:_RECORDINGS]))]


def _apart(some: Floats, others: Floats) -> Floats:
    """How far each shape is from each other one, shape (len(some), len(others))."""
    a, b = (s[:, _SHAPE].reshape(len(s), -1) for s in (some, others))
    squared: Floats = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    apart: Floats = np.maximum(squared, 0.0)
    return apart


def _frames(shape: Floats, lender: Errors, lot: np.random.RandomState) -> Ints:
    """The frame of the lender whose error each frame gets, stretch by stretch."""
    apart = _apart(shape, lender.shape)
    found: list[int] = []
    while len(found) < len(shape):
        at, length = len(found), int(lot.randint(*_BLOCK))
        length = min(length, len(shape) - at)
        starts = np.arange(len(lender.shape) - length + 1)
        ahead = np.arange(0, length, _BETWEEN)
        cost = apart[at + ahead[:, None], starts[None] + ahead[:, None]].mean(0)
        start = int(lot.choice(np.argsort(cost, kind="stable")[:_PLACES]))
        found += range(start, start + length)
    return np.array(found)


def _faded(error: Floats, frames: Ints) -> Floats:
    """Errors that go over from stretch to stretch without a step that the network did not make."""
    faded: Floats = error.copy()
    for cut in np.flatnonzero(np.diff(frames) != 1) + 1:
        before = error[cut - 1]
        for i in range(min(_FADE, len(error) - cut)):
            share = (i + 1) / (_FADE + 1)
            mixed = share * error[cut + i] + (1 - share) * before
            faded[cut + i] = np.where(np.isnan(mixed), error[cut + i], mixed)
    return faded


def _disturbed(pose: Pose, seen_px: Floats, visibility: Floats) -> Pose | None:
    if np.isnan(seen_px[0, 0]):
        return None
    landmarks, visible = pose.landmarks_px.copy(), pose.visibility.copy()
    landmarks[ROWS, :2], visible[ROWS] = seen_px, visibility
    return replace(pose, landmarks_px=landmarks, visibility=visible)
