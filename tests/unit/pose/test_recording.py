import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from repcount.core.errors import InputError
from repcount.pose.recording import RecordedPoses, Recording, RecordingSource

FRAMES = 4


def arrays() -> dict[str, Any]:
    numbers = np.random.default_rng(2)
    found = {
        "time_s": np.array([0.0, 0.1, 0.25, 0.3]),
        "landmarks_px": numbers.random((FRAMES, 33, 3)).astype(np.float32),
        "visibility": numbers.random((FRAMES, 33)).astype(np.float32),
        "world_m": numbers.random((FRAMES, 33, 3)).astype(np.float32),
        "size_px": np.array([640, 354]),
    }
    found["landmarks_px"][2] = np.nan
    return found


def saved(folder: Path, members: dict[str, Any]) -> Path:
    path = folder / "set.npz"
    np.savez_compressed(path, **members)
    return path


def test_a_recording_loads_as_it_was_saved(tmp_path: Path) -> None:
    members = arrays()
    recording = Recording.load(saved(tmp_path, members))
    assert recording.time_s.dtype == np.float64
    assert recording.size_px == (640, 354)
    assert recording.duration_s is None
    assert recording.frame_count is None
    assert len(recording) == FRAMES
    for key in ("landmarks_px", "visibility", "world_m"):
        assert np.array_equal(getattr(recording, key), members[key], equal_nan=True)


def test_length_and_frame_count_are_taken_where_they_are(tmp_path: Path) -> None:
    recording = Recording.load(saved(tmp_path, arrays() | {"duration_s": 12.5, "frame_count": 300}))
    assert (recording.duration_s, recording.frame_count) == (12.5, 300)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_of_any_width_become_float32(tmp_path: Path, dtype: type) -> None:
    members = {key: value if key == "size_px" else value.astype(dtype) for key, value in arrays().items()} | {
        "time_s": arrays()["time_s"]
    }
    recording = Recording.load(saved(tmp_path, members))
    assert recording.landmarks_px.dtype == recording.visibility.dtype == recording.world_m.dtype == np.float32


def test_members_of_others_are_let_be(tmp_path: Path) -> None:
    assert len(Recording.load(saved(tmp_path, arrays() | {"note": np.array("a knee")}))) == FRAMES


def test_frames_carry_no_picture_and_a_nan_row_is_nobody(tmp_path: Path) -> None:
    recording = Recording.load(saved(tmp_path, arrays()))
    frames = list(RecordingSource(recording))
    poses = [RecordedPoses(recording).estimate(frame) for frame in frames]
    assert [frame.image for frame in frames] == [None] * FRAMES
    assert [pose is None for pose in poses] == [False, False, True, False]
    assert poses[3] is not None
    assert poses[3].landmarks_px.tobytes() == arrays()["landmarks_px"][3].tobytes()
    assert poses[3].size_px == (640, 354)


def test_one_unknown_landmark_does_not_hide_the_person(tmp_path: Path) -> None:
    members = arrays()
    members["landmarks_px"][0, 7] = np.nan
    pose = Recording.load(saved(tmp_path, members)).pose(0)
    assert pose is not None
    assert np.isnan(pose.landmarks_px[7]).all()


def test_a_recording_without_frames_loads(tmp_path: Path) -> None:
    members = {key: value if key == "size_px" else value[:0] for key, value in arrays().items()}
    assert list(RecordingSource(Recording.load(saved(tmp_path, members)))) == []


def other(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in (arrays() | changes).items() if value is not None}


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (other(time_s=None), "time_s is missing"),
        (other(landmarks_px=None), "landmarks_px is missing"),
        (other(size_px=None), "size_px is missing"),
        (other(landmarks_px=np.zeros((FRAMES, 17, 2))), r"landmarks_px has the shape \(4, 17, 2\)"),
        (other(world_m=np.zeros((FRAMES - 1, 33, 3))), r"world_m has the shape \(3, 33, 3\)"),
        (other(visibility=np.zeros((FRAMES, 33), dtype=np.int32)), "visibility holds int32"),
        (other(time_s=np.zeros((FRAMES, 1))), r"time_s has the shape \(4, 1\), not \(T,\)"),
        (other(time_s=np.array([0.0, 0.1, 0.1, 0.2])), "time_s does not increase at row 2"),
        (other(time_s=np.array([0.0, 0.1, np.nan, 0.2])), "not finite"),
        (other(time_s=np.array([-0.1, 0.1, 0.2, 0.3])), "time_s goes beyond 0 s"),
        (other(time_s=np.array([0.0, 0.1, 0.2, 1e308])), "time_s goes beyond 0 s"),
        (other(visibility=np.full((FRAMES, 33), np.nan)), "visibility is unknown"),
        (other(visibility=np.full((FRAMES, 33), 2.0)), "visibility holds values that cannot be"),
        (other(landmarks_px=np.full((FRAMES, 33, 3), np.inf)), "landmarks_px holds values"),
        (other(world_m=np.full((FRAMES, 33, 3), 1e30)), "world_m holds values"),
        (other(duration_s=np.array(1e308)), "duration_s is not one number"),
        (other(frame_count=np.array(np.nan)), "frame_count is not one number"),
        (other(size_px=np.array([1e300, 480])), "size_px is not a width and a height"),
        (other(size_px=np.array([640])), "size_px is not a width and a height"),
        (other(size_px=np.array([0, 480])), "size_px is not a width and a height"),
        (other(duration_s=np.array([1.0, 2.0])), "duration_s is not one number"),
        (other(frame_count=np.array(-1)), "frame_count is not one number"),
        (other(time_s=np.array([{}] * FRAMES)), "damaged, or not a recording"),  # a pickle is never read
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_another_form_is_one_line_with_the_key(tmp_path: Path, members: dict[str, Any], words: str) -> None:
    path = saved(tmp_path, members)
    with pytest.raises(InputError, match=words) as caught:
        Recording.load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "--save-poses" in str(caught.value)
    assert "\n" not in str(caught.value)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def spoiled(folder: Path) -> Path:
    path = saved(folder, arrays())
    data = bytearray(path.read_bytes())
    data[200:400] = bytes(200)
    return written(path, bytes(data))


def single_array(folder: Path) -> Path:
    np.save(folder / "a.npy", np.zeros(3))
    return folder / "a.npy"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "none.npz", "no such file"),
        (lambda folder: folder, "a folder"),
        (lambda folder: written(folder / "e.npz", b""), "damaged"),
        (lambda folder: written(folder / "t.npz", json.dumps({"a": 1}).encode()), "damaged"),
        (lambda folder: written(folder / "h.npz", saved(folder, arrays()).read_bytes()[:1000]), "damaged"),
        (spoiled, "damaged"),
        (single_array, "a single array"),
    ],
)
def test_what_is_no_recording_is_one_line(tmp_path: Path, make: Any, words: str) -> None:
    path = make(tmp_path)
    with pytest.raises(InputError, match=words) as caught:
        Recording.load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
