"""Cameras for tests: one that waits for a slow machine, one in the network that can fall silent and die."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

import cv2

from repcount.sources.camera import CameraSource, _Reader
from repcount.sources.pictures import Picture
from repcount.sources.video import VideoSource


def jpegs(path: Path, every: int = 1) -> tuple[list[bytes], float]:
    """The pictures of a video as JPEG, and how many there are a second."""
    with VideoSource(path) as source:
        frames = [frame for frame in source if frame.index % every == 0]
    fps = (len(frames) - 1) / (frames[-1].time_s - frames[0].time_s)
    encoded = [cv2.imencode(".jpg", cv2.cvtColor(f.image, cv2.COLOR_RGB2BGR))[1].tobytes() for f in frames]
    return encoded, fps


class PatientSource(CameraSource):
    """A camera whose next picture waits until the last one was fetched: a slow machine drops none."""

    def deliver(self, reader: _Reader, picture: Picture) -> bool:
        with self._change:
            while self._slot is not None and not reader.stop.is_set():
                reader.heard_s = time.monotonic()  # it does not hang
                self._change.wait(0.005)
        return super().deliver(reader, picture)


class NetworkCamera:
    """Serves pictures in a loop, or once; a context manager.

    The pictures go on from where they stood when the camera is started again.
    """

    def __init__(self, pictures: Sequence[bytes], fps: float, port: int = 0, loop: bool = True) -> None:
        self._pictures: Iterator[bytes] = itertools.cycle(pictures) if loop else iter(pictures)
        self._fps = fps
        self.silent = threading.Event()
        self.sent = 0
        self._lock = threading.Lock()
        self.port = port
        self.start()

    @property
    def address(self) -> str:
        """What a user would give."""
        return f"http://127.0.0.1:{self.port}/video"

    def start(self) -> None:
        """Serve, on the same port as before."""
        self._dead = threading.Event()
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera._serve(self)

            def log_message(self, *words: object) -> None:
                pass

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Die: connections are cut, new ones refused."""
        self._dead.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> NetworkCamera:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._dead.is_set():
            self.stop()

    def _serve(self, to: BaseHTTPRequestHandler) -> None:
        dead = self._dead
        to.send_response(200)
        to.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        to.end_headers()
        due_s = time.monotonic()
        try:
            while not dead.is_set():
                due_s += 1 / self._fps
                if dead.wait(max(0.0, due_s - time.monotonic())):
                    break
                if self.silent.is_set():
                    continue
                with self._lock:
                    picture = next(self._pictures, None)
                if picture is None:
                    break
                to.wfile.write(
                    b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture)
                )
                to.wfile.write(picture + b"\r\n")
                self.sent += 1
        except OSError:
            pass  # the other side has gone
