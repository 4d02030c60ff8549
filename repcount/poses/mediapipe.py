"""MediaPipe's pose network: the one file that knows mediapipe, and it loads it only when asked to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import ModelError
from repcount.core.model import Frame, Pose
from repcount.core.syslibs import naming_packages
from repcount.poses.quiet import quiet_native_logs

MS_PER_S = 1000


class MediaPipeEstimator:
    """The PoseLandmarker in VIDEO mode for one person, on the processor.

    It follows the person from frame to frame, so one object serves one source from its start to its
    end. Landmarks become pixels here, once. What it answers depends on the frames and their times alone.

    Parameters
    ----------
    bundle : a ``.task`` file, see ``repcount.poses.bundle``.
    quiet : keep MediaPipe's own log lines off the terminal.

    Raises
    ------
    ModelError
        Where MediaPipe cannot use the bundle.
    MissingDependencyError
        Where a system library is missing; the text is the install line.
    """

    def __init__(self, bundle: Path, quiet: bool = True) -> None:
        self._quiet = quiet
        self._last_ms = -1
        self._talkative = True
        with quiet_native_logs(quiet), naming_packages():
            self._landmarker = _create(bundle)

    def estimate(self, frame: Frame) -> Pose | None:
        """Return the pose in the picture of ``frame``, or None where nobody is found.

        Raises
        ------
        ValueError
            For a frame without a picture, or after ``close``.
        """
        if frame.image is None:
            raise ValueError("a frame without a picture: landmark recordings go through RecordedPoses")
        if self._landmarker is None:
            raise ValueError("the estimator is closed")
        # The last of MediaPipe's log lines comes with the first person found, which may be late.
        with quiet_native_logs(self._quiet and self._talkative):
            found = self._landmarker.detect_for_video(_image(frame.image), self._stamp_ms(frame.time_s))
        pose = _pose(found, frame.image)
        self._talkative = self._talkative and pose is None
        return pose

    def close(self) -> None:
        """Let go of the network; may be called twice."""
        if self._landmarker is not None:
            with quiet_native_logs(self._quiet):
                self._landmarker.close()
            self._landmarker = None

    def __enter__(self) -> MediaPipeEstimator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _stamp_ms(self, time_s: float) -> int:
        """Return whole milliseconds, at least one more than those of the frame before."""
        self._last_ms = max(self._last_ms + 1, round(time_s * MS_PER_S))
        return self._last_ms


@dataclass(frozen=True)
class Schemas:
    """The two flatbuffer schemas that come with mediapipe: of a network, and of its metadata."""

    network: ModuleType
    metadata: ModuleType


def schemas() -> Schemas:
    """Load the schemas, for building a bundle.

    Raises
    ------
    MissingDependencyError
        Where a system library is missing; the text is the install line.
    """
    with quiet_native_logs(), naming_packages():
        from mediapipe.tasks.metadata import metadata_schema_py_generated, schema_py_generated
    return Schemas(schema_py_generated, metadata_schema_py_generated)


def _create(bundle: Path) -> Any:
    from mediapipe.tasks.python import BaseOptions, vision

    base = BaseOptions(model_asset_path=str(bundle), delegate=BaseOptions.Delegate.CPU)
    options = vision.PoseLandmarkerOptions(
        base_options=base,
        running_mode=vision.RunningMode.VIDEO,
        num_poses=1,
        output_segmentation_masks=False,
    )
    try:
        return vision.PoseLandmarker.create_from_options(options)
    except (RuntimeError, ValueError, FileNotFoundError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"{bundle}: MediaPipe cannot use this model ({reason}); see models/README.md"
        ) from error


def _image(image: NDArray[np.uint8]) -> Any:
    import mediapipe

    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(image))


def _pose(found: Any, image: NDArray[np.uint8]) -> Pose | None:
    if not found.pose_landmarks:
        return None
    height_px, width_px = image.shape[:2]
    scale_px = np.array((width_px, height_px, width_px), dtype=np.float32)
    landmarks = found.pose_landmarks[0]
    return Pose(
        landmarks_px=_points(landmarks) * scale_px,
        visibility=np.array([mark.visibility for mark in landmarks], dtype=np.float32),
        world_m=_points(found.pose_world_landmarks[0]),
        size_px=(width_px, height_px),
    )


def _points(landmarks: Any) -> NDArray[np.float32]:
    return np.array([(mark.x, mark.y, mark.z) for mark in landmarks], dtype=np.float32)
