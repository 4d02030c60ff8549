"""The phone's page in a real browser, with a clip as its camera, on the real network."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.models import model_or_skip
from tests.phone_page import after, chosen, counted, hurts, new_page, until
from tests.phones import axe, camera_file, faults, launched, playing, serving
from tests.samples import Clip, clips
from tests.wires import Wire

pytestmark = [pytest.mark.slow, pytest.mark.extra("fastapi", "uvicorn", "segno", "cryptography")]

CLIPS = {clip.name: clip for clip in clips() if clip.name in ("wall_squat", "calf_raise")}
SQUAT = CLIPS["wall_squat"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LOOKS = ("light", "dark")


@pytest.fixture(scope="module")
def play() -> Iterator[Any]:
    model_or_skip()
    with playing() as found:
        yield found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(play: Any, data: Path) -> Iterator[str]:
    with serving(data) as there:
        yield there


@pytest.fixture(scope="module")
def squats(play: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser whose camera shows wall squats."""
    camera = camera_file(SQUAT.path, tmp_path_factory.mktemp("camera") / "squats.mjpeg")
    with launched(play, camera) as chromium:
        yield chromium


def pictures(page: Any, name: str) -> None:
    """Keep screenshots of both sizes, light and dark, to look at, where the environment names a folder."""
    folder = os.environ.get("REPCOUNT_SCREENSHOTS")
    if not folder:
        return
    before = page.viewport_size
    for size, word in ((PHONE, "phone"), (DESK, "desk")):
        page.set_viewport_size(size)
        for look in LOOKS:
            page.emulate_media(color_scheme=look)
            page.wait_for_timeout(300)
            page.screenshot(path=str(Path(folder) / f"{name}-{word}-{look}.png"), full_page=True)
    page.set_viewport_size(before)


def is_fine(page: Any, name: str) -> None:
    """Nothing sticks out at the side, and axe-core finds no serious fault, light and dark."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for look in LOOKS:
        page.emulate_media(color_scheme=look)
        assert faults(page) == []
    pictures(page, name)


def ended(page: Any) -> str:
    """End the session; the table of the summary."""
    after(page, 3)
    page.click("#end")
    page.wait_for_selector("#summary:not([hidden])")
    hurts(page, "after", 5)
    page.wait_for_selector("#advice-after:has-text('Do less next time')")
    page.wait_for_selector("#csv[href^='blob:']")
    with page.expect_download() as saving:
        page.click("#csv")
    return Path(saving.value.path()).read_text("utf-8")


def is_exact(clip: Clip, table: str, data: Path) -> None:
    """Every repetition is in the table and in the history, with the answers about pain."""
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["kind"] for row in rows].count("repetition") == clip.reps
    assert {row["exercise"] for row in rows} == {clip.exercise}
    kept = next(row for row in exported(data) if row["exercise"] == clip.exercise)
    assert (kept["reps"], kept["pain_before"], kept["pain_after"]) == (str(clip.reps), "2", "5")


def exported(data: Path) -> list[dict[str, str]]:
    """The sets in the history that a server kept, the newest first."""
    there = {**os.environ, "XDG_DATA_HOME": str(data)}
    words = [sys.executable, "-m", "repcount", "export", "-"]
    table = subprocess.run(words, capture_output=True, text=True, env=there, check=True).stdout
    return list(csv.DictReader(io.StringIO(table)))[::-1]


def test_wall_squats_over_https_on_a_phone_are_counted_exactly_and_no_state_shuts_anyone_out(
    squats: Any, tmp_path: Path
) -> None:
    complaints: list[str] = []
    with serving(tmp_path, "--lan", "--host", "127.0.0.1") as address:
        assert address.startswith("https:")
        page = new_page(squats, PHONE, complaints)
        chosen(page, address, SQUAT.exercise)
        hurts(page, "before", 7)
        assert "Not today" in page.inner_text("#advice-before")
        is_fine(page, "choose")
        hurts(page, "before", 2)
        page.click("#start")
        counted(page, 2)
        is_fine(page, "set")
        counted(page, SQUAT.reps)
        table = ended(page)
        is_fine(page, "summary")
        page.context.close()
    is_exact(SQUAT, table, tmp_path)
    assert complaints == []
    if axe() is None:
        pytest.skip("npm does not bring axe-core; all else held")


def test_calf_raises_at_a_desk_are_counted_exactly(
    play: Any, address: str, data: Path, tmp_path: Path
) -> None:
    complaints: list[str] = []
    clip = CLIPS["calf_raise"]
    with launched(play, camera_file(clip.path, tmp_path / "camera.mjpeg")) as chromium:
        page = new_page(chromium, DESK, complaints)
        chosen(page, address, clip.exercise)
        hurts(page, "before", 2)
        page.click("#start")
        counted(page, clip.reps)
        table = ended(page)
    is_exact(clip, table, data)
    assert complaints == []


def test_a_lost_connection_comes_back_and_the_session_goes_on(address: str, squats: Any) -> None:
    with Wire(address) as wire:
        page = new_page(squats, PHONE, [])
        chosen(page, wire.address, SQUAT.exercise)
        page.click("#start")
        counted(page, 1)
        assert page.evaluate("document.body.dataset.way") == "Socket"
        wire.cut()
        until(page, "document.body.dataset.link === 'lost'")
        assert "Connection lost" in page.inner_text("#link")
        before = float(page.evaluate("document.body.dataset.time"))
        wire.mend()
        after(page, 1)
        assert page.inner_text("#link") == "Connected"
        assert int(page.evaluate("document.body.dataset.count")) >= 1
        assert float(page.evaluate("document.body.dataset.time")) < before + 5
        watcher = new_page(squats, PHONE, [])
        watcher.goto(address)
        until(watcher, "Number(document.body.dataset.time) > 0")
        assert watcher.inner_text("#link") == "Watching another phone"
        assert not watcher.is_visible("#pause")
        second = page.context.new_page()
        second.goto(wire.address)
        until(second, "Number(document.body.dataset.time) > 0")
        until(page, "document.body.dataset.link === 'taken'")
        assert page.is_visible("#here")
        second.click("#end")
        second.wait_for_selector("#summary:not([hidden])")
        for one in (page, watcher):
            one.context.close()


def test_a_page_in_the_background_pauses_the_session_until_the_person_goes_on(
    address: str, squats: Any
) -> None:
    page = new_page(squats, PHONE, [])
    chosen(page, address, SQUAT.exercise)
    page.click("#start")
    until(page, "Number(document.body.dataset.time) > 1")
    assert page.evaluate("document.body.dataset.awake") == "true"
    hide(page, True)
    page.wait_for_timeout(500)  # for what was under way
    before = page.evaluate("document.body.dataset.time")
    page.wait_for_timeout(500)
    assert page.evaluate("document.body.dataset.time") == before
    hide(page, False)
    until(page, "document.body.dataset.stage === 'paused'")
    assert page.inner_text("#pause") == "Go on"
    page.click("#pause")
    until(page, "document.body.dataset.stage !== 'paused'")
    page.click("#end")
    page.wait_for_selector("#summary:not([hidden])")
    page.context.close()


def hide(page: Any, hidden: bool) -> None:
    """Tell the page that it is in the background: a headless browser puts none there."""
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
        "document.dispatchEvent(new Event('visibilitychange')); }",
        hidden,
    )


def test_without_websockets_a_session_goes_over_posts_and_by_keyboard_alone(
    address: str, data: Path, squats: Any
) -> None:
    with Wire(address, sockets=False) as wire:
        page = new_page(squats, PHONE, [])
        chosen(page, wire.address, SQUAT.exercise)
        assert page.evaluate("document.body.dataset.way") == "Posts"
        page.focus("#speak")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        until(page, "document.body.dataset.stage === 'framing'")
        assert page.evaluate("document.activeElement.id") == "pause"
        counted(page, SQUAT.reps)
        after(page, 3)
        page.keyboard.press("Space")
        until(page, "document.body.dataset.stage === 'paused'")
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#summary:not([hidden])")
        assert page.evaluate("document.activeElement.id") == "summary-title"
        page.context.close()
    assert exported(data)[0]["reps"] == str(SQUAT.reps)
