"""Pictures whose size changes, whose pixels are not square, whose stamps are not those of showing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from repcount.sources.network_camera import AddressFeed
from repcount.sources.video import VideoSource
from tests.videos import quarters, reading, write_video


def moving(path: Path, frames: int = 40, b_frames: int = 2, rate: int = 10) -> Path:
    """A bright stripe that goes one pixel down in each picture: its place tells which picture it is."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"g": "20", "crf": "1"})
        stream.codec_context.max_b_frames = b_frames
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(frames):
            image = np.zeros((64, 64, 3), np.uint8)
            image[number : number + 4] = 255
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def place(image: np.ndarray) -> int:
    """Which picture of :func:`moving` this is."""
    return int(np.flatnonzero(image[:, :, 0].mean(axis=1) > 128)[0])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder's files."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def joined(path: Path, *parts: Path) -> Path:
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def test_a_size_that_changes_leaves_the_shape_of_what_is_shown(tmp_path: Path) -> None:
    wide = write_video(tmp_path / "wide.ts", size_px=(96, 64))
    high = write_video(tmp_path / "high.ts", size_px=(64, 96), stamps_ms=range(1000, 2000, 100))
    with VideoSource(joined(tmp_path / "turned.ts", wide, high)) as source:
        images = [frame.image for frame in source]
        assert {image.shape for image in images if image is not None} == {(64, 96, 3)}
    last = images[-1]
    assert last is not None
    inner = last[:, 27:69]  # 64 x 96 is 43 x 64 there, in the middle
    assert reading(inner) == "RGBK"
    assert not last[:, :25].max() > 40  # black beside it
    assert not last[:, 71:].max() > 40


@pytest.mark.parametrize("aspect", [Fraction(2), Fraction(1, 2)])
def test_pixels_that_are_not_square_are_shown_alike_from_a_file_and_an_address(
    tmp_path: Path, aspect: Fraction
) -> None:
    write_video(tmp_path / "narrow.ts", range(0, 6000, 100), size_px=(64, 64), pixel_aspect=aspect)
    with VideoSource(tmp_path / "narrow.ts") as source:
        size_px = source.size_px
    assert size_px == ((128, 64) if aspect == 2 else (64, 128))
    with served(tmp_path) as address:
        picture = next(AddressFeed(f"{address}/narrow.ts").pictures(threading.Event()))
    assert (picture.image.shape[1], picture.image.shape[0]) == size_px
    assert reading(picture.image) == reading(quarters(*size_px))


def test_an_avi_with_pictures_between_pictures_has_its_true_times(tmp_path: Path) -> None:
    with VideoSource(moving(tmp_path / "between.avi")) as source:
        found = [(frame.time_s, place(frame.image)) for frame in source if frame.image is not None]
        assert source.damage is None
    assert [number for _, number in found] == list(range(40))
    assert [time_s for time_s, _ in found] == pytest.approx([number / 10 for number in range(40)])


def test_a_stream_that_begins_between_key_pictures_is_no_damaged_file(tmp_path: Path) -> None:
    whole = moving(tmp_path / "whole.ts", b_frames=0).read_bytes()
    packets = [whole[i : i + 188] for i in range(0, len(whole), 188)]
    begun = next(i for i, packet in enumerate(packets) if i > len(packets) // 4)
    (tmp_path / "begun.ts").write_bytes(
        b"".join([*packets[:2], *packets[begun:]])
    )  # its tables, then the rest
    with VideoSource(tmp_path / "begun.ts") as source:
        found = [(frame.time_s, place(frame.image)) for frame in source if frame.image is not None]
        assert source.damage is None
    assert len(found) >= 15
    assert all(b - a == 1 and t > s for (s, a), (t, b) in pairwise(found))
