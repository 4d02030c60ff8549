"""Frames left out, and pictures reduced."""

from __future__ import annotations

from pathlib import Path

import pytest

from repcount.sources.pictures import GAP_S, Sampling, thinned
from repcount.sources.video import VideoSource
from tests.videos import reading, set_matrix, write_video


def kept(times_s: list[float], gap_s: float = GAP_S) -> list[float]:
    return list(thinned(times_s, float, gap_s))


@pytest.mark.parametrize(
    ("fps", "every"), [(15, 1), (24, 1), (25, 1), (29.97, 2), (30, 2), (50, 3), (60, 4), (120, 8)]
)
def test_common_rates_are_thinned_evenly_to_fifteen_a_second_or_a_little_more(fps: float, every: int) -> None:
    times_s = [i / fps for i in range(24 * 20 + 1)]
    assert kept(times_s) == times_s[::every]


def test_stamps_rounded_to_milliseconds_change_nothing() -> None:
    times_s = [round(i / 30, 3) for i in range(101)]
    assert kept(times_s) == times_s[::2]


def test_where_frames_are_far_apart_none_is_left_out() -> None:
    times_s = [0.0, 0.033, 0.066, 0.5, 0.6, 0.633, 0.9]
    assert kept(times_s) == [0.0, 0.066, 0.5, 0.6, 0.633, 0.9]


def test_the_last_frame_is_always_kept() -> None:
    assert kept([0.0, 0.01, 0.02]) == [0.0, 0.02]
    assert kept([5.0]) == [5.0]
    assert kept([]) == []


def test_no_gap_leaves_nothing_out() -> None:
    assert kept([0.0, 0.001, 0.002], 0.0) == [0.0, 0.001, 0.002]


def test_frames_that_are_left_keep_their_times_and_numbers(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4")
    whole = [(frame.index, frame.time_s) for frame in VideoSource(path)]
    thin = [(frame.index, frame.time_s) for frame in VideoSource(path, Sampling(gap_s=0.25))]
    assert thin == [*whole[::2], whole[-1]]


def test_a_reduced_picture_is_upright_and_knows_its_full_size(tmp_path: Path) -> None:
    path = set_matrix(write_video(tmp_path / "t.mp4"), 0, 1, -1, 0)
    full = next(iter(VideoSource(path)))
    small = next(iter(VideoSource(path, Sampling(edge_px=32))))
    assert full.image is not None
    assert small.image is not None
    assert small.image.shape == (32, 24, 3)
    assert small.size_px == full.size_px == (48, 64)
    assert reading(small.image) == reading(full.image)


def test_a_small_picture_is_never_enlarged(tmp_path: Path) -> None:
    frame = next(iter(VideoSource(write_video(tmp_path / "a.mp4"), Sampling(edge_px=640))))
    assert frame.image is not None
    assert frame.image.shape == (48, 64, 3)
