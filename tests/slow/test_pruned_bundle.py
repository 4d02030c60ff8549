"""The bundle built from the real wheel: the same each time, and as good as with its segmentation head."""

import subprocess
import sys
import zipfile
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from repcount.pose.bundle import ALIGN_BYTES, build_from_wheel, find_model
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.sources.video import VideoSource
from tests.models import wheel_or_skip
from tests.samples import Clip, clips

FRAMES = 40

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_or_skip(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def bundles(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    pruned = build_from_wheel(wheel, folder / "pruned.task")
    whole = build_from_wheel(wheel, folder / "whole.task", prune=False)
    assert pruned.sha256 != whole.sha256
    return pruned.path, whole.path


def landmarks(bundle: Path, clip: Path) -> list[np.ndarray]:
    found = []
    with VideoSource(clip) as source, MediaPipeEstimator(bundle) as estimator:
        for frame in islice(source, FRAMES):
            pose = estimator.estimate(frame)
            assert pose is not None
            found.append(np.column_stack((pose.landmarks_px, pose.visibility, pose.world_m)))
    return found


@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.name)
def test_landmarks_without_the_segmentation_head_are_the_same_to_the_last_bit(
    bundles: tuple[Path, Path], clip: Clip
) -> None:
    ours, theirs = (landmarks(bundle, clip.path) for bundle in bundles)
    assert len(ours) == len(theirs) == FRAMES
    assert all(one.tobytes() == other.tobytes() for one, other in zip(ours, theirs, strict=True))


def test_the_same_wheel_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    one = build_from_wheel(wheel, tmp_path / "one.task")
    other = build_from_wheel(wheel, tmp_path / "other.task")
    assert one.sha256 == other.sha256


def test_the_networks_lie_open_and_aligned_in_the_bundle(wheel: Path, tmp_path: Path) -> None:
    path = build_from_wheel(wheel, tmp_path / "m.task").path
    data = path.read_bytes()
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        for info in file.infolist():
            assert data.index(file.read(info)) % ALIGN_BYTES == 0


def test_two_that_build_at_once_both_end_well(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    code = (
        "import sys; from pathlib import Path; from repcount.pose.bundle import find_model;"
        "print(find_model(None, lambda stage, fraction: None, Path(sys.argv[1])).sha256)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "cache")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {run.communicate()[0].strip() for run in runs}
    assert [run.returncode for run in runs] == [0, 0]
    kept = find_model(None, _must_not_build, tmp_path / "cache")
    assert said == {kept.sha256}
    assert len(list((tmp_path / "cache").iterdir())) == 1


def _must_not_build(stage: str, fraction: float) -> None:
    raise AssertionError(stage)
