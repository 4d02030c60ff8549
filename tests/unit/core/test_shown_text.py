from __future__ import annotations

import pytest

from repcount.core.shown_text import masked, masked_name, masked_url, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe 日本 ½ a\u00a0b", "Größe 日本 ½ a\u00a0b"),
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("a\nb\rc\td\x7f", r"a\nb\rc\td\x7f"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("film\udcff.mp4", r"film\udcff.mp4"),
        ("क्\u200dष", "क्\u200dष"),
        ("\u2028", r"\u2028"),
    ],
)
def test_what_a_terminal_would_obey_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_line_ends_stay_where_they_are_ours() -> None:
    assert printable("a\nb\x1b", keep="\n") == "a\nb\\x1b"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://10.0.0.5:554/live", "rtsp://10.0.0.5:554/live"),
        ("rtsp://anna:secret@10.0.0.5:554/live", "rtsp://anna:***@10.0.0.5:554/live"),
        ("rtsp://anna:sec@ret@10.0.0.5/live", "rtsp://anna:***@10.0.0.5/live"),
        ("rtsp://anna:sec/ret@10.0.0.5/live", "rtsp://anna:***@10.0.0.5/live"),
        ("rtsp://anna:sec@re/t@10.0.0.5/live", "rtsp://anna:***@10.0.0.5/live"),
        ("rtsp://anna:sec?ret@10.0.0.5/live", "rtsp://***"),
        ("rtsp://anna:sec#ret@10.0.0.5/live", "rtsp://***"),
        ("https://secret@example.org/", "https://***@example.org/"),
        ("http://cam:8080/v?token=secret&size=640", "http://cam:8080/v?token=***&size=***"),
        ("http://cam:8080/v?secret", "http://cam:8080/v?***"),
        ("http://cam/v?user=a@secret&pwd=secret", "http://***"),
        ("http://anna:secret@cam/v?token=secret", "http://anna:***@cam/v?token=***"),
        ("http://cam/v#token=secret", "http://cam/v#token=***"),
        ("http://cam/v?size=640&token=secret#secret", "http://cam/v?size=***&token=***#***"),
        ("http://cam/@anna/v", "http://cam/@anna/v"),
        ("postgresql://anna:secret@[::1]:5432/x", "postgresql://anna:***@[::1]:5432/x"),
        ("postgresql://USER:PASSWORD@HOST/DATABASE", "postgresql://USER:PASSWORD@HOST/DATABASE"),
        ("rtsp://anna:sec'ret@10.0.0.5/live", "rtsp://anna:***@10.0.0.5/live"),
        ("film.mp4", "film.mp4"),
    ],
)
def test_passwords_and_tokens_are_hidden(address: str, shown: str) -> None:
    assert masked_url(address) == shown
    assert masked(f"{address}: broke off") == f"{shown}: broke off"
    assert "secret" not in masked_url(address, keep_user=False)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("http:/anna:sec@ret@cam/live", "***@cam/live"),
        ("anna:secret@cam/live", "***@cam/live"),
        ("anna@home.mp4", "anna@home.mp4"),
        ("film.mp4", "film.mp4"),
    ],
)
def test_an_address_that_was_mistyped_hides_its_password(typed: str, shown: str) -> None:
    assert masked_name(typed) == shown


def test_a_name_is_left_out_where_it_is_not_wanted() -> None:
    assert masked_url("rtsp://anna:secret@cam/live", keep_user=False) == "rtsp://cam/live"
