"""MediaPipe's pose network: the one file that knows mediapipe, and it loads it only when asked to."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import ModelError, naming_packages
from repcount.core.native_logs import quiet_native_logs
from repcount.core.records import Frame, Pose
from repcount.core.skeleton import INDEX

MS_PER_S = 1000
APART = 0.12
"""Share of the longer body by which two trunks are apart; nearer ones are one person, found twice."""
PLOTS: Final = "matplotlib.pyplot"
_TRUNK = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("shoulder", "hip")]

Own = TypeVar("Own", bound="_Network")


class _Network:
    """MediaPipe's network for so many people, held open. A context manager."""

    def __init__(self, bundle: Path, quiet: bool, people: int, known: Collection[str]) -> None:
        self._quiet = quiet
        data = _checked(bundle, known)
        with quiet_native_logs(quiet), naming_packages():
            self._landmarker = _create(bundle, data, people)

    def close(self) -> None:
        """Let go of the network; may be called twice."""
        if self._landmarker is not None:
            with quiet_native_logs(self._quiet):
                self._landmarker.close()
            self._landmarker = None

    def __enter__(self: Own) -> Own:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class MediaPipeEstimator(_Network):
    """The PoseLandmarker in VIDEO mode for one person, on the processor.

    It follows the person from frame to frame, so one object serves one source from its start to its
    end. Landmarks become pixels here, once. What it answers depends on the frames and their times alone.

    Parameters
    ----------
    bundle : a ``.task`` file, see ``repcount.pose.bundle``.
    quiet : keep MediaPipe's own log lines off the terminal.
    known : the checksums that the bundle may have; empty where they are not known.

    Raises
    ------
    ModelError
        Where MediaPipe cannot use the bundle.
    MissingDependencyError
        Where a system library is missing; the text is the install line.
    """

    def __init__(self, bundle: Path, quiet: bool = True, known: Collection[str] = ()) -> None:
        super().__init__(bundle, quiet, 1, known)
        self._last_ms = -1
        self._talkative = True

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
        height_px, width_px = frame.image.shape[:2]
        pose = _pose(found, frame.size_px or (width_px, height_px))
        self._talkative = self._talkative and pose is None
        return pose

    def _stamp_ms(self, time_s: float) -> int:
        """Return whole milliseconds, at least one more than those of the frame before."""
        self._last_ms = max(self._last_ms + 1, round(time_s * MS_PER_S))
        return self._last_ms


class PeopleCounter(_Network):
    """Counts people, for the moment in which somebody finds the right place: one is right, two are too many.

    A second network in IMAGE mode, since the one that follows a person in VIDEO mode looks for no other
    once it has one. It takes as long as two frames, so ask it rarely. A context manager.

    Parameters
    ----------
    bundle : a ``.task`` file, see ``repcount.pose.bundle``.
    quiet : keep MediaPipe's own log lines off the terminal.
    known : the checksums that the bundle may have; empty where they are not known.

    Raises
    ------
    ModelError
        Where MediaPipe cannot use the bundle.
    """

    def __init__(self, bundle: Path, quiet: bool = True, known: Collection[str] = ()) -> None:
        super().__init__(bundle, quiet, 2, known)

    def count(self, frame: Frame) -> int:
        """Return how many people there are: 0, 1, or 2 for two and more. Two in one place are one.

        Raises
        ------
        ValueError
            For a frame without a picture, or after ``close``.
        """
        if frame.image is None or self._landmarker is None:
            raise ValueError("no picture to count people in, or the counter is closed")
        with quiet_native_logs(self._quiet):
            found = self._landmarker.detect(_image(frame.image))
        shape = np.array(frame.image.shape[1::-1], dtype=np.float32)
        bodies = [_points(landmarks)[:, :2] * shape for landmarks in found.pose_landmarks]
        if len(bodies) < 2:
            return len(bodies)
        apart_px = float(np.hypot(*(bodies[0][_TRUNK].mean(axis=0) - bodies[1][_TRUNK].mean(axis=0))))
        tall_px = max(float(np.ptp(body, axis=0).max()) for body in bodies)
        return 2 if apart_px > APART * tall_px else 1


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
    with quiet_native_logs(), naming_packages(), without_plots():
        from mediapipe.tasks.metadata import metadata_schema_py_generated, schema_py_generated
    return Schemas(schema_py_generated, metadata_schema_py_generated)


def _checked(bundle: Path, known: Collection[str]) -> bytes:
    """The bytes of a bundle, read once: those that are checked are those that are used."""
    try:
        data = bundle.read_bytes()
    except OSError as error:
        raise ModelError(f"{bundle}: cannot be read ({error.strerror}); see models/README.md") from error
    if known and hashlib.sha256(data).hexdigest() not in known:
        raise ModelError(f"{bundle}: has changed since it was built; `repcount models build` builds it again")
    return data


def _create(bundle: Path, data: bytes, people: int) -> Any:
    """One person is followed from frame to frame; for more, every picture stands alone."""
    with without_plots():
        from mediapipe.tasks.python import BaseOptions, vision

    base = BaseOptions(model_asset_buffer=data, delegate=BaseOptions.Delegate.CPU)
    options = vision.PoseLandmarkerOptions(
        base_options=base,
        running_mode=vision.RunningMode.VIDEO if people == 1 else vision.RunningMode.IMAGE,
        num_poses=people,
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


def _pose(found: Any, size_px: tuple[int, int]) -> Pose | None:
    if not found.pose_landmarks:
        return None
    width_px, height_px = size_px
    scale_px = np.array((width_px, height_px, width_px), dtype=np.float32)
    landmarks = found.pose_landmarks[0]
    return Pose(
        landmarks_px=_points(landmarks) * scale_px,
        visibility=np.array([mark.visibility for mark in landmarks], dtype=np.float32),
        world_m=_points(found.pose_world_landmarks[0]),
        size_px=size_px,
    )


def _points(landmarks: Any) -> NDArray[np.float32]:
    return np.array([(mark.x, mark.y, mark.z) for mark in landmarks], dtype=np.float32)


class _LateModule(ModuleType):
    """Stands for a module that is imported when an attribute of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:  # while this still stands in for the module
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def without_plots() -> Iterator[None]:
    """Within the block, imports of matplotlib are put off until it is used."""
    package = PLOTS.split(".")[0]
    if package in sys.modules:
        yield
        return
    later = {name: _LateModule(name) for name in (package, PLOTS)}
    later[package].pyplot = later[PLOTS]  # type: ignore[attr-defined]
    sys.modules.update(later)
    try:
        yield
    finally:
        for name in later:
            sys.modules.pop(name, None)
