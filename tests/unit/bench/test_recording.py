import numpy as np
import pytest

from bench.filming.pools import ASIDE, PARTS
from bench.recording import (
    RECORDINGS,
    Grain,
    Recording,
    kept_digest,
    read,
    recording_path,
    scene_digest,
    scene_paths,
    write,
)
from repcount.core.errors import InputError

FRAMES = 40
LIMIT_BYTES = 30e6
LIMIT_ASIDE_BYTES = 16e6


@pytest.fixture
def recording() -> Recording:
    rng = np.random.default_rng(3)
    landmarks = rng.uniform(0, 480, (FRAMES, 33, 3))
    landmarks[7] = np.nan
    return Recording(
        digest="0123456789abcdef",
        time_s=np.arange(FRAMES) / 15,
        landmarks_px=landmarks,
        visibility=rng.uniform(0, 1, (FRAMES, 33)),
        world_m=rng.uniform(-1, 1, (FRAMES, 33, 3)),
        size_px=(480, 360),
        true_px=rng.uniform(0, 480, (FRAMES, 17, 2)),
        true_deg=rng.uniform(0, 120, (FRAMES, 2, 2, 2)),
        whole=np.ones(FRAMES, bool),
        truth={"reps": [], "holds": [], "negative_for": ["leg-press"], "acts": []},
    )


def test_what_is_read_is_what_was_written_to_within_the_grain(tmp_path, recording):
    write(recording, tmp_path / "clip.npz")
    back = read(tmp_path / "clip.npz")
    for name, grain in (
        ("visibility", Grain.VISIBILITY),
        ("world_m", Grain.WORLD_M),
        ("true_deg", Grain.DEG),
    ):
        assert np.nanmax(np.abs(getattr(back, name) - getattr(recording, name))) <= grain / 2
    assert np.nanmax(np.abs(back.landmarks_px - recording.landmarks_px)[..., :2]) <= Grain.PX / 2
    assert np.array_equal(back.time_s, recording.time_s)
    assert (back.truth, back.size_px, back.digest) == (recording.truth, (480, 360), recording.digest)


def test_a_frame_in_which_nobody_was_found_stays_one(tmp_path, recording):
    write(recording, tmp_path / "clip.npz")
    poses = read(tmp_path / "clip.npz").poses()
    assert [i for i, pose in enumerate(poses) if pose is None] == [7]


def test_a_file_that_is_no_recording_is_named(tmp_path):
    (tmp_path / "clip.npz").write_bytes(b"no")
    with pytest.raises(InputError, match=r"clip\.npz"):
        read(tmp_path / "clip.npz")
    assert kept_digest(tmp_path / "clip.npz") is None


@pytest.mark.parametrize("part", PARTS)
def test_every_scene_has_its_recording_and_every_recording_its_scene(part):
    scenes = {recording_path(path): scene_digest(path) for path in scene_paths(part)}
    assert set((RECORDINGS / part).glob("*.npz")) == set(scenes)
    assert {path: kept_digest(path) for path in scenes} == scenes


def test_the_recordings_stay_small():
    def size(parts):
        return sum(path.stat().st_size for part in parts for path in (RECORDINGS / part).glob("*.npz"))

    assert size(PARTS) < LIMIT_BYTES
    assert size(ASIDE) < LIMIT_ASIDE_BYTES
