"""Addresses that are no ordinary video: one picture, a stream without its first boundary, a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from repcount.core.errors import InputError
from repcount.sources.feeds import feed_of
from repcount.sources.network_camera import AddressFeed

SECRET = "?token=Geheim"
PICTURE = cv2.imencode(".jpg", np.random.default_rng(18).integers(0, 255, (240, 320, 3), np.uint8))[
    1
].tobytes()
PAGE = b"<html>no camera</html>" * 500
PACE_S = 0.02


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind = self.path.partition("?")[0]
        self.send_response(200)
        types = {"/still": "image/jpeg", "/unsized": "image/jpeg", "/page": "text/html"}
        self.send_header("Content-Type", types.get(kind, "multipart/x-mixed-replace; boundary=frame"))
        whole = {"/still": PICTURE, "/unsized": PICTURE, "/page": PAGE}.get(kind)
        if whole is not None and kind != "/unsized":
            self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        with suppress(OSError):  # the other side has seen enough
            if whole is not None:
                self.wfile.write(whole)
            else:
                self._stream()

    def _stream(self) -> None:
        first = True
        while not threading.Event().wait(PACE_S):
            self.wfile.write(b"" if first else b"\r\n--frame\r\n")
            self.wfile.write(b"Content-Type: image/jpeg\r\n\r\n" + PICTURE)
            first = False

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def served(what: str) -> Iterator[AddressFeed]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield AddressFeed(f"http://name:p@ss@127.0.0.1:{server.server_address[1]}/{what}{SECRET}")
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("what", "told"),
    [("still", "is one picture"), ("unsized", "is one picture"), ("page", "something else than video")],
)
def test_an_address_that_is_no_video_is_told_as_what_it_is_without_its_secrets(what: str, told: str) -> None:
    with served(what) as feed, pytest.raises(InputError, match=told) as caught:
        list(feed.pictures(threading.Event()))
    assert "Geheim" not in str(caught.value)
    assert "p@ss" not in str(caught.value)


def test_motion_jpeg_without_its_first_boundary_is_read() -> None:
    with served("video") as feed:
        stop = threading.Event()
        sizes = []
        for picture in feed.pictures(stop):
            sizes.append(picture.image.shape)
            if len(sizes) == 3:
                stop.set()
    assert sizes == [(240, 320, 3)] * 3


def test_an_address_may_be_written_in_capitals_and_a_mistyped_one_keeps_its_password() -> None:
    feed = feed_of("RTSP://name:p@ss@10.0.0.5/live")
    assert feed.name == "rtsp://10.0.0.5/live"
    with pytest.raises(InputError) as caught:
        feed_of("rtsp:/name:p@ss@10.0.0.5/live")
    assert str(caught.value).startswith("***@10.0.0.5/live: no such file; ")
