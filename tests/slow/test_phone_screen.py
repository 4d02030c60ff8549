"""What is seen on the phone in a set: read from three metres, measured on the screen as it is painted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from repcount.exercises import languages
from tests.models import model_or_skip
from tests.phone_page import after, chosen, counted, hurts, new_page, until
from tests.phones import camera_file, faults, launched, playing, serving
from tests.samples import clips
from tests.waiting import PATIENCE_S
from tests.waiting import until as waiting_until
from tests.wires import Wire

pytestmark = [pytest.mark.slow, pytest.mark.extra("fastapi", "uvicorn", "segno", "cryptography")]

SQUAT = next(clip for clip in clips() if clip.name == "wall_squat")
PORTRAIT, SMALL, LANDSCAPE = (
    {"width": 390, "height": 844},
    {"width": 360, "height": 640},
    {"width": 844, "height": 390},
)
TABLET, DESK = {"width": 820, "height": 1180}, {"width": 1280, "height": 800}
LARGE_SHARE = 0.30
ROOMS_PX = """() => {
  const buttons = [...document.querySelectorAll("#buttons button")].filter((each) => each.offsetWidth);
  const rooms = buttons.map((button) => {
    const words = document.createRange();
    words.selectNodeContents(button);
    const box = button.getBoundingClientRect(), text = words.getBoundingClientRect();
    return [button.innerText, Math.min(text.left - box.left, box.right - text.right)];
  });
  return rooms.length && rooms;
}"""
"""Of the buttons that are shown at one moment: the session goes on meanwhile, and shows others."""
FIGURE = """(() => {
  const canvas = document.getElementById("canvas"), scale = canvas.width / innerWidth;
  const seen = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let [left, top, right, foot] = [1e9, 1e9, -1, -1];
  for (let i = 3; i < seen.length; i += 4) {
    if (!seen[i]) continue;
    const x = ((i - 3) / 4) % canvas.width, y = Math.floor((i - 3) / 4 / canvas.width);
    [left, top, right, foot] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(foot, y)];
  }
  return right < 0 ? null : [left, top, right, foot].map((value) => value / scale);
})()"""


@pytest.fixture(scope="module")
def squats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser whose camera shows wall squats."""
    model_or_skip()
    camera = camera_file(SQUAT.path, tmp_path_factory.mktemp("camera") / "squats.mjpeg")
    with playing() as play, launched(play, camera) as chromium:
        yield chromium


@pytest.fixture
def address(squats: Any, tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path) as there:
        yield there


def card(page: Any) -> Any:
    """Where the number's card lies."""
    return page.locator("#count").bounding_box()


def cap_px(page: Any) -> int:
    """How high the digits of the number are, as painted: nothing else in its card is white."""
    shot = np.asarray(Image.open(io.BytesIO(page.screenshot(clip=card(page)))).convert("RGB"))
    rows = np.nonzero((shot > 250).all(axis=2).sum(axis=1) >= 3)[0]
    return int(rows.max() - rows.min() + 1)


def covers_the_person(page: Any) -> bool:
    """Whether the number's card lies on the figure."""
    left, top, right, foot = waiting_until(lambda: page.evaluate(FIGURE))
    box = card(page)
    apart_x = left >= box["x"] + box["width"] or right <= box["x"]
    apart_y = top >= box["y"] + box["height"] or foot <= box["y"]
    return not (apart_x or apart_y)


def settled(page: Any, size: dict[str, int]) -> None:
    """The page at another size, once the picture has glided to its place."""
    page.set_viewport_size(size)
    after(page, 1)


def test_the_number_is_the_largest_thing_and_never_covers_the_person_beside_a_beat_too(
    squats: Any, address: str
) -> None:
    page = new_page(squats, PORTRAIT, [])
    chosen(page, address, SQUAT.exercise, sets=2, reps=4)
    page.click("#manner summary")
    page.click("#tempo label:has(input[value='beat'])")
    page.click("#start")
    counted(page, 1)
    assert page.inner_text("#beat-word") in ("Go", "Hold", "Back")
    assert page.inner_text("#about").startswith("of 4")
    for size in (PORTRAIT, SMALL, TABLET, LANDSCAPE, DESK):
        settled(page, size)
        assert cap_px(page) >= LARGE_SHARE * size["height"], size
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not covers_the_person(page), size
    assert page.locator("#count:visible svg").count() == 1
    until(page, "document.body.dataset.stage === 'rest'")
    assert page.is_hidden("#beat")
    for size in (LANDSCAPE, PORTRAIT):
        settled(page, size)
        assert cap_px(page) >= LARGE_SHARE * size["height"]
        assert not covers_the_person(page), size
    assert page.inner_text("#about") == "Next: Set 2 of 2"
    assert faults(page) == []
    page.click("#end")
    page.wait_for_selector("#summary:not([hidden])")
    page.context.close()


def test_pause_answers_at_once_and_a_figure_that_is_old_is_not_drawn(squats: Any, address: str) -> None:
    with Wire(address) as wire:
        page = new_page(squats, PORTRAIT, [])
        chosen(page, wire.address, SQUAT.exercise)
        page.click("#start")
        until(page, f"{FIGURE} !== null")
        stage = "(document.getElementById('pause').click(), document.body.dataset.stage)"
        assert page.evaluate(stage) == "paused"
        assert page.inner_text("#cue") == "Paused"
        assert page.evaluate(stage) != "paused"
        wire.cut()
        until(page, f"{FIGURE} === null")
        assert page.evaluate(stage) == "paused"
        wire.mend()
        until(page, "document.body.dataset.link === 'open'")
        page.click("#end")
        page.wait_for_selector("#summary:not([hidden])")
        page.context.close()


def test_pain_offers_less_with_one_tap_and_does_it_and_much_pain_asks_to_stop(
    squats: Any, address: str
) -> None:
    page = new_page(squats, PORTRAIT, [])
    chosen(page, address, SQUAT.exercise, sets=1, reps=9)
    hurts(page, "before", 6)
    assert page.inner_text("#start") == "Start anyway"
    assert page.is_visible("#stop")
    hurts(page, "before", 4)
    less = "1 \u00d7 5 to 40°"
    assert page.inner_text("#ease") == f"Do less: {less}"
    page.click("#ease")
    assert page.inner_text("#dose") == less
    page.click("#start")
    counted(page, 1)
    assert page.inner_text("#about") == "of 5"
    page.click("#end")
    page.wait_for_selector("#summary:not([hidden])")
    assert "(asked 40°)" in page.inner_text("#rows")
    page.reload()
    page.wait_for_selector("#choose:not([hidden]), #summary:not([hidden])")
    assert page.evaluate("JSON.parse(localStorage['repcount-choice'])['wall-squat'].reps") == 9
    page.context.close()


def test_a_german_page_says_nothing_in_english(squats: Any, tmp_path: Path) -> None:
    english, german = languages.load().screen, languages.load("de").screen
    only_english = {text for key, text in english.items() if "{" not in text and text != german[key]}
    with serving(tmp_path, "--language", "de") as address:
        page = new_page(squats, PORTRAIT, [])
        chosen(page, address, SQUAT.exercise)
        seen = [page.inner_text("main")]
        page.click("#start")
        counted(page, 1)
        seen.append(page.inner_text("main"))
        page.click("#end")
        page.wait_for_selector("#summary:not([hidden])")
        seen.append(page.inner_text("main"))
        page.context.close()
    lines = {line.strip() for text in seen for line in text.splitlines()}
    assert "Kniebeuge an der Wand" in lines
    assert lines & only_english == set()


def test_a_session_with_nobody_in_it_says_so(squats: Any, address: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.mjpeg"
    frame = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 120, 120)).save(frame, "JPEG")
    empty.write_bytes(frame.getvalue() * 30)
    with playing_beside(squats, empty) as chromium:
        page = new_page(chromium, PORTRAIT, [])
        chosen(page, address, SQUAT.exercise)
        page.click("#start")
        until(page, "Number(document.body.dataset.time) > 3")
        assert page.inner_text("#cue") == "Step into the picture"
        page.click("#end")
        page.wait_for_selector("#summary:not([hidden])", timeout=1000 * PATIENCE_S)
        assert "nobody was in the picture" in page.inner_text("#unjudged")
        page.context.close()


def playing_beside(chromium: Any, camera: Path) -> Any:
    """Another browser of the same Playwright, with another camera."""

    class _Play:
        chromium = None

    play = _Play()
    play.chromium = chromium.browser_type
    return launched(play, camera)


def test_the_words_of_the_buttons_stay_within_them(squats: Any, tmp_path: Path) -> None:
    with serving(tmp_path, "--language", "de") as address:
        page = new_page(squats, LANDSCAPE, [])
        chosen(page, address, SQUAT.exercise)
        page.click("#start")
        page.wait_for_selector("#buttons button:visible")
        for size in (LANDSCAPE, PORTRAIT, SMALL, DESK):
            page.set_viewport_size(size)
            rooms = page.wait_for_function(ROOMS_PX).json_value()
            assert all(words for words, _ in rooms), (size, rooms)
            assert min(room_px for _, room_px in rooms) >= 2, (size, rooms)
        page.context.close()
