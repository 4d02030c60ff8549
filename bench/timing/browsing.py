"""``repcount serve`` in a process of its own, and a Chromium whose camera shows a clip."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from repcount.sources.video import VideoSource

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

CAMERA_FPS = 30  # what Chromium plays a file of JPEGs at
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
)
CHROMIUM = shutil.which("chromium")


@contextmanager
def showing_site(folder: Path) -> Iterator[str]:
    """The address of the page that needs no computer, while ``repcount site serve`` shows it."""
    words = [sys.executable, "-m", "repcount", "site", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            yield re.findall(r"http\S+", program.stdout.readline())[0]
        finally:
            program.terminate()


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[str]:
    """The address of ``repcount serve``, which keeps its history in ``folder``."""
    command = [sys.executable, "-m", "repcount", "serve", "--port", "0", *words]
    there = {**os.environ, "XDG_DATA_HOME": str(folder)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=there, encoding="utf-8"
    ) as program:
        try:
            assert program.stdout is not None
            for line in program.stdout:
                found = re.search(r"https?://\S+", line)
                if found:
                    yield found[0]
                    break
            else:
                raise RuntimeError(program.communicate()[1])
        finally:
            program.terminate()
            program.communicate(timeout=30)


def camera_file(clip: Path, path: Path, head_s: float = 0.0, tail_s: float = 0.0, upper: float = 1.0) -> Path:
    """A clip as a camera would show it: its first picture for a while, the clip, its last picture.

    Parameters
    ----------
    upper : how much of its height is seen, from above.
    """
    import cv2

    with VideoSource(clip) as source, path.open("wb") as file:
        shown, jpeg = 0, b""
        for frame in source:
            assert frame.image is not None
            seen = frame.image[: round(upper * len(frame.image))]
            due = round((frame.time_s + head_s) * CAMERA_FPS)
            if jpeg:
                file.write(jpeg * max(0, due - shown))
                shown = max(shown, due)
            done, coded = cv2.imencode(".jpg", seen[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
            assert done
            jpeg = coded.tobytes()
        file.write(jpeg * max(1, round(tail_s * CAMERA_FPS)))
    return path


def shortened(clip: Path, until_s: float, path: Path) -> Path:
    """A film of the beginning of a clip, its pictures as they are."""
    import av

    with av.open(str(clip)) as whole, av.open(str(path), "w") as short:
        (stream,) = whole.streams.video
        copied = short.add_stream_from_template(stream)
        for packet in whole.demux(stream):
            if packet.pts is not None and packet.pts * stream.time_base < until_s:
                packet.stream = copied
                short.mux(packet)
    return path


def in_webm(clip: Path, path: Path) -> Path:
    """The same film in VP8, which every browser plays by itself."""
    import av

    with VideoSource(clip) as source, av.open(str(path), "w") as film:
        stream = film.add_stream("libvpx", rate=15, options={"crf": "8", "b": "4M", "deadline": "realtime"})
        stream.width, stream.height = source.size_px
        stream.pix_fmt = "yuv420p"
        for frame in source:
            assert frame.image is not None
            film.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image, format="rgb24")))
        film.mux(stream.encode(None))
    return path


@contextmanager
def launched(play: Playwright, camera: Path) -> Iterator[Browser]:
    """A headless Chromium of the system; its camera shows a file over and over."""
    words = [*FLAGS, f"--use-file-for-fake-video-capture={camera}"]
    opened = play.chromium.launch(executable_path=CHROMIUM, args=words)
    try:
        yield opened
    finally:
        opened.close()
