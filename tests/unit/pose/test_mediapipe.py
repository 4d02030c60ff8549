import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from repcount.core.errors import ModelError
from repcount.core.records import Frame
from repcount.pose.mediapipe import MediaPipeEstimator
from tests.models import model_or_skip

CLIP = Path(__file__).parents[3] / "sample_videos" / "wall_squat.mp4"

FIVE_FRAMES = """
import sys
from itertools import islice
from pathlib import Path
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.sources.video import VideoSource
clip, model, quiet = sys.argv[1:]
with VideoSource(clip) as source, MediaPipeEstimator(Path(model), quiet == "quiet") as estimator:
    print(sum(estimator.estimate(frame) is not None for frame in islice(source, 5)))
"""
IMPORT = """
import sys
from repcount.pose.mediapipe import without_plots
with without_plots():
    from mediapipe.tasks.python.vision import drawing_utils
print("matplotlib" in sys.modules, "matplotlib.pyplot" in sys.modules)
drawing_utils.plt.figure
print("matplotlib.pyplot" in sys.modules)
"""
AFTER = """
import matplotlib
from repcount.pose.mediapipe import without_plots
with without_plots():
    import matplotlib.pyplot
print(matplotlib.pyplot.__file__ is not None)
"""


def told_on_the_terminal(manner: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", FIVE_FRAMES, str(CLIP), str(model_or_skip().path), manner],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "5\n"
    return run.stderr


@pytest.mark.parametrize("module", ["mediapipe", "bundle", "recording"])
def test_importing_the_room_loads_no_mediapipe(module: str) -> None:
    code = f"import sys, repcount.pose.{module}; print('mediapipe' in sys.modules, 'cv2' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False False\n"


@pytest.mark.slow
def test_the_terminal_stays_quiet() -> None:
    assert told_on_the_terminal("quiet") == ""


@pytest.mark.slow
def test_when_not_quiet_the_lines_of_mediapipe_are_seen() -> None:
    assert "TensorFlow Lite" in told_on_the_terminal("verbose")


@pytest.mark.slow
def test_landmarks_are_in_pixels_of_the_frame() -> None:
    from repcount.sources.video import VideoSource

    with VideoSource(CLIP) as source, MediaPipeEstimator(model_or_skip().path) as estimator:
        pose = estimator.estimate(next(iter(source)))
    assert pose is not None
    width_px, height_px = pose.size_px
    x_px, y_px = pose.landmarks_px[:, 0], pose.landmarks_px[:, 1]
    assert 0.2 * height_px < np.ptp(y_px) < height_px
    assert ((x_px > 0) & (x_px < width_px)).all()
    assert y_px[0] < y_px[23] < y_px[27]  # nose over hip over ankle


def test_networks_that_are_none_are_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "junk.task"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("pose_detector.tflite", b"junk")
        file.writestr("pose_landmarks_detector.tflite", b"junk")
    with pytest.raises(ModelError, match="MediaPipe cannot use this model") as caught:
        MediaPipeEstimator(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_frames_without_a_picture_or_after_closing_are_refused() -> None:
    estimator = MediaPipeEstimator(model_or_skip().path)
    with pytest.raises(ValueError, match="without a picture"):
        estimator.estimate(Frame(0.0, 0))
    estimator.close()
    with pytest.raises(ValueError, match="closed"):
        estimator.estimate(Frame(0.0, 0, np.zeros((48, 64, 3), dtype=np.uint8)))


def said(code: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_mediapipe_comes_without_matplotlib_which_is_there_once_it_is_used() -> None:
    assert said(IMPORT) == ["False", "False", "True"]


def test_matplotlib_that_is_loaded_already_stays_what_it_is() -> None:
    assert said(AFTER) == ["True"]
