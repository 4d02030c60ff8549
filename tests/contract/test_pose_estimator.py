"""What every estimator must do: the network on pixels, and the same answers replayed from a recording."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from repcount.core.protocols import PoseEstimator
from repcount.core.records import Frame, Pose
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.pose.recording import RecordedPoses, Recording, RecordingSource
from repcount.pose.recording_writer import RecordingWriter
from repcount.sources.video import VideoSource
from tests.models import model_or_skip

CLIP = Path(__file__).parents[2] / "sample_videos" / "wall_squat.mp4"
NOBODY = 3  # index of the frame in which there is nobody


class Case:
    """An estimator made anew at each call, and frames for it: one of them, at NOBODY, shows nobody."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._recording = _recorded(folder) if kind == "recorded" else None

    def estimator(self) -> PoseEstimator:
        if self._recording is not None:
            return RecordedPoses(self._recording)
        return MediaPipeEstimator(model_or_skip().path)

    def frames(self) -> list[Frame]:
        if self._recording is not None:
            return list(RecordingSource(self._recording))
        with VideoSource(CLIP) as source:
            frames = list(islice(source, 8))
        assert frames[NOBODY].image is not None
        frames[NOBODY] = Frame(frames[NOBODY].time_s, NOBODY, np.zeros_like(frames[NOBODY].image))
        return frames


def _recorded(folder: Path) -> Recording:
    numbers = np.random.default_rng(1)
    with RecordingWriter(folder / "r.npz", (64, 48)) as writer:
        for index in range(8):
            points = numbers.random((2, 33, 3)).astype(np.float32)
            visibility = numbers.random(33).astype(np.float32)
            pose = Pose(points[0], visibility, points[1], (64, 48))
            writer.append(index / 10, None if index == NOBODY else pose)
    return Recording.load(folder / "r.npz")


@pytest.fixture(params=["recorded", pytest.param("mediapipe", marks=pytest.mark.slow)])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return Case(tmp_path, request.param)


@pytest.fixture
def estimator(case: Case) -> Iterator[PoseEstimator]:
    made = case.estimator()
    yield made
    made.close()


def test_a_pose_has_33_landmarks_in_float32(case: Case, estimator: PoseEstimator) -> None:
    pose = estimator.estimate(case.frames()[0])
    assert pose is not None
    assert pose.landmarks_px.shape == pose.world_m.shape == (33, 3)
    assert pose.visibility.shape == (33,)
    assert {pose.landmarks_px.dtype, pose.world_m.dtype, pose.visibility.dtype} == {np.dtype(np.float32)}
    assert ((pose.visibility >= 0) & (pose.visibility <= 1)).all()


def test_a_pose_carries_the_size_of_its_frame(case: Case, estimator: PoseEstimator) -> None:
    frame = case.frames()[0]
    pose = estimator.estimate(frame)
    assert pose is not None
    assert all(type(length_px) is int for length_px in pose.size_px)
    if frame.image is not None:
        assert pose.size_px == (frame.image.shape[1], frame.image.shape[0])


def test_where_nobody_is_there_is_no_pose_and_later_there_is_again(
    case: Case, estimator: PoseEstimator
) -> None:
    found = [estimator.estimate(frame) is not None for frame in case.frames()]
    assert found == [index != NOBODY for index in range(8)]


def test_frames_less_than_a_millisecond_apart_are_taken(case: Case, estimator: PoseEstimator) -> None:
    frames = [Frame(i * 1e-4, frame.index, frame.image) for i, frame in enumerate(case.frames())]
    assert [estimator.estimate(frame) is not None for frame in frames].count(True) == 7


def test_a_second_object_says_the_same_to_the_last_bit(case: Case, estimator: PoseEstimator) -> None:
    again = case.estimator()
    for frame in case.frames():
        one, other = estimator.estimate(frame), again.estimate(frame)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.landmarks_px.tobytes() == other.landmarks_px.tobytes()
            assert one.visibility.tobytes() == other.visibility.tobytes()
            assert one.world_m.tobytes() == other.world_m.tobytes()
    again.close()


def test_it_closes_twice(case: Case, estimator: PoseEstimator) -> None:
    estimator.estimate(case.frames()[0])
    estimator.close()
    estimator.close()
