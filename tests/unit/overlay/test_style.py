from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from repcount.overlay.canvas import CAP_HEIGHT, PAPER, Font

FONT = Font()
WORDS = st.lists(st.text("abcdefgÄÖÜß·°", min_size=1, max_size=12), max_size=12)


def drawn(text: str) -> NDArray[np.uint8]:
    image = np.zeros((60, 120, 3), np.uint8)
    FONT.draw(image, text, (10, 45), 40, PAPER)
    return image


@pytest.mark.parametrize("letter", "äöüÄÖÜßéçñ·°–×½")  # noqa: RUF001
def test_letters_beyond_ascii_have_a_shape_of_their_own(letter: str) -> None:
    assert drawn(letter).any()
    assert (drawn(letter) != drawn("?")).any()


def test_a_capital_is_as_tall_as_the_layout_believes() -> None:
    rows = np.flatnonzero(drawn("H").any(axis=(1, 2)))
    assert abs(np.ptp(rows) + 1 - 40 * CAP_HEIGHT) <= 1


def test_the_width_is_what_is_drawn() -> None:
    columns = np.flatnonzero(drawn("12").any(axis=(0, 2)))
    assert columns.max() - 10 == pytest.approx(FONT.width_px("12", 40), abs=4)


def test_an_outline_stands_out_on_white() -> None:
    image = np.full((60, 120, 3), 255, np.uint8)
    FONT.draw_outlined(image, "78°", (10, 45), 40, PAPER)
    assert (image < 40).all(axis=2).any()


@given(WORDS, st.integers(10, 400))
def test_wrapping_keeps_every_word_and_the_width(words: list[str], width_px: int) -> None:
    lines = FONT.wrap(" ".join(words), width_px, 20)
    assert [word for line in lines for word in line.split()] == words
    assert all(FONT.width_px(line, 20) <= width_px or " " not in line for line in lines)


def test_lines_are_about_as_long_as_each_other() -> None:
    text = "Press your hips into the floor"
    tight_px = FONT.width_px("Press your hips into the", 20)
    assert FONT.wrap(text, tight_px, 20) == ("Press your hips", "into the floor")
