"""A file cut into stretches gives the frames that it gives in one piece."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from repcount.core.records import Frame
from repcount.sources.pictures import Sampling
from repcount.sources.segments import InexactError, Segment, cut_segments, read_index, read_segment
from repcount.sources.video import VideoSource
from repcount.sources.video_facts import read_facts
from tests.samples import FOLDER
from tests.videos import write_video

EVERY = Sampling()
STAMPS_MS = tuple(int(i * 100 + 7 * (i % 3)) for i in range(150))  # a rate that varies


def stretches(path: Path, jobs: int = 3, gap_s: float = 0.0, settle_s: float = 1.0) -> Sequence[Segment]:
    index = read_index(path, read_facts(path))
    assert index is not None
    return cut_segments(index, gap_s, jobs, settle_s)


def joined(path: Path, sampling: Sampling, jobs: int = 3) -> list[Frame]:
    facts = read_facts(path)
    return [
        frame
        for stretch in stretches(path, jobs, sampling.gap_s)
        for frame in read_segment(path, facts, stretch, sampling)
        if frame.index >= stretch.first
    ]


def alike(one: Sequence[Frame], other: Sequence[Frame]) -> bool:
    assert [(f.index, f.time_s, f.size_px) for f in one] == [(f.index, f.time_s, f.size_px) for f in other]
    return all(np.array_equal(f.image, g.image) for f, g in zip(one, other, strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mov", "a.ts"])
@pytest.mark.parametrize("sampling", [EVERY, Sampling(gap_s=0.35)], ids=["every frame", "thinned"])
def test_stretches_joined_are_the_file(tmp_path: Path, name: str, sampling: Sampling) -> None:
    path = write_video(tmp_path / name, STAMPS_MS, grain=True)
    if read_index(path, read_facts(path)) is None:
        pytest.skip(f"{path.suffix} is read in one piece")
    assert len(stretches(path)) == 3
    assert alike(joined(path, sampling), list(VideoSource(path, sampling)))


def test_a_file_with_frames_that_look_ahead_is_cut_as_exactly() -> None:
    path = FOLDER / "wall_squat.mp4"  # has B-frames
    sampling = Sampling(edge_px=160)
    assert alike(joined(path, sampling, jobs=4), list(VideoSource(path, sampling)))


def test_every_stretch_but_the_first_settles_in_on_frames_before_it(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", STAMPS_MS)
    first, *others = stretches(path)
    assert first.first == first.key == 0
    for stretch in others:
        before = stretch.time_s[: stretch.first - stretch.key][stretch.wanted[: stretch.first - stretch.key]]
        border_s = stretch.time_s[stretch.first - stretch.key]
        assert 0.8 <= border_s - before[0] <= 1.2


def test_stretches_meet_and_count_every_frame_once(tmp_path: Path) -> None:
    found = stretches(write_video(tmp_path / "a.mp4", STAMPS_MS), jobs=2)
    assert all(one.first + one.frames == other.first for one, other in pairwise(found))
    assert sum(stretch.frames for stretch in found) == len(STAMPS_MS)


def test_a_short_file_stays_whole(tmp_path: Path) -> None:
    assert len(stretches(write_video(tmp_path / "a.mp4"), jobs=8)) == 1


@pytest.mark.parametrize(
    "stamps_ms", [(0, 100, 100, 200), (0, 100, 50, 200), (0, 100, 2000, 1000)], ids=["twice", "back", "anew"]
)
def test_stamps_that_do_not_increase_are_noticed(tmp_path: Path, stamps_ms: Sequence[int]) -> None:
    path = write_video(tmp_path / "j.mkv", stamps_ms)
    facts = read_facts(path)
    index = read_index(path, facts)
    if index is not None:  # pictures that look ahead have such stamps too: only decoding tells them apart
        (whole,) = cut_segments(index, 0.0, 1, 0.0)
        with pytest.raises(InexactError):
            list(read_segment(path, facts, whole, EVERY))


def test_a_file_that_breaks_off_is_not_cut(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", STAMPS_MS, grain=True)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert read_index(path, read_facts(path)) is None


def test_a_damaged_picture_is_noticed_by_whoever_reads_its_stretch(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", STAMPS_MS, grain=True)
    facts, parts = read_facts(path), stretches(path)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = bytes(2000)
    path.write_bytes(data)
    with pytest.raises(InexactError):
        deque(frame for stretch in parts for frame in read_segment(path, facts, stretch, EVERY))


def test_pictures_elsewhere_than_the_index_says_are_noticed(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", STAMPS_MS)
    parts = stretches(path)
    other = write_video(tmp_path / "b.mp4", [stamp + 3 * (stamp > 500) for stamp in STAMPS_MS])
    with pytest.raises(InexactError):
        list(read_segment(other, read_facts(other), parts[1], EVERY))
