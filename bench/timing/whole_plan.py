"""A short plan on the page that needs no computer, from its start to its end: with a network, and without."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.timing.browsing import camera_file, launched, shortened, showing_site

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES: Final = Path(__file__).parents[2] / "sample_videos"
WIDE, HIGH = 390, 844
PATIENCE_MS: Final = 300_000
HEAD_S: Final = 3.0
SHOWN_S: Final = {"wall_squat": 10.7, "calf_raise": 8.2}
"""What the camera shows, over and over: two repetitions of each."""
PLAN: Final = """format = 1
name = "short"
title = "Short"
summary = "Two exercises, two repetitions of each."
rest_s = 5.0

[[exercises]]
exercise = "wall-squat"
sets = 1
reps = 2

[[exercises]]
exercise = "calf-raise"
sets = 1
reps = 2
"""


def write_plan(folder: Path) -> Path:
    """The plan as a file."""
    path = folder / "short.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def go_through(scratch: Path, folder: Path) -> None:
    """Do the plan twice, the second time without the server, and print what the page says in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, launched(play, _camera(scratch)) as chromium:
        page = chromium.new_context(viewport={"width": WIDE, "height": HIGH}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        with showing_site(folder) as address:
            _done(page, address, "with a network")
        _done(page, address, "without")


def _camera(scratch: Path) -> Path:
    """The clips one after the other, as one film of JPEGs."""
    whole = scratch / "camera.mjpeg"
    with whole.open("wb") as file:
        for name, until_s in SHOWN_S.items():
            film = shortened(SAMPLES / f"{name}.mp4", until_s, scratch / f"{name}.mp4")
            file.write(camera_file(film, scratch / f"{name}.mjpeg", HEAD_S).read_bytes())
    return whole


def _done(page: Page, address: str, how: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#start:enabled")
    page.click("label:has(input[value='plan:short'])")
    began_s = time.monotonic()
    page.click("#start")
    page.wait_for_selector("#summary:not([hidden])")
    told = " ".join(page.inner_text("#rows").split())
    print(f"{how + ':':20}{time.monotonic() - began_s:.0f} s; {told}", flush=True)
