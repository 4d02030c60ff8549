"""The page that needs no computer, in a real browser: exact counts, without a network too; nothing lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.timing.agreement import agreement
from bench.timing.browsing import CHROMIUM, camera_file, serving, shortened, showing_site
from tests.models import model_or_skip
from tests.phone_page import counted, hurts, new_page, until
from tests.phones import faults, launched, playing
from tests.samples import Clip, clips

pytestmark = [pytest.mark.slow, pytest.mark.extra("fastapi", "uvicorn", "segno", "cryptography")]

CLIPS = {clip.name: clip for clip in clips()}
CALVES = CLIPS["calf_raise"]
PHONE = {"width": 360, "height": 740}
HEAD_S, TAIL_S = 2.0, 30.0
NEAR_PX = 2.0
LOOKED_AT = 30
SHORT, SHORTER = 2, 1
"""Repetitions that camera and films show, to keep the tests short; whole clips: ``python -m bench.site``."""
AFTER_S = 2.2
"""So long after a repetition's peak it is over."""
COUNTING_S = 300
"""How long a film may take on a busy machine."""
LISTENING = """(() => {
  const start = OscillatorNode.prototype.start;
  window.tones = [];
  OscillatorNode.prototype.start = function (...when) {
    window.tones.push(this.frequency.value);
    return start.apply(this, when);
  };
})()"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, built; skips where npm or Chromium cannot be had."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    model_or_skip()
    folder = tmp_path_factory.mktemp("site") / "page"
    words = [sys.executable, "-m", "repcount", "site", "build", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode and re.search(r"install Node\.js with npm|npm cannot deliver", done.stderr):
        pytest.skip(done.stderr.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    return folder


def film(clip: Clip, reps: int, folder: Path) -> Path:
    """The first repetitions of a clip."""
    return shortened(clip.path, clip.peaks_s[reps - 1] + AFTER_S, folder / clip.path.name)


@pytest.fixture(scope="module")
def chromium(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser whose camera shows calf raises; it tells of what service workers ask for, too."""
    folder = tmp_path_factory.mktemp("camera")
    camera = camera_file(film(CALVES, SHORT, folder), folder / "calves.mjpeg", HEAD_S, TAIL_S)
    os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"
    with playing() as play, launched(play, camera) as found:
        yield found


@dataclass
class Visit:
    """The page as somebody has it who was there before.

    Attributes
    ----------
    address : of the page; nobody answers there any more.
    told : repetitions that it had told of when it was killed the first time.
    """

    page: Any = None
    address: str = ""
    told: int = 0
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def visit(chromium: Any, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """By the link on the computer's page to this one; killed in a set; opened anew without a network."""
    visit = Visit()
    page = new_page(chromium, PHONE, visit.complaints)
    page.context.on("request", lambda request: visit.asked_for.append(request.url))
    page.context.add_init_script(LISTENING)
    with serving(tmp_path_factory.mktemp("data"), "--site", str(site)) as address:
        page.goto(address)
        page.click("#alone a")
        ready(page)
        visit.address = page.url
        assert visit.address.endswith("/alone/")
        del visit.asked_for[: visit.asked_for.index(visit.address)]
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        picked(page, CALVES.exercise)
        page.click("#start")
        counted(page, 1)
        visit.told = int(page.evaluate("document.body.dataset.count"))
        page.close(run_before_unload=False)
    visit.page = page.context.new_page()
    visit.page.goto(visit.address)
    ready(visit.page)
    yield visit
    visit.page.context.close()


def ready(page: Any) -> None:
    """Wait until the page can begin, with a deadline that a busy machine meets."""
    page.wait_for_selector("#start:enabled", timeout=1000 * COUNTING_S)


def picked(page: Any, exercise: str) -> None:
    """Choose an exercise on a page that is ready: one set of twenty."""
    page.click(f"label:has(input[value='exercise:{exercise}'])")
    page.fill("#sets", "1")
    page.fill("#reps", "20")


def history(page: Any) -> str:
    """What the page says of what was kept."""
    page.click("#alone_history")
    page.wait_for_selector("#history[open]")
    text = page.inner_text("#history")
    page.click("#alone_close")
    return str(text)


def test_the_page_finds_the_landmarks_that_mediapipe_finds_in_python(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site, tmp_path / "page", copy_function=os.link)
    with playing() as play, showing_site(folder) as address:
        (found,) = agreement(play, folder, address, [CLIPS["wall_squat"].path], most=LOOKED_AT)
    assert (found.pictures, found.found_by_one) == (LOOKED_AT, 0)
    assert np.median(found.apart_px, axis=(0, 2)).max() <= NEAR_PX


def test_a_killed_tab_loses_nothing_that_was_told(visit: Visit) -> None:
    (kept,) = re.findall(r"Calf raise: (\d+) repetition", history(visit.page))
    assert visit.told <= int(kept) <= SHORT


def test_without_a_network_calf_raises_are_counted_to_a_beat_and_within_a_limit(visit: Visit) -> None:
    page = visit.page
    picked(page, CALVES.exercise)
    page.click("#manner summary")
    page.click("#tempo label:has(input[value='beat'])")
    for part, seconds in (("up", "0.5"), ("hold", "0"), ("down", "0.5")):
        page.fill(f"#tempo-{part}", seconds)
    page.fill("#limit-heel", "12")
    assert page.inner_text("#manner-now") == "0.5-0-0.5 · heel 12°"
    assert page.inner_text("#dose") == "1 \u00d7 20 to 12°"
    assert faults(page) == []
    hurts(page, "before", 2)
    page.click("#start")
    counted(page, 1)
    until(page, "!document.querySelector('#beat').hidden")
    counted(page, SHORT)
    page.click("#end")
    page.wait_for_selector("#summary:not([hidden])")
    assert page.inner_text("#rows .big") == f"{SHORT} of 20"
    assert page.evaluate("[...new Set(window.tones)].sort()") == [440, 880]
    hurts(page, "after", 5)
    page.wait_for_selector("#advice-after:has-text('Do less next time')")
    page.click("#again")
    asked = [url for url in visit.asked_for if not url.startswith(("blob:", "data:"))]
    assert [url for url in asked if not url.startswith(visit.address)] == []
    assert any(url.endswith("pyodide.asm.wasm") for url in asked)


def test_films_are_counted_by_their_own_time_and_the_history_goes_to_another_machine(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    for name in ("wall_squat", "straight_leg_raise"):
        clip = CLIPS[name]
        picked(page, clip.exercise)
        page.set_input_files("#film", film(clip, SHORTER, tmp_path))
        page.wait_for_selector("#summary:not([hidden])", timeout=1000 * COUNTING_S)
        assert page.inner_text("#rows .big") == str(SHORTER)
        page.click("#again")
    assert "Straight leg raise" in history(page)
    page.click("#alone_history")
    page.wait_for_selector("#history[open]")
    assert faults(page) == []
    with page.expect_download() as saving:
        page.click("#alone_export_json")
    path = tmp_path / "all.json"
    saving.value.save_as(path)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#alone_delete")
    until(page, "document.querySelector('#history')?.innerText.includes('No session yet')")
    assert [text for text in visit.complaints if "WebGPU" not in text] == []
    there = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    words = [sys.executable, "-m", "repcount", "import", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, env=there)
    assert "sessions added" in done.stderr
    limits = [session["settings"].get("limit") for session in json.loads(path.read_text("utf-8"))["sessions"]]
    assert "heel=12" in limits
