"""How far the landmarks that the page finds are from those of MediaPipe in Python, picture by picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.skeleton import INDEX
from repcount.pose.bundle import find_model
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.sources.video import VideoSource

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

PARTS: Final = ("shoulder", "hip", "knee", "ankle")
WORKER: Final = "agreement.js"
CODE: Final = """
self.onmessage = async ({ data: [width, height, times] }) => {
  const { networks } = await import("./runtime.js"), { PoseFinder } = await import("./pose.js");
  const { detect, locate } = await networks(), finder = new PoseFinder(detect, locate), found = [];
  const pixels = new Uint8ClampedArray(await (await fetch("agreement.rgba")).arrayBuffer());
  const size = width * height * 4;
  for (const [i, time] of times.entries()) {
    const pose = await finder.find({ data: pixels.subarray(i * size, (i + 1) * size), width, height }, time);
    found.push(pose && Array.from(pose.px));
  }
  postMessage(found);
};
"""
ASK: Final = """(job) => new Promise((resolve, reject) => {
  const worker = new Worker("agreement.js");
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage(job);
})"""


@dataclass(frozen=True)
class ClipAgreement:
    """Distances on one clip in pixels of a picture 640 wide, shape (pictures, 4 parts, 2 sides)."""

    clip: str
    pictures: int
    found_by_one: int
    apart_px: NDArray[np.float64]


def agreement(
    play: Playwright, folder: Path, address: str, clips: Sequence[Path], most: int | None = None
) -> list[ClipAgreement]:
    """Compare on the pictures of the clips.

    Parameters
    ----------
    folder : of the built page; two files are put beside it.
    address : where it is shown.
    most : so many pictures of each clip, from its beginning; None looks at all.
    """
    from bench.timing.browsing import CHROMIUM

    (folder / WORKER).write_text(CODE)
    browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    page.route(
        "**/*.js", lambda route: route.fulfill(body="") if idle(route.request.url) else route.continue_()
    )
    page.goto(address)
    found = [_compared(clip, folder, page, most) for clip in clips]
    browser.close()
    return found


def idle(url: str) -> bool:
    """Whether a script of the page would do something else meanwhile."""
    return url.endswith(("/sw.js", "/app.js", "/alone.js"))


def _compared(clip: Path, folder: Path, page: Page, most: int | None) -> ClipAgreement:
    bundle = find_model(None, lambda step, share: None)
    poses, times_s, size = [], [], (0, 0)
    pixels = folder / "agreement.rgba"
    with (
        VideoSource(clip) as source,
        MediaPipeEstimator(bundle.path) as estimator,
        pixels.open("wb") as file,
    ):
        for frame in islice(source, most):
            assert frame.image is not None
            size = frame.image.shape[1::-1]
            file.write(np.dstack([frame.image, np.full(size[::-1], 255, np.uint8)]).tobytes())
            poses.append(estimator.estimate(frame))
            times_s.append(round(frame.time_s, 3))
    page.set_default_timeout(0)
    rows: list[Any] = page.evaluate(ASK, [*map(int, size), times_s])
    pairs = [(a, b) for a, b in zip(poses, rows, strict=True) if a is not None and b is not None]
    marks = [[INDEX[f"{side}_{part}"] for side in ("left", "right")] for part in PARTS]
    apart = [
        np.linalg.norm(np.reshape(b, (-1, 3))[marks, :2] - a.landmarks_px[marks, :2], axis=-1)
        for a, b in pairs
    ]
    lone = sum((a is None) != (b is None) for a, b in zip(poses, rows, strict=True))
    return ClipAgreement(clip.stem, len(poses), lone, np.array(apart) * 640 / size[0])


def table(found: Sequence[ClipAgreement]) -> str:
    """Median and 95th percentile of each part, a row for each clip."""
    rows = [
        f"| clip | pictures | found by one alone | {' | '.join(PARTS)} |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in found:
        cells = []
        for part in range(len(PARTS)):
            apart = each.apart_px[:, part]
            cells.append(f"{np.median(apart):.1f} ({np.percentile(apart, 95):.1f})")
        rows.append(f"| {each.clip} | {each.pictures} | {each.found_by_one} | {' | '.join(cells)} |")
    return "\n".join(rows)
