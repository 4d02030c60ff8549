"""The phone's page in a real browser, with a clip as its camera, on the real network."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models import model_or_skip
from tests.phones import browser, camera_file, serving
from tests.samples import Clip, clips

pytestmark = pytest.mark.slow

CLIPS = [clip for clip in clips() if clip.name in ("wall_squat", "calf_raise")]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(autouse=True)
def _model() -> None:
    pytest.importorskip("uvicorn")
    model_or_skip()


def picture(page: Any, name: str) -> None:
    """Keep a screenshot to be looked at, where the environment names a folder."""
    folder = os.environ.get("REPCOUNT_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def until(page: Any, expression: str, seconds: float) -> None:
    """Wait until it is true; asked from outside, as the page's policy forbids to evaluate texts within."""
    for _ in range(round(seconds * 10)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{expression}: {page.evaluate('JSON.stringify(document.body.dataset)')}")


def after(page: Any, seconds: float) -> None:
    """Wait until so much more of the session's own time is over."""
    now = float(page.evaluate("document.body.dataset.time"))
    until(page, f"Number(document.body.dataset.time) > {now + seconds}", 60)


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_a_session_is_counted_exactly_from_the_page_to_the_table(clip: Clip, tmp_path: Path) -> None:
    size = PHONE if clip.name == "wall_squat" else DESK
    camera = camera_file(clip.path, tmp_path / "camera.mjpeg")
    with serving(tmp_path / "data") as address, browser(camera) as chromium:
        page = chromium.new_page(viewport=size)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.goto(address)
        page.wait_for_selector("#choose:not([hidden])")
        page.select_option("#exercise", f"exercise:{clip.exercise}")
        page.fill("#sets", "1")
        page.fill("#reps", "20")
        picture(page, f"{clip.name}-choose")
        page.click("#start")
        until(page, "Number(document.body.dataset.count) >= 2", 60)
        picture(page, f"{clip.name}-set")
        until(page, f"Number(document.body.dataset.count) >= {clip.reps}", 60)
        after(page, 3)
        page.click("#end")
        page.wait_for_selector("#summary:not([hidden])")
        picture(page, f"{clip.name}-summary")
        with page.expect_download() as saving:
            page.click("#csv")
        table = Path(saving.value.path()).read_text("utf-8")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["kind"] for row in rows].count("repetition") == clip.reps
    assert {row["exercise"] for row in rows} == {clip.exercise}
    assert complaints == []
    listed = [sys.executable, "-m", "repcount", "export", "-", "--per", "rep"]
    there = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")}
    kept = subprocess.run(listed, capture_output=True, text=True, env=there, check=True).stdout
    assert kept.count(clip.exercise) == clip.reps


def test_a_lost_connection_comes_back_and_the_session_goes_on(tmp_path: Path) -> None:
    clip = CLIPS[0]
    camera = camera_file(clip.path, tmp_path / "camera.mjpeg")
    with serving(tmp_path / "data") as address, browser(camera) as chromium:
        page = chromium.new_page(viewport=PHONE)
        page.goto(address)
        page.wait_for_selector("#choose:not([hidden])")
        page.select_option("#exercise", f"exercise:{clip.exercise}")
        page.click("#start")
        until(page, "Number(document.body.dataset.count) >= 1", 60)
        counted = int(page.evaluate("document.body.dataset.count"))
        time_s = float(page.evaluate("document.body.dataset.time"))
        page.reload()
        until(page, f"Number(document.body.dataset.time) > {time_s + 1}", 20)
        assert int(page.evaluate("document.body.dataset.count")) >= counted
        watcher = chromium.new_context().new_page()
        watcher.goto(address)
        until(watcher, "Number(document.body.dataset.time) > 0", 20)
        assert watcher.inner_text("#link") == "Watching another phone"
        assert not watcher.is_visible("#pause")
