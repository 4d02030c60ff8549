"""An estimator that also writes down what another one says."""

from __future__ import annotations

from repcount.core.model import Frame, Pose
from repcount.core.protocols import PoseEstimator
from repcount.poses.recorder import RecordingWriter


class KeptPoses:
    """Answers as ``estimator`` does and appends each answer to a recording.

    Landmarks are kept as the network gave them, before anything is mended: replaying them goes the same
    way again. Both parts stay the caller's to close.
    """

    def __init__(self, estimator: PoseEstimator, writer: RecordingWriter) -> None:
        self._estimator = estimator
        self._writer = writer

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose, or None where nobody is found."""
        pose = self._estimator.estimate(frame)
        self._writer.append(frame.time_s, pose, frame.index)
        return pose

    def close(self) -> None:
        """Do nothing: neither part belongs to it."""
