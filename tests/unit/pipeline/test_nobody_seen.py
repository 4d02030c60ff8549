from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from repcount.core.records import Frame
from repcount.io.video_writer import Unpainted, VideoSink
from repcount.pipeline.nobody_seen import why_nobody
from repcount.sources.video import VideoSource
from tests.models import model_or_skip
from tests.samples import FOLDER
from tests.unit.overlay.snapshots import snapshot

SIZE_PX = (640, 480)


def model() -> Path:
    return model_or_skip().path


def video(path: Path, image: NDArray[np.uint8]) -> Path:
    with VideoSink(path, SIZE_PX, 15.0, Unpainted()) as sink:
        for number in range(6):
            sink.write(Frame(number / 15, number, image), snapshot())
    return path


def grey(level: int) -> NDArray[np.uint8]:
    return np.full((SIZE_PX[1], SIZE_PX[0], 3), level, np.uint8)


def person_who_is(share: float) -> NDArray[np.uint8]:
    """The first picture of a sample in the middle of a room, so many times as large."""
    with VideoSource(FOLDER / "wall_squat.mp4") as source:
        picture = next(iter(source)).image
    assert picture is not None
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    image = grey(128)
    image[200 : 200 + height, 280 : 280 + width] = small
    return image


@pytest.mark.parametrize(("level", "told"), [(8, "nobody_dark"), (128, "nobody")])
def test_a_dark_video_is_told_from_an_empty_one(tmp_path: Path, level: int, told: str) -> None:
    found = why_nobody(video(tmp_path / "clip.mp4", grey(level)), model)
    assert found.code == told


@pytest.mark.slow
def test_somebody_who_is_too_small_in_the_picture_is_told_from_nobody(tmp_path: Path) -> None:
    found = why_nobody(video(tmp_path / "clip.mp4", person_who_is(0.15)), model)
    assert found.code == "nobody_far"


def test_a_recording_holds_no_pictures_to_look_at() -> None:
    assert why_nobody(Path("no-video.npz"), model).code == "nobody"
