"""The page in a browser, as the tests use it: where there is one, with what axe-core finds."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.timing.browsing import CHROMIUM, launched, serving
from bench.timing.browsing import camera_file as camera_file_of

__all__ = ["axe", "camera_file", "faults", "launched", "playing", "serving"]

HEAD_S, TAIL_S = 7.0, 30.0


def camera_file(clip: Path, path: Path) -> Path:
    """A clip with time before it to start the session, and after it to end it."""
    return camera_file_of(clip, path, HEAD_S, TAIL_S)


@contextmanager
def playing() -> Iterator[Any]:
    """Playwright; skips where it or Chromium is absent."""
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with api.sync_playwright() as play:
        yield play


@functools.cache
def axe() -> str | None:
    """The script of axe-core, fetched by npm; None where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        words = [npm, "pack", "axe-core", "--silent", "--prefer-offline", "--no-update-notifier"]
        try:
            subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=60)
        except (subprocess.SubprocessError, OSError):
            return None
        (packed,) = Path(folder).glob("axe-core-*.tgz")
        with tarfile.open(packed) as archive:
            script = archive.extractfile("package/axe.min.js")
            return None if script is None else script.read().decode()


def faults(page: Any) -> list[str]:
    """The serious faults of accessibility that axe-core finds on a page; none where it cannot be had."""
    script = axe()
    if script is None:
        return []
    page.evaluate(script)  # as a debugger does: the page's policy would refuse a script tag
    found = page.evaluate("axe.run()")
    assert found["passes"], "axe looked at nothing"
    return [
        f"{one['id']}: {node['html']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
