"""``python -m bench.site``: the page that needs no computer, measured in Debian's Chromium.

usage: python -m bench.site [--seconds 60] [--clip wall_squat] [--agree] [--kills N] [--plan] [--firefox]

The page is built and shown on localhost; a clip is its camera, 30 pictures a second. Told are the bytes of
the first load, the seconds until the first pose is drawn (the browser's first visit, and its second), the
results drawn in a second with their delay, the milliseconds of Python for a picture, and the memory of the
page: what is its own, what it shares, and what is left of that when memory is short. With --agree
instead: how far the landmarks of the page are from those of MediaPipe in Python, on every sample video.
With --kills instead: the page's process is killed so many times, at a random moment of a set, and what was
told is held against what is in the history then. With --plan instead: a short plan from its start to its
end, then once more when the server is gone.
With --firefox instead: the clip as a film, counted in Debian's Firefox.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.timing.agreement import agreement, table
from bench.timing.browsing import camera_file, launched, showing_site
from bench.timing.firefox import count_in_firefox
from bench.timing.page_memory import MIB, PageMemory, processes
from bench.timing.whole_plan import go_through, write_plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES: Final = Path(__file__).parent.parent / "sample_videos"
WIDE, HIGH = 390, 844
PATIENCE_MS: Final = 300_000
SETTLED_S: Final = 40.0  # until then the memory grows to what it stays at
EACH_S: Final = 60.0
SEED, LATEST_S = 7, 8.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clip", default="wall_squat")
    parser.add_argument("--agree", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--plan", action="store_true")
    parser.add_argument("--firefox", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "page"
        command = [sys.executable, "-m", "repcount", "site", "build", str(folder)]
        if words.plan:
            command += ["--plan", str(write_plan(Path(scratch)))]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
        if words.plan:
            return go_through(Path(scratch), folder)
        with showing_site(folder) as address:
            if words.agree:
                from playwright.sync_api import sync_playwright

                with sync_playwright() as play:
                    print(table(agreement(play, folder, address, sorted(SAMPLES.glob("*.mp4")))))
            elif words.firefox:
                name = words.clip.replace("_", "-")
                count_in_firefox(Path(scratch), address, SAMPLES / f"{words.clip}.mp4", name)
            elif words.kills:
                kill(Path(scratch), address, words.clip, words.kills)
            else:
                measure(Path(scratch), address, words.clip, words.seconds)


def measure(scratch: Path, address: str, clip: str, seconds: float) -> None:
    """Open the page twice, count for a while, and print the figures."""
    from playwright.sync_api import sync_playwright

    camera = camera_file(SAMPLES / f"{clip}.mp4", scratch / "camera.mjpeg")
    with sync_playwright() as play, launched(play, camera) as chromium:
        context = chromium.new_context(viewport={"width": WIDE, "height": HIGH})
        page = context.new_page()
        for name in ("first visit", "second visit"):
            print(f"{name + ': to the first pose':34}{first_pose_s(page, address, clip):.1f} s")
        page.wait_for_timeout(1000 * SETTLED_S)
        page.evaluate("window.repcountDelays.length = window.repcountCounting.length = 0")
        memory = PageMemory(chromium, page)
        began_s, curve = time.monotonic(), [memory.look()]
        while (left_s := began_s + seconds - time.monotonic()) > 0:
            page.wait_for_timeout(1000 * min(left_s, EACH_S))
            curve.append(memory.look())
        waited_s = time.monotonic() - began_s
        delays: list[float] = page.evaluate("window.repcountDelays")
        counting: list[float] = page.evaluate("window.repcountCounting")
        short = memory.when_short()
    told = {
        "drawn": f"{len(delays) / waited_s:.1f} a second",
        "picture to drawn, median": f"{statistics.median(delays):.0f} ms",
        "picture to drawn, 95th percentile": f"{statistics.quantiles(delays, n=20)[-1]:.0f} ms",
        "Python for a picture, median": f"{statistics.median(counting):.1f} ms",
        "Python for a picture, 95th": f"{statistics.quantiles(counting, n=20)[-1]:.1f} ms",
        f"its own memory in MiB, each {EACH_S:.0f} s": " ".join(f"{each.own / MIB:.0f}" for each in curve),
        "shared memory": " ".join(f"{each.shared / MIB:.0f}" for each in curve),
        "the whole browser": " ".join(f"{each.browser / MIB:.0f}" for each in curve),
        "own and shared, memory short": f"{short.own / MIB:.0f} {short.shared / MIB:.0f}",
    }
    for what, figure in told.items():
        print(f"{what:34}{figure}")


def first_pose_s(page: Page, address: str, clip: str) -> float:
    """Seconds from opening the page, by somebody who starts at once, to the first drawn result."""
    page.goto("about:blank")
    began_s = time.monotonic()
    page.goto(address)
    page.wait_for_selector("#start:enabled", timeout=PATIENCE_MS)
    page.click(f"label:has(input[value='exercise:{clip.replace('_', '-')}'])")
    page.fill("#sets", "3")
    page.fill("#reps", "200")  # longer than anything here lasts
    page.click("#start")
    page.wait_for_selector("body[data-time]", state="attached", timeout=PATIENCE_MS)
    return time.monotonic() - began_s


def kill(scratch: Path, address: str, clip: str, times: int) -> None:
    """Kill the page in a set, again and again, and print what was told and what is kept."""
    from playwright.sync_api import sync_playwright

    camera = camera_file(SAMPLES / f"{clip}.mp4", scratch / "camera.mjpeg")
    chance, told = random.Random(SEED), 0
    with sync_playwright() as play, launched(play, camera) as chromium:
        context = chromium.new_context(viewport={"width": WIDE, "height": HIGH})
        for number in range(1, times + 1):
            page = context.new_page()
            first_pose_s(page, address, clip)
            while int(page.evaluate("document.body.dataset.count")) < 1:
                page.wait_for_timeout(50)
            page.wait_for_timeout(1000 * chance.uniform(0.0, LATEST_S))
            told += int(page.evaluate("document.body.dataset.count"))
            for one in processes(chromium):
                if one["type"] == "renderer":
                    os.kill(one["id"], signal.SIGKILL)
            page.close()
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector("#start:enabled", timeout=PATIENCE_MS)
            page.click("#alone_history")
            page.wait_for_selector("#history[open]")
            kept = sum(
                map(int, re.findall(r"^.*: (\d+) repetition", page.inner_text("#history"), re.MULTILINE))
            )
            page.close()
            print(f"killed {number} times: told {told} repetitions, kept {kept}", flush=True)
            assert kept >= told


if __name__ == "__main__":
    main()
