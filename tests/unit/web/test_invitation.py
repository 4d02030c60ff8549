from __future__ import annotations

import cv2
import numpy as np
import pytest

pytest.importorskip("segno")

from repcount.web.running import PLAIN, WHITE_ON_BLACK, invitation, qr_code

pytestmark = pytest.mark.extra("segno")

ADDRESS = "https://192.168.178.23:8765/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef/"
HALVES = {" ": (0, 0), "▀": (255, 0), "▄": (0, 255), "█": (255, 255)}


def test_the_code_in_the_terminal_reads_as_the_address() -> None:
    lines = [
        line.removeprefix(WHITE_ON_BLACK).removesuffix(PLAIN) for line in qr_code(ADDRESS, True).split("\n")
    ]
    rows = [[HALVES[block][half] for block in line] for line in lines for half in (0, 1)]
    seen = np.kron(np.array(rows, np.uint8), np.ones((8, 8), np.uint8))
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.copyMakeBorder(seen, *[40] * 4, 0, value=255))
    assert text == ADDRESS
    assert max(map(len, lines)) <= 80


def test_colours_are_said_only_where_the_terminal_knows_them() -> None:
    assert "\x1b" not in qr_code(ADDRESS, False)
    assert all(line.startswith(WHITE_ON_BLACK) for line in qr_code(ADDRESS, True).split("\n"))


def test_the_warning_is_explained_with_the_fingerprint_unless_the_certificate_is_the_users_own() -> None:
    made = "\n".join(invitation(ADDRESS, False, "AB:CD", own=False))
    assert "warns once" in made
    assert "SHA-256 AB:CD" in made
    assert "warns" not in "\n".join(invitation(ADDRESS, False, "AB:CD", own=True))


def test_on_this_machine_plain_http_is_said_to_be_that() -> None:
    told = "\n".join(invitation("http://127.0.0.1:8765/t/", False, None, own=False))
    assert "Plain HTTP" in told
    assert "█" not in told
