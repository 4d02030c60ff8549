"""Counting by k-nearest neighbours over an embedding of the pose, after Google's published description.

ML Kit's guide "Pose classification options" tells the method: a pose is centred at the hips and scaled by
the torso, embedded as differences of pairs of joints, and compared with samples of the two end poses of an
exercise: the 30 nearest by the greatest difference, then of these the 10 nearest by the mean one. Their
votes are smoothed by an exponential mean over 10 frames (0.2), and a repetition is counted where the votes
for the far pose, having risen above 6, fall below 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.archive.ways import Track
from repcount.core.skeleton import INDEX

Floats = NDArray[np.float64]

NEAREST_BY_MAX: Final = 30
NEAREST_BY_MEAN: Final = 10
WINDOW: Final = 10
ALPHA: Final = 0.2
ENTER: Final = 6.0
EXIT: Final = 4.0
TORSO_TIMES: Final = 2.5
AXES: Final = np.array([1.0, 1.0, 0.2])
"""Depth is guessed by the network, and weighs less."""
_SIDED: Final = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("shoulder", "wrist"),
    ("hip", "ankle"),
    ("hip", "wrist"),
    ("shoulder", "ankle"),
)
_ACROSS: Final = ("elbow", "knee", "wrist", "ankle")
PAIRS: Final = (
    *((f"{side}_{a}", f"{side}_{b}") for a, b in _SIDED for side in ("left", "right")),
    *((f"left_{joint}", f"right_{joint}") for joint in _ACROSS),
)
"""Joints one, two and more bones apart, and the same joint on both sides."""


def embed(landmarks_px: Floats) -> Floats:
    """Embeddings of poses: shape (T, 33, 3) in pixels to (T, P, 3); without unit, blind to place and size."""
    rows = landmarks_px.astype(float)
    hips, shoulders = (
        (rows[:, INDEX[f"left_{joint}"]] + rows[:, INDEX[f"right_{joint}"]]) / 2
        for joint in ("hip", "shoulder")
    )
    torso = np.linalg.norm((shoulders - hips)[:, :2], axis=1)
    reach = np.linalg.norm((rows - hips[:, None])[..., :2], axis=2).max(1)
    size = np.maximum(np.maximum(torso * TORSO_TIMES, reach), 1e-6)
    pairs = [shoulders - hips, *(rows[:, INDEX[b]] - rows[:, INDEX[a]] for a, b in PAIRS)]
    return np.asarray(np.stack(pairs, axis=1) / size[:, None, None], float)


@dataclass(frozen=True, eq=False)
class Samples:
    """Poses whose class is known.

    Attributes
    ----------
    embeddings : shape (N, P, 3).
    far : whether each is of the pose away from rest, shape (N,).
    clip : the recording that each was taken from, shape (N,).
    """

    embeddings: Floats
    far: NDArray[np.bool_]
    clip: NDArray[np.str_]

    def without(self, clip: str) -> Samples:
        """The samples of all other recordings."""
        kept = self.clip != clip
        return Samples(self.embeddings[kept], self.far[kept], self.clip[kept])


def _votes(embedding: Floats, samples: Samples) -> int:
    """How many of the nearest samples are of the far pose; the pose and its mirror image are both tried."""
    apart = [
        np.abs(samples.embeddings - one) * AXES for one in (embedding, embedding * np.array([-1.0, 1.0, 1.0]))
    ]
    by_max = np.minimum(*(one.max(axis=(1, 2)) for one in apart))
    near = np.argsort(by_max, kind="stable")[:NEAREST_BY_MAX]
    by_mean = np.minimum(*(one[near].mean(axis=(1, 2)) for one in apart))
    return int(samples.far[near[np.argsort(by_mean, kind="stable")[:NEAREST_BY_MEAN]]].sum())


def smooth(votes: Floats) -> Floats:
    """An exponential mean over the newest frames of the window."""
    weights = (1 - ALPHA) ** np.arange(WINDOW)
    found = [
        float((votes[max(0, i - WINDOW + 1) : i + 1][::-1] * weights[: i + 1]).sum() / weights[: i + 1].sum())
        for i in range(len(votes))
    ]
    return np.array(found)


def far_votes(track: Track, samples: Samples) -> Floats:
    """Smoothed votes for the far pose in the frames with a person, 0 to 10."""
    seen = track.landmarks_px[~np.isnan(track.landmarks_px[:, 0, 0])]
    votes = [_votes(one, samples) for one in embed(seen)] if len(seen) else []
    return smooth(np.array(votes, float))


def count_entries(votes: Floats, enter: float = ENTER, leave: float = EXIT) -> int:
    """Count how often the votes, having risen above ``enter``, fall below ``leave``."""
    marks = np.where(votes > enter, 1, np.where(votes < leave, -1, 0))
    stages = marks[marks != 0]
    return int(np.sum((stages[1:] == -1) & (stages[:-1] == 1)))
