from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from repcount.core.errors import OutputError
from repcount.core.records import Frame
from repcount.io.video_writer import VideoSink
from repcount.overlay.canvas import Layout
from tests.unit.overlay.snapshots import picture, snapshot

UNEVEN_S = (0.0, 0.033, 0.1, 0.5, 0.5001, 1.25)


def film(path: Path, times_s: Sequence[float] = UNEVEN_S, size_px: tuple[int, int] = (320, 240)) -> Path:
    with VideoSink(path, size_px, fps_hint=10.0) as sink:
        for i, time_s in enumerate(times_s):
            sink.write(Frame(time_s, i, picture(size_px)), snapshot(size_px, count=i))
    return path


def decoded(path: Path) -> list[VideoFrame]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_browsers_and_phones_know_what_is_written(tmp_path: Path) -> None:
    with av.open(str(film(tmp_path / "out.mp4"))) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.codec_context.profile == "High"
        assert (stream.width, stream.height) == (320, 240)
        context = stream.codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)


def test_every_frame_is_shown_at_its_own_time(tmp_path: Path) -> None:
    times_s = [frame.time for frame in decoded(film(tmp_path / "out.mp4"))]
    assert times_s == pytest.approx(UNEVEN_S, abs=1 / 90_000)


def test_the_last_frame_stays_for_one_period(tmp_path: Path) -> None:
    with av.open(str(film(tmp_path / "out.mp4"))) as container:
        stream = container.streams.video[0]
        assert float(stream.duration * stream.time_base) == pytest.approx(1.35, abs=0.001)


def test_times_closer_than_the_file_can_tell_stay_in_order(tmp_path: Path) -> None:
    times_s = [frame.time for frame in decoded(film(tmp_path / "out.mp4", (0.0, 1e-7, 2e-7, 1.0)))]
    assert len(times_s) == 4
    assert (np.diff(times_s) > 0).all()


def test_a_video_that_begins_late_keeps_its_times(tmp_path: Path) -> None:
    times_s = [frame.time for frame in decoded(film(tmp_path / "out.mp4", (7.5, 7.6, 7.8)))]
    assert times_s == pytest.approx([7.5, 7.6, 7.8], abs=1 / 90_000)


def test_playing_can_begin_before_all_is_loaded(tmp_path: Path) -> None:
    content = film(tmp_path / "out.mp4").read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_odd_sides_are_padded_by_one_pixel(tmp_path: Path) -> None:
    first = decoded(film(tmp_path / "out.mp4", size_px=(321, 241)))[0]
    assert (first.width, first.height) == (322, 242)


def test_the_count_is_seen_in_the_video(tmp_path: Path) -> None:
    first, *_, last = (f.to_ndarray(format="rgb24").astype(int) for f in decoded(film(tmp_path / "out.mp4")))
    card = slice(0, round(16 * Layout((320, 240)).unit_px))
    assert (np.abs(first - last)[card, card] > 100).any()


@pytest.mark.parametrize("colour", [(200, 30, 30), (20, 160, 60), (40, 60, 200), (255, 255, 255), (0, 0, 0)])
def test_colours_are_kept(tmp_path: Path, colour: tuple[int, int, int]) -> None:
    image = np.full((240, 320, 3), colour, np.uint8)
    with VideoSink(tmp_path / "out.mp4", (320, 240)) as sink:
        sink.write(Frame(0.0, 0, image), snapshot((320, 240), pose=None))
    corner = decoded(tmp_path / "out.mp4")[0].to_ndarray(format="rgb24")[-20:, -20:]
    assert np.abs(corner.astype(int) - colour).max() <= 4


def test_a_recording_without_pictures_becomes_a_video_too(tmp_path: Path) -> None:
    with VideoSink(tmp_path / "out.mp4", (320, 240)) as sink:
        sink.write(Frame(0.0, 0), snapshot((320, 240)))
    assert decoded(tmp_path / "out.mp4")[0].to_ndarray(format="rgb24")[-1, -1].max() < 40


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (240, 320, 3), np.uint8)

    def fill_the_disk() -> None:
        with VideoSink(tmp_path / "out.mp4", (320, 240)) as sink:
            for i in range(100):
                sink.write(Frame(i / 10, i, noise), snapshot((320, 240)))

    with room_for(50_000), pytest.raises(OutputError, match=r"out\.mp4.*room.*free"):
        fill_the_disk()
    assert not list(tmp_path.iterdir())


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    VideoSink(tmp_path / "out.mp4", (320, 240)).close()
    assert not list(tmp_path.iterdir())


def test_what_is_closed_takes_no_more_frames(tmp_path: Path) -> None:
    sink = VideoSink(tmp_path / "out.mp4", (320, 240))
    sink.close()
    with pytest.raises(ValueError, match="closed"):
        sink.write(Frame(0.0, 0, picture((320, 240))), snapshot((320, 240)))
