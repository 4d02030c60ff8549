"""What every source of frames must do, whatever it reads."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from repcount.core.protocols import FrameSource
from repcount.pose.recording import Recording, RecordingSource
from repcount.pose.recording_writer import RecordingWriter
from repcount.sources.camera import open_camera
from repcount.sources.pictures import Sampling
from repcount.sources.video import VideoSource
from tests.videos import set_matrix, write_video


def video(folder: Path) -> FrameSource:
    return VideoSource(write_video(folder / "a.mp4"))


def jumbled_video(folder: Path) -> FrameSource:
    return VideoSource(write_video(folder / "j.mkv", [0, 100, 100, 50, 200, 1700]))


def turned_video(folder: Path) -> FrameSource:
    return VideoSource(set_matrix(write_video(folder / "t.mp4"), 0, 1, -1, 0))


def thinned_video(folder: Path) -> FrameSource:
    return VideoSource(write_video(folder / "n.mp4"), Sampling(gap_s=0.25))


def recording(folder: Path) -> FrameSource:
    with RecordingWriter(folder / "r.npz", (64, 48), duration_s=0.5, frame_count=6) as writer:
        for time_s in (0.0, 0.1, 0.25, 0.4):
            writer.append(time_s, None)
    return RecordingSource(Recording.load(folder / "r.npz"))


def recording_of_unknown_length(folder: Path) -> FrameSource:
    with RecordingWriter(folder / "r.npz", (64, 48)) as writer:
        writer.append(3.0, None)
    return RecordingSource(Recording.load(folder / "r.npz"))


def played_video(folder: Path) -> FrameSource:
    return open_camera(str(write_video(folder / "p.mp4", tuple(range(0, 400, 40)))))


MAKERS = [
    video,
    jumbled_video,
    turned_video,
    thinned_video,
    recording,
    recording_of_unknown_length,
    played_video,
]


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def source(request: pytest.FixtureRequest, tmp_path: Path):
    make: Callable[[Path], FrameSource] = request.param
    made = make(tmp_path)
    yield made
    made.close()


def test_times_strictly_increase_from_zero_or_later(source: FrameSource) -> None:
    times = [frame.time_s for frame in source]
    assert times[0] >= 0
    assert all(later > earlier for earlier, later in itertools.pairwise(times))
    assert all(type(time_s) is float for time_s in times)


def test_frames_are_numbered_upward_from_zero(source: FrameSource) -> None:
    numbers = [frame.index for frame in source]
    assert numbers[0] == 0
    assert all(later > earlier for earlier, later in itertools.pairwise(numbers))


def test_every_picture_has_the_size_that_was_promised(source: FrameSource) -> None:
    width_px, height_px = source.size_px
    for frame in source:
        assert frame.image is None or frame.image.shape == (height_px, width_px, 3)


def test_what_is_promised_before_reading_is_not_less_than_what_comes(source: FrameSource) -> None:
    duration_s, frame_count = source.duration_s, source.frame_count
    frames = list(source)
    assert duration_s is None or duration_s >= frames[-1].time_s
    assert frame_count is None or frame_count >= len(frames)


def test_reading_twice_gives_the_same_frames(source: FrameSource) -> None:
    first = [(frame.index, frame.time_s) for frame in source]
    assert [(frame.index, frame.time_s) for frame in source] == first


def test_a_whole_file_reports_no_damage(source: FrameSource) -> None:
    assert list(source)
    assert source.damage is None


def test_the_name_is_the_path(source: FrameSource) -> None:
    assert Path(source.name).is_file()


def test_it_closes_twice_even_in_the_middle_of_reading(source: FrameSource) -> None:
    next(iter(source))
    source.close()
    source.close()
