"""Raw streams, whose rate is a guess or said by the user, and files joined, longer than they say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from repcount.core.records import Frame, Pose
from repcount.core.setting_text import PARSERS
from repcount.exercises import catalog
from repcount.pipeline.loop import run
from repcount.session.session import Session
from repcount.sources.pictures import Sampling
from repcount.sources.segments import read_index
from repcount.sources.video import VideoSource

FRAMES = 30
SAID_FPS = 12.0


class Nobody:
    """Finds nobody."""

    def estimate(self, frame: Frame) -> Pose | None:
        return None

    def close(self) -> None:
        pass


def write(path: Path, form: str) -> Path:
    with av.open(str(path), "w", format=form) as container:
        stream = container.add_stream("libx264", rate=15)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 15)
        for number in range(FRAMES):
            image = np.full((48, 64, 3), 8 * number, np.uint8)
            picture = av.VideoFrame.from_ndarray(image, format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, 15)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


def test_the_rate_of_a_raw_stream_is_a_guess_that_is_told(tmp_path: Path) -> None:
    with VideoSource(write(tmp_path / "raw.h264", "h264")) as source:
        times_s = [frame.time_s for frame in source]
    assert source.guessed_fps == 25.0
    assert times_s == pytest.approx([number / 25 for number in range(FRAMES)])


def test_the_user_says_the_rate_of_a_raw_stream(tmp_path: Path) -> None:
    path = write(tmp_path / "raw.h264", "h264")
    with VideoSource(path, Sampling(fps=SAID_FPS)) as source:
        times_s = [frame.time_s for frame in source]
    assert source.guessed_fps is None
    assert times_s == pytest.approx([number / SAID_FPS for number in range(FRAMES)])
    assert read_index(path, source.facts) is None


def test_a_file_that_has_times_keeps_them_whatever_rate_is_said(tmp_path: Path) -> None:
    with VideoSource(write(tmp_path / "a.mp4", "mp4"), Sampling(fps=SAID_FPS)) as source:
        times_s = [frame.time_s for frame in source]
    assert source.guessed_fps is None
    assert times_s == pytest.approx([number / 15 for number in range(FRAMES)], abs=1e-3)


@pytest.mark.parametrize("raw", ["0", "-1", "nan", "1e9", "quick", True])
def test_a_rate_that_cannot_be_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="a number above 0"):
        PARSERS["fps"](raw, Path())


def test_joined_files_last_as_long_as_was_seen(tmp_path: Path) -> None:
    one = write(tmp_path / "one.ts", "mpegts")
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() * 2)
    lengths_s = []
    for path in (one, joined):
        with VideoSource(path) as source:
            lengths_s.append(run(source, Nobody(), Session(catalog.get("wall-squat"))).duration_s)
    assert lengths_s == pytest.approx([2.0, 4.0], abs=0.1)
