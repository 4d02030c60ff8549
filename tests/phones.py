"""A server in a process of its own, and a browser whose camera shows a clip."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from repcount.sources.video import VideoSource

CAMERA_FPS = 30  # what Chromium plays a file of JPEGs at
HEAD_S, TAIL_S = 8.0, 20.0


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of ``repcount serve``, which keeps its history in ``folder``."""
    command = [sys.executable, "-m", "repcount", "serve", "--port", "0"]
    there = {**os.environ, "XDG_DATA_HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=there
    ) as program:
        try:
            assert program.stdout is not None
            for line in program.stdout:
                found = re.search(r"http://\S+", line)
                if found:
                    yield found[0]
                    break
            else:
                raise AssertionError(program.communicate()[1])
        finally:
            program.terminate()
            program.communicate(timeout=30)


def camera_file(clip: Path, path: Path) -> Path:
    """A clip as a camera would show it: its first picture for a while, the clip, its last picture."""
    import cv2

    with VideoSource(clip) as source, path.open("wb") as file:
        shown, jpeg = 0, b""
        for frame in source:
            assert frame.image is not None
            due = round((frame.time_s + HEAD_S) * CAMERA_FPS)
            if jpeg:
                file.write(jpeg * max(0, due - shown))
                shown = max(shown, due)
            done, coded = cv2.imencode(".jpg", frame.image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
            assert done
            jpeg = coded.tobytes()
        file.write(jpeg * round(TAIL_S * CAMERA_FPS))
    return path


@contextmanager
def browser(camera: Path | None = None) -> Iterator[Any]:
    """A headless Chromium; skips where it or Playwright is absent."""
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium")
    words = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--use-fake-ui-for-media-stream",
    ]
    words += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    words += ["--use-fake-device-for-media-stream"]
    if camera is not None:
        words.append(f"--use-file-for-fake-video-capture={camera}")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=program, args=words)
        try:
            yield opened
        finally:
            opened.close()
