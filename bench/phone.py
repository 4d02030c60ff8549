"""``python -m bench.phone``: how a phone's page keeps up.

usage: python -m bench.phone [--seconds 60] [--clip wall_squat] [--posts]

``repcount serve`` on loopback, and Debian's Chromium on the same machine with a clip as its camera,
30 pictures a second, over and over. Told are the results drawn in a second, and the delay from the
taking of a picture, as the camera stamps it, to the drawing of what it shows.
With --posts no WebSocket opens: one POST a picture.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.timing.browsing import camera_file, launched, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES = Path(__file__).parent.parent / "sample_videos"
SETTLED_S = 5.0
NO_SOCKET = "window.WebSocket = class { close() {} };"  # one that never opens


def begun(page: Page, address: str, exercise: str) -> None:
    """A session under way and settled."""
    page.goto(address)
    page.wait_for_selector("#start:enabled", timeout=60_000)
    page.click(f"label:has(input[value='exercise:{exercise}'])")
    page.fill("#sets", "1")
    page.fill("#reps", "200")
    page.click("#start")
    page.wait_for_selector("body[data-time]", state="attached", timeout=60_000)
    page.wait_for_timeout(1000 * SETTLED_S)


def measured(page: Page, seconds: float) -> tuple[list[float], float]:
    """Delays in milliseconds of the results drawn from now on, and the seconds that were really waited."""
    page.evaluate("window.repcountDelays.length = 0")
    start_s = time.monotonic()
    page.wait_for_timeout(1000 * seconds)
    delays: list[float] = page.evaluate("window.repcountDelays")
    return delays, time.monotonic() - start_s


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clip", default="wall_squat")
    parser.add_argument("--posts", action="store_true")
    words = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        camera = camera_file(SAMPLES / f"{words.clip}.mp4", Path(folder) / "camera.mjpeg")
        with (
            serving(Path(folder)) as address,
            sync_playwright() as play,
            launched(play, camera) as chromium,
        ):
            page = chromium.new_page(viewport={"width": 360, "height": 740})
            if words.posts:
                page.add_init_script(NO_SOCKET)
            begun(page, address, words.clip.replace("_", "-"))
            delays, seconds = measured(page, words.seconds)
            way = page.evaluate("document.body.dataset.way")
            page.click("#end")
    print(f"{words.clip}, {seconds:.0f} s, by {way}")
    print(f"{'drawn':28}{len(delays) / seconds:.1f} a second")
    print(f"{'picture to drawn':28}{statistics.median(delays):.0f} ms, median")
    print(f"{'':28}{statistics.quantiles(delays, n=20)[-1]:.0f} ms, 95th percentile")


if __name__ == "__main__":
    main()
