from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None

import numpy as np
import pytest

from repcount.core.errors import OutputError
from repcount.core.records import Pose
from repcount.pose.recording import RecordedPoses, Recording, RecordingSource
from repcount.pose.recording_writer import RecordingWriter


def poses(count: int) -> list[Pose | None]:
    numbers = np.random.default_rng(3)
    made: list[Pose | None] = []
    for _ in range(count):
        points = (numbers.random((2, 33, 3)) * 640).astype(np.float32)
        made.append(Pose(points[0], numbers.random(33).astype(np.float32), points[1], (640, 480)))
    return made


def test_what_was_written_replays_to_the_last_bit(tmp_path: Path) -> None:
    said = [*poses(5), None, *poses(2)]
    times = [index * 1001 / 30000 for index in range(len(said))]
    with RecordingWriter(tmp_path / "r.npz", (640, 480), duration_s=0.3, frame_count=9) as writer:
        for time_s, pose in zip(times, said, strict=True):
            writer.append(time_s, pose)
    recording = Recording.load(tmp_path / "r.npz")
    source, estimator = RecordingSource(recording), RecordedPoses(recording)
    assert [frame.time_s for frame in source] == times
    assert (source.size_px, source.duration_s, source.frame_count) == ((640, 480), 0.3, 9)
    for frame, pose in zip(source, said, strict=True):
        replayed = estimator.estimate(frame)
        assert (replayed is None) == (pose is None)
        if replayed is not None and pose is not None:
            assert replayed.landmarks_px.tobytes() == pose.landmarks_px.tobytes()
            assert replayed.visibility.tobytes() == pose.visibility.tobytes()
            assert replayed.world_m.tobytes() == pose.world_m.tobytes()
            assert replayed.size_px == pose.size_px


def test_the_file_has_the_documented_form(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "r.npz", (640, 480)) as writer:
        writer.append(0.5, poses(1)[0])
        writer.append(0.75, None)
    with np.load(tmp_path / "r.npz", allow_pickle=False) as file:
        form = {key: (file[key].shape, file[key].dtype.kind) for key in file.files}
        assert np.isnan(file["landmarks_px"][1]).all()
    assert form == {
        "time_s": ((2,), "f"),
        "landmarks_px": ((2, 33, 3), "f"),
        "visibility": ((2, 33), "f"),
        "world_m": ((2, 33, 3), "f"),
        "size_px": ((2,), "i"),
    }


def test_the_same_landmarks_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        with RecordingWriter(tmp_path / name, (640, 480)) as writer:
            writer.append(0.0, poses(1)[0])
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_recording_without_frames_can_be_written(tmp_path: Path) -> None:
    RecordingWriter(tmp_path / "r.npz", (640, 480)).close()
    assert len(Recording.load(tmp_path / "r.npz")) == 0


def test_closing_twice_changes_nothing(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r.npz", (640, 480))
    writer.append(0.0, None)
    writer.close()
    before = (tmp_path / "r.npz").read_bytes()
    writer.close()
    writer.discard()
    assert (tmp_path / "r.npz").read_bytes() == before


def test_nothing_is_at_the_place_before_it_is_closed(tmp_path: Path) -> None:
    (tmp_path / "r.npz").write_bytes(b"an older one")
    writer = RecordingWriter(tmp_path / "r.npz", (640, 480))
    writer.append(0.0, None)
    assert (tmp_path / "r.npz").read_bytes() == b"an older one"
    writer.close()
    assert list(tmp_path.iterdir()) == [tmp_path / "r.npz"]


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    def work() -> None:
        with RecordingWriter(tmp_path / "r.npz", (640, 480)) as writer:
            writer.append(0.0, None)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        work()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["nowhere/r.npz", "folder"])
def test_a_place_that_cannot_be_written_is_told_before_any_frame(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=r"name another|name a file in it") as caught:
        RecordingWriter(tmp_path / place, (640, 480))
    assert str(tmp_path / place) in str(caught.value)


@pytest.mark.skipif(resource is None, reason="this system cannot limit the size of files")
def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r.npz", (640, 480))
    for index, pose in enumerate(poses(20)):
        writer.append(float(index), pose)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OutputError, match="no room left"):
            writer.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
