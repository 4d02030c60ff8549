"""Takes docs/phone.md's pictures: each state of the page, with the real server and a clip as the camera.

usage: python tools/phone_pictures.py [SCENE ...]     (with Chromium, Playwright and a pose model)
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.timing.browsing import camera_file, launched, serving  # noqa: E402

IMAGES = ROOT / "docs" / "images" / "phone"
PORTRAIT, SMALL, LANDSCAPE = (390, 844), (360, 640), (844, 390)
TABLET, DESK = (820, 1180), (1280, 800)
SIZES = {"portrait": PORTRAIT, "small": SMALL, "landscape": LANDSCAPE, "tablet": TABLET, "desk": DESK}
PATIENCE_S, QUALITY, WIDEST_PX = 120.0, 62, 640


class Page:
    """The page in a browser, and the folder for its pictures."""

    def __init__(self, page: Any, folder: Path) -> None:
        self.page, self._folder = page, folder

    def until(self, condition: str) -> None:
        """Wait until that is true of the page."""
        end_s = time.monotonic() + PATIENCE_S
        while not self.page.evaluate(condition):
            if time.monotonic() > end_s:
                raise RuntimeError(
                    f"{condition}: {self.page.evaluate('JSON.stringify(document.body.dataset)')}"
                )
            self.page.wait_for_timeout(30)

    def choose(self, address: str, exercise: str, **wanted: str) -> None:
        """Open the page and choose an exercise."""
        self.page.goto(address)
        self.page.wait_for_selector("#start:enabled")
        self.page.click(f"label:has(input[value='exercise:{exercise}'])")
        for key, value in wanted.items():
            self.page.fill(f"#{key}", value)

    def take(self, name: str, *sizes: str, scroll: str = "choose-title") -> None:
        """Take pictures, one for each size, scrolled to an element where there is something to scroll."""
        for size in sizes or ("portrait",):
            self._resize(SIZES[size])
            self.page.evaluate(f"document.getElementById('{scroll}').scrollIntoView()")
            shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            shot.thumbnail((WIDEST_PX, WIDEST_PX), Image.Resampling.LANCZOS)
            shot.save(self._folder / f"{name}-{size}.webp", quality=QUALITY, method=6)
        self._resize(PORTRAIT)

    def _resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate("new Promise(done => setTimeout(done, 700))")  # the picture glides to its place


@contextmanager
def browsing(play: Any, folder: Path, clip: str, head_s: float, crop: float = 1.0) -> Iterator[Page]:
    """A browser whose camera shows a clip; ``crop`` is how much of its height is seen, from above."""
    with tempfile.TemporaryDirectory() as there:
        camera = camera_file(ROOT / "sample_videos" / clip, Path(there) / "camera.mjpeg", head_s, 40.0, crop)
        with launched(play, camera) as chromium:
            context = chromium.new_context(
                viewport={"width": PORTRAIT[0], "height": PORTRAIT[1]}, color_scheme="dark"
            )
            yield Page(context.new_page(), folder)


def squats(page: Page, address: str) -> None:
    """Choosing, a set, rest, pause, and the end."""
    page.choose(address, "wall-squat", sets="2", reps="4")
    page.take("choose", "portrait", "desk")
    page.page.click("#pain-before label:has(input[value='5'])")
    page.take("pain", scroll="pain-before")
    page.page.click("#pain-before label:has(input[value='2'])")
    page.page.click("#start")
    page.until("document.body.dataset.stage === 'countdown'")
    page.take("countdown")
    page.until("Number(document.body.dataset.count) >= 1")
    page.take("set", "portrait", "small", "landscape", "tablet", "desk")
    page.page.click("#pause")
    page.take("paused")
    page.page.click("#pause")
    page.until("document.body.dataset.stage === 'rest'")
    page.take("rest", "portrait", "landscape")
    page.page.click("#end")
    page.page.wait_for_selector("#summary:not([hidden])")
    page.page.click("#pain-after label:has(input[value='1'])")
    page.page.wait_for_selector("#advice-after:not(:empty)")
    page.take("summary")


def beat(page: Page, address: str) -> None:
    """Tempo and limits, chosen and in a set."""
    page.choose(address, "wall-squat", sets="2", reps="4")
    page.page.click("#manner summary")
    page.page.click("#tempo label:has(input[value='beat'])")
    page.page.fill("#limit-knee", "100")
    page.take("manner", scroll="manner")
    page.page.click("#start")
    page.until("Number(document.body.dataset.count) >= 1 && document.querySelector('#beat.up') !== null")
    page.take("beat", "portrait", "landscape")


def curls(page: Page, address: str) -> None:
    """The ring of a hold."""
    page.choose(address, "hamstring-curl")
    page.page.click("#start")
    page.until("document.querySelector('#about').textContent.includes('Hold')")
    page.until("document.querySelectorAll('.digit').length > 0 && document.querySelector('.ring') !== null")
    page.take("hold", "portrait", "landscape")


def cut_off(page: Page, address: str) -> None:
    """The framing of a person whose feet are out, and a session that could not be judged."""
    page.choose(address, "wall-squat")
    page.page.click("#start")
    page.until("document.querySelector('#count .mark') !== null")
    page.take("framing", "portrait", "landscape")


SCENES: dict[str, tuple[Callable[[Page, str], None], str, float, float]] = {
    "squats": (squats, "wall_squat.mp4", 9.0, 1.0),
    "beat": (beat, "wall_squat.mp4", 9.0, 1.0),
    "curls": (curls, "hamstring_curl.mp4", 3.0, 1.0),
    "cut": (cut_off, "wall_squat.mp4", 30.0, 0.72),
}


def main() -> None:
    """Take them all, or the scenes that are named."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        for name in sys.argv[1:] or SCENES:
            scene, clip, head_s, crop = SCENES[name]
            with (
                tempfile.TemporaryDirectory() as data,
                serving(Path(data)) as address,
                browsing(play, IMAGES, clip, head_s, crop) as page,
            ):
                scene(page, address)


if __name__ == "__main__":
    main()
