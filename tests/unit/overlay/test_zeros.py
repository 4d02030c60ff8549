"""A zero is a ring and nothing else: it is read from three metres."""

from __future__ import annotations

import cv2
import numpy as np

from repcount.core.guide import Guide, Stage
from repcount.core.records import SetProgress
from repcount.exercises import languages
from repcount.overlay.board import board_box, draw_board
from repcount.overlay.board_facts import board_facts
from repcount.overlay.canvas import PAPER, Font, PaintTools
from repcount.overlay.live_view import LARGER
from tests.unit.overlay.snapshots import snapshot


def test_a_zero_has_no_slash() -> None:
    zero, letter = (np.zeros((100, 100, 3), np.uint8) for _ in range(2))
    Font().draw(zero, "0", (20, 80), 80, PAPER)
    cv2.putText(letter, "O", (20, 80), PAPER, cv2.FontFace("sans"), 80, 400)
    assert (zero == letter).all()
    assert not zero[45:60, 38:50].any(), "the middle of it is empty"


def test_nothing_is_painted_in_the_middle_of_a_zero_where_nothing_is_done_yet() -> None:
    begun = snapshot(progress=SetProgress(1, 3, 0, 12), guide=Guide(Stage.SET), holding_s=0.0)
    facts = board_facts(begun, languages.load().screen_words(), {}, gestures=True)
    assert (facts.number, facts.share) == ("0", 0.0)
    size = board_box((1280, 720))
    painted = np.zeros((size.height_px, size.width_px, 3), np.uint8)
    draw_board(painted, facts, PaintTools.of((size.width_px, size.height_px), LARGER))
    assert not (painted == facts.colour).all(axis=2).any(), "there is nothing to fill of the ring"
