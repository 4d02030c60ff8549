"""Cameras: an address on this machine, a file in real time, and feeds that fail as cables do."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from repcount.core.errors import InputError
from repcount.sources.camera import CameraSource, open_camera
from repcount.sources.feeds import DeviceFeed, FileFeed, feed_of
from repcount.sources.network_camera import AddressFeed
from repcount.sources.pictures import Picture, brightness, letterboxed
from tests import waiting
from tests.cameras import NetworkCamera, PatientSource, jpegs
from tests.videos import quarters, reading, write_video
from tests.waiting import PATIENCE_S


def until(source: CameraSource, reached: Callable[[], bool]) -> list[float]:
    """Fetch frames until something holds; their times."""
    times, end_s = [], time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < end_s, source.link
        frame = source.newest(0.05)
        times += [] if frame is None else [frame.time_s]
    return times


@pytest.fixture
def network(tmp_path: Path) -> Iterator[NetworkCamera]:
    pictures, _ = jpegs(write_video(tmp_path / "c.mp4"))
    with NetworkCamera(pictures, fps=30.0) as camera:
        yield camera


def test_the_pictures_of_a_network_camera_come_upright_in_their_colours(network: NetworkCamera) -> None:
    with PatientSource(feed_of(network.address)) as source:
        frame = source.newest(PATIENCE_S)
        assert frame is not None
        assert frame.image is not None
        assert reading(frame.image) == "RGBK"
        assert (source.size_px, frame.time_s, source.link.live) == ((64, 48), 0.0, True)
        assert frame.brightness == pytest.approx(0.25, abs=0.03)


def test_a_camera_that_dies_is_found_again_and_time_goes_on(network: NetworkCamera) -> None:
    with open_camera(network.address) as source:
        before = until(source, lambda: network.sent > 10)
        network.stop()
        until(source, lambda: "refuses the connection" in source.link.text)
        assert (source.link.live, source.ended, source.link.losses) == (False, False, 1)
        network.start()
        after = until(source, lambda: source.link.live and network.sent > 20)
    times = before + after
    assert all(later > earlier for earlier, later in itertools.pairwise(times))
    assert after[-1] > before[-1] + 1.0  # the pause before it is tried again


def test_a_camera_that_falls_silent_is_lost_after_two_seconds_and_found_again(network: NetworkCamera) -> None:
    with open_camera(network.address) as source:
        until(source, lambda: source.link.live)
        network.silent.set()
        start_s = time.monotonic()
        until(source, lambda: not source.link.live)
        assert time.monotonic() - start_s > 1.0
        assert "nothing for 2 s" in source.link.text or "does not answer" in source.link.text
        network.silent.clear()
        until(source, lambda: source.link.live)


def test_waiting_for_a_frame_ends_in_time_where_no_camera_is_there() -> None:
    with open_camera("http://127.0.0.1:9/video") as source:
        start_s = time.monotonic()
        assert source.newest(0.3) is None
        assert time.monotonic() - start_s < 5.0  # an address has ten seconds to answer
        until(source, lambda: "refuses" in source.link.text)


def test_a_password_in_an_address_is_not_told() -> None:
    assert AddressFeed("rtsp://me:secret@10.0.0.2:554/live").name == "rtsp://10.0.0.2:554/live"


def test_a_device_that_is_not_there_is_waited_for() -> None:
    with open_camera("/dev/no-such-camera") as source:
        until(source, lambda: "repcount cameras" in source.link.text)
        assert not source.ended


class Hanging:
    """A feed whose first reads hang for good, as those of a device that was pulled out."""

    name, file = "hanging", None

    def __init__(self, hangs: int) -> None:
        self.hangs = hangs
        self.opened = 0
        self.released = threading.Event()

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        self.opened += 1
        hang = self.opened <= self.hangs
        yield Picture(quarters(64, 48), time.monotonic())
        if hang:
            self.released.wait(PATIENCE_S)
            yield Picture(quarters(8, 8), time.monotonic())  # a ghost: that reader has been given up
        while not stop.wait(0.02):
            yield Picture(quarters(128, 48), time.monotonic())


def test_a_read_that_hangs_is_given_up_and_another_thread_goes_on() -> None:
    feed = Hanging(hangs=2)
    with CameraSource(feed, lost_after_s=0.3, retry_s=0.1) as source:
        until(source, lambda: feed.opened == 3 and source.link.live)
        feed.released.set()
        images = [source.newest(PATIENCE_S) for _ in range(5)]
    assert source.link.losses == 2
    assert {frame.image.shape for frame in images if frame and frame.image is not None} == {(48, 64, 3)}


def test_only_the_newest_frame_is_kept_and_the_others_are_counted() -> None:
    feed = Hanging(hangs=0)
    with CameraSource(feed) as source:
        first = source.newest(PATIENCE_S)
        waiting.until(lambda: source.dropped >= 5)
        second = source.newest(PATIENCE_S)
    assert first is not None
    assert second is not None
    assert second.index > first.index + 4


def test_a_file_is_played_at_its_own_pace_and_ends(tmp_path: Path) -> None:
    start_s = time.monotonic()
    with PatientSource(feed_of(str(write_video(tmp_path / "v.mp4")))) as source:
        frames = list(source)
        assert 0 <= source.now_s() - frames[-1].time_s < time.monotonic() - start_s
    assert [round(frame.time_s, 3) for frame in frames] == [i / 10 for i in range(10)]
    assert time.monotonic() - start_s > 0.85
    assert (source.ended, source.dropped, source.damage) == (True, 0, None)


@pytest.mark.parametrize(
    ("word", "remedy"), [("nowhere.mp4", "repcount cameras"), ("gopher://a/b", "begins with")]
)
def test_what_is_no_camera_is_told_at_once(word: str, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        open_camera(word)


def test_a_camera_is_named_by_index_device_address_or_file(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mp4")
    kinds = [type(feed_of(word)) for word in ("0", "/dev/video1", "rtsp://h/live", str(video))]
    assert kinds == [DeviceFeed, DeviceFeed, AddressFeed, FileFeed]


def test_brightness_goes_from_black_to_white() -> None:
    for level, expected in ((0, 0.0), (51, 0.2), (255, 1.0)):
        assert brightness(np.full((48, 64, 3), level, np.uint8)) == pytest.approx(expected)


def test_a_picture_of_another_shape_is_fitted_whole() -> None:
    square = np.full((100, 100, 3), 200, np.uint8)
    whole = letterboxed(square, (64, 48))
    assert whole.shape == (48, 64, 3)
    assert (whole[:, 8:56] == 200).all()
    assert not whole[:, :8].any()
